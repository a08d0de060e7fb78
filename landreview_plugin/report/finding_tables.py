# SPDX-License-Identifier: GPL-2.0-or-later
"""Findings: all of them row by row, and grouped for print by what they mean. Nothing is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..core.geodesy.rounding import round_half_up
from ..core.model.result import Finding, ReviewResult, RuleSeverity, Verdict
from .people_tables import judgement_lines
from .tables import Column, Kind, Row, Table
from .tones import Tone, tone_of, verdict_words
from .units import areas, share, shown
from .words import Words

MARK = "※"
"""Stands beside rules that the office has yet to confirm."""
CONFIRMED = {"", "S", "C"}
PRINTED_FEATURES = 10
"""Touched features named in a printed cell; the GeoPackage and result.json have up to 50."""


def finding_table(result: ReviewResult, words: Words) -> Table:
    """Every finding in the order of :func:`ordered`: what, where, how much, why."""
    judged = (Column(words("column.mark"), width=36),) if result.people else ()
    rows = tuple(_row(finding, result, words) for finding in ordered(result.findings))
    columns = (
        Column(words("column.verdict"), width=19),
        Column(words("column.rule"), width=11),
        Column(words("column.title"), width=26),
        Column(words("column.parcel"), width=8),
        Column(words("column.area_m2"), Kind.M2, 13),
        Column(words("column.area_ha"), Kind.HA, 10),
        Column(words("column.area_mu"), Kind.MU, 10),
        Column(words("column.share"), Kind.SHARE, 9),
        Column(words("column.reason"), width=42),
        Column(words("column.basis"), width=26),
        *judged,
    )
    notes = (words("note.findings"), words("note.severity"))
    marked = any(map(to_confirm, result.findings))
    return Table(words("section.findings"), columns, rows, (*notes, words("note.standing")) if marked else notes)


def _row(finding: Finding, result: ReviewResult, words: Words) -> Row:
    judged = ("\n".join(judgement_lines(finding, result, words)),) if result.people else ()
    area = areas(finding.area_printed)
    measured = finding.verdict is not Verdict.NOT_CHECKED
    figures = (area.m2, area.ha, area.mu, share(finding.share)) if measured else (None,) * 4
    cells = (
        verdict_words(finding, words),
        finding.rule + mark(finding),
        words.text(finding.title),
        words.parcel(finding.parcel),
        *figures,
        words.text(finding.reason),
        words.laws(finding.basis),
        *judged,
    )
    return Row(cells, {0: tone_of(finding.verdict, finding.severity)})


def mark(finding: Finding) -> str:
    """The mark of a rule that the office has yet to confirm."""
    return MARK if to_confirm(finding) else ""


def to_confirm(finding: Finding) -> bool:
    """Whether the rule's standing is other than read in its source (S) or computed (C)."""
    return finding.standing not in CONFIRMED


def finding_detail_table(result: ReviewResult, words: Words) -> Table:
    """Every finding in the same order: layer, date, features, distance, slivers, questions, standing."""
    rows = tuple(_detail_row(finding, result, words) for finding in ordered(result.findings))
    columns = (
        Column(words("column.verdict"), width=19),
        Column(words("column.rule"), width=11),
        Column(words("column.parcel"), width=8),
        Column(words("column.severity"), width=10),
        Column(words("column.layer"), width=16),
        Column(words("column.data_date"), Kind.DATE, 11),
        Column(words("column.count"), Kind.COUNT, 8),
        Column(words("column.features"), width=32),
        Column(words("column.distance_m"), Kind.METRES, 10),
        Column(words("column.dropped_count"), Kind.COUNT, 8),
        Column(words("column.dropped_m2"), Kind.M2, 11),
        Column(words("column.questions"), width=18),
        Column(words("column.standing"), width=20),
        Column(words("column.rule_version"), width=9),
        Column(words("column.trace"), width=16),
    )
    return Table(words("sheet.finding_detail"), columns, rows)


def _detail_row(finding: Finding, result: ReviewResult, words: Words) -> Row:
    distance_m = finding.distance_m
    cells = (
        verdict_words(finding, words),
        finding.rule,
        words.parcel(finding.parcel),
        words(f"severity.{finding.severity.value}"),
        words.layer(finding.layer, result),
        finding.data_date,
        None if finding.verdict is Verdict.NOT_CHECKED else finding.count,
        features_words(finding, words),
        None if distance_m is None else round_half_up(distance_m, Kind.METRES.places),
        finding.dropped.count,
        round_half_up(finding.dropped.area_m2, Kind.M2.places),
        words.join(finding.open_questions),
        words.known("standing", finding.standing) if finding.standing else "",
        finding.rule_version,
        finding.trace,
    )
    return Row(cells, {0: tone_of(finding.verdict, finding.severity)})


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Worst first: by verdict, of conflicts by severity, then in the order of the pack."""
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Finding) -> tuple[int, int]:
    conflict = finding.verdict is Verdict.CONFLICT
    return list(Verdict).index(finding.verdict), list(RuleSeverity).index(finding.severity) if conflict else 0


def features_words(finding: Finding, words: Words) -> str:
    """The touched features by number or name, each with its area or distance; a tail says how many more."""
    named = [feature.label or f"#{feature.fid}" for feature in finding.features[:PRINTED_FEATURES]]
    more = words("features.more", count=finding.count) if finding.count > len(named) and named else ""
    return words.join([*named, more])


@dataclass(frozen=True, slots=True)
class PrintedFinding:
    """One row of the printed opinion: a finding, or several of one rule that say the same without figures."""

    heading: str
    """Rule, its mark, and subject."""
    basis: str
    parcels: str
    verdict: str
    figures: tuple[str, ...]
    """Area in three units, count, distance: what there is of it."""
    share: str
    reason: str
    details: tuple[str, ...]
    """Touched features, slivers left out, open questions."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one meaning, under one heading."""

    heading: str
    tone: Tone
    findings: tuple[PrintedFinding, ...]


