# SPDX-License-Identifier: GPL-2.0-or-later
"""Other files of a hand-in, read to be compared with the one that counts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError
from ..core.overlay.layer import as_array
from ..core.quality.surroundings import OtherFile
from ..core.texts import because
from ..sources.import_options import ImportOptions
from ..sources.parcels import read_parcels
from .open_cases import in_the_plane_of
from .refusal import refuse


def other_files(paths: Iterable[Path], reading: ParcelReading) -> tuple[OtherFile, ...]:
    """The land of other files in the plane of ``reading``; one that can't be read says why instead.

    A file that states no coordinate system (a drawing) is taken to be in that plane: elsewhere it would not fit.
    """
    return tuple(_opened(path, reading) for path in paths)


def _opened(path: Path, reading: ParcelReading) -> OtherFile:
    drawing = path.suffix.lower() == ".dxf"
    try:
        other = read_parcels(str(path), ImportOptions(crs=reading.crs))
        refuse(other)  # lets nothing without a CRS through
        return OtherFile(path.name, in_the_plane_of(reading, other), drawing)
    except LandReviewError as error:
        return OtherFile(path.name, as_array(()), drawing, because(error))
