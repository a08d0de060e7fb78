# SPDX-License-Identifier: GPL-2.0-or-later
"""Why an answer of a service can't be believed, in both languages."""

from __future__ import annotations

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

FEWEST = 10
"""The smallest page that servers send when nobody asks for more; a shorter answer is no page that was cut."""


def like_a_limit(came: int, limit: int | None = None, *, round_to: int = FEWEST) -> bool:
    """Whether a number of features may be a server's limit: the one that it names, or a round one."""
    return came >= FEWEST and (came == limit or came % round_to == 0 or came & (came - 1) == 0)


def short(detail: Text, place: Place) -> LandReviewError:
    """E-SRC-SHORT."""
    return LandReviewError("E-SRC-SHORT", detail=detail, place=place)


def fewer(came: int, stated: int) -> Text:
    """Less came than is there."""
    return Text(
        zh=f"服务声明有{stated}个要素，只返回了{came}个",
        en=f"the service states {stated} features and sent {came}",
    )


def in_parts(came: int) -> Text:
    """Parts of the land brought features that the whole did not."""
    return Text(
        zh=f"服务只返回了{came}个要素；分块再次请求时出现了其他要素，或无法核实是否完整",
        en=f"the service sent {came} features; asked again in parts it has others, or it can't be told whether it has",
    )


def at_a_limit(came: int) -> Text:
    """A number as a limit would have it, and no other number to compare it with."""
    return Text(
        zh=f"服务恰好返回{came}个要素，可能是返回上限，且未声明总数",
        en=f"the service sent exactly {came} features, as a limit would have it, and does not state how many there are",
    )


def silent(answer: str) -> Text:
    """No feature came, and asked by itself the service gave no answer that could be one."""
    said = " ".join(answer.split())[:200]
    return Text(
        zh=f"没有返回任何要素，服务也没有正常应答（{said or '无应答'}）；带登录的图层改动筛选后会丢失登录信息，"
        "请重新添加",
        en=f"no feature came, and the service gives no proper answer ({said or 'none'}); a layer with a sign-in loses "
        "it when its filter is changed: add it again",
    )
