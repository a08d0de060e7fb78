# SPDX-License-Identifier: GPL-2.0-or-later
"""Shapefiles as offices expect them: GBK with a .cpg that says so, ESRI's .prj, outer rings clockwise."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

import shapely
from osgeo import gdal, ogr

from ..core.files import replace_file
from ..core.model.base import Text
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel
from ..core.model.problems import LandReviewError, Level, Place, Problem
from .crs import spatial_reference
from .gdal_errors import failures, joined

ENCODING: Final = "gbk"
WIDEST: Final = 254
"""Bytes of a dBASE text."""
_AREA: Final = "SQMJ"
_TEXTS: Final[tuple[tuple[str, Callable[[Parcel], str]], ...]] = (
    ("DKBH", lambda parcel: parcel.number),
    ("DKMC", lambda parcel: parcel.name),
    ("TDYT", lambda parcel: parcel.use),
    ("DLBM", lambda parcel: parcel.land_class),
    ("TFH", lambda parcel: parcel.map_sheet),
)
_SHAPE_ENCODING: Final = "SHAPE_ENCODING"
_STALE: Final = (".sbn", ".sbx", ".qix", ".fix", ".qpj", ".ain", ".aih", ".atx")
"""Indexes and the like of the file that was there before: they would lie about the new one."""


def write_shapefile(parcels: Sequence[Parcel], crs: Crs, path: Path) -> tuple[Problem, ...]:
    """Write all parts of a shapefile; texts beyond 254 bytes are shortened with W-ATT-LONG.

    Raises E-ATT-NAME for a character that GBK does not have.
    """
    problems: list[Problem] = []
    rows = [[_text(take(parcel), parcel, path, problems) for _, take in _TEXTS] for parcel in parcels]
    with tempfile.TemporaryDirectory(prefix="landreview-", ignore_cleanup_errors=True) as folder:
        made = Path(folder) / "parcels.shp"
        _write(parcels, rows, crs, made, Place(file=path.name))
        made.with_suffix(".cpg").write_text("GBK", encoding="ascii")
        for suffix in _STALE:
            path.with_suffix(suffix).unlink(missing_ok=True)
        for suffix in (".dbf", ".shx", ".prj", ".cpg", ".shp"):
            part = made.with_suffix(suffix)
            if part.exists():
                replace_file(path.with_suffix(suffix), partial(shutil.copyfile, part))
    return tuple(problems)


def _text(text: str, parcel: Parcel, path: Path, problems: list[Problem]) -> str:
    try:
        encoded = text.encode(ENCODING)
    except UnicodeEncodeError as error:
        place = Place(file=path.name, parcel=parcel.number)
        detail = Text(zh=f"GBK没有字符“{text[error.start]}”", en=f"GBK has no character “{text[error.start]}”")
        raise LandReviewError("E-ATT-NAME", detail=detail, place=place) from error
    if len(encoded) <= WIDEST:
        return text
    short = encoded[:WIDEST].decode(ENCODING, errors="ignore")
    repair = Text(zh=f"截短为{len(short)}个字符", en=f"shortened to {len(short)} characters")
    place = Place(file=path.name, parcel=parcel.number)
    problems.append(Problem(code="W-ATT-LONG", level=Level.WARNING, place=place, text=text[:200], repair=repair))
    return short


def _write(parcels: Sequence[Parcel], rows: Sequence[Sequence[str]], crs: Crs, path: Path, place: Place) -> None:
    with _recoding(), failures(place) as errors:
        dataset = gdal.GetDriverByName("ESRI Shapefile").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
        layer = dataset.CreateLayer("parcels", spatial_reference(crs), ogr.wkbPolygon, ["ENCODING=LDID/77"])
        for (name, _), column in zip(_TEXTS, zip(*rows, strict=True), strict=True):
            field = ogr.FieldDefn(name, ogr.OFTString)
            field.SetWidth(max(1, *(len(text.encode(ENCODING)) for text in column)))
            layer.CreateField(field)
        area = ogr.FieldDefn(_AREA, ogr.OFTReal)
        area.SetWidth(20)
        area.SetPrecision(_decimals(parcels))
        layer.CreateField(area)
        for parcel, row in zip(parcels, rows, strict=True):
            layer.CreateFeature(_feature(layer, parcel, row))
        layer = dataset = None  # closes the files
        if errors:
            raise LandReviewError("E-ENV-WRITE", detail=joined(errors), place=place)


@contextmanager
def _recoding() -> Iterator[None]:
    """Let GDAL write GBK: QGIS tells it, for the whole process, to write shapefiles without recoding."""
    before = gdal.GetThreadLocalConfigOption(_SHAPE_ENCODING)
    gdal.SetThreadLocalConfigOption(_SHAPE_ENCODING, "CP936")
    try:
        yield
    finally:
        gdal.SetThreadLocalConfigOption(_SHAPE_ENCODING, before)


def _decimals(parcels: Sequence[Parcel]) -> int:
    """Four as in a boundary TXT, more where a stated area has more."""
    stated = [parcel.stated_area_ha.as_tuple().exponent for parcel in parcels if parcel.stated_area_ha is not None]
    return min(8, max([4, *(-exponent for exponent in stated if isinstance(exponent, int))]))


def _feature(layer: ogr.Layer, parcel: Parcel, row: Sequence[str]) -> ogr.Feature:
    feature = ogr.Feature(layer.GetLayerDefn())
    for i, text in enumerate(row):
        feature.SetField(i, text)
    if parcel.stated_area_ha is not None:
        feature.SetField(len(row), float(parcel.stated_area_ha))
    feature.SetGeometry(ogr.CreateGeometryFromWkb(shapely.to_wkb(shapely.force_2d(parcel.geometry))))
    return feature
