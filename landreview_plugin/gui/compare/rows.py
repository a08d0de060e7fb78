# SPDX-License-Identifier: GPL-2.0-or-later
"""A comparison in words and figures: the rows of each table, with the land that a row is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from qgis.PyQt.QtGui import QIcon

from ...core.compare_parcels import Change
from ...core.compare_points import PointChange, PointFate
from ...core.compare_versions import FindingFate, VersionComparison
from ...core.geodesy.rounding import Unit, round_half_up
from ...core.model.result import Finding
from ...i18n import language, translate
from ...report.units import DASH
from ...report.words import Words
from ..case_words import spoken, verdict_name
from ..figures import area_text, finding_area
from ..verdict_icons import verdict_icon

POINT_PLACES = 3
NO_ICON = QIcon()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; ``order`` sorts columns that hold figures."""

    cells: tuple[str, ...]
    order: tuple[object, ...]
    shape: shapely.Geometry | None = None
    icon: QIcon = NO_ICON


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headings; ``nothing`` is said instead of an empty one."""

    title: str
    headings: tuple[str, ...]
    figures: frozenset[int]
    """Columns that hold figures: they stand at the right."""
    rows: tuple[Row, ...]
    nothing: str


def tables_of(found: VersionComparison, unit: Unit) -> tuple[Table, ...]:
    """Land, points, facts, findings."""
    return (_land(found, unit), _points(found), _facts(found), _findings(found, unit))


def _row(*cells: object, shape: shapely.Geometry | None = None, icon: QIcon = NO_ICON) -> Row:
    """A cell is a text, or a pair of text and what it is sorted by."""
    pairs = [cell if isinstance(cell, tuple) else (str(cell), str(cell)) for cell in cells]
    return Row(tuple(text for text, _ in pairs), tuple(order for _, order in pairs), shape, icon)


def _land(found: VersionComparison, unit: Unit) -> Table:
    name = Words(language())(f"unit.{unit.value}")
    changes = {
        Change.ADDED: translate("landreview", "added"),
        Change.REMOVED: translate("landreview", "removed"),
        Change.RENUMBERED: translate("landreview", "renumbered"),
        Change.GAINED: translate("landreview", "land gained"),
        Change.LOST: translate("landreview", "land lost"),
        Change.UNCHANGED: translate("landreview", "unchanged"),
    }

    def area(area_m2: float) -> tuple[str, float]:
        return area_text(round_half_up(area_m2, 2), unit), area_m2

    def piece_m2(change: Change, shape: shapely.Geometry) -> float:
        return 0.0 if change in (Change.UNCHANGED, Change.RENUMBERED) else float(shape.area)

    rows = [
        _row(
            f"{row.before} → {row.parcel}" if row.change is Change.RENUMBERED else row.parcel,
            changes[row.change],
            area(piece_m2(row.change, row.geometry)),
            area(row.area_before_m2),
            area(row.area_after_m2),
            shape=row.geometry,
        )
        for row in sorted(found.land, key=lambda row: row.change is Change.UNCHANGED)
    ]
    return Table(
        title=translate("landreview", "Land ({})").format(
            sum(row.change is not Change.UNCHANGED for row in found.land)
        ),
        headings=(
            translate("landreview", "Parcel"),
            translate("landreview", "Change"),
            translate("landreview", "Land concerned ({})").format(name),
            translate("landreview", "Before ({})").format(name),
            translate("landreview", "After ({})").format(name),
        ),
        figures=frozenset({2, 3, 4}),
        rows=tuple(rows),
        nothing=translate("landreview", "Neither version has a parcel."),
    )


def _points(found: VersionComparison) -> Table:
    fates = {
        PointFate.MOVED: translate("landreview", "moved"),
        PointFate.ADDED: translate("landreview", "added"),
        PointFate.REMOVED: translate("landreview", "removed"),
    }
    rows = [
        _row(
            row.parcel,
            row.label or DASH,
            fates[row.fate],
            _length(row.distance_m),
            *_coordinates(row.before),
            *_coordinates(row.after),
            shape=shape_of(row),
        )
        for row in found.points
    ]
    return Table(
        title=translate("landreview", "Boundary points ({})").format(len(rows)),
        headings=(
            translate("landreview", "Parcel"),
            translate("landreview", "Point"),
            translate("landreview", "Change"),
            translate("landreview", "Moved by (m)"),
            translate("landreview", "Easting before"),
            translate("landreview", "Northing before"),
            translate("landreview", "Easting after"),
            translate("landreview", "Northing after"),
        ),
        figures=frozenset({3, 4, 5, 6, 7}),
        rows=tuple(rows),
        nothing=translate("landreview", "Every boundary point is where it was."),
    )


def shape_of(change: PointChange) -> shapely.Geometry:
    """From where to where a point moved; the point itself when it came or went."""
    known = [point for point in (change.before, change.after) if point is not None]
    return shapely.Point(known[0]) if len(known) == 1 else shapely.LineString(known)


def _facts(found: VersionComparison) -> Table:
    facts = {
        "name": translate("landreview", "Name"),
        "use": translate("landreview", "Use"),
        "land_class": translate("landreview", "Land class"),
        "map_sheet": translate("landreview", "Map sheet"),
        "stated_area_ha": translate("landreview", "Stated area (ha)"),
    }
    rows = [_row(row.parcel, facts[row.fact], row.before or DASH, row.after or DASH) for row in found.facts]
    return Table(
        title=translate("landreview", "Facts ({})").format(len(rows)),
        headings=(
            translate("landreview", "Parcel"),
            translate("landreview", "Fact"),
            translate("landreview", "Before"),
            translate("landreview", "After"),
        ),
        figures=frozenset(),
        rows=tuple(rows),
        nothing=translate("landreview", "Names, uses and stated areas are the same."),
    )


def _findings(found: VersionComparison, unit: Unit) -> Table:
    rows = tuple(_finding_rows(found, unit))
    if found.findings is None:
        title = translate("landreview", "Findings (?)")
        nothing = translate(
            "landreview", "One of the two versions was not reviewed: what came and went is not known. Run the review."
        )
    else:
        title = translate("landreview", "Findings ({})").format(len(rows))
        nothing = translate("landreview", "The findings of both reviews are the same.")
    name = Words(language())(f"unit.{unit.value}")
    return Table(
        title=title,
        headings=(
            translate("landreview", "Rule"),
            translate("landreview", "Parcel"),
            translate("landreview", "Change"),
            translate("landreview", "Before"),
            translate("landreview", "Area ({})").format(name),
            translate("landreview", "After"),
            translate("landreview", "Area ({})").format(name),
        ),
        figures=frozenset({4, 6}),
        rows=rows,
        nothing=nothing,
    )


def _finding_rows(found: VersionComparison, unit: Unit) -> Iterator[Row]:
    fates = {
        FindingFate.CAME: translate("landreview", "new"),
        FindingFate.WENT: translate("landreview", "gone"),
        FindingFate.CHANGED: translate("landreview", "changed"),
    }
    for row in found.findings or ():
        one = row.finding
        yield _row(
            f"{one.rule} {one.title.get(spoken())}",
            one.parcel or Words(language())("item.case"),
            fates[row.fate],
            *_judged(row.before, unit),
            *_judged(row.after, unit),
            icon=verdict_icon(one.verdict, one.severity),
        )


def _judged(finding: Finding | None, unit: Unit) -> tuple[object, object]:
    if finding is None:
        return DASH, (DASH, -1.0)
    return verdict_name(finding.verdict, finding.severity), (finding_area(finding, unit), finding.area_m2)


def _length(distance_m: float | None) -> tuple[str, float]:
    return (DASH, -1.0) if distance_m is None else (str(round_half_up(distance_m, POINT_PLACES)), distance_m)


def _coordinates(point: tuple[float, float] | None) -> Iterator[tuple[str, float]]:
    for value in point or (None, None):
        yield (DASH, -1.0) if value is None else (str(round_half_up(value, POINT_PLACES)), value)
