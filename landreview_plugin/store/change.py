# SPDX-License-Identifier: GPL-2.0-or-later
"""One step of a case: entered whole, with its entry in the event log, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType

from ..core.evidence.chain import appended_to
from ..core.model.case_file import CaseFile
from ..core.model.opinion import Judgement, Opinion
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError
from . import case_rows, event_rows, parcel_rows, result_rows
from .blobs import Blobs
from .connection import transaction
from .entries import Actor, ResultEntry, StoredFile, now


def append_event(
    connection: sqlite3.Connection, case: CaseFile, kind: str, body: Mapping[str, object], actor: Actor
) -> None:
    """Add an entry to a case's log, inside the transaction that changes the case."""
    event = appended_to(
        event_rows.last_of(connection, case.id),
        case=case.id,
        kind=kind,
        actor=actor.person,
        office=actor.office,
        body=dict(body) | ({"role": actor.role} if actor.role else {}),
        at_client=now(),
    )
    event_rows.insert(connection, event)


class Change:
    """One step of a case: what is put into it is entered at its end, with its log entry, or not at all."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        blobs: Blobs,
        case: CaseFile,
        kind: str,
        body: Mapping[str, object],
        actor: Actor,
    ) -> None:
        self._connection, self._blobs = connection, blobs
        self._before, self._kind, self._actor = case, kind, actor
        self._body: dict[str, object] = dict(body)
        self._files: list[dict[str, str]] = []
        self._also: list[Callable[[sqlite3.Connection, CaseFile], object]] = []
        self._transaction = transaction(connection, path)
        self.case = case
        """The case as it will be; set it through ``update``."""

    def __enter__(self) -> Change:
        self._transaction.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        if error is None:
            try:
                self._enter()
            except BaseException as failure:
                self._transaction.__exit__(type(failure), failure, failure.__traceback__)
                raise
        return self._transaction.__exit__(kind, error, trace)

    def _enter(self) -> None:
        self.case = self.case.model_copy(update={"rev": self._before.rev + 1})
        if not case_rows.update(self._connection, self.case, self._before.rev):
            raise LandReviewError("E-STORE-STALE", detail=self._before.number)
        body = self._body | ({"files": self._files} if self._files else {})
        append_event(self._connection, self.case, self._kind, body, self._actor)
        for also in self._also:
            also(self._connection, self.case)

    def then(self, also: Callable[[sqlite3.Connection, CaseFile], object]) -> None:
        """Do more in the same transaction, once the case and its entry are written."""
        self._also.append(also)

    def update(self, **fields: object) -> None:
        """Change fields of the case's cover."""
        self.case = self.case.model_copy(update=fields)

    def hand_in(self, reading: ParcelReading) -> None:
        """Add a corrected hand-in; the one before stays as an older version."""
        version = self.case.version + 1
        parcel_rows.insert(self._connection, self.case.id, version, reading, now())
        self._body |= {"version": version, "file": reading.sha256}
        self.update(version=version)

    def attach(self, source: Path, material: str = "", name: str = "") -> StoredFile:
        """Keep a file with the case: its bytes first, then its row."""
        sha256 = self._blobs.put(source)
        stored = StoredFile(
            material=material,
            name=name or source.name,
            sha256=sha256,
            size=self._blobs.path(sha256, source.suffix).stat().st_size,
            added_at=now(),
        )
        result_rows.insert_file(self._connection, self.case.id, stored)
        self._files.append({"name": stored.name, "sha256": stored.sha256})
        return stored

    def result(self, entry: ResultEntry) -> None:
        """Enter a review; its files were put into ``blobs`` before."""
        result_rows.insert_result(self._connection, self.case.id, entry)

    def judgement(self, judgement: Judgement) -> None:
        """Enter a person's judgement of a finding, beside the machine's."""
        result_rows.insert_judgement(self._connection, self.case.id, judgement)

    def opinion(self, opinion: Opinion) -> None:
        """Enter an opinion."""
        result_rows.insert_opinion(self._connection, self.case.id, opinion)
