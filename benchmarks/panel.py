# SPDX-License-Identifier: GPL-2.0-or-later
"""How long the panel lets people wait: list of 10,000 cases, a filter, opening a case, stalls during a review.

``QT_QPA_PLATFORM=offscreen .venv/bin/python benchmarks/panel.py [cases]`` on the county that ``make demo`` has made.
"""

import datetime as dt
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shapely  # noqa: E402
from qgis.core import QgsApplication  # noqa: E402
from qgis.PyQt.QtCore import QCoreApplication, QTimer  # noqa: E402

DEMO = ROOT / "build" / "demo"
CASES = 10_000
ROUNDS = 7
TICK_MS = 5
LONGEST_S = 60
TARGETS_MS = {"list opened": 300, "case opened": 150, "longest stall of the main thread": 100}


def main() -> None:
    """Measure and print a table."""
    application = QgsApplication([], True)
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else CASES)
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, {ROUNDS} rounds")
    for name, value in rows:
        target = TARGETS_MS.get(name)
        print(f"{name:45} {value:9.1f} ms" + (f"   target {target} ms" if target else ""))
    os._exit(0)  # QGIS's own tear-down is not ours to measure


def measure(folder: Path, count: int) -> list[tuple[str, float]]:
    """All figures in milliseconds."""
    from landreview_plugin.gui.dock import LandReviewDock
    from landreview_plugin.gui.session import Session
    from landreview_plugin.settings import Settings

    chosen = Settings(
        workspace=folder / "landreview.gpkg", catalogue=str(DEMO / "catalogue.yaml"), profile="demo", person="bench"
    )
    session = Session(chosen)
    case_id = fill(session, count)
    dock = LandReviewDock(session)
    dock.resize(420, 700)
    rows = [("list opened", median(lambda: shown(dock))), *filters(dock)]
    rows += [("case opened", median(lambda: opened(dock, case_id)))]
    stalls, seconds = reviewed(dock, case_id)
    rows += [("review, start to end", seconds * 1000), ("longest stall of the main thread", max(stalls))]
    rows += [("stalls above 50 ms", float(sum(stall > 50 for stall in stalls)))]
    rows += [("case opened, reviewed", median(lambda: opened(dock, case_id)))]
    session.close()
    return rows


def fill(session, count: int) -> str:
    """A store of ``count`` cases at every stage, and the first case of the demo; its id."""
    from landreview_plugin.core.workflow.stages import stages
    from landreview_plugin.jobs.desk import Cover
    from landreview_plugin.sources.parcels import read_parcels
    from landreview_plugin.store import case_rows, parcel_rows

    reading = read_parcels(str(DEMO / "txt" / "430998-CZPC-2026-0001.txt"))
    desk = session.desk()
    cover = Cover(business_type="CZPC", reference_date=dt.date(2026, 9, 1), project="第一批次")
    case = desk.take_step(desk.take_in(reading, cover), None)
    away = shapely.transform(reading.parcels[0].geometry, lambda xy: xy + [0.0, 60_000.0])
    one = reading.model_copy(update={"parcels": (reading.parcels[0].model_copy(update={"geometry": away}),)})
    way = [stage.key for stage in stages()]
    connection = desk.store._connection
    connection.execute("BEGIN")
    for i in range(count - 1):
        made = case.model_copy(
            update={
                "id": f"bench-{i:06}",
                "number": f"430998-CZPC-2025-{i:05}",
                "project": f"第{i}批次建设用地",
                "applicant": ("青岚镇", "石塘镇", "白鹭乡")[i % 3],
                "stage": way[i % len(way)],
                "accepted": dt.date(2026, 1, 5) + dt.timedelta(days=i % 300),
            }
        )
        case_rows.insert(connection, made)
        parcel_rows.insert(connection, made.id, 1, one, dt.datetime.now(dt.UTC))
    connection.execute("COMMIT")
    return case.id


def shown(dock) -> None:
    """The list, from reading the store to painted rows."""
    dock.list.reload()
    dock.stack.setCurrentWidget(dock.list)
    dock.list.view.grab()


def filters(dock) -> list[tuple[str, float]]:
    """Typing, and the slowest order."""

    def search(text: str) -> None:
        dock.list.filters.search.setText(text)
        dock.list._filter()
        dock.list.view.grab()

    def order(name: str) -> None:
        dock.list.filters.menu.choose("order", name)
        dock.list.view.grab()

    rows = [("filter by a word", median(lambda: search("石塘"))), ("filter taken away", median(lambda: search("")))]
    rows += [
        ("order by days left", median(lambda: order("days"))),
        ("order by verdict", median(lambda: order("verdict"))),
    ]
    order("number")
    return rows


def opened(dock, case_id: str) -> None:
    """A case, from the click to the painted page."""
    dock.open_case(case_id)
    dock.page.grab()


def median(work: Callable[[], None]) -> float:
    """Milliseconds."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def reviewed(dock, case_id: str) -> tuple[list[float], float]:
    """Review a case; how long each turn of the main thread's event loop was late, in milliseconds."""
    dock.show()
    dock.open_case(case_id)
    late, last = [], time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        late.append((now - last) * 1000 - TICK_MS)
        last = now

    timer = QTimer(interval=TICK_MS)
    timer.timeout.connect(tick)
    began = last = time.perf_counter()
    timer.start()
    dock.page.review()
    while dock.page.reviews.running(case_id) is not None or dock.page.view.case.verdict is None:
        assert time.perf_counter() - began < LONGEST_S, "the review does not end"
        QCoreApplication.processEvents()
        time.sleep(0.001)
    return late, time.perf_counter() - began


if __name__ == "__main__":
    main()
