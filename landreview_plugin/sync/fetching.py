# SPDX-License-Identifier: GPL-2.0-or-later
"""Packages that the feed announced: fetched piece by piece, verified, entered. Each case by itself."""

from __future__ import annotations

import datetime as dt
import os
import random
import sqlite3

from ..core.evidence.hashes import file_sha256
from ..core.model.base import Text
from ..core.model.case_file import Transfer
from ..core.model.problems import LandReviewError
from ..core.progress import Progress, Silent
from ..core.workflow.offices import same_office
from ..store import outbox
from ..store.custody_rows import Custody
from ..store.entries import now
from ..store.inbox import Arrival, arrived
from ..store.jobs import JobState, Reason
from ..store.workspace import Workspace
from .client import Centre
from .contents import Content
from .http import LineError
from .package import Package, files_of
from .patience import backoff_s
from .protocol import PIECE_BYTES, CaseState, Manifest, Part, PartKind
from .reading import read_package, register_of
from .unpack import unpack_read

_IN_MEMORY = 4 * 1024 * 1024
_INCOMING = ".incoming"


class Fetcher:
    """Fetches what is due. One object, one thread, one store, one line."""

    def __init__(self, store: Workspace, centre: Centre, office: str, *, chance: random.Random | None = None) -> None:
        self._store, self._centre, self._office = store, centre, office
        self._chance = chance or random.Random()  # noqa: S311  # nosec B311 - jitter is no secret
        self._folder = store.blobs.folder / _INCOMING

    def fetch_due(self, progress: Progress | None = None, at: dt.datetime | None = None) -> list[Arrival]:
        """Fetch every package whose time has come; those that did not come, with their reasons."""
        told, left = progress or Silent(), []
        due = self._store.inbox.arrivals(at or now())
        for i, arrival in enumerate(due):
            told.step(i / len(due))
            try:
                self.fetch(arrival.case_id)
            except LineError as error:
                left.append(self._later(arrival, error, backoff_s(arrival.attempts, self._chance, 5.0)))
            except LandReviewError as error:
                if error.code in {"E-STORE-FULL", "E-STORE-READONLY", "E-STORE-BUSY", "E-ENV-WRITE"}:
                    raise
                left.append(self._later(arrival, error, 3600.0))
        return left

    def fetch(self, case_id: str) -> None:
        """Fetch and enter the package that counts of a case."""
        state = self._centre.state(case_id)
        if state.manifest is None:
            raise LandReviewError("E-SYNC-PACKAGE", detail=Text(zh="中心没有该案卷包", en="the centre has no package"))
        package = Package(state.manifest, self._contents(state.manifest))
        incoming = read_package(package)
        custody = custody_of_state(state)
        unpack_read(
            self._store,
            package,
            incoming,
            custody,
            self._transfer(custody),
            lambda connection: self._also(connection, custody),
        )
        for part in state.manifest.parts:
            (self._folder / part.sha256).unlink(missing_ok=True)

    def _contents(self, manifest: Manifest) -> dict[str, Content]:
        """Every part's bytes: from the store where it has them, else from the centre."""
        contents: dict[str, Content] = {}
        attached = [part for part in manifest.parts if part.kind in {PartKind.ATTACHMENT, PartKind.RESULT}]
        for part in manifest.parts:
            if part not in attached:
                contents[part.sha256] = self._fetched(part)
        known = {s: suffix for s, _, suffix in files_of(register_of(Package(manifest, contents)))}
        for part in attached:
            suffix = ".json" if part.kind is PartKind.RESULT else known.get(part.sha256, "")
            here = self._store.blobs.path(part.sha256, suffix)
            contents[part.sha256] = here if here.is_file() else self._fetched(part)
        return contents

    def _fetched(self, part: Part) -> Content:
        """A part from the centre, going on where an earlier try stopped. Raises LineError when its bytes differ."""
        path = self._folder / part.sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            while (offset := file.tell()) < part.size:
                piece = self._centre.get_piece(part.sha256, offset, PIECE_BYTES)
                if not piece or offset + len(piece) > part.size:
                    break
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if path.stat().st_size != part.size or file_sha256(path) != part.sha256:
            path.unlink()
            raise LineError(Text(zh=f"{part.name}校验值不符", en=f"{part.name} differs from its hash"))
        return path.read_bytes() if part.size <= _IN_MEMORY else path

    def _also(self, connection: sqlite3.Connection, custody: Custody) -> None:
        arrived(connection, custody.case_id, custody.package)
        if same_office(custody.holder, self._office) and custody.status == "returned":
            outbox.returned(connection, custody.case_id, custody.corrections)

    def _transfer(self, custody: Custody) -> Transfer:
        if same_office(custody.holder, self._office):
            return Transfer.RETURNED if custody.status == "returned" else Transfer.NONE
        jobs = self._store.outbox.of_case(custody.case_id)
        return Transfer.RECEIVED if jobs and jobs[-1].state is JobState.RECEIVED else Transfer.NONE

    def _later(self, arrival: Arrival, error: LandReviewError, wait_s: float) -> Arrival:
        waiting = arrival.model_copy(
            update={
                "reason": Reason(code=error.code, detail=error.detail),
                "attempts": arrival.attempts + 1,
                "next_at": now() + dt.timedelta(seconds=wait_s),
            }
        )
        self._store.inbox.put_arrival(waiting)
        return waiting


def custody_of_state(state: CaseState) -> Custody:
    """Who holds a case, as the centre answers when asked."""
    return Custody(
        case_id=state.id,
        holder=state.holder,
        since=state.holder_since,
        epoch=state.epoch,
        rev=state.rev,
        status=state.status,
        passes=state.passes,
        corrections=state.corrections,
        package=state.package,
        head=state.head,
        event_count=state.event_count,
    )
