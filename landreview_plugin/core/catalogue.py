# SPDX-License-Identifier: GPL-2.0-or-later
"""Read and write a catalogue file: unknown keys are refused with line and column, comments stay where they can."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .catalogue_text import rewritten
from .files import write_text
from .model.catalogue import Catalogue
from .model.problems import LandReviewError, Place
from .yaml_source import Codes, read_document, validate

CATALOGUE_CODES = Codes("E-CAT-PARSE", "E-CAT-FIELD", "E-CAT-TYPE")


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A catalogue as it was read: its text tells whether somebody else has written meanwhile."""

    path: Path
    text: str
    """Empty: the file is not there yet."""
    catalogue: Catalogue

    @property
    def base(self) -> Path:
        """The folder that relative sources start from."""
        return self.path.resolve().parent


def load_catalogue(path: Path) -> Catalogue:
    """The catalogue in ``path``; raises LandReviewError with E-CAT-* or E-SRC-MISSING."""
    return open_catalogue(path).catalogue


def open_catalogue(path: Path) -> CatalogueFile:
    """The catalogue with its text, to be changed; raises as :func:`load_catalogue` does."""
    document = read_document(path, CATALOGUE_CODES)
    return CatalogueFile(path, document.text, validate(document, Catalogue, CATALOGUE_CODES))


def save_catalogue(file: CatalogueFile, catalogue: Catalogue) -> tuple[CatalogueFile, bool]:
    """Write ``catalogue`` in the place of ``file``, whole or not at all; the file as it is now.

    False beside it: the text was written anew, and its comments (but those at its head) are gone.
    Raises E-CAT-CHANGED when the file is no longer what was read, E-ENV-WRITE.
    """
    if _text_of(file.path) != file.text:
        raise LandReviewError("E-CAT-CHANGED", place=Place(file=str(file.path)))
    text, kept = rewritten(file.text, catalogue)
    write_text(file.path, text)
    return CatalogueFile(file.path, text, catalogue), kept


def _text_of(path: Path) -> str:
    return read_document(path, CATALOGUE_CODES).text if path.exists() else ""
