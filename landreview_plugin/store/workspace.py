# SPDX-License-Identifier: GPL-2.0-or-later
"""The workspace of an office: one GeoPackage of cases, with their files beside it.

One object is one connection and belongs to one thread. Every change of a case is one transaction
that also appends to its event log: after a crash the case is as it was before or as it was after.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from ..core.evidence.chain import verify
from ..core.evidence.identity import new_id
from ..core.model.case_file import CaseFile, Transfer
from ..core.model.event import Event
from ..core.model.opinion import Judgement, Opinion
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.progress import Progress
from ..core.workflow.numbers import CaseNumber
from . import case_lines, case_rows, custody_rows, event_rows, parcel_rows, result_rows
from .blobs import FOLDER_SUFFIX, Blobs
from .case_lines import CaseLine
from .change import Change, append_event
from .checking import flaws_of, named_files
from .connection import connect, spoken, transaction
from .creation import create, migrate, version_of
from .custody_rows import Custody
from .differences import Differences
from .entries import Actor, ResultEntry, StoredFile, now
from .inbox import Inbox
from .incoming import Incoming, enter
from .layers import Layers
from .network import on_network
from .outbox import Outbox

FILE_NAME = "landreview.gpkg"


class Workspace:
    """An open store."""

    def __init__(self, path: Path) -> None:
        """Open ``path``, making or migrating it as needed. Raises E-STORE- codes and E-ENV-WRITE."""
        self.path = path
        self.on_network = on_network(path)
        """True: said once by whoever opens it (W-STORE-NETWORK), since two windows can't share it safely there."""
        with spoken(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = connect(path, wal=not self.on_network)
        try:
            with spoken(path):
                if version_of(self._connection, path) == 0:
                    create(self._connection, path)
                migrate(self._connection, path, self.copy_database)
        except BaseException:
            self._connection.close()
            raise
        self.blobs = Blobs(path.with_name(path.name + FOLDER_SUFFIX))
        self.outbox = Outbox(self._connection, path)
        self.inbox = Inbox(self._connection, path)
        self.differences = Differences(self._connection, path)
        self.layers = Layers(self._connection, path)

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def copy_database(self, target: Path) -> None:
        """A consistent copy of the live database, through SQLite's backup (never by copying the file)."""
        with spoken(target):
            copy = sqlite3.connect(target)
            try:
                self._connection.backup(copy)
            finally:
                copy.close()

    def tidy(self) -> int:
        """Delete files beside the store that no row names; how many there were."""
        with transaction(self._connection, self.path) as connection:
            return self.blobs.remove_unreferenced(named_files(connection))

    def check(self, progress: Progress) -> tuple[LandReviewError, ...]:
        """What is wrong with database, logs and files; empty: nothing. Reads all of it."""
        with spoken(self.path):
            return flaws_of(self._connection, self.path, self.blobs, progress)

    def revision(self) -> int:
        """Changes when another connection has written: ask it from time to time."""
        with spoken(self.path):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    # reading

    def cases(self, *, archived: bool = False) -> list[CaseFile]:
        """All cases that are (not) archived, by number."""
        with spoken(self.path):
            return case_rows.select(self._connection, "archived = ?", (archived,))

    def lines(self, *, archived: bool = False) -> list[CaseLine]:
        """All cases that are (not) archived as a list shows them, by number."""
        with spoken(self.path):
            return case_lines.select(self._connection, archived)

    def with_parcel(self, number: str) -> frozenset[str]:
        """Ids of the cases with a parcel of that number."""
        with spoken(self.path):
            return case_lines.with_parcel(self._connection, number)

    def case(self, case_id: str) -> CaseFile:
        """One case; raises E-STORE-GONE."""
        with spoken(self.path):
            found = case_rows.select(self._connection, "id = ?", (case_id,))
        if not found:
            raise LandReviewError("E-STORE-GONE", detail=case_id)
        return found[0]

    def find(self, text: str, limit: int = 50) -> list[CaseFile]:
        """Cases whose number, project or applicant contains ``text``, or with a parcel of that number."""
        with spoken(self.path):
            return case_rows.find(self._connection, text, limit)

    def hand_in(self, case_id: str, version: int) -> ParcelReading:
        """The parcels of a version, as they were taken in."""
        with spoken(self.path):
            return parcel_rows.reading_of(self._connection, case_id, version)

    def taken_at(self, case_id: str, version: int) -> dt.datetime:
        """When a version was handed in."""
        with spoken(self.path):
            return parcel_rows.taken_at(self._connection, case_id, version)

    def neighbours(
        self, box_degrees: tuple[float, float, float, float], but: str = ""
    ) -> list[tuple[str, int, tuple[float, float, float, float]]]:
        """(case id, version, box) of parcels of other open cases that reach into a box of degrees."""
        with spoken(self.path):
            return parcel_rows.cases_touching(self._connection, box_degrees, but)

    def log(self, case_id: str) -> tuple[Event, ...]:
        """The event log of a case, the first entry first."""
        with spoken(self.path):
            return event_rows.log_of(self._connection, case_id)

    def check_log(self, case_id: str) -> None:
        """Raise E-STORE-CORRUPT naming the first entry of the log that was touched."""
        broken = verify(self.log(case_id))
        if broken is not None:
            raise LandReviewError("E-STORE-CORRUPT", detail=broken.reason, place=Place(file=str(self.path)))

    def attachments(self, case_id: str) -> tuple[StoredFile, ...]:
        """The files of a case, in the order of their coming."""
        with spoken(self.path):
            return result_rows.files_of(self._connection, case_id)

    def results(self, case_id: str) -> tuple[ResultEntry, ...]:
        """The reviews of a case, the newest last."""
        with spoken(self.path):
            return result_rows.results_of(self._connection, case_id)

    def judgements(self, case_id: str, digest: str) -> tuple[Judgement, ...]:
        """People's judgements of a result, in the order they were given."""
        with spoken(self.path):
            return result_rows.judgements_of(self._connection, case_id, digest)

    def opinions(self, case_id: str) -> tuple[Opinion, ...]:
        """The opinions on a case, the newest last."""
        with spoken(self.path):
            return result_rows.opinions_of(self._connection, case_id)

    def custody(self, case_id: str) -> Custody | None:
        """Who holds a case and since when; None for one that never left this office."""
        with spoken(self.path):
            return custody_rows.get(self._connection, case_id)

    # writing

    def change(self, case: CaseFile, kind: str, body: Mapping[str, object], actor: Actor) -> Change:
        """A change of ``case`` to be filled and entered: ``with store.change(…) as change: change.…``."""
        return Change(self._connection, self.path, self.blobs, case, kind, body, actor)

    def new_case(self, case: CaseFile, reading: ParcelReading, actor: Actor, body: Mapping[str, object]) -> CaseFile:
        """Add a case with its first hand-in. Without a number it gets the next of its county, type and year."""
        with transaction(self._connection, self.path) as connection:
            made = case.model_copy(
                update={
                    "id": case.id or new_id(),
                    "number": case.number or self._next_number(case),
                    "version": 1,
                    "rev": 1,
                }
            )
            if case_rows.select(connection, "number = ?", (made.number,)):
                raise LandReviewError("E-CASE-STEP", detail=f"{made.number} ≡")
            case_rows.insert(connection, made)
            parcel_rows.insert(connection, made.id, 1, reading, now())
            entry = dict(body) | {"number": made.number, "file": reading.sha256}
            append_event(connection, made, "taken_in", entry, actor)
        return made

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A transaction for the row modules of this room; all or nothing."""
        return transaction(self._connection, self.path)

    def receive(
        self,
        incoming: Incoming,
        custody: Custody | None,
        transfer: Transfer,
        also: Callable[[sqlite3.Connection], object] | None = None,
        *,
        before: Callable[[sqlite3.Connection], object] | None = None,
    ) -> CaseFile:
        """Enter a case from another office, with who holds it from now on; the others in the same transaction.

        Raises E-SYNC-DIFFERS, E-SYNC-NUMBER.
        """
        with transaction(self._connection, self.path) as connection:
            if before is not None:
                before(connection)
            known = custody_rows.get(connection, incoming.case.id)
            here = case_rows.select(connection, "id = ?", (incoming.case.id,))
            if custody is None or (here and known is not None and known.newer_than(custody)):
                shown = {"holder": here[0].holder, "transfer": here[0].transfer} if here else {}
            else:
                shown = {"holder": custody.holder, "transfer": transfer}
                custody_rows.put(connection, custody)
            case = enter(connection, replace(incoming, case=incoming.case.model_copy(update=shown)))
            if also is not None:
                also(connection)
        return case

    def _next_number(self, case: CaseFile) -> str:
        """The next serial; the table remembers the last one, so that a number is never used again."""
        key = (case.jurisdiction or "000000", case.business_type, case.reference_date.year)
        row = self._connection.execute(
            "INSERT INTO serials VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last", key
        ).fetchone()
        return str(CaseNumber(county=key[0], business_type=key[1], year=key[2], serial=row[0]))
