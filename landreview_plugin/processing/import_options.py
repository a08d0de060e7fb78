# SPDX-License-Identifier: GPL-2.0-or-later
"""Options for the parcel readers from the parameters of an algorithm."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem

from ..core.boundary.dialects import load_dialects
from ..project.crs import crs_of_qgis
from ..sources.import_options import ImportOptions, field_pairs


def import_options(
    *,
    crs: QgsCoordinateReferenceSystem,
    strict: bool,
    layer: str,
    fields: str,
    accept: str,
    dialects: str = "",
) -> ImportOptions:
    """Options for the readers from the parameters of an algorithm."""
    return ImportOptions(
        crs=crs_of_qgis(crs),
        strict=strict,
        layer=layer,
        field_mapping=field_pairs(fields),
        accept_repairs=codes(accept),
        dialects=load_dialects(Path(dialects)) if dialects else (),
    )


def codes(text: str) -> frozenset[str]:
    """Problem codes from a list separated by commas or semicolons."""
    return frozenset(code.strip() for code in text.replace(";", ",").split(",") if code.strip())
