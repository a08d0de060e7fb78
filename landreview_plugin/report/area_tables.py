# SPDX-License-Identifier: GPL-2.0-or-later
"""Land class tables: three groups × class × ownership. Every printed column sums exactly to the parcels' area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..core.geodesy.rounding import round_half_up
from ..core.model.result import AreaRow, ParcelSummary, ReviewResult
from .summary import method_words
from .tables import Cell, Column, Kind, Row, Table
from .units import Areas, columns_of, total_of
from .words import Words

GROUPS = ("农用地", "建设用地", "未利用地", "")
OWNERSHIPS = ("国有", "集体", "")
ARABLE = "01"
"""First level of the survey's classification: 0101 paddy, 0102 irrigated, 0103 dry land."""
UNCLASSIFIED = AreaRow.model_validate({"parcel": "", "layer": "", "class": "", "area_m2": Decimal(0)})


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A row of the area table with its area in the three units of print."""

    row: AreaRow
    area: Areas


def class_tables(result: ReviewResult, words: Words) -> tuple[Table, ...]:
    """Per layer of the area table: the case's areas by group and class, ownership in columns."""
    return tuple(_class_table(area_lines(result, layer), layer, result, words) for layer in area_layers(result))


def class_detail_tables(result: ReviewResult, words: Words) -> tuple[Table, ...]:
    """Per layer: every row of the area table, by parcel, class, owner, slope and grade."""
    return tuple(_detail_table(area_lines(result, layer), layer, result, words) for layer in area_layers(result))


def area_layers(result: ReviewResult) -> tuple[str, ...]:
    """Keys of the layers that the area table has rows of."""
    return tuple(dict.fromkeys(row.layer for row in result.areas))


def area_lines(result: ReviewResult, layer: str) -> list[AreaLine]:
    """The rows of one layer, adjusted in two steps: parcels to the case, rows to their parcel."""
    parcels = columns_of([parcel.area_m2 for parcel in result.parcels])
    by_parcel: dict[str, list[AreaRow]] = {}
    for row in result.areas:
        if row.layer == layer:
            by_parcel.setdefault(row.parcel, []).append(row)
    lines: list[AreaLine] = []
    for parcel, control in zip(result.parcels, parcels, strict=True):
        rows = _rows_of(parcel, layer, by_parcel.get(parcel.number, []))
        parts = columns_of([row.area_m2 for row in rows], control)
        lines += [AreaLine(row, area) for row, area in zip(rows, parts, strict=True)]
    return lines


def _rows_of(parcel: ParcelSummary, layer: str, known: list[AreaRow]) -> list[AreaRow]:
    """A parcel's rows by group and class; what they lack of its area is a row without class."""
    rows = list(known)
    if rest := parcel.area_m2 - sum((row.area_m2 for row in rows), Decimal(0)):
        rows.append(UNCLASSIFIED.model_copy(update={"parcel": parcel.number, "layer": layer, "area_m2": rest}))
    return sorted(rows, key=lambda row: (_group_rank(row), row.class_))


def _group_rank(row: AreaRow) -> int:
    return GROUPS.index(row.group) if row.group in GROUPS else len(GROUPS)


def _title(section: str, layer: str, result: ReviewResult, words: Words) -> str:
    return words.join([words(section), words.layer(layer, result)], "list.colon")


def _class_table(lines: list[AreaLine], layer: str, result: ReviewResult, words: Words) -> Table:
    unknown = any(line.row.ownership not in OWNERSHIPS[:2] for line in lines)
    rows: list[Row] = []
    for group in _groups(lines):
        within = [line for line in lines if line.row.group == group]
        for code in sorted({line.row.class_ for line in within}):
            rows.append(_class_row([line for line in within if line.row.class_ == code], unknown, words))
        if group:
            head = (words.known("group", group), words("subtotal"), "")
            rows.append(Row((*head, *_across(within, unknown)), total=True))
    rows.append(Row((words("total"), "", "", *_across(lines, unknown)), total=True))
    note = words("note.areas", method=method_words(result, words))
    return Table(_title("section.classes", layer, result, words), _class_columns(unknown, words), tuple(rows), (note,))


def _groups(lines: Sequence[AreaLine]) -> list[str]:
    present = dict.fromkeys(line.row.group for line in lines)
    return [group for group in GROUPS if group in present] + [group for group in present if group not in GROUPS]


def _class_row(lines: list[AreaLine], unknown: bool, words: Words) -> Row:
    first = lines[0].row
    name = words.land_class(first) if first.class_ else words("class.unclassified")
    return Row((words.known("group", first.group), first.class_, name, *_across(lines, unknown)))


