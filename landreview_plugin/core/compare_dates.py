# SPDX-License-Identifier: GPL-2.0-or-later
"""Judge one case at several reference dates and list what differs: rules, law, layers, findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .geodesy.rounding import round_half_up
from .model.base import Text
from .model.case import Case
from .model.dates import AtDate, DateComparison, DateDifference, NamedDate, Subject
from .model.problems import LandReviewError
from .model.result import Basis, Finding, LayerUse, ReviewResult, Verdict
from .progress import Part, Progress, Silent
from .review import Reviewed
from .rules.branches import branches
from .rules.load import pack_from_text
from .rules.pack import Rule, RulePack
from .words import SEVERITIES, VERDICTS, verdict_text

MOST_DATES = 12
ReviewAt = Callable[[dt.date, Progress], Reviewed]
"""Reviews the case at a date, with the layer versions that the catalogue has for it."""
ABSENT = Text(zh="—", en="—")


@dataclass(frozen=True, slots=True)
class _Value:
    """What one date says of one thing: ``same`` decides whether it differs, ``shown`` is printed."""

    same: str
    shown: Text


_NOTHING = _Value("", ABSENT)
Column = dict[str, tuple[Text, _Value]]
"""Key → (title, value) of one subject at one date."""


def parse_dates(text: str, today: dt.date) -> tuple[NamedDate, ...]:
    """``acceptance=2026-06-20, approval=2026-09-01, today`` as dates with names, in this order.

    Raises E-CASE-PARAM for fewer than two, more than ``MOST_DATES``, doubled names or what is no date.
    """
    found = tuple(_named(part.strip(), today) for part in text.replace("；", ",").replace("，", ",").split(",") if part)
    names = {each.name for each in found}
    if not 2 <= len(found) <= MOST_DATES or len(names) != len(found):
        why = Text(zh=f"须给出2至{MOST_DATES}个名称不同的日期", en=f"give 2 to {MOST_DATES} dates with different names")
        raise LandReviewError("E-CASE-PARAM", detail=Text(zh=f"DATES：{why.zh}", en=f"DATES: {why.en}"))
    return found


def _named(part: str, today: dt.date) -> NamedDate:
    name, _, value = part.rpartition("=")
    name, value = name.strip(), value.strip()
    if value.lower() == "today":
        return NamedDate(name=name or "today", date=today)
    try:
        return NamedDate(name=name or value, date=dt.date.fromisoformat(value))
    except ValueError:
        detail = Text(zh=f"DATES：{part}不是日期（如2026-06-20）", en=f"DATES: {part} is no date such as 2026-06-20")
        raise LandReviewError("E-CASE-PARAM", detail=detail) from None


def compare_dates(dates: Sequence[NamedDate], review_at: ReviewAt, progress: Progress | None = None) -> DateComparison:
    """Review at each date and compare. A date without any rule in force is said, not left out.

    Raises whatever ``review_at`` raises for data that can't be reviewed at any date, E-RULE-EMPTY when
    no date has a rule in force.
    """
    whole = progress or Silent()
    columns: list[tuple[AtDate, Mapping[Subject, Column]]] = []
    case: Case | None = None
    for i, each in enumerate(dates):
        share = Part(whole, i / len(dates), (i + 1) / len(dates))
        try:
            reviewed = review_at(each.date, share)
        except LandReviewError as error:
            if error.code != "E-RULE-EMPTY":
                raise
            columns.append((_refused(each, error), {}))
            continue
        case = case or reviewed.result.case
        columns.append(_column(each, reviewed.result, pack_from_text(reviewed.pack_text)))
    if case is None:
        raise LandReviewError("E-RULE-EMPTY", detail=", ".join(str(each.date) for each in dates))
    differences, same = _compared([content for _, content in columns])
    return DateComparison(case=case, dates=tuple(at for at, _ in columns), differences=differences, same=same)


def _refused(named: NamedDate, error: LandReviewError) -> AtDate:
    why = Text(zh="该日期没有生效的规则", en="no rule was in force at this date")
    detail = error.detail or Text.same(error.code)
    reason = Text(zh=f"{why.zh}（{detail.zh}）", en=f"{why.en} ({detail.en})")
    return AtDate(name=named.name, date=named.date, verdict=Verdict.NOT_CHECKED, refused=reason)


def _column(named: NamedDate, result: ReviewResult, pack: RulePack) -> tuple[AtDate, Mapping[Subject, Column]]:
    rules = [branch.rule for branch in branches(pack, result.case)]
    at = AtDate(
        name=named.name,
        date=named.date,
        verdict=result.verdict,
        worst_severity=result.worst_severity,
        rules=len(rules),
        digest=result.digest,
    )
    return at, {
        Subject.RULE: {rule.id: (rule.title, _rule(rule, pack)) for rule in rules},
        Subject.BASIS: dict(_bases(rules, named.date)),
        Subject.LAYER: {
            use.key: (Text(zh=use.name_zh, en=use.name_en), _layer(use)) for use in result.provenance.layers
        },
        Subject.FINDING: {finding.id: (finding.title, _finding(finding)) for finding in result.findings},
    }


def _rule(rule: Rule, pack: RulePack) -> _Value:
    limit = f"{rule.predicate} {rule.threshold.shown} {rule.threshold.unit}"
    facts = rule.model_dump_json(exclude={"examples", "matrix", "note"})
    how = SEVERITIES[rule.severity]
    return _Value(
        facts + pack.version,
        Text(zh=f"生效（{pack.version}）：{limit}，{how.zh}", en=f"in force ({pack.version}): {limit}, {how.en}"),
    )


def _bases(rules: Sequence[Rule], at: dt.date) -> Iterator[tuple[str, tuple[Text, _Value]]]:
    """Each law and article once, with the rules that rest on it."""
    named: dict[str, tuple[Basis, list[str]]] = {}
    for rule in rules:
        for basis in rule.basis:
            named.setdefault(f"{basis.law} {basis.article}".strip(), (basis, []))[1].append(rule.id)
    for key, (basis, ids) in named.items():
        yield key, (Text.same(", ".join(dict.fromkeys(ids))), _law(basis, at))


def _law(basis: Basis, at: dt.date) -> _Value:
    if basis.valid_from is not None and at < basis.valid_from:
        return _Value(
            "early", Text(zh=f"尚未生效（{basis.valid_from}起）", en=f"not yet in force (from {basis.valid_from})")
        )
    if basis.valid_to is not None and at > basis.valid_to:
        return _Value(
            "late", Text(zh=f"已失效（至{basis.valid_to}）", en=f"no longer in force (until {basis.valid_to})")
        )
    return _Value("in force", Text(zh="有效", en="in force"))


def _layer(use: LayerUse) -> _Value:
    state = {
        "checked": Text(zh="已核查", en="checked"),
        "none": Text(zh="签署认定无此类用地", en="signed: no such land"),
    }.get(use.state, VERDICTS[Verdict.NOT_CHECKED])
    date = "" if use.data_date is None else f" {use.data_date}"
    why = Text(zh="", en="") if use.reason is None else Text(zh=f"；{use.reason.zh}", en=f"; {use.reason.en}")
    same = f"{use.state} {use.data_date} {use.source} {use.content_sha256}"
    return _Value(same, Text(zh=f"{state.zh}{date} {use.source}{why.zh}", en=f"{state.en}{date} {use.source}{why.en}"))


def _finding(finding: Finding) -> _Value:
    said = verdict_text(finding.verdict, finding.severity)
    figures = f" {round_half_up(finding.area_m2, 2)} m²" if finding.verdict is not Verdict.NOT_CHECKED else ""
    same = f"{finding.verdict} {finding.severity}{figures} {finding.count} {finding.distance_m}"
    return _Value(
        same, Text(zh=f"{said.zh}{figures}；{finding.reason.zh}", en=f"{said.en}{figures}; {finding.reason.en}")
    )


def _compared(columns: Sequence[Mapping[Subject, Column]]) -> tuple[tuple[DateDifference, ...], dict[Subject, int]]:
    differences: list[DateDifference] = []
    same: dict[Subject, int] = {}
    for subject in Subject:
        at = [column.get(subject, {}) for column in columns]
        keys = sorted({key for column in at for key in column})
        rows = [_row(subject, key, at) for key in keys]
        found = [row for row in rows if row is not None]
        differences += found
        same[subject] = len(keys) - len(found)
    return tuple(differences), same


def _row(subject: Subject, key: str, columns: Sequence[Column]) -> DateDifference | None:
    title = next(column[key][0] for column in columns if key in column)
    values = [column[key][1] if key in column else _NOTHING for column in columns]
    if len({value.same for value in values}) == 1:
        return None
    return DateDifference(subject=subject, key=key, title=title, values=tuple(value.shown for value in values))
