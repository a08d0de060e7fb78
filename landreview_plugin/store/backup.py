# SPDX-License-Identifier: GPL-2.0-or-later
"""Backup, restore and archive of a store: one ZIP holds the database and every file it names."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import time
import zipfile
from pathlib import Path

from ..core.evidence.hashes import file_sha256
from ..core.files import replace_file
from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from ..core.progress import Progress, Silent
from .blobs import FOLDER_SUFFIX, Blobs
from .workspace import FILE_NAME, Workspace

_FILES = "files/"
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_WAITS_S = (0.05, 0.1, 0.2)
_OPEN = Text(zh="案卷库在另一窗口中打开", en="it is open in another window")
_CLOSE = Text(
    zh="未作任何更改；请关闭其他QGIS窗口后重试", en="Nothing was changed; close the other QGIS windows and do it again"
)


def back_up(store: Workspace, target: Path, progress: Progress | None = None) -> None:
    """Write database and files to ``target`` (.zip), whole or not at all; the store stays open and usable."""
    told = progress or Silent()

    def write(beside: Path) -> None:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup") as folder:
            copy = Path(folder) / FILE_NAME
            store.copy_database(copy)
            files = sorted(store.blobs.all())
            hashes = {FILE_NAME: file_sha256(copy)} | {_FILES + path.name: path.stem for path in files}
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(_MANIFEST, json.dumps(hashes, indent=1))
                archive.write(copy, FILE_NAME)
                for i, path in enumerate(files):
                    told.step(i / len(files), path.name)
                    archive.write(path, _FILES + path.name)

    replace_file(target, write)


def restore(source: Path, target: Path, progress: Progress | None = None) -> Path | None:
    """Put the store of a backup at ``target``; a store that was there is kept beside it, and returned.

    Every file is checked against the manifest before anything is changed. Raises E-STORE-CORRUPT, and
    E-STORE-BUSY while another window has the store open.
    """
    return put_in_place(unpacked(source, target, progress), target)


def unpacked(source: Path, target: Path, progress: Progress | None = None) -> Path:
    """The long half of a restore: the checked database, lying beside ``target``; its files are with the others."""
    told = progress or Silent()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".restore") as name:
        folder = Path(name)
        _unpack(source, folder, told)
        with Workspace(folder / FILE_NAME) as restored:
            restored.cases()
            restored.copy_database(folder / "database")
        blobs = Blobs(target.with_name(target.name + FOLDER_SUFFIX))
        for path in (folder / "files").glob("*"):
            blobs.put(path)
        ready = target.with_name(f".{target.stem}.restored{target.suffix}")
        (folder / "database").replace(ready)
    return ready


def put_in_place(database: Path, target: Path) -> Path | None:
    """The short half: rename; the store that was there is kept beside it, and returned. Nobody may have it open."""
    try:
        _refuse_in_use(target)
        kept = _keep(target)
        database.replace(target)
    except BaseException:
        database.unlink(missing_ok=True)
        raise
    return kept


def _refuse_in_use(target: Path) -> None:
    """Leaving WAL asks for the file alone: it fails while any other connection is open, idle ones too.

    Searches of this window open and close theirs within milliseconds: they are waited for.
    """
    for wait_s in (*_WAITS_S, None):
        if not target.exists() or _alone(target):
            return
        if wait_s is not None:
            time.sleep(wait_s)
    raise LandReviewError("E-STORE-BUSY", detail=_OPEN, hint=_CLOSE, place=Place(file=str(target)))


def _alone(target: Path) -> bool:
    connection = sqlite3.connect(target, timeout=0)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.DatabaseError:
        return True  # a damaged store is what a backup is restored for
    finally:
        connection.close()
    return True


def _unpack(source: Path, folder: Path, progress: Progress) -> None:
    place = Place(file=str(source))
    try:
        with zipfile.ZipFile(source) as archive:
            hashes: dict[str, str] = json.loads(archive.read(_MANIFEST))
            for i, (name, sha256) in enumerate(hashes.items()):
                progress.step(i / len(hashes), name)
                # names are taken from the manifest's last part only: no path leads out of the folder
                target = folder / ("files" if name.startswith(_FILES) else "") / Path(name).name
                target.parent.mkdir(exist_ok=True)
                with archive.open(name) as packed, target.open("wb") as file:
                    shutil.copyfileobj(packed, file, _CHUNK)
                if file_sha256(target) != sha256:
                    detail = Text(zh=f"{name} 与清单不符", en=f"{name} is not what the manifest says")
                    raise LandReviewError("E-STORE-CORRUPT", detail=detail, place=place)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise LandReviewError("E-STORE-CORRUPT", detail=str(error), place=place) from error


def _keep(target: Path) -> Path | None:
    """A second name for the store that is there, so that a kill at any point leaves one in its place.

    A write-ahead log that could not be folded in (a damaged store) goes with it: it must not meet the new database.
    """
    if not target.exists():
        return None
    number = 1
    while (kept := target.with_name(f"{target.stem}.before-restore-{number}{target.suffix}")).exists():
        number += 1
    _second_name(target, kept)
    for companion in ("-wal", "-shm"):
        beside = target.with_name(target.name + companion)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + companion))
    return kept


def _second_name(target: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(target)
    except OSError:  # a file system without links: a stick, some shares
        replace_file(kept, lambda beside: shutil.copyfile(target, beside))
