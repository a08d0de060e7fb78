# SPDX-License-Identifier: GPL-2.0-or-later
"""Custody as pure rules: from where a case stands and what is asked to where it stands then, or to a refusal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from landreview_plugin.core.model.base import Text
from landreview_plugin.sync.protocol import Command, CommandType

from ..problems import Refusal
from .people import Person

_STATUS = {
    CommandType.SUBMIT: "submitted",
    CommandType.FORWARD: "forwarded",
    CommandType.RETURN: "returned",
    CommandType.DECIDE: "decided",
    CommandType.ARCHIVE: "archived",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case is."""

    code: str
    holder: str
    holder_since: dt.datetime
    sender: str = ""
    """Who handed it over last."""
    epoch: int = 0
    rev: int = 0
    status: str = ""
    passes: bool | None = None
    corrections: tuple[str, ...] = ()


def new_standing(command: Command, person: Person, at: dt.datetime) -> Standing:
    """Before the first hand-over: with the office that took the case in."""
    if command.manifest is None:
        raise Refusal(404, "E-CENTRE-GONE")
    code = str(command.manifest.jurisdiction)
    if not code.startswith(person.office):
        raise Refusal(403, "E-CENTRE-RIGHTS", Text(zh=f"案卷属于{code}", en=f"the case belongs to {code}"))
    return Standing(code=code, holder=person.office, holder_since=at)


def moved(standing: Standing, command: Command, person: Person, at: dt.datetime) -> Standing:
    """The standing after a command. Raises 403, 409, 412 and 422 as ``docs/protocol.md`` lists them."""
    person.may(command.type.value)
    if command.type is CommandType.ANNOTATE:
        _needs(bool(command.text.strip()), "text")
        _needs(command.manifest is None and not command.inline, "manifest")
        return standing  # adds to the log and moves nothing: it can't be outdated
    if standing.holder != person.office:
        raise Refusal(409, "E-CASE-HOLDER", standing.holder, **facts(standing))
    if command.expected_rev != standing.rev:
        raise Refusal(412, "E-CENTRE-REV", **facts(standing))
    if standing.status == "archived":
        raise Refusal(409, "E-CASE-STEP", Text(zh="案卷已归档", en="the case is archived"), **facts(standing))
    after = replace(standing, rev=standing.rev + 1, status=_STATUS[command.type])
    match command.type:
        case CommandType.DECIDE:
            _needs(command.passes is not None, "passes")
            return replace(after, passes=command.passes)
        case CommandType.ARCHIVE:
            if standing.passes is None:
                raise Refusal(409, "E-CASE-STEP", Text(zh="尚未作出决定", en="it is not decided"), **facts(standing))
            return after
        case _:
            return _handed_over(after, command, at)


def _handed_over(standing: Standing, command: Command, at: dt.datetime) -> Standing:
    """Custody moves only from where the sender knows it to be."""
    if command.expected_epoch != standing.epoch:
        raise Refusal(412, "E-CENTRE-REV", **facts(replace(standing, rev=standing.rev - 1)))
    _needs(command.type is not CommandType.SUBMIT or command.manifest is not None, "manifest")
    _needs(command.type is not CommandType.RETURN or any(text.strip() for text in command.corrections), "corrections")
    target = command.to or (standing.sender if command.type is CommandType.RETURN else "")
    _needs(bool(target), "to")
    _needs(target != standing.holder, "to")
    corrections = command.corrections if command.type is CommandType.RETURN else ()
    return replace(
        standing,
        holder=target,
        holder_since=at,
        sender=standing.holder,
        epoch=standing.epoch + 1,
        corrections=corrections,
    )


def facts(standing: Standing) -> dict[str, Any]:
    """What a refusal tells of the case."""
    return {"rev": standing.rev, "epoch": standing.epoch, "holder": standing.holder}


def _needs(holds: bool, name: str) -> None:
    if not holds:
        raise Refusal(422, "E-CENTRE-REQUEST", name)
