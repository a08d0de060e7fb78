# SPDX-License-Identifier: GPL-2.0-or-later
"""The life of a case in one list: what its holders did, and how the centre saw it travel."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from ..core.model.base import Model, Text
from ..core.model.event import Event
from ..store.workspace import Workspace
from .outgoing import ENTRIES
from .protocol import CommandType, Stream

_KINDS = {
    "taken_in": Text(zh="收件", en="taken in"),
    "attached": Text(zh="添加附件", en="files attached"),
    "accept": Text(zh="受理", en="accepted"),
    "reviewed": Text(zh="审查", en="reviewed"),
    "judged": Text(zh="说明", en="finding judged"),
    "concluded": Text(zh="出具意见", en="opinion given"),
    "answered": Text(zh="回答规则问题", en="questions answered"),
    "corrected": Text(zh="补正", en="corrected"),
    "forward": Text(zh="转下一环节", en="next desk"),
    "submitted": Text(zh="上报", en="handed over"),
    "forwarded": Text(zh="转送", en="passed on"),
    "returned": Text(zh="退回", en="returned"),
    "decided": Text(zh="批复", en="decided"),
    "archived": Text(zh="归档", en="archived"),
    "withdrawn": Text(zh="撤回移交", en="hand-over withdrawn"),
    "settled": Text(zh="差异处理", en="differences settled"),
}
_RECEIPTS = {
    CommandType.SUBMIT: Text(zh="{to}收件", en="received by {to}"),
    CommandType.FORWARD: Text(zh="{to}收件", en="received by {to}"),
    CommandType.RETURN: Text(zh="退回{to}", en="back with {to}"),
    CommandType.DECIDE: Text(zh="批复登记", en="decision entered"),
    CommandType.ARCHIVE: Text(zh="归档登记", en="archiving entered"),
    CommandType.ANNOTATE: Text(zh="附注", en="note"),
}


_COMMANDS = {entry: command.value for command, entry in ENTRIES.items()}


class Moment(Model):
    """One line of the timeline."""

    at: dt.datetime
    """The centre's clock for its entries, the office's own for the others."""
    stream: Stream
    office: str
    actor: str
    what: Text
    detail: str = ""
    """Receipt number, corrections asked, ground of a decision."""


def timeline(store: Workspace, case_id: str) -> list[Moment]:
    """The entries of both logs, each in its own order whatever the clocks said; a receipt follows its hand-over."""
    receipts = list(store.inbox.centre_log(case_id))
    merged: list[Moment] = []
    for event in store.log(case_id):
        merged.append(_own(event))
        command = _COMMANDS.get(event.kind)
        if command is None or not any(entry.event.kind == command for entry in receipts):
            continue
        while receipts:  # notes that came before the receipt stand before it
            entry = receipts.pop(0)
            merged.append(_of_centre(entry.event, entry.at_server))
            if entry.event.kind == command:
                break
    return [*merged, *(_of_centre(entry.event, entry.at_server) for entry in receipts)]


def _own(event: Event) -> Moment:
    body = json.loads(event.body)
    what = _KINDS.get(event.kind, Text.same(event.kind))
    return Moment(
        at=event.at_client,
        stream=Stream.OFFICE,
        office=event.office,
        actor=event.actor,
        what=what,
        detail=_detail(body, ("to", "corrections", "text", "verdict")),
    )


def _of_centre(event: Event, at: dt.datetime) -> Moment:
    body = json.loads(event.body)
    said = _RECEIPTS[CommandType(event.kind)]
    to = str(body.get("to", ""))
    return Moment(
        at=at,
        stream=Stream.CENTRE,
        office=event.office,
        actor=event.actor,
        what=Text(zh=said.zh.format(to=to), en=said.en.format(to=to)),
        detail=_detail(body, ("receipt", "corrections", "text")),
    )


def _detail(body: dict[str, Any], names: tuple[str, ...]) -> str:
    found = [body.get(name) for name in names]
    texts = [", ".join(map(str, value)) if isinstance(value, list) else str(value) for value in found if value]
    return " · ".join(texts)
