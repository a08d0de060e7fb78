# SPDX-License-Identifier: GPL-2.0-or-later
"""GDAL's spatial references and our description of them."""

from __future__ import annotations

import math
from functools import cache

from osgeo import osr

from ..core.model.crs import Crs, Datum, GaussKruger
from ..core.model.problems import LandReviewError

CONFIDENCE = 90
"""Of 100, from which on a definition without a code is taken for the EPSG one it resembles."""

_DATUMS = {
    "4490": Datum.CGCS2000,
    "4610": Datum.XIAN1980,
    "4214": Datum.BEIJING1954,
    "4555": Datum.NEW_BEIJING,
    "4326": Datum.WGS84,
}
_DATUM_WORDS = (
    ("CHINA_2000", Datum.CGCS2000),
    ("CGCS2000", Datum.CGCS2000),
    ("CGCS_2000", Datum.CGCS2000),
    ("XIAN_1980", Datum.XIAN1980),
    ("XIAN1980", Datum.XIAN1980),
    ("NEW_BEIJING", Datum.NEW_BEIJING),
    ("BEIJING_1954", Datum.BEIJING1954),
    ("BEIJING1954", Datum.BEIJING1954),
    ("WGS_1984", Datum.WGS84),
)


def crs_of(srs: osr.SpatialReference | None) -> Crs | None:
    """Our description of a spatial reference; None when there is none.

    A definition without an authority code (an ESRI .prj) gets the EPSG code that it matches.
    """
    if srs is None or not (srs.IsProjected() or srs.IsGeographic()) or _undefined(srs):
        return None
    known = _identified(srs)
    code = _epsg(known)
    return Crs(
        code=code,
        wkt="" if code else _text(known.ExportToWkt()),
        name=_text(known.GetName()),
        datum=_datum(known),
        geographic=bool(known.IsGeographic()),
        metres=bool(known.IsProjected()) and math.isclose(known.GetLinearUnits(), 1.0),
        gauss_kruger=_gauss_kruger(known),
    )


def _undefined(srs: osr.SpatialReference) -> bool:
    """What a GeoPackage without a CRS says of itself ("Undefined geographic SRS", id 0) is none."""
    return _text(srs.GetName()).lower().startswith("undefined ")


def _text(value: str | bytes | None) -> str:
    """GDAL gives bytes for what is no UTF-8."""
    return value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value or ""


def spatial_reference(crs: Crs) -> osr.SpatialReference:
    """GDAL's spatial reference, x = easting and y = northing whatever the authority says."""
    srs = osr.SpatialReference()
    if not _understood(srs, crs.code or crs.wkt):
        raise LandReviewError("E-CRS-NONE", detail=crs.label)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


@cache
def parse_crs(text: str) -> Crs:
    """A CRS as people write it: ``EPSG:4526``, ``4526`` or WKT. Raises E-CRS-NONE for anything else."""
    text = text.strip()
    srs = osr.SpatialReference()
    crs = crs_of(srs) if _understood(srs, f"EPSG:{text}" if text.isdigit() else text) else None
    if crs is None:
        raise LandReviewError("E-CRS-NONE", detail=text)
    return crs


def _understood(srs: osr.SpatialReference, definition: str) -> bool:
    # only definitions that need no network and no file: SetFromUserInput alone would also fetch URLs
    if not definition.upper().startswith(("EPSG:", "ESRI:", "PROJCS", "GEOGCS", "PROJCRS", "GEOGCRS", "BOUNDCRS")):
        return False
    try:
        return bool(srs.SetFromUserInput(definition) == 0)
    except RuntimeError:
        return False


def _identified(srs: osr.SpatialReference) -> osr.SpatialReference:
    if _epsg(srs):
        return srs
    try:
        matches = srs.FindMatches() or []
    except RuntimeError:
        return srs
    best = max(matches, key=lambda match: match[1], default=None)
    return best[0] if best is not None and best[1] >= CONFIDENCE and _epsg(best[0]) else srs


def _epsg(srs: osr.SpatialReference) -> str:
    if (srs.GetAuthorityName(None) or "") != "EPSG":
        return ""
    return f"EPSG:{srs.GetAuthorityCode(None)}"


def _datum(srs: osr.SpatialReference) -> Datum:
    geographic = srs.CloneGeogCS()
    if geographic is None:
        return Datum.OTHER
    found = _DATUMS.get(geographic.GetAuthorityCode(None) or "")
    if found:
        return found
    name = f"{_text(geographic.GetAttrValue('DATUM'))} {_text(geographic.GetName())}".upper().replace(" ", "_")
    return next((datum for word, datum in _DATUM_WORDS if word in name), Datum.OTHER)


def _gauss_kruger(srs: osr.SpatialReference) -> GaussKruger | None:
    """The parameters of a transverse Mercator plane of scale 1 from the equator; None for others."""
    if not srs.IsProjected() or srs.GetAttrValue("PROJECTION") != osr.SRS_PT_TRANSVERSE_MERCATOR:
        return None
    scale, origin = srs.GetProjParm(osr.SRS_PP_SCALE_FACTOR, 1.0), srs.GetProjParm(osr.SRS_PP_LATITUDE_OF_ORIGIN, 0.0)
    shifted = srs.GetProjParm(osr.SRS_PP_FALSE_NORTHING, 0.0)
    if scale != 1.0 or origin != 0.0 or shifted != 0.0 or not math.isclose(srs.GetLinearUnits(), 1.0):
        return None
    return GaussKruger(
        central_meridian_deg=srs.GetProjParm(osr.SRS_PP_CENTRAL_MERIDIAN, 0.0),
        false_easting_m=srs.GetProjParm(osr.SRS_PP_FALSE_EASTING, 0.0),
        semi_major_m=srs.GetSemiMajor(),
        inverse_flattening=srs.GetInvFlattening(),
    )
