# SPDX-License-Identifier: GPL-2.0-or-later
"""What GDAL says while it works, kept for the message instead of printed to a console.

Whether GDAL raises exceptions is a setting of the whole process, which a plugin shares with QGIS:
it is never changed here, and both ways are understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from osgeo import gdal

from ..core.model.problems import LandReviewError, Place

Item = TypeVar("Item")
UNTOLD = (RuntimeError, SystemError, UnicodeDecodeError)
"""What GDAL raises; the last two where a message or a name is no text."""


@contextmanager
def collected() -> Iterator[list[str]]:
    """The texts of GDAL's warnings and errors raised inside the block."""
    messages: list[str] = []
    gdal.PushErrorHandler(lambda _level, _number, text: messages.append(text))
    try:
        yield messages
    finally:
        gdal.PopErrorHandler()


@contextmanager
def failures(place: Place, code: str = "E-SRC-CORRUPT") -> Iterator[list[str]]:
    """The texts of GDAL's failures inside the block, without mere warnings; an exception of GDAL is ``code``."""
    messages: list[str] = []

    def keep(level: int, _number: int, text: str) -> None:
        if level >= gdal.CE_Failure:
            messages.append(text)

    gdal.PushErrorHandler(keep)
    try:
        yield messages
    except UNTOLD as error:
        raise LandReviewError(code, detail=joined([*messages, str(error)]), place=place) from error
    finally:
        gdal.PopErrorHandler()


def watched(items: Iterator[Item], place: Place, code: str = "E-SRC-CORRUPT") -> Iterator[Item]:
    """``items`` that GDAL reads; raises ``code`` where it reports a failure: GDAL itself stops as if at the end."""
    while True:
        with failures(place, code) as said:
            item = next(items, None)
        if said:
            raise LandReviewError(code, detail=joined(said), place=place)
        if item is None:
            return
        yield item


@contextmanager
def written() -> Iterator[None]:
    """What GDAL refuses to write is an OSError, also where another plugin has told it to raise, not to return codes."""
    try:
        yield
    except RuntimeError as error:
        raise OSError(0, str(error)) from error


def opened(source: str, *drivers: str, options: Sequence[str] = ()) -> tuple[gdal.Dataset | None, str]:
    """A vector dataset to read, or None, and what GDAL said; ``drivers``: no other kind of file comes in."""
    with collected() as messages:
        try:
            flags = gdal.OF_VECTOR | gdal.OF_READONLY
            dataset = gdal.OpenEx(source, flags, allowed_drivers=list(drivers), open_options=list(options))
        except UNTOLD as error:
            messages.append(str(error))
            dataset = None
    return dataset, joined(messages)


def joined(messages: list[str]) -> str:
    """Messages as one line, each once."""
    return "; ".join(dict.fromkeys(messages))[:500]
