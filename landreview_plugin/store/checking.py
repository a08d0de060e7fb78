# SPDX-License-Identifier: GPL-2.0-or-later
"""Looks through a whole store: database, event logs, files. Changes nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ..core.evidence.chain import verify
from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from ..core.progress import Part, Progress
from . import event_rows
from .blobs import Blobs

_NAMED = (
    "SELECT sha256 FROM attachments UNION SELECT json_sha256 FROM results UNION SELECT gpkg_sha256 FROM results"
    " UNION SELECT sha256 FROM job_parts"
)


def named_files(connection: sqlite3.Connection) -> frozenset[str]:
    """The hash of every file that a row names."""
    named = {str(row[0]) for row in connection.execute(_NAMED)}
    for (reports,) in connection.execute("SELECT reports FROM results"):
        named |= set(json.loads(reports).values())
    return frozenset(named - {""})


def flaws_of(
    connection: sqlite3.Connection, path: Path, blobs: Blobs, progress: Progress
) -> tuple[LandReviewError, ...]:
    """Every flaw, each naming the case or file concerned: E-STORE-CORRUPT, E-STORE-GONE, E-STORE-BLOB."""
    return (
        *_of_database(connection, Place(file=str(path))),
        *_of_logs(connection, Place(file=str(path)), Part(progress, 0.1, 0.4)),
        *_of_files(connection, blobs, Part(progress, 0.4, 1.0)),
    )


def _of_database(connection: sqlite3.Connection, place: Place) -> Iterator[LandReviewError]:
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield LandReviewError("E-STORE-CORRUPT", detail=str(said), place=place)
    for table, row, *_ in connection.execute("PRAGMA foreign_key_check"):
        detail = Text(zh=f"{table}第{row}行指向不存在的案卷", en=f"row {row} of {table} names a case that is not there")
        yield LandReviewError("E-STORE-CORRUPT", detail=detail, place=place)


def _of_logs(connection: sqlite3.Connection, place: Place, progress: Progress) -> Iterator[LandReviewError]:
    cases = connection.execute("SELECT id, number FROM cases ORDER BY number").fetchall()
    for i, (case_id, number) in enumerate(cases):
        progress.step(i / len(cases), number)
        broken = verify(event_rows.log_of(connection, case_id))
        if broken is not None:
            detail = Text(zh=f"{number}：{broken.reason.zh}", en=f"{number}: {broken.reason.en}")
            yield LandReviewError("E-STORE-CORRUPT", detail=detail, place=place)


def _of_files(connection: sqlite3.Connection, blobs: Blobs, progress: Progress) -> Iterator[LandReviewError]:
    there = {path.stem: path for path in blobs.all()}
    named = sorted(named_files(connection))
    names = dict(connection.execute("SELECT sha256, name FROM attachments").fetchall())
    for i, sha256 in enumerate(named):
        progress.step(i / len(named), names.get(sha256, sha256[:12]))
        place = Place(file=str(there.get(sha256, blobs.path(sha256))))
        shown = names.get(sha256, sha256[:12])
        if sha256 not in there:
            yield LandReviewError("E-STORE-GONE", detail=shown, place=place)
        elif file_sha256(there[sha256]) != sha256:
            yield LandReviewError("E-STORE-BLOB", detail=shown, place=place)
