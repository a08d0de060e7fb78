# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands beside the parcels of a case: boundaries, other cases, other files of the same hand-in."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.base import Text
from ..overlay.layer import Geometries, ReferenceLayer


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Another case that is not archived."""

    number: str
    shapes: Geometries
    """(m,) its polygons in the plane of the parcels; empty when they can't be brought there."""
    reason: Text | None = None
    """Why its land can't be compared."""


@dataclass(frozen=True, slots=True)
class OtherFile:
    """Another file of the same hand-in, which should show the same land."""

    name: str
    shapes: Geometries
    """(m,) its polygons in the plane of the parcels; empty when they can't be brought there."""
    drawing: bool = False
    """A drawing (DXF), whose outlines are compared instead of its areas."""
    reason: Text | None = None
    """Why it can't be compared."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All of it is optional: what is not given is not checked, and has no threshold to hold."""

    counties: ReferenceLayer | None = None
    """The office's own layer of administrative units."""
    patches: ReferenceLayer | None = None
    """Patches of the land survey."""
    cases: tuple[OpenCase, ...] = ()
    files: tuple[OtherFile, ...] = ()


NOWHERE = Surroundings()
