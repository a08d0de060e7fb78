# SPDX-License-Identifier: GPL-2.0-or-later
"""One round of sync: what is due goes out, the feed is read, what it announced comes in."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ..core.model.base import Model
from ..core.progress import Progress, Silent
from ..store.entries import Actor
from ..store.inbox import Arrival
from ..store.jobs import OPEN_STATES, Job, JobState
from ..store.turn import turn
from ..store.workspace import Workspace
from .client import Centre
from .feed import FeedReader
from .fetching import Fetcher
from .sending import Sender


class Round(Model):
    """What a round did, and what is left."""

    received: tuple[Job, ...] = ()
    failed: tuple[Job, ...] = ()
    waiting: tuple[Job, ...] = ()
    """Still in the outbox, with the reason of the last try."""
    events: int = 0
    fetched: int = 0
    not_fetched: tuple[Arrival, ...] = ()
    requests: int = 0
    sent_bytes: int = 0
    received_bytes: int = 0


class Syncer:
    """Outbox, feed and packages of one store with one centre. One object, one thread."""

    def __init__(self, store: Workspace, centre: Centre, actor: Actor, chance: random.Random | None = None) -> None:
        self.store, self.centre, self.actor = store, centre, actor
        self.sender = Sender(store, centre, chance=chance)
        self.reader = FeedReader(store, centre, actor.office)
        self.fetcher = Fetcher(store, centre, actor, chance=chance)

    def run(self, progress: Progress | None = None) -> Round:
        """Send, read, fetch. A line that fails while reading raises ``LineError``; what was sent stays sent.

        Raises E-STORE-BUSY while another window syncs the same store.
        """
        told = progress or Silent()
        with turn(self.store.path):
            return self._pull(told, self._send(told))

    def send(self, progress: Progress | None = None) -> Round:
        """Only send."""
        with turn(self.store.path):
            return self._send(progress)

    def pull(self, progress: Progress | None = None) -> Round:
        """Only read the feed and fetch."""
        with turn(self.store.path):
            return self._pull(progress, Round())

    def _send(self, progress: Progress | None) -> Round:
        jobs = self.sender.send_due(progress)
        return self._counted(
            Round(
                received=_in(jobs, JobState.RECEIVED),
                failed=_in(jobs, JobState.FAILED),
                waiting=_in(jobs, *OPEN_STATES),
            )
        )

    def _pull(self, progress: Progress | None, before: Round) -> Round:
        events = self.reader.read()
        due = len(self.store.inbox.arrivals())
        left = self.fetcher.fetch_due(progress)
        done = {"events": events, "fetched": due - len(left), "not_fetched": tuple(left)}
        return self._counted(before.model_copy(update=done))

    def _counted(self, done: Round) -> Round:
        http = self.centre.http
        figures = {
            "requests": http.requests,
            "sent_bytes": http.sent_bytes,
            "received_bytes": http.received_bytes,
        }
        return done.model_copy(update=figures)


def _in(jobs: Sequence[Job], *states: JobState) -> tuple[Job, ...]:
    return tuple(job for job in jobs if job.state in states)
