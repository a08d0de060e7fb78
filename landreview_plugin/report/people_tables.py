# SPDX-License-Identifier: GPL-2.0-or-later
"""What people judged and concluded, printed beside the program's findings and never in their place."""

from __future__ import annotations

import datetime as dt

from ..core.model.opinion import Judgement, Opinion, Role
from ..core.model.result import Finding, ReviewResult
from .tables import Column, Row, Table
from .tones import tone_of, verdict_words
from .words import Words

SHORT_HASH = 12
"""Characters of a SHA-256 that name an attachment whose file name is unknown."""
LOCAL_TIME = dt.timezone(dt.timedelta(hours=8))
"""Times of hand-overs and judgements are printed as the office's clock shows them (UTC+8)."""


def people_tables(result: ReviewResult, words: Words) -> tuple[Table, ...]:
    """Judgements, then opinions; tables without a row are left out."""
    tables = (judgement_table(result, words), opinion_table(result, words))
    return tuple(table for table in tables if table.rows)


def judgement_table(result: ReviewResult, words: Words) -> Table:
    """Every judgement beside the finding that it is about, also those that no longer count."""
    findings = {finding.id: finding for finding in result.findings}
    rows = tuple(_judgement_row(each, findings.get(each.finding), result, words) for each in _all(result))
    columns = (
        Column(words("column.rule"), width=12),
        Column(words("column.parcel"), width=8),
        Column(words("column.machine"), width=18),
        Column(words("column.mark"), width=16),
        Column(words("column.ground"), width=40),
        Column(words("column.attachments"), width=24),
        Column(words("column.person"), width=18),
        Column(words("column.at"), width=17),
        Column(words("column.applies"), width=16),
    )
    return Table(words("section.judgements"), columns, rows, (words("note.people"),))


def _all(result: ReviewResult) -> tuple[Judgement, ...]:
    """The judgements on their own and those that an opinion rests on, each once."""
    of_opinions = (judgement for opinion in result.people.opinions for judgement in opinion.judgements)
    return tuple(dict.fromkeys((*result.people.judgements, *of_opinions)))


def _judgement_row(judgement: Judgement, finding: Finding | None, result: ReviewResult, words: Words) -> Row:
    rule, _, parcel = judgement.finding.rpartition("/")
    cells = (
        finding.rule if finding else rule,
        words.parcel(finding.parcel) if finding else parcel,
        verdict_words(finding, words) if finding else words("none"),
        words(f"mark.{judgement.mark.value}"),
        judgement.ground,
        attachment_words(judgement, result, words),
        person_words(judgement.person, judgement.role, words),
        time_words(judgement.at),
        words(f"applies.{_standing(judgement, finding, result)}"),
    )
    return Row(cells, {2: tone_of(finding.verdict, finding.severity)} if finding else {})


def _standing(judgement: Judgement, finding: Finding | None, result: ReviewResult) -> str:
    """Whether a judgement counts: the last one of a finding of this very result does."""
    if judgement.result_digest != result.digest:
        return "other_result"
    if finding is None:
        return "no_finding"
    rivals = [each for each in _all(result) if (each.finding, each.result_digest) == (finding.id, result.digest)]
    return "counts" if rivals[-1] == judgement else "superseded"


def opinion_table(result: ReviewResult, words: Words) -> Table:
    """Every opinion on the case in the order they were given."""
    rows = tuple(_opinion_row(each, result, words) for each in result.people.opinions)
    columns = (
        Column(words("column.passes"), width=14),
        Column(words("column.conclusion"), width=60),
        Column(words("column.person"), width=20),
        Column(words("column.at"), width=17),
        Column(words("column.applies"), width=18),
    )
    return Table(words("section.opinions"), columns, rows)


def _opinion_row(opinion: Opinion, result: ReviewResult, words: Words) -> Row:
    about = [each for each in result.people.opinions if each.result_digest == result.digest]
    standing = "other_result" if opinion not in about else "counts" if opinion == about[-1] else "superseded"
    cells = (
        words("passes.yes" if opinion.passes else "passes.no"),
        opinion.conclusion,
        person_words(opinion.person, opinion.role, words),
        time_words(opinion.at),
        words(f"applies.{standing}"),
    )
    return Row(cells)


def judgement_lines(finding: Finding, result: ReviewResult, words: Words) -> tuple[str, ...]:
    """The judgements of one finding as lines below it."""
    lines = []
    for each in _all(result):
        if (each.finding, each.result_digest) != (finding.id, result.digest):
            continue
        who, mark = person_words(each.person, each.role, words), words(f"mark.{each.mark.value}")
        lines.append(words("detail.judgement", mark=mark, who=who, at=time_words(each.at), ground=each.ground))
        if each.attachments:
            lines.append(words("detail.attachments", files=attachment_words(each, result, words)))
    return tuple(lines)


def attachment_words(judgement: Judgement, result: ReviewResult, words: Words) -> str:
    """The attachments by file name, or by the head of their hash."""
    files = result.people.files
    return words.join(files.get(sha256, sha256[:SHORT_HASH]) for sha256 in judgement.attachments)


def person_words(person: str, role: Role, words: Words) -> str:
    """``张建国（负责人）``."""
    return words("item.person", person=person, role=words(f"role.{role.value}"))


def time_words(at: dt.datetime) -> str:
    """A moment to the minute by the office's clock."""
    return (at if at.tzinfo is None else at.astimezone(LOCAL_TIME)).strftime("%Y-%m-%d %H:%M")
