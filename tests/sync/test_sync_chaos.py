# SPDX-License-Identifier: GPL-2.0-or-later
"""Three offices and the centre, in any order of steps, over a line full of faults, killed at any request.

At the end every case has one holder, every event is there once and in order, every blob's hash is right, and a stick
gives the same case as the wire. Short in ``make test``; ``make chaos ROUNDS=1000 SEED=1`` is the long run.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from datacenter_service import PASSWORD, running
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sync_centre import Office, fresh_settings
from sync_offices import contents_of, fill, reading_of, take_in
from sync_proxy import Fault, Proxy, seeded

from datacenter.cluster import PrivateCluster
from datacenter.services.administration import add_office, add_user
from datacenter.services.people import Role
from landreview_plugin.core.evidence.chain import verify
from landreview_plugin.core.evidence.identity import new_id
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.entries import Actor, StoredFile
from landreview_plugin.store.jobs import OPEN_STATES, JobState
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.exchange import enter_receipts, export, take
from landreview_plugin.sync.http import Answered, LineError
from landreview_plugin.sync.outgoing import Order, retry, withdraw
from landreview_plugin.sync.package import pack
from landreview_plugin.sync.protocol import Command, CommandType, Stream
from landreview_plugin.sync.stick import StickList, write_stick

ROUNDS = int(os.environ.get("ROUNDS", "0"))
SEED = int(os.environ.get("SEED", "1"))
STEPS = 25
FAULTS = tuple(fault for fault in Fault if fault not in {Fault.NONE, Fault.HANG})
"""A hang costs its whole time-out: it is met in ``test_sync_line.py``."""


WEIGHTS = {
    "take_in": 2,
    "work": 2,
    "hand_over": 7,
    "give_up": 1,
    "sync": 7,
    "sync_and_die": 4,
    "restart_the_centre": 1,
    "write_a_stick": 1,
    "take_a_stick": 1,
}
WEIGHTED = [name for name, weight in WEIGHTS.items() for _ in range(weight)]


class Killed(BaseException):
    """The program ends here; nothing after this line happened."""


class World:
    """One cluster; each machine gets offices of a province of its own, so that nothing is left over."""

    def __init__(self, cluster: PrivateCluster, folder: Path) -> None:
        self._cluster, self._folder = cluster, folder
        self._province = 43
        self.settings = fresh_settings(cluster, folder)

    def offices(self) -> tuple[str, str, str]:
        """Codes of a new county, its city and its province, with people."""
        self._province = self._province % 89 + 10
        province = str(self._province)
        if self._province == 43 + 1:
            self.settings = fresh_settings(self._cluster, self._folder)
        codes = (f"{province}0998", f"{province}09", province)
        for code in codes:
            add_office(self.settings.admin_url, code, code)
            add_user(self.settings.admin_url, f"leader@{code}", code, Role.LEADER, PASSWORD)
        return codes


WORLD: list[World] = []
MET: Counter[str] = Counter()
"""What the run met: a run that met nothing proves nothing."""


class Chaos(RuleBasedStateMachine):
    """What people, lines and power cuts do."""

    @initialize(at=st.integers(0, 2**32))
    def open_offices(self, at: int) -> None:
        self.stack = contextlib.ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        self.chance = random.Random(at)
        self.codes = WORLD[0].offices()
        self.serve()
        self.line = Proxy(self.base, seeded(at, 0.25, FAULTS), seed=at)
        self.stack.callback(self.line.close)
        self.names = dict(zip(("county", "city", "province"), self.codes, strict=True))
        self.offices = {code: self.opened(code) for code in self.codes}
        self.cases: list[str] = []
        self.sticks: list[tuple[str, Path]] = []
        self.killed = 0

    def serve(self) -> None:
        self.service = contextlib.ExitStack()
        self.base = self.service.enter_context(running(WORLD[0].settings))

    def opened(self, code: str) -> Office:
        store = Workspace(self.folder / code / "landreview.gpkg")
        actor = Actor(person=f"leader@{code}", office=code, role="leader")
        office = Office(actor, store, self.line.base, tries=3, user=f"leader@{code}")
        office.reach(self.line.base, connect_s=2.0, silence_s=2.0)
        return office

    @rule(what=st.sampled_from(WEIGHTED), who=st.integers(0, 2), which=st.integers(0, 9), more=st.integers(0, 12))
    def step(self, what: str, who: int, which: int, more: int) -> None:
        """One step. A single rule, since Hypothesis leaves whole rules out of a run; then nothing would travel."""
        MET.update({what: 1})
        match what:
            case "take_in" | "restart_the_centre" | "write_a_stick":
                getattr(self, what)()
            case "work":
                self.work(who, which)
            case "hand_over":
                self.hand_over(who, which, more % 4)
            case "sync_and_die":
                self.sync_and_die(who, more % 6 + 1, after=which % 2 == 0)
            case "take_a_stick":
                self.take_a_stick(which)
            case _:
                getattr(self, what)(who)

    # --- what people do

    def take_in(self) -> None:
        county = self.offices[self.codes[0]]
        case = take_in(county.store, county.actor)
        if self.chance.random() < 0.5:
            case = fill(county.store, case, self.folder, county.actor)
        self.cases.append(case.id)

    def work(self, who: int, which: int) -> None:
        """Whoever holds a case may change it."""
        office, case = self.chosen(who, which)
        if case is None:
            return
        desk = Desk(office.store, office.actor)
        with contextlib.suppress(LandReviewError):  # the store says no: it is elsewhere or on its way
            if self.chance.random() < 0.5:
                desk.answer(case, {"q": str(self.chance.random())})
            else:
                paper = self.folder / f"{self.chance.random()}.bin"
                paper.write_bytes(self.chance.randbytes(self.chance.randrange(200_000)))
                desk.correct(desk.attach(case, [paper]), reading_of(38_612_000.0 + self.chance.randrange(100)))

    def hand_over(self, who: int, which: int, what: int) -> None:
        office, case = self.chosen(who, which)
        if case is None:
            return
        with contextlib.suppress(LandReviewError):
            office.order(case.id, self.order(self.codes.index(office.actor.office), what))

    def order(self, who: int, what: int) -> Order:
        county, city, province = self.codes
        if what == 0:
            return Order(kind=CommandType.ANNOTATE, text=f"{self.chance.random()}")
        if who == 0:
            return Order(kind=CommandType.SUBMIT, to=city)
        if what == 1 and who == 2:
            return Order(kind=CommandType.DECIDE, passes=True, text="同意")
        if what == 2 and who == 1:
            return Order(kind=CommandType.FORWARD, to=province)
        return Order(kind=CommandType.RETURN, to=county if who == 1 else city, corrections=("补正",))

    def give_up(self, who: int) -> None:
        """A person looks at what failed: tries again, or takes it back."""
        office = self.offices[self.codes[who]]
        for job in office.store.outbox.jobs(JobState.FAILED):
            with contextlib.suppress(LandReviewError):
                retry(office.store, job) if self.chance.random() < 0.5 else withdraw(office.store, job, office.actor)

    # --- lines, sticks, power

    def sync(self, who: int) -> None:
        with contextlib.suppress(LineError):
            self.offices[self.codes[who]].sync()

    def sync_and_die(self, who: int, at: int, *, after: bool) -> None:
        """Killed at a request, before it left or after the centre did it."""
        code = self.codes[who]
        office, left, asked = self.offices[code], [at], self.offices[code].centre.http.once

        def once(method: str, path: str, *given: object, **more: object) -> Answered:
            left[0] -= 1
            if left[0] == 0 and not after:
                raise Killed
            answer = asked(method, path, *given, **more)  # type: ignore[arg-type]
            if left[0] == 0:
                raise Killed
            return answer

        office.centre.http.once = once  # type: ignore[method-assign]
        with contextlib.suppress(LineError, Killed):
            office.sync()
        self.killed += left[0] <= 0
        office.close()
        self.offices[code] = self.opened(code)

    def restart_the_centre(self) -> None:
        self.service.close()
        self.serve()
        self.line.turn_to(self.base)

    def write_a_stick(self) -> None:
        """County to city: those who have a stick at hand don't wait for the line."""
        county = self.offices[self.codes[0]]
        self.take_in()
        for case in county.store.cases()[-2:]:
            with contextlib.suppress(LandReviewError):
                county.order(case.id, Order(kind=CommandType.SUBMIT, to=self.codes[1]))
        jobs = [job for job in county.store.outbox.jobs(*OPEN_STATES) if job.manifest]
        if jobs:
            path = self.folder / f"{len(self.sticks)}.lrstick"
            export(county.store, jobs, county.actor.office, path)
            self.sticks.append((self.codes[1], path))

    def take_a_stick(self, which: int) -> None:
        if self.sticks:
            code, path = self.sticks[which % len(self.sticks)]
            answers = path.with_suffix(".lrreceipt")
            take(self.offices[code].store, code, path, answers)
            enter_receipts(self.offices[self.codes[0]].store, answers)

    # --- what must hold

    def chosen(self, who: int, which: int) -> tuple[Office, CaseFile | None]:
        """A case with its holder: at this office, or at the next one that holds any."""
        for code in (*self.codes[who:], *self.codes[:who]):
            office = self.offices[code]
            held = [case for case in office.store.cases() if case.holder == code]
            if held:
                return office, held[which % len(held)]
        return self.offices[self.codes[who]], None

    @invariant()
    def received_means_that_there_is_a_receipt(self) -> None:
        for office in getattr(self, "offices", {}).values():
            for job in office.store.outbox.jobs(JobState.RECEIVED, JobState.RETURNED):
                assert job.receipt

    def teardown(self) -> None:
        if not hasattr(self, "offices"):
            return
        try:
            self.come_to_rest()
            self.check()
        finally:
            MET.update({"faults": sum(n for fault, n in self.line.met.items() if fault is not Fault.NONE)})
            MET.update({"requests": sum(self.line.met.values()), "kills": self.killed, "sticks": len(self.sticks)})
            for office in self.offices.values():
                office.close()
            self.service.close()
            self.stack.close()

    def come_to_rest(self) -> None:
        """The line is good again; people look at what failed. After some rounds nothing is under way any more."""
        for office in self.offices.values():
            office.reach(self.base)
        for _ in range(12):
            for office in self.offices.values():
                office.sync()
                for job in office.store.outbox.jobs(JobState.FAILED):
                    with contextlib.suppress(LandReviewError):
                        withdraw(office.store, job, office.actor)
            if not any(self.under_way(office) for office in self.offices.values()):
                break
        for office in self.offices.values():
            office.sync()
            assert not self.under_way(office), (office.store.outbox.jobs(*OPEN_STATES), office.store.inbox.arrivals())

    @staticmethod
    def under_way(office: Office) -> bool:
        failed = office.store.outbox.jobs(JobState.FAILED)
        return bool(failed or office.store.outbox.to_send() or office.store.inbox.arrivals())

    def check(self) -> None:
        jobs = [job for office in self.offices.values() for job in office.store.outbox.jobs()]
        province = self.offices[self.codes[2]]
        for case_id in {case.id for office in self.offices.values() for case in office.store.cases()}:
            received = [job for job in jobs if job.case_id == case_id and job.receipt]
            if not received:
                continue
            MET.update({"cases": 1, "hand_overs": len(received)})
            state = province.centre.state(case_id)
            log = [change.event for change in province.centre.history(case_id, Stream.CENTRE, 0)]
            office_log = [change.event for change in province.centre.history(case_id, Stream.OFFICE, 0)]
            assert verify(log) is None and verify(office_log) is None
            assert len(log) == len(received), "an order was carried out twice, or not at all"
            assert state.manifest is not None
            holders = set()
            for office in self.offices.values():
                case = office.store.case(case_id)
                holders.add(case.holder)
                assert [entry.event for entry in office.store.inbox.centre_log(case_id)] == log
                mine = list(office.store.log(case_id))
                assert mine[: len(office_log)] == office_log
                assert len(mine) == len(office_log) or case.holder == office.actor.office
                self.check_blobs(office.store, office.store.attachments(case_id))
            assert holders == {state.holder}, "a case has one holder"
            self.stick_is_wire(case_id, state.holder)

    @staticmethod
    def check_blobs(store: Workspace, files: tuple[StoredFile, ...]) -> None:
        for file in files:
            store.blobs.verified(file.sha256, Path(file.name).suffix)

    def stick_is_wire(self, case_id: str, holder: str) -> None:
        """A fresh store that reads all from the centre has what one has that takes it from a stick."""
        wire = self.contents_by_wire(case_id, holder)
        with Workspace(self.folder / f"stick-{case_id}" / "s.gpkg") as store:
            package = pack(self.reader.store, case_id)
            command = Command(
                id=new_id(),
                type=CommandType.FORWARD,
                expected_rev=0,
                at_client=package.manifest.made_at,
                to=holder,
                manifest=package.manifest,
            )
            path = self.folder / f"{case_id}.lrstick"
            contents = StickList(sender=holder, made_at=command.at_client, commands=(command,))
            write_stick(path, contents, package.contents)
            answer = take(store, holder, path, path.with_suffix(".x")).answers[0]
            assert answer.receipt is not None, answer.problem
            assert contents_of(store, case_id) == wire
        self.reader.close()

    def contents_by_wire(self, case_id: str, holder: str) -> Mapping[str, object]:
        folder = self.folder / f"wire-{case_id}"
        actor = Actor(person="x", office=holder)
        self.reader = Office(actor, Workspace(folder / "s.gpkg"), self.base, user=f"leader@{holder}")
        self.reader.syncer.fetcher.fetch(case_id)
        return contents_of(self.reader.store, case_id)


def test_whatever_happens_every_case_has_one_holder_and_every_event_once(
    cluster: PrivateCluster, tmp_path: Path
) -> None:
    WORLD[:] = [World(cluster, tmp_path)]
    examples = max(1, ROUNDS // STEPS) if ROUNDS else 4
    machine = seed(SEED)(Chaos)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
    assert min(MET[name] for name in ("faults", "kills", "cases", "hand_overs")) > 0, MET
    if ROUNDS:
        assert MET["sticks"] > 0, MET
        sys.stdout.write(f"{examples} runs of {STEPS} steps: {dict(MET)}\n")
