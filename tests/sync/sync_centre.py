# SPDX-License-Identifier: GPL-2.0-or-later
"""Offices on the line: each with its store and its sign-in at a real centre (PostgreSQL, HTTP)."""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from datacenter_service import PASSWORD, running, settings_for
from sync_offices import CITY, COUNTY, PROVINCE

from datacenter.cluster import PrivateCluster
from datacenter.settings import Settings
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.store.entries import Actor, now
from landreview_plugin.store.jobs import Job
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.client import Centre
from landreview_plugin.sync.http import Line
from landreview_plugin.sync.outgoing import Order, hand_over
from landreview_plugin.sync.protocol import CommandType
from landreview_plugin.sync.rounds import Round, Syncer
from landreview_plugin.sync.sign_in import Tokens

USERS = {"430998": "technician@430998", "4309": "leader@4309", "43": "leader@43"}
SUBMIT = Order(kind=CommandType.SUBMIT, to="4309", stage="prefecture.receive")
FORWARD = Order(kind=CommandType.FORWARD, to="43", stage="province.receive")
RETURN = Order(kind=CommandType.RETURN, to="430998", stage="county.technical_review", corrections=("补充四至说明",))
DECIDE = Order(kind=CommandType.DECIDE, stage="all.decision", passes=True, text="同意")
_NUMBERS = itertools.count(1)


@dataclass
class Office:
    """One office: its person, its store, its line."""

    actor: Actor
    store: Workspace
    base: str
    tries: int = 4
    user: str = ""
    line: Line = field(init=False)
    centre: Centre = field(init=False)
    syncer: Syncer = field(init=False)

    def __post_init__(self) -> None:
        self.reach(self.base)

    def reach(self, base: str, **line: float) -> None:
        """Reach the centre at another address (a proxy's) from now on, like after a restart of the program."""
        plain = Line(base, **line)  # type: ignore[arg-type]
        self.line = Line(base, Tokens(plain, self.user or USERS[self.actor.office], PASSWORD), **line)  # type: ignore[arg-type]
        chance = random.Random(self.actor.office)
        self.centre = Centre(self.line, tries=self.tries, chance=chance, sleep=lambda s: None)
        self.syncer = Syncer(self.store, self.centre, self.actor, chance)

    def order(self, case_id: str, order: Order) -> Job:
        """Queue an order."""
        return hand_over(self.store, self.store.case(case_id), order, self.actor)

    def sync(self) -> Round:
        """One round, nothing waits for its back-off."""
        for job in self.store.outbox.to_send():
            self.store.outbox.put(job.model_copy(update={"next_at": now()}), cover=False)
        for arrival in self.store.inbox.arrivals():
            self.store.inbox.put_arrival(arrival.model_copy(update={"next_at": now()}))
        return self.syncer.run()

    def case(self, case_id: str) -> CaseFile:
        """The case as it stands here."""
        return self.store.case(case_id)

    def close(self) -> None:
        """Let go of store and line."""
        self.centre.close()
        self.store.close()


@dataclass
class Offices:
    """County, city and province."""

    county: Office
    city: Office
    province: Office

    def all(self) -> tuple[Office, Office, Office]:
        """The three of them."""
        return self.county, self.city, self.province

    def sync(self) -> None:
        """A round of each."""
        for office in self.all():
            office.sync()


@contextlib.contextmanager
def three_offices(folder: Path, base: str) -> Iterator[Offices]:
    """Three offices with empty stores."""
    made = [Office(a, Workspace(folder / a.office / "landreview.gpkg"), base) for a in (COUNTY, CITY, PROVINCE)]
    try:
        yield Offices(*made)
    finally:
        for office in made:
            office.close()


def fresh_settings(cluster: PrivateCluster, folder: Path, **given: object) -> Settings:
    """Settings of a centre with the six offices and no case."""
    name = f"sync_{next(_NUMBERS)}"
    cluster.create(name, template="landreview")
    return settings_for(cluster, name, folder / "blobs", **given)


@contextlib.contextmanager
def fresh_centre(cluster: PrivateCluster, folder: Path) -> Iterator[str]:
    """A running centre with the six offices and no case; its address."""
    with running(fresh_settings(cluster, folder)) as base:
        yield base
