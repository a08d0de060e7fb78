# SPDX-License-Identifier: GPL-2.0-or-later
"""The messages of the wire as one file: commands first, then the files that their packages name.

A ZIP without compression, so that reading it is bounded by its size: nothing in it can swell. Knows no store:
the centre reads sticks, too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from ..core.files import replace_file
from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from .contents import Content, pieces_of
from .protocol import Code, Command, Part, Receipt, Sent, WireProblem

LIST_NAME = "landreview.json"
_BLOBS = "blobs/"
_MOST_ENTRIES = 100_000
_MOST_LIST_BYTES = 64 * 1024 * 1024
_MOST_RECEIPTS_BYTES = 16 * 1024 * 1024
_CHUNK = 1 << 20
_M = TypeVar("_M", bound=BaseModel)


class StickList(Sent):
    """The first entry: who hands over what."""

    format: Literal["landreview-stick"] = "landreview-stick"
    version: Literal[1] = 1
    sender: Code
    made_at: dt.datetime
    commands: tuple[Command, ...] = Field(max_length=10_000)


class Answered(Sent):
    """What became of one command: a receipt, or why it was refused."""

    command: str
    receipt: Receipt | None = None
    problem: WireProblem | None = None


class Receipts(Sent):
    """The file that comes back."""

    format: Literal["landreview-receipts"] = "landreview-receipts"
    version: Literal[1] = 1
    office: Code
    made_at: dt.datetime
    answers: tuple[Answered, ...] = Field(max_length=10_000)


class Stick:
    """An opened stick; its bytes are checked when they are taken out."""

    def __init__(self, archive: zipfile.ZipFile, contents: StickList, place: Place) -> None:
        self._archive, self._place = archive, place
        self.list = contents

    def parts(self) -> dict[str, Part]:
        """Every part that travels as an entry of its own, by hash."""
        return _parts(self.list.commands)

    def extract(self, part: Part, target: Path) -> None:
        """Write a part's bytes to ``target``. Raises E-SYNC-STICK when they are not what the manifest says."""

        def write(beside: Path) -> None:
            with beside.open("wb") as file:
                for piece in self.pieces(part):
                    file.write(piece)

        replace_file(target, write)

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part's bytes; the last piece comes only when hash and size hold."""
        digest, size, held = hashlib.sha256(), 0, b""
        try:
            with self._archive.open(_BLOBS + part.sha256) as file:
                while piece := file.read(_CHUNK):
                    yield held
                    digest.update(piece)
                    size += len(piece)
                    held = piece
        except (KeyError, zipfile.BadZipFile, EOFError) as error:
            raise _refused(Text.same(str(error)), self._place) from error
        if (digest.hexdigest(), size) != (part.sha256, part.size):
            raise _refused(
                Text(zh=f"{part.name} 与清单不符", en=f"{part.name} is not what the manifest says"), self._place
            )
        yield held


def write_stick(path: Path, contents: StickList, blobs: Mapping[str, Content]) -> None:
    """Write a stick whole or not at all. ``blobs`` holds every part that no command carries inline."""

    def write(beside: Path) -> None:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_entry(LIST_NAME), contents.model_dump_json().encode("utf-8"))
            for sha256 in sorted(_parts(contents.commands)):
                with archive.open(_entry(_BLOBS + sha256), "w", force_zip64=True) as file:
                    for piece in pieces_of(blobs[sha256]):
                        file.write(piece)

    replace_file(path, write)


@contextmanager
def open_stick(path: Path) -> Iterator[Stick]:
    """Open and check a stick. Raises E-SYNC-STICK for anything that is none, before a byte of it is used."""
    place = Place(file=str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            yield Stick(archive, _list(archive, place), place)
    except (zipfile.BadZipFile, OSError) as error:
        raise _refused(Text.same(str(error)), place) from error


def write_receipts(path: Path, receipts: Receipts) -> None:
    """Write the answers, whole or not at all."""
    replace_file(path, lambda beside: beside.write_bytes(receipts.model_dump_json().encode("utf-8")))


def is_receipts(path: Path) -> bool:
    """Whether a file is no stick but the answers to one: those are no ZIP."""
    return not zipfile.is_zipfile(path)


def read_receipts(path: Path) -> Receipts:
    """Read the answers; raises E-SYNC-STICK."""
    place = Place(file=str(path))
    try:
        if path.stat().st_size > _MOST_RECEIPTS_BYTES:
            raise _refused(Text(zh="文件过大", en="it is too large"), place)
        return _validated(Receipts, path.read_bytes(), place)
    except OSError as error:
        raise _refused(Text.same(str(error)), place) from error


def _list(archive: zipfile.ZipFile, place: Place) -> StickList:
    entries = archive.infolist()
    if not entries or entries[0].filename != LIST_NAME or len(entries) > _MOST_ENTRIES:
        raise _refused(Text(zh="清单不是第一项", en="the list is not its first entry"), place)
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise _refused(Text(zh="含有压缩项", en="an entry is compressed"), place)
    if entries[0].file_size > _MOST_LIST_BYTES:
        raise _refused(Text(zh="清单过大", en="the list is too large"), place)
    contents = _validated(StickList, archive.read(LIST_NAME), place)
    sizes = {_BLOBS + sha256: part.size for sha256, part in _parts(contents.commands).items()}
    present = {entry.filename: entry.file_size for entry in entries[1:]}
    if present != sizes or len(present) != len(entries) - 1:
        raise _refused(Text(zh="文件与清单不符", en="its files are not those of the list"), place)
    return contents


def _validated(model: type[_M], data: bytes, place: Place) -> _M:
    try:
        return model.model_validate_json(data)
    except (ValidationError, RecursionError) as error:
        raise _refused(Text.same(str(error).splitlines()[0]), place) from error


def _parts(commands: Sequence[Command]) -> dict[str, Part]:
    return {
        part.sha256: part
        for command in commands
        if command.manifest is not None
        for part in command.manifest.parts
        if part.sha256 not in command.inline
    }


def _entry(name: str) -> zipfile.ZipInfo:
    """No clock in it: the same hand-over makes the same file."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _refused(reason: Text, place: Place) -> LandReviewError:
    return LandReviewError("E-SYNC-STICK", detail=reason, place=place)
