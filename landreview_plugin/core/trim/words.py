# SPDX-License-Identifier: GPL-2.0-or-later
"""What a suggestion says, in both languages."""

from __future__ import annotations

from collections import Counter

from ..geodesy.rounding import round_half_up
from ..model.base import Text
from .suggestion import Outcome, Suggestion
from .useful import Uselessness

_ENDINGS = {
    Outcome.NOTHING_TO_TRIM: Text(zh="没有禁止用地，无须裁剪", en="nothing to trim: no forbidden land"),
    Outcome.ALL_FORBIDDEN: Text(
        zh="地块全部为禁止用地，无法裁剪", en="no suggestion: all of the parcel is forbidden land"
    ),
    Outcome.NOTHING_USEFUL: Text(
        zh="裁剪后仅剩狭条和碎块，无可用土地", en="no suggestion: only strips and scraps would be left"
    ),
    Outcome.NOT_ROUNDABLE: Text(
        zh="禁止用地之间容不下三位小数的界址点，请人工调整",
        en="no suggestion: no outline with three decimals fits between the forbidden land; draw it by hand",
    ),
}
_PIECES = {
    Uselessness.NARROW: Text(zh="过窄的狭条", en="too narrow"),
    Uselessness.SMALL: Text(zh="过小的碎块", en="too small"),
    Uselessness.LESSER: Text(zh="未保留的其余部分", en="beside the largest"),
}


def said(way: Suggestion) -> Text:
    """The loss in words, or why there is no suggestion."""
    if way.after is None:
        return _ENDINGS[way.outcome]
    lost, forbidden = round_half_up(way.lost_m2, 2), round_half_up(way.forbidden_m2, 2)
    zh = [f"减少{lost}平方米，其中禁止用地{forbidden}平方米"]
    en = [f"loses {lost} m², of which {forbidden} m² are forbidden"]
    for reason, (count, area_m2) in _dropped(way).items():
        area, words = round_half_up(area_m2, 2), _PIECES[reason]
        zh.append(f"舍去{words.zh}{count}处（{area}平方米）")
        en.append(f"drops {count} piece(s) {words.en} ({area} m²)")
    return Text(zh="；".join(zh), en="; ".join(en))


def _dropped(way: Suggestion) -> dict[Uselessness, tuple[int, float]]:
    """Number and planar area of the dropped pieces by reason."""
    counts = Counter(each.reason for each in way.dropped)
    return {r: (n, sum(float(d.land.area) for d in way.dropped if d.reason is r)) for r, n in counts.items()}
