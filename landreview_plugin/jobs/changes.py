# SPDX-License-Identifier: GPL-2.0-or-later
"""Which cases of two batches have another verdict, and through which rules."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..core.files import replace_file
from ..core.model.result import ReviewResult
from ..report.json_result import read_json

Entry = Mapping[str, Any]
COLUMNS = ("case", "before", "after", "conflicts_before", "conflicts_after", "what")
MOST_RULES = 12


def changed(before: Sequence[Entry], after: Sequence[Entry]) -> list[dict[str, Any]]:
    """A row for each case whose verdict, findings in number or land in conflict differ, or that only one batch has."""
    old = {str(entry["case"]): entry for entry in before}
    new = {str(entry["case"]): entry for entry in after}
    rows = []
    for case in sorted(old.keys() | new.keys()):
        was, now = old.get(case, {}), new.get(case, {})
        if _state(was) != _state(now):
            values = (case, _verdict(was), _verdict(now), was.get("conflicts"), now.get("conflicts"))
            what = "; ".join(_rules(was, now)) if now.get("verdict") else now.get("message", "")
            rows.append(dict(zip(COLUMNS, (*values, what), strict=True)))
    return rows


def write_changes(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """The rows as a CSV that office programs open."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    text = out.getvalue()
    replace_file(path, lambda beside: beside.write_text(text, encoding="utf-8-sig", newline=""))


def _verdict(entry: Entry) -> str:
    return str(entry.get("verdict") or ("failed" if entry else ""))


def _state(entry: Entry) -> tuple[object, ...]:
    names = ("worst_severity", "conflicts", "not_checked", "conflict_m2")
    return (_verdict(entry), *(entry.get(name) for name in names))


def _rules(was: Entry, now: Entry) -> Iterator[str]:
    """``PBF-01 clear → conflict`` for rules whose worst verdict differs, then ``pbf 12.00 → 0.00 m²`` by layer."""
    old, new = _worst_by_rule(was), _worst_by_rule(now)
    different = [rule for rule in sorted(old.keys() | new.keys()) if old.get(rule) != new.get(rule)]
    for rule in different[:MOST_RULES]:
        yield f"{rule} {old.get(rule, '-')} → {new.get(rule, '-')}"
    if len(different) > MOST_RULES:
        yield f"… {len(different)}"
    before, after = was.get("conflict_m2", {}), now.get("conflict_m2", {})
    for layer in sorted(before.keys() | after.keys()):
        if before.get(layer) != after.get(layer):
            yield f"{layer} {before.get(layer, 0.0):.2f} → {after.get(layer, 0.0):.2f} m²"


def _worst_by_rule(entry: Entry) -> dict[str, str]:
    """Nothing without a stored result."""
    home = entry.get("home")
    path = Path(home) / "result.json" if home else None
    if path is None or not path.is_file():
        return {}
    result: ReviewResult = read_json(path)
    rules: dict[str, list[Any]] = {}
    for finding in result.findings:
        rules.setdefault(finding.rule, []).append(finding.verdict)
    return {rule: type(verdicts[0]).worst(verdicts).value for rule, verdicts in rules.items()}
