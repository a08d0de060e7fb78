# SPDX-License-Identifier: GPL-2.0-or-later
"""Figures as the panel shows them: the same decimals as in print, in the unit that the person chose."""

from __future__ import annotations

from decimal import Decimal

from ..core.geodesy.rounding import Unit
from ..core.model.result import Finding, Verdict
from ..report.tables import Kind
from ..report.units import DASH, Areas, areas, share, shown


def area_text(area_m2: Decimal | None, unit: Unit) -> str:
    """An area in ``unit`` without the unit's name, so that it copies as a number; a dash for None."""
    return DASH if area_m2 is None else in_unit(areas(area_m2), unit)


def in_unit(area: Areas, unit: Unit) -> str:
    """One of the three figures of an area, with all its decimals."""
    figure = {Unit.M2: area.m2, Unit.HA: area.ha, Unit.MU: area.mu}[unit]
    return shown(figure, Kind(unit.value))


def finding_area(finding: Finding, unit: Unit) -> str:
    """A finding's area; a dash where nothing was measured."""
    return area_text(None if finding.verdict is Verdict.NOT_CHECKED else finding.area_printed, unit)


def finding_share(finding: Finding) -> str:
    """A finding's share of its parcel as a percentage; a dash where nothing was measured."""
    return DASH if finding.verdict is Verdict.NOT_CHECKED else shown(share(finding.share), Kind.SHARE)
