# SPDX-License-Identifier: GPL-2.0-or-later
"""The hand-ins that lie in a folder: files, geodatabases, and folders that hold one each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..core.model.problems import LandReviewError, Place
from ..sources.parcels import PACKED, READABLE, UNREADABLE, data_sets
from .journal import NAME as JOURNAL

HIDDEN = (".", "~")
"""Lock files of office programs begin so."""


@dataclass(frozen=True, slots=True)
class HandIn:
    """What to read under which number; or why nobody can tell what to read."""

    number: str
    path: Path
    error: LandReviewError | None = None


def hand_ins_of(folder: Path) -> list[HandIn]:
    """All of a folder, in order of name. Results of a batch and folders without a data set are none."""
    entries = sorted(path for path in folder.iterdir() if not path.name.startswith(HIDDEN))
    readable = [path for path in entries if path.suffix.lower() in READABLE | PACKED]
    stems = {path.stem for path in readable}
    # a drawing beside its TXT is the same hand-in; alone it would be overlooked
    alone = [path for path in entries if path.suffix.lower() in UNREADABLE and path.stem not in stems]
    inside = [_of_folder(path) for path in entries if path.is_dir() and path not in readable]
    return sorted(
        [*(HandIn(path.stem, path) for path in (*readable, *alone)), *filter(None, inside)],
        key=lambda each: (each.number, each.path),
    )


def _of_folder(folder: Path) -> HandIn | None:
    if (folder / JOURNAL).exists():
        return None
    found = data_sets(folder) or _files(folder, PACKED)
    if len(found) == 1:
        return HandIn(folder.name, found[0])
    if found:
        names = ", ".join(path.relative_to(folder).as_posix() for path in found[:12])
        return HandIn(folder.name, folder, LandReviewError("E-SRC-LAYER", detail=names, place=Place(file=folder.name)))
    unread = _files(folder, UNREADABLE)
    return HandIn(folder.name, unread[0]) if unread else None


def _files(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in suffixes)
