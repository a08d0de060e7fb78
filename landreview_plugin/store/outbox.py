# SPDX-License-Identifier: GPL-2.0-or-later
"""The outbox on disk: hand-overs and their parts, as rows. A kill or a reboot finds them as they were."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..core.model.case_file import CaseFile, Transfer
from ..core.model.problems import LandReviewError
from . import case_rows, custody_rows
from .connection import spoken, transaction
from .custody_rows import Custody
from .entries import now
from .jobs import Job, JobPart, JobState

COLUMNS = tuple(Job.model_fields)
_JSON = ("facts", "reason")
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM jobs"  # noqa: S608  # nosec B608 - our own names
_TRANSFERS = {
    JobState.QUEUED: Transfer.QUEUED,
    JobState.SENDING: Transfer.SENDING,
    JobState.RECEIVED: Transfer.RECEIVED,
    JobState.RETURNED: Transfer.RETURNED,
    JobState.FAILED: Transfer.FAILED,
    JobState.WITHDRAWN: Transfer.NONE,
}


class Outbox:
    """The jobs of one store. Every method is one transaction."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def jobs(self, *states: JobState) -> list[Job]:
        """Jobs in these states (none given: all), the oldest first."""
        marks = ", ".join("?" * len(states))
        where = f" WHERE state IN ({marks})" if states else ""
        with spoken(self._path):
            return [_job(row) for row in self._connection.execute(f"{_SELECT}{where} ORDER BY fid", states)]

    def due(self, at: dt.datetime) -> list[Job]:
        """Jobs to be sent whose time has come: of each case the oldest one, since they build on each other."""
        heads: dict[str, Job] = {}
        for job in self.to_send():
            heads.setdefault(job.case_id, job)
        return [job for job in heads.values() if job.next_at <= at]

    def to_send(self) -> list[Job]:
        """Open jobs, and those that a stick carried and the centre does not know of yet; the oldest first."""
        query = f"{_SELECT} WHERE state IN ('queued', 'sending') OR receipt LIKE '%\"centre_no\":0,%' ORDER BY fid"
        with spoken(self._path):
            return [_job(row) for row in self._connection.execute(query)]

    def job(self, job_id: str) -> Job:
        """One job; raises E-STORE-GONE."""
        with spoken(self._path):
            row = self._connection.execute(f"{_SELECT} WHERE id = ?", (job_id,)).fetchone()
        if row is None:
            raise LandReviewError("E-STORE-GONE", detail=job_id)
        return _job(row)

    def of_case(self, case_id: str) -> list[Job]:
        """The jobs of a case, the oldest first."""
        with spoken(self._path):
            rows = self._connection.execute(f"{_SELECT} WHERE case_id = ? ORDER BY fid", (case_id,)).fetchall()
        return [_job(row) for row in rows]

    def receivers(self) -> dict[str, str]:
        """Where the newest hand-over of each case was received, by case; none that is on its way, or decided since."""
        query = (
            "SELECT case_id, target, state, max(fid) FROM jobs j WHERE manifest <> '' AND state <> 'withdrawn'"
            " AND NOT EXISTS (SELECT 1 FROM custody c WHERE c.case_id = j.case_id AND c.status = 'decided')"
            " GROUP BY case_id"  # SQLite takes the other columns from the row with the maximum
        )
        with spoken(self._path):
            rows = self._connection.execute(query).fetchall()
        return {case_id: target for case_id, target, state, _ in rows if state in ("received", "returned")}

    def by_command(self, command_id: str) -> Job | None:
        """The job that a receipt is for; None when it is of another store."""
        found = [job for job in self.jobs() if job.command and json.loads(job.command)["id"] == command_id]
        return found[0] if found else None

    # the ledger

    def parts(self, job_id: str) -> list[JobPart]:
        """The ledger of a job."""
        with spoken(self._path):
            rows = self._connection.execute(
                "SELECT seq, sha256, size, suffix, sent, done FROM job_parts WHERE job_id = ? ORDER BY seq", (job_id,)
            ).fetchall()
        return [JobPart.model_validate(dict(zip(JobPart.model_fields, row, strict=True))) for row in rows]

    def content(self, job_id: str, seq: int) -> bytes | None:
        """The bytes of a part that stand in the ledger itself; None: they are a file of the store."""
        with spoken(self._path):
            row = self._connection.execute(
                "SELECT content FROM job_parts WHERE job_id = ? AND seq = ?", (job_id, seq)
            ).fetchone()
        return None if row is None else row[0]

    def note_part(self, job_id: str, part: JobPart, sent: int = 0) -> None:
        """Keep how far a part is, and count ``sent`` bytes that went over the line."""
        with transaction(self._connection, self._path) as connection:
            connection.execute(
                "UPDATE job_parts SET sent = ?, done = ? WHERE job_id = ? AND seq = ?",
                (part.sent, part.done, job_id, part.seq),
            )
            connection.execute("UPDATE jobs SET bytes_sent = bytes_sent + ? WHERE id = ?", (sent, job_id))

    # changes

    def put(self, job: Job, custody: Custody | None = None, holder: str | None = None, *, cover: bool = True) -> Job:
        """Write a job's new state; case cover and custody follow in the same transaction.

        ``cover=False``: something newer is known of the case already.
        """
        with transaction(self._connection, self._path) as connection:
            _update(connection, job)
            if cover:
                _show_on_cover(connection, job, holder)
            if custody is not None:
                custody_rows.put(connection, custody)
        return job


