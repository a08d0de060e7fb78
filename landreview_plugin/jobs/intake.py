# SPDX-License-Identifier: GPL-2.0-or-later
"""From a surveyor's file to a case: read, looked at, unchanged since then, kept with its bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from ..core.model.base import Text
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Level, Place, Problem
from ..core.model.profile import OfficeProfile
from ..core.quality.repairs import MENDABLE, REPAIRS, left, repaired
from ..core.quality.surroundings import Surroundings
from ..sources.parcels import digest_of, files_of
from .other_files import other_files
from .quality_job import check_reading


def examined(
    reading: ParcelReading,
    profile: OfficeProfile,
    beside: Sequence[Path] = (),
    repairs: frozenset[str] = frozenset(),
) -> ParcelReading:
    """The reading with what the quality checks of the office find added to what its reader said.

    What could not be read rightly is not checked: its other flaws would follow from the first.
    ``beside``: other files of the hand-in, which must show the same land. ``repairs``: rules of
    ``core.quality.repairs`` that a person asked for; each one made is a problem with a repair, and the check sees
    the land as it is then.
    """
    if _unread(reading, but=MENDABLE if repairs else frozenset()):
        return reading
    looked_at, log = _repaired(reading, profile, repairs)
    if _unread(looked_at):
        return looked_at.model_copy(update={"problems": (*looked_at.problems, *log)})
    around = Surroundings(files=other_files(beside, looked_at))
    return looked_at.model_copy(update={"problems": (*check_reading(looked_at, profile, around), *log)})


def _unread(reading: ParcelReading, but: frozenset[str] = frozenset()) -> bool:
    errors = {problem.code for problem in reading.problems if problem.level is Level.ERROR}
    return bool(errors - but) or not reading.parcels


def _repaired(
    reading: ParcelReading, profile: OfficeProfile, rules: frozenset[str]
) -> tuple[ParcelReading, tuple[Problem, ...]]:
    wanted = rules & REPAIRS.keys()
    if not wanted:
        return reading, ()
    parcels, log = repaired(reading.parcels, wanted, profile)
    problems = left(reading.problems, wanted, parcels)
    return reading.model_copy(update={"parcels": parcels, "problems": problems}), log


def refuse_changed(reading: ParcelReading, path: Path) -> None:
    """Raise E-SRC-MISSING when the file that was looked at is gone or has another content by now."""
    place = Place(file=path.name)
    if not path.exists():
        gone = Text(zh="文件已被移走或删除", en="it was moved or deleted after it was read")
        raise LandReviewError("E-SRC-MISSING", detail=gone, place=place)
    if reading.sha256 and digest_of(path) != reading.sha256:
        changed = Text(zh="预览之后文件已被更改", en="it was changed after it was read")
        again = Text(zh="请重新收件", en="Take it in again")
        raise LandReviewError("E-SRC-MISSING", _CHANGED, changed, again, place=place)


_CHANGED = Text(zh="文件已不是预览时的文件", en="The file is no longer the one that was looked at")


def evidence(path: Path, folder: Path) -> list[Path]:
    """The files to be kept with a case: all parts of a shapefile; a folder (GDB) as a zip made in ``folder``."""
    if not path.is_dir():
        return files_of(path)
    packed = folder / f"{path.name}.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files_of(path):
            archive.write(file, Path(path.name) / file.relative_to(path))
    return [packed]
