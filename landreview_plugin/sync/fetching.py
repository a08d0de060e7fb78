# SPDX-License-Identifier: GPL-2.0-or-later
"""Packages that the feed announced: fetched piece by piece, verified, entered. Each case by itself."""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..core.model.base import Text
from ..core.model.case_file import Transfer
from ..core.model.problems import LandReviewError
from ..core.progress import Progress, Silent
from ..core.workflow.offices import same_office
from ..store import outbox
from ..store.connection import OF_THE_STORE
from ..store.custody_rows import Custody
from ..store.entries import Actor, now
from ..store.inbox import Arrival, arrived
from ..store.incoming import Incoming
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
from .reading import keep_files, read_package, register_of

_INCOMING = ".incoming"
_PAGE_BYTES = 8 * 1024 * 1024
"""Cases are entered together, as one write to the disk, when so many bytes of theirs have come."""
_REFUSED_S = 3600.0
"""A package that does not hold, or that waits for a person's choice, is asked for again after an hour."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A package that came, was verified, and whose files lie in the store."""

    package: Package
    incoming: Incoming
    custody: Custody

    @property
    def size(self) -> int:
        return sum(part.size for part in self.package.manifest.parts)


class Fetcher:
    """Fetches what is due. One object, one thread, one store, one line."""

    def __init__(self, store: Workspace, centre: Centre, actor: Actor, *, chance: random.Random | None = None) -> None:
        self._store, self._centre, self._actor = store, centre, actor
        self._chance = chance or random.Random()  # noqa: S311  # nosec B311 - jitter is no secret
        self._folder = store.blobs.folder / _INCOMING

    def fetch_due(self, progress: Progress | None = None, at: dt.datetime | None = None) -> list[Arrival]:
        """Fetch every package whose time has come; those that did not come, with their reasons.

        Raises CancelledError and errors of the store itself; what was entered before stays, the rest comes next time.
        """
        told = progress or Silent()
        due, left = self._store.inbox.arrivals(at or now()), []
        for start in range(0, len(due), BUNDLE):
            some = due[start : start + BUNDLE]
            bundles = self._bundles(some)
            page: list[tuple[Arrival, _Ready]] = []
            for i, arrival in enumerate(some):
                told.step((start + i) / len(due))
                try:
                    page.append((arrival, self._ready(arrival.case_id, bundles.get(arrival.case_id))))
                except LandReviewError as error:
                    left.append(self._later(arrival, error))
                if sum(ready.size for _, ready in page) > _PAGE_BYTES:
                    left += self._enter_all(page)
                    page = []
            left += self._enter_all(page)
        return left

    def _bundles(self, arrivals: Sequence[Arrival]) -> dict[str, Bundle]:
        """What one request tells of many; where it fails each case is asked for by itself."""
        try:
            found = self._centre.bundles([arrival.case_id for arrival in arrivals])
        except LandReviewError:
            return {}
        return {bundle.state.id: bundle for bundle in found}

    def fetch(self, case_id: str) -> None:
        """Fetch and enter the package that counts of a case."""
        self._enter(self._ready(case_id, None))

    def _ready(self, case_id: str, bundle: Bundle | None) -> _Ready:
        told = bundle or Bundle(state=self._centre.state(case_id))
        manifest = told.state.manifest
        if manifest is None:
            raise LandReviewError("E-SYNC-PACKAGE", detail=Text(zh="中心没有该案卷包", en="the centre has no package"))
        inline = {sha256: text.encode("utf-8") for sha256, text in told.inline.items()}
        package = Package(manifest, self._contents(manifest, inline))
        incoming = read_package(package)
        keep_files(package, incoming, self._store.blobs.keep)
        return _Ready(package, incoming, custody_of_state(told.state))

    def _enter_all(self, page: Sequence[tuple[Arrival, _Ready]]) -> list[Arrival]:
        """Enter a page of cases in one transaction, each a step of its own; those that were refused."""
        left = []
        if page:
            with self._store.writing():
                for arrival, ready in page:
                    try:
                        self._enter(ready)
                    except LandReviewError as error:
                        left.append(self._later(arrival, error))
        return left

    def _enter(self, ready: _Ready) -> None:
        custody, transfer = ready.custody, self._transfer(ready.custody)

        def also(connection: sqlite3.Connection) -> None:
            self._also(connection, custody)

        try:
            self._store.receive(ready.incoming, custody, transfer, also)
        except LandReviewError as error:
            if error.code != "E-SYNC-DIFFERS":
                raise
            settle(self._store, ready.package, custody, transfer, self._actor, also)
        for part in ready.package.manifest.parts:
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
        return download(self._centre, f"/v1/blobs/{part.sha256}", part.sha256, part.size, self._folder / part.sha256)

    def _also(self, connection: sqlite3.Connection, custody: Custody) -> None:
        arrived(connection, custody.case_id, custody.package)
        if same_office(custody.holder, self._actor.office) and custody.status == "returned":
            outbox.returned(connection, custody.case_id, custody.corrections)

    def _transfer(self, custody: Custody) -> Transfer:
        if same_office(custody.holder, self._actor.office):
            return Transfer.RETURNED if custody.status == "returned" else Transfer.NONE
        jobs = self._store.outbox.of_case(custody.case_id)
        return Transfer.RECEIVED if jobs and jobs[-1].state is JobState.RECEIVED else Transfer.NONE

    def _later(self, arrival: Arrival, error: LandReviewError) -> Arrival:
        """Not now, and why; an error of the store itself is raised again."""
        if error.code in OF_THE_STORE:
            raise error
        line = isinstance(error, LineError)
        wait_s = backoff_s(arrival.attempts, self._chance, 5.0) if line else _REFUSED_S
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
