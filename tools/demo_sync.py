# SPDX-License-Identifier: GPL-2.0-or-later
"""``make demo-sync``: a case goes from county to city and province, comes back once, goes again and is decided.

Three offices with a store each, a real centre on a private database; everything is deleted at the end.
"""

import contextlib
import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.request
from pathlib import Path

from datacenter.cluster import PrivateCluster
from datacenter.demo import PASSWORD, populate
from datacenter.storage.upgrade import upgrade
from landreview_plugin.jobs.desk import Cover, Desk
from landreview_plugin.sources.parcels import read_parcels
from landreview_plugin.store.entries import Actor
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync.client import Centre
from landreview_plugin.sync.http import Line
from landreview_plugin.sync.outgoing import Order, hand_over
from landreview_plugin.sync.protocol import CommandType, Stream
from landreview_plugin.sync.rounds import Syncer
from landreview_plugin.sync.sign_in import Tokens
from landreview_plugin.sync.status import CHINA, status_of
from landreview_plugin.sync.timeline import timeline

ROOT = Path(__file__).resolve().parent.parent
PARCELS = ROOT / "tests" / "data" / "txt" / "03_three_parcels.txt"
WHO = {
    "county": Actor(person="technician@430998", office="430998", role="technician"),
    "city": Actor(person="leader@4309", office="4309", role="leader"),
    "province": Actor(person="leader@43", office="43", role="leader"),
}
SUBMIT = Order(kind=CommandType.SUBMIT, to="4309", stage="prefecture.receive")
RETURN = Order(
    kind=CommandType.RETURN, to="430998", stage="county.technical_review", corrections=("界址点成果表缺少四至说明",)
)
FORWARD = Order(kind=CommandType.FORWARD, to="43", stage="province.receive")
DECIDE = Order(kind=CommandType.DECIDE, stage="all.decision", passes=True, text="同意转用")


class Office:
    """One office: who works there, its store, its line."""

    def __init__(self, name: str, folder: Path, base: str) -> None:
        self.name, self.actor = name, WHO[name]
        self.store = Workspace(folder / self.actor.office / "landreview.gpkg")
        line = Line(base)
        signed = Line(base, Tokens(line, self.actor.person, PASSWORD))
        self.syncer = Syncer(self.store, Centre(signed), self.actor)

    def order(self, case: str, order: Order) -> None:
        hand_over(self.store, self.store.case(case), order, self.actor)
        self.say(case)

    def sync(self, case: str) -> None:
        self.syncer.run()
        self.say(case)

    def say(self, case: str) -> None:
        status = status_of(self.store, case, self.actor.office)
        asked = f" [{', '.join(status.corrections)}]" if status.state == "returned" else ""
        print(f"  {self.name:<9} {status.state.value:<10} {status.text.zh}  {status.text.en}{asked}")


def main() -> None:
    with centre() as (base, folder):
        print(f"centre: {base}\n")
        travel(base, folder)


@contextlib.contextmanager
def centre():
    folder = Path(tempfile.mkdtemp(prefix="landreview-sync-"))
    cluster = PrivateCluster.temporary(safe=False)
    try:
        cluster.start()
        admin = cluster.create("landreview")
        upgrade(admin)
        populate(admin)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = {
            "DATABASE_URL": cluster.url("landreview", "landreview_service"),
            "LANDREVIEW_BLOBS": str(folder / "blobs"),
            "LANDREVIEW_PORT": str(port),
            "LANDREVIEW_LOG_LEVEL": "WARNING",
        }
        service = subprocess.Popen([sys.executable, "-m", "datacenter", "serve"], env=os.environ | settings, cwd=ROOT)
        try:
            wait(f"http://127.0.0.1:{port}/ready", service)
            yield f"http://127.0.0.1:{port}", folder
        finally:
            service.terminate()
            service.wait(20)
    finally:
        cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)


def wait(address: str, service: subprocess.Popen) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and service.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the centre did not start")


def travel(base: str, folder: Path) -> None:
    county, city, province = (Office(name, folder, base) for name in WHO)
    desk = Desk(county.store, county.actor)
    cover = Cover(business_type="CZPC", reference_date=dt.date(2026, 9, 1), project="第三批次", applicant="青岚镇")
    case = desk.take_in(read_parcels(str(PARCELS)), cover, PARCELS).id
    print(f"case {county.store.case(case).number}, {PARCELS.name}")
    county.order(case, SUBMIT)
    county.sync(case)
    city.sync(case)
    city.order(case, RETURN)
    city.sync(case)
    county.sync(case)
    desk.correct(county.store.case(case), read_parcels(str(PARCELS)), PARCELS)
    county.order(case, SUBMIT)
    county.sync(case)
    city.sync(case)
    city.order(case, FORWARD)
    city.sync(case)
    province.sync(case)
    province.order(case, DECIDE)
    province.sync(case)
    for office in (city, county):
        office.sync(case)
    print_timeline(county, case)


def print_timeline(office: Office, case: str) -> None:
    print(f"\ntimeline, as {office.name} has it")
    for moment in timeline(office.store, case):
        at = f"{moment.at.astimezone(CHINA):%m-%d %H:%M:%S}"
        mark = "●" if moment.stream is Stream.CENTRE else "·"
        what = wide(f"{moment.what.zh} {moment.what.en}", 40)
        print(f"  {at}  {mark} {moment.office:<7} {what} {moment.detail}".rstrip())
    custody = office.store.custody(case)
    print(f"\nheld by {custody.holder} since {custody.since.astimezone(CHINA):%Y-%m-%d %H:%M}: {custody.status}")
    office.store.check_log(case)
    print("both logs verify: · the offices' own, ● the centre's")


def wide(text: str, width: int) -> str:
    used = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(0, width - used)


if __name__ == "__main__":
    main()
