# SPDX-License-Identifier: GPL-2.0-or-later
"""QGIS's CRS and ours."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem

from ..core.model.crs import Crs
from ..sources.crs import parse_crs


def crs_of_qgis(crs: QgsCoordinateReferenceSystem) -> Crs | None:
    """Our description of a CRS of QGIS; None when QGIS has none."""
    if not crs.isValid():
        return None
    authority = crs.authid()
    if authority.startswith("EPSG:"):
        return parse_crs(authority)
    return parse_crs(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED))


def qgis_crs(crs: Crs | None) -> QgsCoordinateReferenceSystem:
    """QGIS's description of our CRS; an invalid one for None."""
    if crs is None:
        return QgsCoordinateReferenceSystem()
    if crs.code:
        return QgsCoordinateReferenceSystem(crs.code)
    return QgsCoordinateReferenceSystem.fromWkt(crs.wkt)
