# SPDX-License-Identifier: GPL-2.0-or-later
"""Results, judgements, opinions and attachments as rows."""

from __future__ import annotations

import json
import sqlite3

from ..core.model.opinion import Judgement, Opinion
from .entries import ResultEntry, StoredFile

_FILE = ("material", "name", "sha256", "size", "added_at")
_RESULT = ("version", "digest", "verdict", "made_at", "json_sha256", "gpkg_sha256", "reports")


def insert_file(connection: sqlite3.Connection, case_id: str, file: StoredFile) -> None:
    """Add an attachment; the same file for the same material is there once."""
    connection.execute(
        "INSERT INTO attachments (case_id, material, name, sha256, size, added_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        (case_id, file.material, file.name, file.sha256, file.size, file.added_at.isoformat()),
    )


def files_of(connection: sqlite3.Connection, case_id: str) -> tuple[StoredFile, ...]:
    """The attachments of a case, in the order of their coming."""
    rows = connection.execute(
        "SELECT material, name, sha256, size, added_at FROM attachments WHERE case_id = ? ORDER BY fid", (case_id,)
    )
    return tuple(StoredFile.model_validate(dict(zip(_FILE, row, strict=True))) for row in rows)


def insert_result(connection: sqlite3.Connection, case_id: str, entry: ResultEntry) -> None:
    """Add a review; its files were put into the blobs before."""
    plain = entry.model_dump(mode="json") | {"made_at": entry.made_at.isoformat()}
    plain["reports"] = json.dumps(plain["reports"])
    connection.execute(
        "INSERT INTO results (case_id, version, digest, verdict, made_at, json_sha256, gpkg_sha256, reports)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (case_id, *(plain[name] for name in _RESULT)),
    )


def results_of(connection: sqlite3.Connection, case_id: str) -> tuple[ResultEntry, ...]:
    """The reviews of a case, the newest last."""
    rows = connection.execute(
        "SELECT version, digest, verdict, made_at, json_sha256, gpkg_sha256, reports FROM results"
        " WHERE case_id = ? ORDER BY fid",
        (case_id,),
    )
    return tuple(
        ResultEntry.model_validate(dict(zip(_RESULT, row, strict=True)) | {"reports": json.loads(row[6])})
        for row in rows
    )


def insert_judgement(connection: sqlite3.Connection, case_id: str, judgement: Judgement) -> None:
    """Add a person's judgement of a finding."""
    connection.execute(
        "INSERT INTO judgements (case_id, result_digest, finding, body) VALUES (?, ?, ?, ?)",
        (case_id, judgement.result_digest, judgement.finding, judgement.model_dump_json()),
    )


def judgements_of(connection: sqlite3.Connection, case_id: str, digest: str) -> tuple[Judgement, ...]:
    """People's judgements of a result, in the order they were given."""
    rows = connection.execute(
        "SELECT body FROM judgements WHERE case_id = ? AND result_digest = ? ORDER BY fid", (case_id, digest)
    )
    return tuple(Judgement.model_validate_json(row[0]) for row in rows)


def insert_opinion(connection: sqlite3.Connection, case_id: str, opinion: Opinion) -> None:
    """Add an opinion."""
    connection.execute("INSERT INTO opinions (case_id, body) VALUES (?, ?)", (case_id, opinion.model_dump_json()))


def opinions_of(connection: sqlite3.Connection, case_id: str) -> tuple[Opinion, ...]:
    """The opinions on a case, the newest last."""
    rows = connection.execute("SELECT body FROM opinions WHERE case_id = ? ORDER BY fid", (case_id,))
    return tuple(Opinion.model_validate_json(row[0]) for row in rows)
