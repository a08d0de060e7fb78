# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading the feed: a case's events by their number, gaps filled, the cursor kept with what it brought."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..core.evidence.chain import event_hash
from ..core.model.base import Text
from ..store.custody_rows import Custody
from ..store.inbox import CentreEvent, News
from ..store.workspace import Workspace
from .client import Centre
from .commands import STATUS
from .http import LineError, RefusedError
from .protocol import Change, CommandType, Stream

PAGE = 500


class FeedReader:
    """The feed of one centre, read for one office."""

    def __init__(self, store: Workspace, centre: Centre, office: str) -> None:
        self._store, self._centre, self._office = store, centre, office
        self._server = centre.http.line.server

    def read(self, wait_s: float = 0.0) -> int:
        """Read to the end of the feed; how many events there were. An idle read is one request."""
        cursor, anew, count = self._store.inbox.cursor(self._server), False, 0
        last: dict[str, int] = {}
        while True:
            try:
                page = self._centre.changes(cursor, PAGE, 0.0 if count else wait_s)
            except RefusedError as error:
                if error.problem.status != 410 or not cursor:
                    raise
                cursor, anew = "", True  # the centre was restored: it is read again from the start
                continue
            if page.cursor != cursor or page.changes:
                self._store.inbox.take(self._server, page.cursor, self._news(page.changes), self._office, anew=anew)
            last |= {c.event.case: c.event.no for c in page.changes if c.stream is Stream.CENTRE}
            count += len(page.changes)
            cursor = page.cursor
            if not page.more:
                break
        if anew:
            self._store.inbox.confirm(last)
        return count

    def _news(self, changes: Sequence[Change]) -> list[News]:
        by_case: dict[str, list[Change]] = {}
        for change in changes:
            if change.stream is Stream.CENTRE:
                by_case.setdefault(change.event.case, []).append(change)
        return [self._of_case(case_id, found) for case_id, found in by_case.items()]

    def _of_case(self, case_id: str, changes: list[Change]) -> News:
        changes.sort(key=lambda change: change.event.no)
        known = self._store.inbox.last_no(case_id)
        if changes[0].event.no > known + 1:
            earlier = self._centre.history(case_id, Stream.CENTRE, known)
            changes = [*(c for c in earlier if c.event.no < changes[0].event.no), *changes]
        for change in changes:
            if event_hash(change.event) != change.event.hash:
                raise LineError(Text(zh="日志条目校验值不符", en="an entry of the log differs from its hash"))
        events = tuple(CentreEvent(event=change.event, at_server=change.at_server) for change in changes)
        return News(events=events, custody=custody_of(changes), package=_package(changes))


def custody_of(changes: Sequence[Change]) -> Custody:
    """Who holds a case after these entries of the centre's log (the last one must be the newest)."""
    last = changes[-1]
    custody = [change for change in changes if CommandType(change.event.kind) in STATUS]
    decisive = custody[-1] if custody else last
    body = json.loads(decisive.event.body)
    moved = [change for change in changes if change.epoch == last.epoch]
    return Custody(
        case_id=last.event.case,
        holder=last.holder,
        since=moved[0].at_server,
        epoch=last.epoch,
        rev=last.rev,
        status=STATUS.get(CommandType(decisive.event.kind), ""),
        passes=body.get("passes"),
        corrections=tuple(body.get("corrections") or ()),
    )


def _package(changes: Sequence[Change]) -> str:
    """The newest package that one of the entries brought."""
    packages = [json.loads(change.event.body).get("package") for change in changes]
    return next((str(package) for package in reversed(packages) if package), "")
