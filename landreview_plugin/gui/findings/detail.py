# SPDX-License-Identifier: GPL-2.0-or-later
"""One finding in full, as a page to read and copy from: figures, law, data, features, what people said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from ...core.evidence.trace import finding_trace
from ...core.evidence.why import explain
from ...core.geodesy.rounding import Unit, round_half_up
from ...core.model.opinion import Judgement
from ...core.model.result import Finding, ReviewResult, TouchedFeature, Verdict
from ...i18n import translate
from ...report.finding_tables import to_confirm
from ...report.people_tables import person_words, time_words
from ...report.tables import Kind
from ...report.tones import verdict_words
from ...report.words import Words
from ..figures import area_text, finding_area, finding_share
from .tree import MeaningGroup, Node, RuleGroup

WHY = "why:"
"""The link that asks for the steps behind the figures."""
FLASH = "flash:"
"""``flash:3`` is the link of the touched feature at place 3; ``flash:all`` of all of them."""


@dataclass(frozen=True, slots=True)
class Page:
    """What every page needs beside the finding itself."""

    result: ReviewResult
    words: Words
    unit: Unit
    judgements: tuple[Judgement, ...] = ()
    files: Mapping[str, str] | None = None
    """SHA-256 → name of an attachment."""

    def of(self, node: Node | None, *, why: bool = False) -> str:
        """The page of a row; how to get one where no row is chosen. ``why``: with the steps behind its figures."""
        if node is None:
            return _paragraph(translate("landreview", "Choose a finding to see its figures, law and data."))
        if isinstance(node, MeaningGroup):
            return _heading(self.words(f"group.{node.meaning.name}")) + _paragraph(self.words("note.severity"))
        if isinstance(node, RuleGroup):
            return self._rule(node)
        return self._finding(node) + self._why(node, told=why)

    def _finding(self, finding: Finding) -> str:
        figures = (
            (self.words("column.area"), self._figure(finding)),
            (self.words("column.share"), finding_share(finding)),
            (self.words("column.count"), "" if finding.verdict is Verdict.NOT_CHECKED else str(finding.count)),
            (self.words("column.distance_m"), self._distance(finding.distance_m)),
        )
        return "".join(
            (
                _heading(f"{finding.rule} {self.words.text(finding.title)}"),
                _paragraph(f"{self.words.parcel(finding.parcel)} · {verdict_words(finding, self.words)}", strong=True),
                _paragraph(self.words.text(finding.reason)),
                _rows(figures),
                self._people(finding),
                self._features(finding),
                _rows(self._grounds(finding)),
            )
        )

    def _rule(self, rule: RuleGroup) -> str:
        first = rule.first
        reasons = dict.fromkeys(self.words.text(finding.reason) for finding in rule.findings[:_REASONS])
        return "".join(
            (
                _heading(f"{first.rule} {self.words.text(first.title)}"),
                _paragraph(verdict_words(first, self.words), strong=True),
                *(_paragraph(reason) for reason in reasons),
                _rows(self._grounds(first)),
            )
        )

    def _why(self, finding: Finding, *, told: bool) -> str:
        """The way from the figure back to parcel, layer, features, rule and law."""
        ask = escape(translate("landreview", "Why this number?"))
        if not told:
            return f'<p><a href="{WHY}">{ask}</a></p>'
        steps = explain(self.result, finding_trace(finding)).steps
        spoken = self.words.language
        rows = [(step.title.get(spoken), step.text.get(spoken)) for step in steps]
        return f"<p><a name='{WHY}'></a><b>{ask}</b> {escape(finding_trace(finding))}</p>{_rows(rows)}"

    def _figure(self, finding: Finding) -> str:
        area = finding_area(finding, self.unit)
        return area if finding.verdict is Verdict.NOT_CHECKED else f"{area} {self.words(f'unit.{self.unit.value}')}"

    def _distance(self, distance_m: float | None) -> str:
        return "" if distance_m is None else str(round_half_up(distance_m, Kind.METRES.places))

    def _grounds(self, finding: Finding) -> Iterable[tuple[str, str]]:
        """What the finding rests on; what there is nothing of is left out."""
        words = self.words
        dropped = finding.dropped
        yield words("column.basis"), words.laws(finding.basis)
        yield words("column.layer"), words.layer(finding.layer, self.result)
        yield words("column.data_date"), finding.data_date.isoformat() if finding.data_date else words("none")
        if dropped.count:
            m2 = round_half_up(dropped.area_m2, Kind.M2.places)
            yield translate("landreview", "Slivers left out"), f"{dropped.count} · {m2} {words('unit.m2')}"
        if finding.knife_edge_m is not None:
            said = translate("landreview", "the verdict changes when the boundary moves by {distance} m")
            yield translate("landreview", "Knife edge"), said.format(distance=f"{finding.knife_edge_m:g}")
        yield words("column.questions"), words.join(finding.open_questions)
        yield words("column.standing"), words.known("standing", finding.standing) if to_confirm(finding) else ""
        yield words("column.rule_version"), finding.rule_version

    def _features(self, finding: Finding) -> str:
        if not finding.features:
            return ""
        rows = [self._feature(place, feature) for place, feature in enumerate(finding.features)]
        more = finding.count - len(finding.features)
        tail = _paragraph(self.words("features.more", count=finding.count)) if more > 0 else ""
        title = self.words("column.features")
        every = translate("landreview", "flash all")
        return f'<p><b>{escape(title)}</b> <a href="{FLASH}all">{escape(every)}</a></p>{_table(rows)}{tail}'

    def _feature(self, place: int, feature: TouchedFeature) -> str:
        name = escape(feature.label or f"#{feature.fid}")
        if feature.distance_m is not None and not feature.area_m2:
            figure = self.words("detail.distance", distance=self._distance(feature.distance_m))
        else:
            area = area_text(round_half_up(feature.area_m2, Kind.M2.places), self.unit)
            figure = f"{area} {self.words(f'unit.{self.unit.value}')}"
        return _cells(f'<a href="{FLASH}{place}">{name}</a>', escape(figure))

    def _people(self, finding: Finding) -> str:
        """Judgements beside the finding, the last one given counts."""
        given = [each for each in self.judgements if each.finding == finding.id]
        files = self.files or {}
        lines = []
        for each in given:
            who = person_words(each.person, each.role, self.words)
            head = f"{self.words(f'mark.{each.mark.value}')} · {who} · {time_words(each.at)}"
            if each is not given[-1]:
                head += " · " + self.words("applies.superseded")
            names = self.words.join(files.get(sha256, sha256[:12]) for sha256 in each.attachments)
            lines.append(_cells(f"<b>{escape(head)}</b><br/>{_lines(each.ground)}{_attached(names)}"))
        return f"<p><b>{escape(self.words('column.mark'))}</b></p>{_table(lines)}" if lines else ""


_REASONS = 20
"""Reasons of a rule's findings looked at: the rest is in the findings themselves."""


def _heading(text: str) -> str:
    return f"<h4>{escape(text)}</h4>"


def _paragraph(text: str, *, strong: bool = False) -> str:
    return f"<p>{'<b>' if strong else ''}{_lines(text)}{'</b>' if strong else ''}</p>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br/>")


def _attached(names: str) -> str:
    return f"<br/>{escape(names)}" if names else ""


def _rows(rows: Iterable[tuple[str, str]]) -> str:
    return _table([_cells(escape(label), _lines(value)) for label, value in rows if value])


def _cells(*cells: str) -> str:
    return "<tr>" + "".join(f'<td style="padding-right: 8px">{cell}</td>' for cell in cells) + "</tr>"


def _table(rows: list[str]) -> str:
    return f'<table cellspacing="0" cellpadding="1">{"".join(rows)}</table>' if rows else ""
