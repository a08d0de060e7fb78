# SPDX-License-Identifier: GPL-2.0-or-later
"""KML for phones and globes: WGS 84 degrees, for looking at only."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from ..core.files import write_text
from ..core.model.base import Text
from ..core.model.crs import Crs, Datum
from ..core.model.parcel import Parcel
from ..core.model.problems import Level, Place, Problem
from .crs import parse_crs
from .transform import plane_transform

DECIMALS: Final = 9
"""A tenth of a millimetre."""
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FACTS: Final = (("DKBH", "number"), ("TDYT", "use"), ("DLBM", "land_class"))


def write_kml(parcels: Sequence[Parcel], crs: Crs, path: Path) -> tuple[Problem, ...]:
    """Write parcels in degrees; CGCS2000 counts as WGS 84 (within about 1 m), which W-CRS-WGS84 says.

    Raises E-CRS-OLD or E-CRS-DATUM for other datums: no parameters are known.
    """
    write_text(path, "\n".join(_lines(parcels, in_degrees(parcels, crs))) + "\n")
    return (brought_to_degrees(crs, path),)


def in_degrees(parcels: Sequence[Parcel], crs: Crs) -> list[shapely.Geometry]:
    """The outlines in degrees of CGCS2000 (for planes of it) or WGS 84."""
    target = parse_crs("EPSG:4490" if crs.datum is Datum.CGCS2000 else "EPSG:4326")
    transform = plane_transform(crs, target)
    shapes = np.array([shapely.force_2d(parcel.geometry) for parcel in parcels], dtype=object)
    moved: list[shapely.Geometry] = (shapes if transform is None else transform.to_target(shapes)).tolist()
    return moved


def brought_to_degrees(crs: Crs, path: Path) -> Problem:
    """The notice that goes with every file in degrees."""
    repair = Text(zh=f"{crs.label} → WGS 84", en=f"{crs.label} → WGS 84")
    return Problem(code="W-CRS-WGS84", level=Level.WARNING, place=Place(file=path.name), repair=repair)


def _lines(parcels: Sequence[Parcel], shapes: Sequence[shapely.Geometry]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    for parcel, shape in zip(parcels, shapes, strict=True):
        yield f"<Placemark><name>{_escaped(parcel.name or parcel.number)}</name><ExtendedData>"
        for name, attribute in _FACTS:
            yield f'<Data name="{name}"><value>{_escaped(getattr(parcel, attribute))}</value></Data>'
        yield "</ExtendedData><MultiGeometry>"
        for part in shapely.get_parts(shape):
            yield from _polygon(part)
        yield "</MultiGeometry></Placemark>"
    yield "</Document></kml>"


def _polygon(part: shapely.Polygon) -> Iterator[str]:
    yield "<Polygon>"
    for i, ring in enumerate(shapely.get_rings(part)):
        name = "innerBoundaryIs" if i else "outerBoundaryIs"
        points = " ".join(f"{x:.{DECIMALS}f},{y:.{DECIMALS}f}" for x, y in shapely.get_coordinates(ring).tolist())
        yield f"<{name}><LinearRing><coordinates>{points}</coordinates></LinearRing></{name}>"
    yield "</Polygon>"


def _escaped(text: str) -> str:
    return html.escape(_UNFIT.sub("", text))
