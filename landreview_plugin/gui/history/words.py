# SPDX-License-Identifier: GPL-2.0-or-later
"""Entries of the event log in words: the log keeps codes, people read sentences."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ...core.model.event import Event
from ...core.model.opinion import Mark
from ...core.model.result import Verdict
from ...core.tables import index
from ...i18n import translate
from ...report.words import Words
from ..case_words import cover_names, spoken, stage_name, type_name, verdict_name

Body = Mapping[str, Any]
NAMED_FINDINGS = 3


def event_words(event: Event) -> str:
    """What happened, with its particulars."""
    body: Body = json.loads(event.body)
    write = _WRITERS.get(event.kind)
    text = write(body) if write else _moved(event.kind, body)
    files = ", ".join(str(file.get("name", "")) for file in body.get("files", ()))
    return f"{text}: {files}" if files else text


def who_words(event: Event, but: str = "") -> str:
    """Person, role and office, as they declared themselves; the office ``but`` is not named."""
    role = str(json.loads(event.body).get("role", ""))
    said = Words(spoken()).known("role", role) if role else ""
    office = event.office if event.office != but else ""
    return " · ".join(part for part in (event.actor, said, office) if part)


def _taken_in(body: Body) -> str:
    return translate("landreview", "Taken in: {} parcels").format(body.get("parcels", "?"))


def _corrected(body: Body) -> str:
    return translate("landreview", "Corrected hand-in taken in: version {}").format(body.get("version", "?"))


def _amended(body: Body) -> str:
    changes = body.get("changes", {})
    said = ", ".join(f"{cover_names().get(name, name)} → {_value(name, str(value))}" for name, value in changes.items())
    return translate("landreview", "Cover changed: {}").format(said)


def _value(name: str, value: str) -> str:
    return type_name(value) if name == "business_type" else value


def _attached(body: Body) -> str:
    row = next(iter(_materials(str(body.get("material", "")))), None)
    return translate("landreview", "Attached to {}").format(row) if row else translate("landreview", "Attached")


def _materials(code: str) -> list[str]:
    row = index("materials", "code").get(code)
    return [row[f"name_{spoken().value}"]] if row else []


def _answered(body: Body) -> str:
    count = len(body.get("answers", {}))
    return translate("landreview", "Questions of the rule pack answered: {}").format(count)


def _reviewed(body: Body) -> str:
    verdict = verdict_name(Verdict(body["verdict"])) if body.get("verdict") else "?"
    text = translate("landreview", "Reviewed (version {}): {}")
    return text.format(body.get("version", "?"), verdict)


def _judged(body: Body) -> str:
    marks = {
        Mark.MISTAKEN.value: translate("landreview", "judged mistaken"),
        Mark.JUSTIFIED.value: translate("landreview", "judged justified"),
        Mark.OVERRULED.value: translate("landreview", "overruled"),
    }
    mark = str(body.get("mark", ""))
    text = translate("landreview", "Finding {} {}: {}")
    return text.format(_findings(body), marks.get(mark, mark), body.get("ground", ""))


def _findings(body: Body) -> str:
    """One finding by its id; of several the first ones, and how many."""
    several = body.get("findings")
    if not isinstance(several, list):
        return str(body.get("finding", "?"))
    more = f" … ({len(several)})" if len(several) > NAMED_FINDINGS else ""
    return ", ".join(map(str, several[:NAMED_FINDINGS])) + more


def _concluded(body: Body) -> str:
    passes = translate("landreview", "passes") if body.get("passes") else translate("landreview", "does not pass")
    return translate("landreview", "Opinion: {}. {}").format(passes, body.get("conclusion", ""))


_WRITERS: Mapping[str, Callable[[Body], str]] = {
    "taken_in": _taken_in,
    "corrected": _corrected,
    "amended": _amended,
    "attached": _attached,
    "answered": _answered,
    "reviewed": _reviewed,
    "judged": _judged,
    "concluded": _concluded,
}


def _moved(kind: str, body: Body) -> str:
    """A step on the way; the kind itself for what a newer program has written."""
    names = {
        "accept": translate("landreview", "Accepted"),
        "forward": translate("landreview", "Passed on"),
        "submit": translate("landreview", "Submitted"),
        "correct": translate("landreview", "Correction asked for; the clock stands"),
        "resume": translate("landreview", "Correction is in; the clock runs again"),
        "archive": translate("landreview", "Archived"),
        "submitted": translate("landreview", "Submitted"),
        "forwarded": translate("landreview", "Passed on to another office"),
        "returned": translate("landreview", "Returned"),
        "decided": translate("landreview", "Decided"),
        "archived": translate("landreview", "Archived"),
        "settled": translate("landreview", "Settled with the data centre"),
        "withdrawn": translate("landreview", "Hand-over withdrawn"),
    }
    text = names.get(kind, kind)
    source, target = str(body.get("from", "")), str(body.get("to", ""))
    if target and target != source:
        text += f": {stage_name(source)} → {stage_name(target)}"
    return text
