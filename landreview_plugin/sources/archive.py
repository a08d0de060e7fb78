# SPDX-License-Identifier: GPL-2.0-or-later
"""Packed hand-ins: unpacked into a private folder, or refused; never a byte outside it."""

from __future__ import annotations

import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

MAX_FILES = 2_000
MAX_BYTES = 2 * 1024**3
MAX_RATIO = 200
"""Unpacked to packed size of one member; real coordinate files stay below 30."""
_CHUNK = 1 << 20
_UTF8_FLAG = 0x800
_JUNK = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}
_NESTED = {".zip", ".rar", ".7z", ".gz", ".tar"}


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """The content of a zip or kmz in a temporary folder that is removed afterwards.

    Raises E-SRC-CORRUPT, E-SEC-PATH (a name that leads out, a link), E-SEC-BOMB (too many, too large),
    E-SRC-FORMAT (encrypted, or an archive inside).
    """
    folder = Path(tempfile.mkdtemp(prefix="landreview-"))
    try:
        try:
            with zipfile.ZipFile(path) as archive:
                _extract(archive, folder, path.name)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
            raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=Place(file=path.name)) from error
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _extract(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    members = [member for member in archive.infolist() if not member.is_dir() and not _junk(member.filename)]
    if len(members) > MAX_FILES:
        raise _bomb(name, f"{len(members)} > {MAX_FILES}")
    if sum(member.file_size for member in members) > MAX_BYTES:
        raise _bomb(name, f"> {MAX_BYTES // 1024**2} MiB")
    written = 0
    for member in members:
        target = _target(member, folder, name)
        written += _write(archive, member, target, name, MAX_BYTES - written)


def _junk(filename: str) -> bool:
    return any(part.lower() in _JUNK or part.startswith("._") for part in PurePosixPath(filename).parts)


def _target(member: zipfile.ZipInfo, folder: Path, archive: str) -> Path:
    """Where a member goes; refuses names that lead out of the folder, links, encryption, nested archives."""
    name = _decoded(member).replace("\\", "/")
    parts = PurePosixPath(name).parts
    place = Place(file=archive, feature=name)
    escapes = name.startswith("/") or ".." in parts or any(":" in part for part in parts)
    if escapes or stat.S_ISLNK(member.external_attr >> 16):
        raise LandReviewError("E-SEC-PATH", detail=name, place=place)
    if member.flag_bits & 0x1:
        raise LandReviewError(
            "E-SRC-FORMAT", detail=Text(zh="压缩包已加密", en="the archive is encrypted"), place=place
        )
    if PurePosixPath(name).suffix.lower() in _NESTED:
        detail = Text(zh="压缩包内还有压缩包", en="an archive inside the archive")
        raise LandReviewError("E-SRC-FORMAT", detail=detail, place=place)
    return folder.joinpath(*parts)


def _decoded(member: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag were written in the packer's own encoding: on a Chinese Windows GBK."""
    if member.flag_bits & _UTF8_FLAG:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, name: str, left: int) -> int:
    """Unpack one member in pieces; what it says of its size is not believed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    limit = min(left, max(member.compress_size, 1024) * MAX_RATIO)
    size = 0
    with archive.open(member) as source, target.open("wb") as out:
        while piece := source.read(_CHUNK):
            size += len(piece)
            if size > limit:
                raise _bomb(name, f"{member.filename} > {limit} bytes")
            out.write(piece)
    return size


def _bomb(name: str, detail: str) -> LandReviewError:
    return LandReviewError("E-SEC-BOMB", detail=detail, place=Place(file=name))
