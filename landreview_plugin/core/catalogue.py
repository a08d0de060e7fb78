# SPDX-License-Identifier: GPL-2.0-or-later
"""Read a catalogue file, refusing unknown keys with line and column."""

from __future__ import annotations

from pathlib import Path

from .model.catalogue import Catalogue
from .yaml_source import Codes, read_document, validate

CATALOGUE_CODES = Codes("E-CAT-PARSE", "E-CAT-FIELD", "E-CAT-TYPE")


def load_catalogue(path: Path) -> Catalogue:
    """The catalogue in ``path``; raises LandReviewError with E-CAT-* or E-SRC-MISSING."""
    return validate(read_document(path, CATALOGUE_CODES), Catalogue, CATALOGUE_CODES)
