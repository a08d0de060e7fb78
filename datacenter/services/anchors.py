# SPDX-License-Identifier: GPL-2.0-or-later
"""Daily anchors: a file that lets an auditor see whether anybody, the database's owner included, changed the past.

Each line seals the events, receipts and audit entries of a span of time, and the line before, with a key that the
administrators of the database don't have. Keep the file elsewhere, too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from pathlib import Path

import psycopg

from landreview_plugin.core.evidence.canonical import canonical
from landreview_plugin.core.files import write_text
from landreview_plugin.core.model.problems import LandReviewError

_MARGIN = dt.timedelta(minutes=5)
"""Transactions that are open now may still bring entries of the last minutes."""
_BEGINNING = "2000-01-01T00:00:00+00:00"
_SPANS = {
    "events": "SELECT case_id::text || stream || no || hash FROM centre.events",
    "receipts": "SELECT number || answer FROM centre.receipts",
    "audit": "SELECT id || actor || office || action || about || address || request FROM centre.audit",
}


def add_anchor(admin_url: str, file: Path, key: bytes, until: dt.datetime | None = None) -> dict[str, str]:
    """Seal everything since the last anchor; gives the new line."""
    lines = _lines(file) if file.exists() else []
    since = lines[-1]["until"] if lines else _BEGINNING
    end = (until or dt.datetime.now(dt.UTC) - _MARGIN).isoformat()
    with psycopg.connect(admin_url) as connection:
        facts = {"since": since, "until": end, **_span(connection, since, end)}
    facts["before"] = lines[-1]["seal"] if lines else ""
    line = facts | {"seal": _seal(facts, key)}
    write_text(file, "".join(canonical(each) + "\n" for each in [*lines, line]))
    return line


def check_anchors(admin_url: str, file: Path, key: bytes) -> int:
    """Compute every anchor again; gives their number. Raises E-CENTRE-DAMAGED with the span that differs."""
    before = ""
    lines = _lines(file)
    with psycopg.connect(admin_url) as connection:
        for line in lines:
            facts = {name: value for name, value in line.items() if name != "seal"}
            now = _span(connection, line["since"], line["until"])
            changed = sorted(name for name in now if now[name] != line[name])
            broken = line["before"] != before or not hmac.compare_digest(_seal(facts, key), line["seal"])
            if changed or broken:
                what = ", ".join(changed) or "seal"
                raise LandReviewError("E-CENTRE-DAMAGED", detail=f"{line['since']} … {line['until']}: {what}")
            before = line["seal"]
    return len(lines)


def _span(connection: psycopg.Connection[tuple[object, ...]], since: str, until: str) -> dict[str, str]:
    found = {}
    for name, query in _SPANS.items():
        digest, count = hashlib.sha256(), 0
        span = f"{query} WHERE at_server > %s AND at_server <= %s"
        ordered = f'SELECT line FROM ({span}) s (line) ORDER BY line COLLATE "C"'  # noqa: S608 - our own names
        for row in connection.execute(ordered, (since, until)):
            digest.update(hashlib.sha256(str(row[0]).encode()).digest())
            count += 1
        found[name] = f"{count} {digest.hexdigest()}"
    return found


def _lines(file: Path) -> list[dict[str, str]]:
    """All anchors of a file. Raises E-CENTRE-DAMAGED for a line that is none."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(json.loads(line))
        except ValueError as error:
            raise LandReviewError("E-CENTRE-DAMAGED", detail=f"{file}, {number}: {line[:60]}") from error
    return found


def _seal(facts: dict[str, str], key: bytes) -> str:
    return hmac.new(key, canonical(facts).encode(), hashlib.sha256).hexdigest()