def _across(lines: Sequence[AreaLine], unknown: bool) -> tuple[Cell, ...]:
    """Hectares by ownership, then the total in the three units."""
    state = total_of([line.area for line in lines if line.row.ownership == OWNERSHIPS[0]]).ha
    collective = total_of([line.area for line in lines if line.row.ownership == OWNERSHIPS[1]]).ha
    total = total_of([line.area for line in lines])
    other = (total.ha - state - collective,) if unknown else ()
    return state, collective, *other, total.ha, total.m2, total.mu


def _class_columns(unknown: bool, words: Words) -> tuple[Column, ...]:
    other = (Column(words("column.other_ha"), Kind.HA, 14),) if unknown else ()
    return (
        Column(words("column.group"), width=12),
        Column(words("column.class"), width=10),
        Column(words("column.class_name"), width=28),
        Column(words("column.state_ha"), Kind.HA, 13),
        Column(words("column.collective_ha"), Kind.HA, 13),
        *other,
        Column(words("column.total_ha"), Kind.HA, 13),
        Column(words("column.total_m2"), Kind.M2, 15),
        Column(words("column.total_mu"), Kind.MU, 13),
    )


def _detail_table(lines: list[AreaLine], layer: str, result: ReviewResult, words: Words) -> Table:
    rows: list[Row] = []
    for number in dict.fromkeys(line.row.parcel for line in lines):
        own = [line for line in lines if line.row.parcel == number]
        rows += [_detail_row(line, words) for line in own]
        rows.append(_detail_total((number, words("subtotal")), own))
    rows.append(_detail_total((words("total"), ""), lines))
    columns = (
        Column(words("column.parcel"), width=9),
        Column(words("column.group"), width=12),
        Column(words("column.class"), width=10),
        Column(words("column.class_name"), width=28),
        Column(words("column.ownership"), width=10),
        Column(words("column.owner"), width=28),
        Column(words("column.slope"), width=9),
        Column(words("column.grade"), width=9),
        Column(words("column.area_m2"), Kind.M2, 15),
        Column(words("column.area_ha"), Kind.HA, 13),
        Column(words("column.area_mu"), Kind.MU, 13),
        Column(words("column.trace"), width=24),
    )
    return Table(_title("sheet.class_detail", layer, result, words), columns, tuple(rows))


def _detail_row(line: AreaLine, words: Words) -> Row:
    row, area = line.row, line.area
    name = words.land_class(row) if row.class_ else words("class.unclassified")
    owner = words.join([row.owner_code, row.owner_name], "list.space")
    kind = (row.parcel, words.known("group", row.group), row.class_, name, words.known("ownership", row.ownership))
    return Row((*kind, owner, row.slope, row.grade, area.m2, area.ha, area.mu, row.trace))


def _detail_total(head: tuple[str, str], lines: Sequence[AreaLine]) -> Row:
    total = total_of([line.area for line in lines])
    return Row((*head, *("",) * 6, total.m2, total.ha, total.mu, ""), total=True)


def arable_table(result: ReviewResult, words: Words) -> Table | None:
    """Arable land by class, slope class and quality grade, with the mean grade; None without arable land."""
    rows = [row for row in result.areas if row.class_.startswith(ARABLE)]
    if not rows:
        return None
    keys = sorted({(row.class_, row.slope, row.grade) for row in rows})
    sums = [sum((r.area_m2 for r in rows if (r.class_, r.slope, r.grade) == key), Decimal(0)) for key in keys]
    parts = columns_of(sums)
    names = {row.class_: words.land_class(row) for row in rows}
    printed = [
        Row((code, names[code], slope, grade, area.m2, area.ha, area.mu))
        for (code, slope, grade), area in zip(keys, parts, strict=True)
    ]
    total = total_of(parts)
    printed.append(Row((words("total"), "", "", "", total.m2, total.ha, total.mu), total=True))
    grade = mean_grade(rows)
    notes = () if grade is None else (words("arable.mean_grade", grade=grade),)
    return Table(words("section.arable"), _arable_columns(words), tuple(printed), notes)


def _arable_columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words("column.class"), width=10),
        Column(words("column.class_name"), width=20),
        Column(words("column.slope"), width=10),
        Column(words("column.grade"), width=10),
        Column(words("column.area_m2"), Kind.M2, 15),
        Column(words("column.area_ha"), Kind.HA, 13),
        Column(words("column.area_mu"), Kind.MU, 13),
    )


def mean_grade(rows: Iterable[AreaRow]) -> Decimal | None:
    """Σ(area × grade) / Σ area of the rows, one decimal; None unless every row has a numeric grade."""
    graded = [(row.area_m2, row.grade) for row in rows if row.area_m2]
    if not graded or not all(grade.isdecimal() for _, grade in graded):
        return None
    weighted = sum((area * int(grade) for area, grade in graded), Decimal(0))
    return round_half_up(weighted / sum((area for area, _ in graded), Decimal(0)), 1)
