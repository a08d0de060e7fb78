# SPDX-License-Identifier: GPL-2.0-or-later
"""Other files of a hand-in, read to be compared with the one that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from ..core.model.base import Language, Text
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError
from ..core.overlay.layer import Geometries
from ..core.quality.surroundings import OtherFile
from ..core.texts import error_sentence
from ..sources.import_options import ImportOptions
from ..sources.parcels import read_parcels
from ..sources.transform import plane_transform
from .refusal import refuse

_NONE: Geometries = np.zeros(0, dtype=object)


def other_files(paths: Iterable[Path], reading: ParcelReading) -> tuple[OtherFile, ...]:
    """The land of other files in the plane of ``reading``; one that can't be read says why instead.

    A file that states no coordinate system (a drawing) is taken to be in that plane: elsewhere it would not fit.
    """
    return tuple(_opened(path, reading) for path in paths)


def _opened(path: Path, reading: ParcelReading) -> OtherFile:
    drawing = path.suffix.lower() == ".dxf"
    try:
        other = read_parcels(str(path), replace(ImportOptions(), crs=reading.crs))
        refuse(other)
        return OtherFile(path.name, _in_the_plane_of(reading, other), drawing)
    except LandReviewError as error:
        reason = Text(zh=error_sentence(error, Language.ZH), en=error_sentence(error, Language.EN))
        return OtherFile(path.name, _NONE, drawing, reason)


def _in_the_plane_of(reading: ParcelReading, other: ParcelReading) -> Geometries:
    assert other.crs is not None and reading.crs is not None  # refuse() lets nothing without a CRS through
    shapes = np.empty(len(other.parcels), dtype=object)
    shapes[:] = [shapely.force_2d(parcel.geometry) for parcel in other.parcels]
    transform = plane_transform(other.crs, reading.crs)
    return shapes if transform is None else transform.to_target(shapes)
