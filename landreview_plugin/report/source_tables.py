# SPDX-License-Identifier: GPL-2.0-or-later
"""What the figures rest on: layers and their dates, what they do not cover, hashes, versions, quality."""

from __future__ import annotations

from collections import defaultdict

from ..core.model.problems import Place, Problem
from ..core.model.result import Basis, LayerUse, ReviewResult, RuleState, RuleUse, Verdict
from ..core.texts import problem_sentence
from .summary import method_words
from .tables import Column, Kind, Row, Table
from .tones import tone_of
from .units import columns_of, total_of
from .words import Words


def layer_table(result: ReviewResult, words: Words) -> Table:
    """Every layer that the rules asked for: its state, date, coverage, and who signed a ``none``."""
    columns = (
        Column(words("column.layer"), width=20),
        Column(words("column.state"), width=14),
        Column(words("column.data_date"), Kind.DATE, 11),
        Column(words("column.note"), width=32),
        Column(words("column.feature_counts"), width=14),
        Column(words("column.coverage"), width=22),
        Column(words("column.source"), width=26),
        Column(words("case.crs"), width=12),
        Column("SHA-256", width=36),
    )
    rows = tuple(_layer_row(use, words) for use in result.provenance.layers)
    return Table(words("section.layers"), columns, rows)


def _layer_row(use: LayerUse, words: Words) -> Row:
    name = use.name_zh if words.language == "zh" else use.name_en
    kept_out = words("note.where", where=use.where) if use.where else ""
    notes = [words.text(use.reason), kept_out, *(problem_sentence(note, words.language) for note in use.notes)]
    checked = use.state == "checked"
    cells = (
        f"{name} {use.key}".strip(),
        words.known("state", use.state),
        use.data_date,
        words.join(notes),
        f"{use.touched_count} / {use.feature_count}" if use.feature_count >= 0 else words("none"),
        use.coverage or (words("coverage.missing") if checked else words("none")),
        use.source or words("none"),
        use.crs or words("none"),
        use.content_sha256 or words("none"),
    )
    return Row(cells, {1: tone_of(Verdict.NOT_CHECKED, None)} if use.state not in {"checked", "none"} else {})


def basis_table(result: ReviewResult, words: Words) -> Table:
    """Rule pack, area method, tolerances, hashes, versions and the digest."""
    provenance = result.provenance
    values = {
        "basis.pack": f"{provenance.pack} {provenance.pack_version}  sha256:{provenance.pack_sha256}",
        "case.area_method": method_words(result, words),
        "case.crs": provenance.crs,
        "case.profile": provenance.profile,
        "basis.tolerances": _pairs(provenance.tolerances, words),
        "case.source": provenance.source,
        "basis.source_sha256": provenance.source_sha256,
        "basis.parcels_sha256": provenance.parcels_sha256,
        "basis.versions": _pairs(provenance.versions, words),
        "basis.digest": result.digest,
    }
    columns = (Column(words("column.item"), width=26), Column(words("column.value"), width=84))
    rows = tuple(Row((words(key), value or words("none"))) for key, value in values.items())
    return Table(words("section.basis"), columns, rows)


def rule_table(result: ReviewResult, words: Words) -> Table:
    """Every rule for the business type: its test with threshold and slivers, and what became of it."""
    columns = (
        Column(words("column.rule"), width=12),
        Column(words("column.title"), width=30),
        Column(words("column.state"), width=16),
        Column(words("column.test"), width=46),
        Column(words("column.sliver_m2"), width=12),
        Column(words("column.severity"), width=12),
        Column(words("column.basis"), width=36),
        Column(words("column.standing"), width=20),
    )
    rows = tuple(_rule_row(use, words) for use in result.provenance.rules)
    return Table(words("section.rules"), columns, rows, () if rows else (words("note.no_rules"),))


def _rule_row(use: RuleUse, words: Words) -> Row:
    test = [f"{words.text(use.formula)}, {use.threshold} {use.unit}"]
    test += [words("test.where", where=use.where)] if use.where else []
    test += [words("test.minus", layer=use.minus)] if use.minus else []
    test += [words("test.when", question=key, answers=" / ".join(value)) for key, value in use.when.items()]
    cells = (
        use.id,
        words.text(use.title),
        words.join([words(f"rule_state.{use.state.value}"), words.text(use.changed)]),
        words.join(test),
        use.sliver_area_m2,
        words(f"severity.{use.severity.value}"),
        words.join(words.law(basis) + _validity(basis, words) for basis in use.basis),
        words.known("standing", use.standing) if use.standing else "",
    )
    return Row(cells, {2: tone_of(Verdict.NOT_CHECKED, None)} if use.state is RuleState.OFF else {})


def _validity(basis: Basis, words: Words) -> str:
    """From when until when a law is in force, as far as it is known."""
    if basis.valid_from is None and basis.valid_to is None:
        return ""
    return words("law.validity", since=basis.valid_from or words("none"), until=basis.valid_to or words("none"))


def _pairs(values: dict[str, str], words: Words) -> str:
    return words.join(f"{key} = {value}" for key, value in sorted(values.items()))


def uncovered_table(result: ReviewResult, words: Words) -> Table:
    """Land that a layer's declared coverage does not reach, by layer and parcel, with sums by layer."""
    by_layer = defaultdict(list)
    for each in result.uncovered:
        by_layer[each.layer, each.around_m].append(each)
    rows = []
    for (layer, around_m), found in by_layer.items():
        name = words.layer(layer, result)
        name = words("item.around", layer=name, distance=f"{around_m:g}") if around_m else name
        parts = columns_of([each.area_m2 for each in found])
        for each, area in zip(found, parts, strict=True):
            rows.append(Row((name, each.parcel, area.m2, area.ha, words.text(each.reason))))
        total = total_of(parts)
        rows.append(Row((name, words("subtotal"), total.m2, total.ha, ""), total=True))
    columns = (
        Column(words("column.layer"), width=26),
        Column(words("column.parcel"), width=12),
        Column(words("column.area_m2"), Kind.M2, 16),
        Column(words("column.area_ha"), Kind.HA, 14),
        Column(words("column.reason"), width=46),
    )
    notes = () if rows else (words("note.no_uncovered"),)
    return Table(words("section.uncovered"), columns, tuple(rows), notes)


def quality_table(result: ReviewResult, words: Words) -> Table:
    """Every problem of the handed-in data with its place and the next step."""
    columns = (
        Column(words("column.level"), width=10),
        Column(words("column.code"), width=14),
        Column(words("column.place"), width=30),
        Column(words("column.problem"), width=80),
    )
    rows = tuple(_quality_row(problem, words) for problem in result.quality)
    notes = () if rows else (words("note.no_quality"),)
    return Table(words("section.quality"), columns, rows, notes)


def _quality_row(problem: Problem, words: Words) -> Row:
    elsewhere = problem.model_copy(update={"place": Place()})
    sentence = problem_sentence(elsewhere, words.language).removeprefix(f"{problem.code} ")
    place = problem.place.describe(words.language) or words("none")
    return Row((words(f"level.{problem.level.value}"), problem.code, place, sentence))
