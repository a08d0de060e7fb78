# SPDX-License-Identifier: GPL-2.0-or-later
"""Area methods: which one counts is said by the rule pack, never by the project."""

from __future__ import annotations

from enum import StrEnum


class AreaMethod(StrEnum):
    """面积类型: on the parcel's plane, or on the ellipsoid by the survey standard."""

    PLANAR = "planar"
    ELLIPSOIDAL = "ellipsoidal"
