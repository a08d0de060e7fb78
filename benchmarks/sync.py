# SPDX-License-Identifier: GPL-2.0-or-later
"""First pull of many cases into an empty store, and what an idle round costs: ``benchmarks/sync.py [cases]``.

A real centre (PostgreSQL, HTTP) on this machine; time, memory, requests and bytes as the client counts them.
"""

import concurrent.futures
import json
import platform
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# not this folder: it holds a datacenter.py, too
sys.path[0:1] = [str(ROOT), str(ROOT / "tests" / "datacenter")]

from datacenter_service import free_port, running  # noqa: E402

from datacenter.cluster import PrivateCluster  # noqa: E402
from datacenter.demo import PASSWORD, populate  # noqa: E402
from datacenter.made_up import MadeUpCase  # noqa: E402
from datacenter.settings import from_environment  # noqa: E402
from datacenter.storage.upgrade import upgrade  # noqa: E402
from landreview_plugin.store.entries import Actor  # noqa: E402
from landreview_plugin.store.workspace import Workspace  # noqa: E402
from landreview_plugin.sync.client import Centre  # noqa: E402
from landreview_plugin.sync.http import Line  # noqa: E402
from landreview_plugin.sync.rounds import Syncer  # noqa: E402
from landreview_plugin.sync.sign_in import Tokens  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "sync.json"
CASES = 500


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    cluster = PrivateCluster.temporary(safe=False)
    try:
        cluster.start()
        admin = cluster.create("landreview")
        upgrade(admin)
        populate(admin)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            settings = from_environment(
                {},
                database_url=cluster.url("landreview", "landreview_service"),
                blobs=folder / "blobs",
                port=free_port(),
                rate=1e6,
            )
            with running(settings) as base:
                begun = time.perf_counter()
                submit(base, count)
                print(f"{count} cases submitted in {time.perf_counter() - begun:.1f} s")
                write(measured(base, folder, count))
    finally:
        cluster.remove()


class Numbered(MadeUpCase):
    """A made-up case whose number is like no other's."""

    @property
    def number(self) -> str:
        return f"{self.office}-CZPC-2026-{self.case[24:]}"


def submit(base: str, count: int) -> None:
    """Made-up cases of 20 parcels, from four writers."""

    def some(numbers: range) -> None:
        centre = centre_of(base, "technician@430998")
        for n in numbers:
            case = Numbered("430998", parcels=20, origin=(38_500_000.0 + n % 1000 * 10, 3_150_000.0 + n // 1000 * 500))
            command = case.submit()
            centre.command(case.case, command.model_dump_json())

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(some, [range(i, count, 4) for i in range(4)]))


def measured(base: str, folder: Path, count: int) -> dict[str, object]:
    centre = centre_of(base, "leader@4309")
    with Workspace(folder / "city" / "landreview.gpkg") as store:
        syncer = Syncer(store, centre, Actor(person="leader@4309", office="4309"))
        memory = peak_mb()
        begun = time.perf_counter()
        done = syncer.run()
        seconds = time.perf_counter() - begun
        assert done.fetched == count == len(store.cases()), done
        pulled = {
            "cases": count,
            "seconds": round(seconds, 1),
            "cases_per_s": round(count / seconds, 1),
            "requests": done.requests,
            "received_MB": round(done.received_bytes / 1e6, 1),
            "memory_MB": round(peak_mb() - memory, 1),
            "store_MB": round(store.path.stat().st_size / 1e6, 1),
        }
        idle = syncer.run()
        pulled |= {
            "idle_requests": idle.requests - done.requests,
            "idle_bytes": idle.received_bytes - done.received_bytes + idle.sent_bytes - done.sent_bytes,
        }
    return pulled


def centre_of(base: str, user: str) -> Centre:
    return Centre(Line(base, Tokens(Line(base), user, PASSWORD)))


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write(figures: dict[str, object]) -> None:
    figures["machine"] = f"{platform.machine()}, service and client on the same 2 cores"
    print(json.dumps(figures, indent=1))
    RESULTS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