def insert(connection: sqlite3.Connection, job: Job, parts: Iterable[tuple[JobPart, bytes | None]]) -> None:
    """Add a job with its ledger, inside the transaction that locks the case."""
    marks = ", ".join("?" * len(COLUMNS))
    connection.execute(f"INSERT INTO jobs ({', '.join(COLUMNS)}) VALUES ({marks})", _row(job))  # noqa: S608  # nosec B608 - our own names
    connection.executemany(
        "INSERT INTO job_parts (job_id, seq, sha256, size, suffix, sent, done, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(job.id, p.seq, p.sha256, p.size, p.suffix, p.sent, p.done, content) for p, content in parts],
    )


def returned(connection: sqlite3.Connection, case_id: str, corrections: Sequence[str]) -> None:
    """Mark the newest received hand-over of a case as returned, inside the transaction that brings the case back."""
    row = connection.execute(f"{_SELECT} WHERE case_id = ? ORDER BY fid DESC LIMIT 1", (case_id,)).fetchone()
    if row is not None and (job := _job(row)).state is JobState.RECEIVED:
        reason = job.reason.model_copy(update={"corrections": tuple(corrections)})
        _update(connection, job.model_copy(update={"state": JobState.RETURNED, "reason": reason}))


def forgotten(connection: sqlite3.Connection) -> None:
    """Received hand-overs that the centre's log does not hold (any more) are to be reported to it."""
    for row in connection.execute(f"{_SELECT} WHERE receipt <> '' ORDER BY fid").fetchall():
        job = _job(row)
        command = json.loads(job.command)["id"]
        found = connection.execute(
            "SELECT 1 FROM centre_events WHERE case_id = ? AND instr(body, ?) > 0", (job.case_id, command)
        ).fetchone()
        if found is None:
            receipt = json.dumps(json.loads(job.receipt) | {"centre_no": 0}, separators=(",", ":"), ensure_ascii=False)
            _update(connection, job.model_copy(update={"receipt": receipt, "next_at": now()}))


def _update(connection: sqlite3.Connection, job: Job) -> None:
    changed = ", ".join(f"{name} = ?" for name in COLUMNS if name != "bytes_sent")
    values = [value for name, value in zip(COLUMNS, _row(job), strict=True) if name != "bytes_sent"]
    connection.execute(f"UPDATE jobs SET {changed} WHERE id = ?", (*values, job.id))  # noqa: S608  # nosec B608 - our own names


def _show_on_cover(connection: sqlite3.Connection, job: Job, holder: str | None) -> None:
    """The case shows how its newest hand-over stands; that is no step of the case and no entry of its log."""
    cases = case_rows.select(connection, "id = ?", (job.case_id,))
    if not cases or not job.manifest:
        return
    case: CaseFile = cases[0]
    transfer = _TRANSFERS[job.state] if job.target or job.state is not JobState.RECEIVED else Transfer.NONE
    shown = case.model_copy(update={"transfer": transfer, "holder": holder or case.holder})
    if shown != case:
        case_rows.update(connection, shown.model_copy(update={"rev": case.rev + 1}), case.rev)


def _row(job: Job) -> list[object]:
    plain = job.model_dump(mode="json")
    return [json.dumps(plain[name], ensure_ascii=False) if name in _JSON else plain[name] for name in COLUMNS]


def _job(row: Sequence[object]) -> Job:
    plain: dict[str, object] = dict(zip(COLUMNS, row, strict=True))
    for name in _JSON:
        plain[name] = json.loads(str(plain[name]))
    return Job.model_validate(plain)