def finding_groups(result: ReviewResult, words: Words) -> tuple[FindingGroup, ...]:
    """All findings, worst group first; groups without a finding are left out."""
    groups: dict[tuple[int, int], list[Finding]] = {}
    for finding in ordered(result.findings):
        groups.setdefault(_rank(finding), []).append(finding)
    return tuple(_group(found, result, words) for found in groups.values())


def _group(findings: list[Finding], result: ReviewResult, words: Words) -> FindingGroup:
    first = findings[0]
    conflict = first.verdict is Verdict.CONFLICT
    key = f"group.{first.verdict.value}" + (f"_{first.severity.value}" if conflict else "")
    merged: dict[object, list[Finding]] = {}
    for finding in findings:
        merged.setdefault(_same(finding, judgement_lines(finding, result, words)), []).append(finding)
    printed = tuple(_printed(each, result, words) for each in merged.values())
    return FindingGroup(words(key), tone_of(first.verdict, first.severity), printed)


def _same(finding: Finding, judged: tuple[str, ...]) -> object:
    """Findings with an equal key are printed as one row; one with any figure stands alone."""
    figures = finding.area_printed or finding.count or finding.distance_m is not None or finding.dropped.count
    if figures:
        return finding.id, finding.parcel
    return finding.rule, finding.reason.zh, finding.basis, finding.open_questions, finding.standing, judged


def _printed(findings: list[Finding], result: ReviewResult, words: Words) -> PrintedFinding:
    finding = findings[0]
    date = finding.data_date.isoformat() if finding.data_date else words("none")
    return PrintedFinding(
        heading=f"{finding.rule}{mark(finding)} {words.text(finding.title)}",
        basis=words.laws(finding.basis),
        parcels=_all_parcels([each.parcel for each in findings], result, words),
        verdict=verdict_words(finding, words),
        figures=_figures(finding, words),
        share=shown(share(finding.share), Kind.SHARE) if finding.area_printed else words("none"),
        reason=words.text(finding.reason),
        details=(
            words("detail.layer", layer=words.layer(finding.layer, result), date=date),
            *_details(finding, words),
            *judgement_lines(finding, result, words),
        ),
    )


def _all_parcels(numbers: list[str], result: ReviewResult, words: Words) -> str:
    if len(numbers) > 1 and set(numbers) == {parcel.number for parcel in result.parcels}:
        return words("item.all_parcels", count=len(numbers))
    return words.join((words.parcel(number) for number in numbers), "list.comma")


def _figures(finding: Finding, words: Words) -> tuple[str, ...]:
    if finding.verdict is Verdict.NOT_CHECKED:
        return (words("none"),)
    area = areas(finding.area_printed)
    lines = [f"{area.m2} {words('unit.m2')}"]
    if area.m2:
        lines += [f"{area.ha} {words('unit.ha')}", f"{area.mu} {words('unit.mu')}"]
    if finding.count:
        lines.append(words("detail.count", count=finding.count))
    if finding.distance_m is not None:
        lines.append(words("detail.distance", distance=round_half_up(finding.distance_m, Kind.METRES.places)))
    return tuple(lines)


def _details(finding: Finding, words: Words) -> tuple[str, ...]:
    details = []
    if finding.features:
        details.append(words("detail.features", features=features_words(finding, words)))
    if finding.dropped.count:
        area_m2 = round_half_up(finding.dropped.area_m2, Kind.M2.places)
        details.append(words("detail.dropped", count=finding.dropped.count, area_m2=area_m2))
    return tuple(details)


def dropped_table(result: ReviewResult, words: Words) -> Table:
    """Slivers that were left out, by finding; no rows where nothing was."""
    rows = tuple(
        Row(
            (
                finding.rule,
                words.text(finding.title),
                words.parcel(finding.parcel),
                finding.dropped.count,
                round_half_up(finding.dropped.area_m2, Kind.M2.places),
            )
        )
        for finding in result.findings
        if finding.dropped.count
    )
    columns = (
        Column(words("column.rule"), width=12),
        Column(words("column.title"), width=34),
        Column(words("column.parcel"), width=10),
        Column(words("column.dropped_count"), Kind.COUNT, 10),
        Column(words("column.dropped_m2"), Kind.M2, 18),
    )
    return Table(words("section.dropped"), columns, rows, (words("note.dropped"),) if rows else ())
