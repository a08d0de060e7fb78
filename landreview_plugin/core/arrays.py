# SPDX-License-Identifier: GPL-2.0-or-later
"""Arrays as plain lists with a type: numpy's own stubs leave ``tolist`` open, and each version in its own way."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import numpy.typing as npt


def as_ints(array: npt.NDArray[Any]) -> list[int]:
    """A row of integers (or of yes and no) as Python's own."""
    return cast("list[int]", array.tolist())


def as_pairs(array: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
    """Points, shape (n, 2), as pairs of Python's own floats."""
    return [(x, y) for x, y in cast("list[list[float]]", array.tolist())]


def as_floats(array: npt.NDArray[np.float64]) -> list[float]:
    """A row of numbers as Python's own floats."""
    return cast("list[float]", array.tolist())
