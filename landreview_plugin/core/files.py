# SPDX-License-Identifier: GPL-2.0-or-later
"""Files come into being whole: written beside, then renamed, so that nobody ever meets half a file."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from .model.base import Text
from .model.problems import LandReviewError, Place

RENAME_WAITS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Pauses between attempts: a virus scanner holds a new file for a moment on Windows."""

_COMPANIONS = ("-wal", "-shm", "-journal")


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` make a file beside ``path`` and rename it to ``path`` when it is complete.

    The folder of ``path`` is made when it is missing. Whatever goes wrong, ``path`` is as it was
    before and nothing is left beside it. The file under the temporary name has the same suffix, so
    that libraries which choose a format by the suffix choose the same one.

    Raises LandReviewError E-ENV-WRITE when the folder or file can't be written, the disk is full, or
    ``path`` is held open by another program. Errors of ``write`` that are not OSError pass through.
    """
    beside = path.with_name(f".{path.stem[:40]}.{uuid.uuid4().hex[:8]}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(beside)
        _to_disk(beside)
        _rename(beside, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        _remove(beside)


def write_text(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` in UTF-8 with plain line feeds, whole or not at all."""
    replace_file(path, lambda beside: beside.write_bytes(text.encode("utf-8")))


def _to_disk(path: Path) -> None:
    """Ask the disk to keep the bytes before the name points at them (a power cut comes between)."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _rename(beside: Path, path: Path) -> None:
    for wait_s in RENAME_WAITS_S:
        try:
            beside.replace(path)
        except PermissionError:
            time.sleep(wait_s)
        else:
            return
    beside.replace(path)


def _remove(beside: Path) -> None:
    for name in (beside.name, *(beside.name + companion for companion in _COMPANIONS)):
        try:
            beside.with_name(name).unlink(missing_ok=True)
        except OSError:
            # A scanner may still hold it. It has a hidden name and is not the result.
            continue


def _unwritable(path: Path, error: OSError) -> LandReviewError:
    reason = error.strerror or str(error)
    detail = Text(zh=f"无法写入（{reason}）", en=f"it can't be written ({reason})")
    return LandReviewError("E-ENV-WRITE", detail=detail, place=Place(file=str(path)))
