# SPDX-License-Identifier: GPL-2.0-or-later
"""The table of a reference shapefile, looked at without reading it whole: is all of it there, and in which encoding?

GDAL asks neither. A table that breaks off hides the features behind the break; GBK read as Latin-1 makes a filter on
Chinese words, or on a field with a Chinese name, hit nothing. Both would be a silent "no conflict".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from ..core.model.problems import Place
from .dbf import DbfField, Frame, frame_of, refuse_other_count, whole_characters
from .encoding import Decision, decide, stated_in

_AT_ONCE: Final = 50_000
_SHOWN: Final = 40
"""Rows with Chinese text that are looked at, of each 50,000."""
Bytes = npt.NDArray[np.uint8]


def decision_of(table: Path, cpg: Path | None, records: int) -> Decision:
    """The encoding of names and values. Raises E-SRC-CORRUPT for a table that breaks off or has not ``records``."""
    data: Bytes = np.memmap(table, dtype=np.uint8, mode="r") if table.stat().st_size else np.zeros(0, np.uint8)
    frame = frame_of(data, table)
    refuse_other_count(frame, records, Place(file=table.name))
    return decide([*frame.names, *dict.fromkeys(_texts(data, frame))], cpg=stated_in(cpg), ldid=frame.ldid)


def _texts(data: Bytes, frame: Frame) -> Iterator[bytes]:
    """Texts beyond ASCII, from rows all over the table."""
    columns = [field for field in frame.fields if field.kind == "C"]
    rows = data[frame.header : frame.header + frame.count * frame.record].reshape(frame.count, frame.record)
    for start in range(0, frame.count, _AT_ONCE):
        yield from _shown(rows[start : start + _AT_ONCE], columns)


def _shown(rows: Bytes, columns: list[DbfField]) -> Iterator[bytes]:
    for field in columns:
        values = rows[:, field.start : field.start + field.width]
        beyond = np.flatnonzero((values > 127).any(axis=1))
        for row in beyond[:: max(1, len(beyond) // _SHOWN)].tolist():
            yield whole_characters(values[row].tobytes(), field.width)
