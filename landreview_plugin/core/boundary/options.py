# SPDX-License-Identifier: GPL-2.0-or-later
"""What the reader of boundary-point TXT is told besides the bytes."""

from __future__ import annotations

import datetime as dt

from ..geodesy.area import AreaMethod
from ..model.base import Model
from ..model.crs import Crs
from .dialects import Dialect

Extent = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


class ReadOptions(Model):
    """Everything has a default: a file is read as it stands, and nothing is confirmed."""

    crs: Crs | None = None
    """Given by hand; it fills what the file leaves out and is compared with what the file says."""
    strict: bool = False
    """Warnings become refusals."""
    accept_repairs: frozenset[str] = frozenset()
    """Codes of plausible repairs that a user said yes to (W-TXT-SWAP)."""
    dialects: tuple[Dialect, ...] = ()
    """The office's own dialects, tried before the built-in ones."""
    dialect: str = ""
    """Name of the dialect to read by; empty: found by looking at the file."""
    today: dt.date | None = None
    """A later date in the header is a warning; None: the date of this machine."""
    extent: Extent | None = None
    """The province (profile); a boundary point outside is E-JUR-OUT. None: anywhere."""
    county: str = ""
    """Declared county, six digits; points far outside its rough extent are W-JUR-COUNTY."""
    area_methods: tuple[AreaMethod, ...] = (AreaMethod.PLANAR, AreaMethod.ELLIPSOIDAL)
    """Area types that a stated area may mean; the first is the expected one."""
    max_bytes: int = 512 * 1024 * 1024
    max_points: int = 5_000_000
    max_problems_per_code: int = 200
    """Further problems of the same code are counted in one last entry."""
