# SPDX-License-Identifier: GPL-2.0-or-later
"""Unpacks the wheels of an offline bundle: whole and unaltered, or not at all.

A bundle is a zip with ``manifest.json`` (``{"files": {path: sha256}, "libraries": {tag: [path, …]}}``),
the plugin's zip and the wheels. A wheel is a zip, too: pure unpacking, no pip, no scripts.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from .environment import Words, tag

MANIFEST = "manifest.json"
MAX_BYTES = 400 * 1024 * 1024


class BundleError(Exception):
    """Why a bundle can't be used, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def unpack(zip_path: Path, target: Path) -> Path:
    """Check every hash, unpack beside ``target``, then put it in place."""
    try:
        wheels = _checked_wheels(zip_path)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BundleError(
            Words(f"离线安装包无法读取：{error}，请重新复制", f"The bundle can't be read: {error}; copy it again")
        ) from error
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=target.name, dir=target.parent))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        for wheel in wheels:
            _unpack_wheel(wheel, beside)
        _put_in_place(beside, target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return target


def _checked_wheels(zip_path: Path) -> list[bytes]:
    """The wheels for this Python, each with the hash that the manifest states."""
    with zipfile.ZipFile(zip_path) as bundle:
        manifest = json.loads(bundle.read(MANIFEST).decode("utf-8"))
        names = manifest["libraries"].get(tag())
        if not names:
            there = ", ".join(sorted(manifest["libraries"]))
            raise BundleError(
                Words(
                    f"离线安装包不含 {tag()} 的库，只有：{there}", f"The bundle has no libraries for {tag()}: {there}"
                )
            )
        return [_checked(bundle, name, manifest["files"][name]) for name in names]


def _checked(bundle: zipfile.ZipFile, name: str, expected: str) -> bytes:
    if bundle.getinfo(name).file_size > MAX_BYTES:
        raise BundleError(Words(f"{name} 过大", f"{name} is too large"))
    content = bundle.read(name)
    if hashlib.sha256(content).hexdigest() != expected:
        raise BundleError(
            Words(f"{name} 的校验值不符，文件已损坏或被改动", f"{name} differs from its hash: damaged or altered")
        )
    return content


def _unpack_wheel(wheel: bytes, folder: Path) -> None:
    """Write a wheel's files; a path that leaves the folder refuses the whole bundle."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
            raise BundleError(Words("库文件过大", "A library is too large"))
        for entry in archive.infolist():
            if not entry.is_dir():
                path = _safe(folder, entry.filename)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.read(entry))


def _safe(folder: Path, name: str) -> Path:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or any(":" in part for part in parts):
        raise BundleError(Words(f"离线安装包含有不安全的路径：{name}", f"The bundle holds an unsafe path: {name}"))
    return folder.joinpath(*parts)


def _put_in_place(beside: Path, target: Path) -> None:
    """Swap the folders; the old one is put back when the new one can't take its place."""
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        Path(target).replace(old)
    try:
        Path(beside).replace(target)
    except OSError:
        if old.exists():
            Path(old).replace(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _unwritable(target: Path, error: OSError) -> BundleError:
    return BundleError(
        Words(
            f"无法写入 {target}：{error.strerror or error}，请关闭 QGIS 后重试或检查写权限",
            f"Can't write {target}: {error.strerror or error}; close QGIS and try again, or check the rights",
        )
    )
