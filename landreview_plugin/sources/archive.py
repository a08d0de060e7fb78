# SPDX-License-Identifier: GPL-2.0-or-later
"""Packed hand-ins: unpacked into a private folder, or refused; never a byte outside it."""

from __future__ import annotations

import errno
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

MAX_FILES = 2_000
MAX_BYTES = 2 * 1024**3
MAX_RATIO = 200
"""Unpacked to packed size of one member; real coordinate files stay below 30."""
HARMLESS_BYTES = 16 << 20
"""Up to this size the ratio does not matter: tables of blanks shrink very much."""
_CHUNK = 1 << 20
_PROLOG = 1 << 16
_UTF8_FLAG = 0x800
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError)
"""What zipfile raises for a damaged archive; OSError when an offset lies before the file."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
"""Names that are devices on Windows, with any suffix: opening one there may never return."""
_JUNK = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini"}
_NESTED = {".zip", ".rar", ".7z", ".gz", ".tar"}


@contextmanager
def unpacked(path: Path, max_bytes: int = MAX_BYTES) -> Iterator[Path]:
    """The content of a zip or kmz in a temporary folder that is removed afterwards.

    Raises E-SRC-CORRUPT, E-SEC-PATH (a name that leads out, a link), E-SEC-BOMB (too many, too large),
    E-SRC-FORMAT (encrypted, or an archive inside).
    """
    place = Place(file=path.name)
    folder = Path(tempfile.mkdtemp(prefix="landreview-"))
    try:
        try:
            with zipfile.ZipFile(path) as archive:
                _extract(archive, folder, path.name, max_bytes)
        except _DAMAGED as error:
            if isinstance(error, OSError) and error.errno != errno.EINVAL:
                raise LandReviewError("E-ENV-WRITE", detail=str(error), place=place) from error
            raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=place) from error
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_package(path: Path, max_bytes: int) -> None:
    """Refuse an office file (a zip of XML) that is a bomb or whose XML defines entities; nothing is unpacked to disk.

    Raises E-SRC-CORRUPT, E-SEC-BOMB, E-SEC-ENTITY.
    """
    place = Place(file=path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MAX_FILES or sum(member.file_size for member in members) > max_bytes:
                raise _bomb(path.name, f"{len(members)} files")
            for member in members:
                _check_part(archive, member, path.name)
    except _DAMAGED as error:
        raise LandReviewError("E-SRC-CORRUPT", detail=str(error), place=place) from error


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    if member.file_size > _allowed(member):
        raise _bomb(name, f"{member.filename}: {member.file_size} bytes")
    if not member.filename.lower().endswith((".xml", ".rels")):
        return
    with archive.open(member) as part:
        if b"<!DOCTYPE" in part.read(_PROLOG).replace(b"\0", b"").upper():
            raise LandReviewError("E-SEC-ENTITY", detail=member.filename, place=Place(file=name))


def _extract(archive: zipfile.ZipFile, folder: Path, name: str, max_bytes: int) -> None:
    listed = archive.infolist()
    if any(not member.filename for member in listed):
        raise zipfile.BadZipFile("a member without a name")
    members = [member for member in listed if not member.is_dir() and not _junk(member.filename)]
    if len(members) > MAX_FILES:
        raise _bomb(name, f"{len(members)} > {MAX_FILES}")
    if sum(member.file_size for member in members) > max_bytes:
        raise _bomb(name, f"> {max_bytes // 1024**2} MiB")
    written = 0
    for member in members:
        target = _target(member, folder, name)
        written += _write(archive, member, target, name, max_bytes - written)


def _junk(filename: str) -> bool:
    return any(part.lower() in _JUNK or part.startswith("._") for part in PurePosixPath(filename).parts)


def _target(member: zipfile.ZipInfo, folder: Path, archive: str) -> Path:
    """Where a member goes; refuses names that lead out of the folder, links, encryption, nested archives."""
    name = _decoded(member).replace("\\", "/")
    parts = PurePosixPath(name).parts
    place = Place(file=archive, feature=name)
    strange = any(":" in part or part != part.rstrip(". ") or _DEVICES.fullmatch(part) for part in parts)
    escapes = name.startswith("/") or ".." in parts or strange
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


def _allowed(member: zipfile.ZipInfo) -> int:
    return max(HARMLESS_BYTES, member.compress_size * MAX_RATIO)


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, name: str, left: int) -> int:
    """Unpack one member in pieces; what it says of its size is not believed."""
    if target.exists():  # also two names that differ in case only, where the disk is blind to it
        raise zipfile.BadZipFile(f"{member.filename} twice")
    target.parent.mkdir(parents=True, exist_ok=True)
    limit = min(left, _allowed(member))
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
