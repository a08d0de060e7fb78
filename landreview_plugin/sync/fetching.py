# SPDX-License-Identifier: GPL-2.0-or-later
"""Packages that the feed announced: fetched piece by piece, verified, entered. Each case by itself."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Mapping, Sequence

from ..core.model.base import Text
from ..core.model.case_file import Transfer
from ..core.model.problems import LandReviewError
from ..core.progress import Progress, Silent
from ..core.workflow.offices import same_office
from ..store import outbox
from ..store.custody_rows import Custody
from ..store.entries import Actor, now
from ..store.inbox import Arrival, arrived
from ..store.jobs import JobState, Reason
from ..store.workspace import Workspace
from .client import BUNDLE, Centre
from .contents import Content
from .differences import settle
from .download import download
from .http import LineError
from .package import Package, files_of
from .patience import backoff_s
from .protocol import Bundle, CaseState, Manifest, Part, PartKind
from .reading import read_package, register_of
from .unpack import unpack_read

_IN_MEMORY = 4 * 1024 * 1024
_INCOMING = ".incoming"
_REFUSED_S = 3600.0
"""A package that does not hold, or that waits for a person's choice, is asked for again after an hour."""
_OF_THE_STORE = frozenset({"E-STORE-FULL", "E-STORE-READONLY", "E-STORE-BUSY", "E-ENV-WRITE"})


class Fetcher:
    """Fetches what is due. One object, one thread, one store, one line."""

    def __init__(self, store: Workspace, centre: Centre, actor: Actor, *, chance: random.Random | None = None) -> None:
        self._store, self._centre, self._actor = store, centre, actor
        self._chance = chance or random.Random()  # noqa: S311  # nosec B311 - jitter is no secret
        self._folder = store.blobs.folder / _INCOMING

    def fetch_due(self, progress: Progress | None = None, at: dt.datetime | None = None) -> list[Arrival]:
        """Fetch every package whose time has come; those that did not come, with their reasons."""
        told = progress or Silent()
        due, left = self._store.inbox.arrivals(at or now()), []
        for start in range(0, len(due), BUNDLE):
            some = due[start : start + BUNDLE]
            bundles = self._bundles(some)
            for i, arrival in enumerate(some):
                told.step((start + i) / len(due))
                if (late := self._tried(arrival, bundles.get(arrival.case_id))) is not None:
                    left.append(late)
        return left

    def _bundles(self, arrivals: Sequence[Arrival]) -> dict[str, Bundle]:
        """What one request tells of many; where it fails each case is asked for by itself."""
        try:
            found = self._centre.bundles([arrival.case_id for arrival in arrivals])
        except LandReviewError:
            return {}
        return {bundle.state.id: bundle for bundle in found}

    def _tried(self, arrival: Arrival, bundle: Bundle | None) -> Arrival | None:
        try:
            self.fetch(arrival.case_id, bundle)
        except LineError as error:
            return self._later(arrival, error, backoff_s(arrival.attempts, self._chance, 5.0))
        except LandReviewError as error:
            if error.code in _OF_THE_STORE:
                raise
            return self._later(arrival, error, _REFUSED_S)
        return None

    def fetch(self, case_id: str, bundle: Bundle | None = None) -> None:
        """Fetch and enter the package that counts of a case."""
        told = bundle or Bundle(state=self._centre.state(case_id))
        state = told.state
        if state.manifest is None:
            raise LandReviewError("E-SYNC-PACKAGE", detail=Text(zh="中心没有该案卷包", en="the centre has no package"))
        inline = {sha256: text.encode("utf-8") for sha256, text in told.inline.items()}
        package = Package(state.manifest, self._contents(state.manifest, inline))
        custody = custody_of_state(state)
        incoming, transfer = read_package(package), self._transfer(custody)
        try:
            unpack_read(self._store, package, incoming, custody, transfer, lambda c: self._also(c, custody))
        except LandReviewError as error:
            if error.code != "E-SYNC-DIFFERS":
                raise
            settle(self._store, package, custody, transfer, self._actor, lambda c: self._also(c, custody))
        for part in state.manifest.parts:
            (self._folder / part.sha256).unlink(missing_ok=True)

    def _contents(self, manifest: Manifest, inline: Mapping[str, bytes]) -> dict[str, Content]:
        """Every part's bytes: as they came along, from the store where it has them, else from the centre."""
        contents: dict[str, Content] = dict(inline)
        attached = [part for part in manifest.parts if part.kind in {PartKind.ATTACHMENT, PartKind.RESULT}]
        for part in manifest.parts:
            if part not in attached and part.sha256 not in contents:
                contents[part.sha256] = self._fetched(part)
        known = {s: suffix for s, _, suffix in files_of(register_of(Package(manifest, contents)))}
        for part in attached:
            if part.sha256 in contents:
                continue
            suffix = ".json" if part.kind is PartKind.RESULT else known.get(part.sha256, "")
            here = self._store.blobs.path(part.sha256, suffix)
            contents[part.sha256] = here if here.is_file() else self._fetched(part)
        return contents

    def _fetched(self, part: Part) -> Content:
        """A part from the centre, going on where an earlier try stopped. Raises LineError when its bytes differ."""
        path = download(self._centre, f"/v1/blobs/{part.sha256}", part.sha256, part.size, self._folder / part.sha256)
        return path.read_bytes() if part.size <= _IN_MEMORY else path

    def _also(self, connection: sqlite3.Connection, custody: Custody) -> None:
        arrived(connection, custody.case_id, custody.package)
        if same_office(custody.holder, self._actor.office) and custody.status == "returned":
            outbox.returned(connection, custody.case_id, custody.corrections)

    def _transfer(self, custody: Custody) -> Transfer:
        if same_office(custody.holder, self._actor.office):
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
