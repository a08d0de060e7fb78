# SPDX-License-Identifier: GPL-2.0-or-later
"""A panel's session on a store of its own, in a real QGIS without a screen, with cases to look at."""

from __future__ import annotations

import datetime as dt
import importlib.util
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QEvent

from landreview_plugin.core.evidence.hashes import file_sha256
from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.core.model.parcel import ParcelReading
from landreview_plugin.core.progress import Silent
from landreview_plugin.gui.session import Session
from landreview_plugin.jobs.case_review import review_case
from landreview_plugin.jobs.desk import Cover
from landreview_plugin.settings import Settings
from landreview_plugin.sources.parcels import read_parcels

for room in ("datacenter", "sync"):  # the centre and the other offices that the panel meets
    sys.path.append(str(Path(__file__).resolve().parent.parent / room))
if not (importlib.util.find_spec("fastapi") and importlib.util.find_spec("psycopg")):
    collect_ignore = ["test_gui_sync.py", "test_gui_sync_standing.py"]

AT = dt.date(2026, 9, 1)
LOG = "LandReview"
CONFLICTING = ("DK0012", "DK0018", "DK0028", "DK0029")
"""Applications of the made-up county: half outside, with a hole, and two blocks; none touches another."""


@pytest.fixture(autouse=True)
def no_error_in_the_log(qgis_app: QgsApplication, request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """Fails a test when the plugin wrote an error into the message log; ``expects_log_errors`` marks who may."""
    found: list[str] = []

    def keep(text: str, tag: str, shown_as: Qgis.MessageLevel) -> None:
        if tag == LOG and shown_as == Qgis.MessageLevel.Critical:
            found.append(text)

    log = QgsApplication.messageLog()
    log.messageReceived[str, str, Qgis.MessageLevel].connect(keep)
    yield found
    log.messageReceived[str, str, Qgis.MessageLevel].disconnect(keep)
    if "expects_log_errors" not in request.fixturenames:
        assert not found, "\n".join(found)


@pytest.fixture(autouse=True)
def no_task_left(qgis_app: QgsApplication) -> Iterator[None]:
    """A test ends when its tasks have ended: none of them meets what the next test sets up."""
    yield
    manager, end = QgsApplication.taskManager(), time.monotonic() + 20.0
    manager.cancelAll()
    # a thread may still be on its way out of Python: one that is there when Python ends aborts the process
    while (manager.countActiveTasks() or manager.threadPool().activeThreadCount()) and time.monotonic() < end:
        QCoreApplication.processEvents()
    assert not manager.countActiveTasks(), "a task that nothing stops"


@pytest.fixture
def expects_log_errors() -> None:
    """For tests of what nobody foresaw."""


@pytest.fixture
def settings(tmp_path: Path, catalogue: Callable[..., Path]) -> Settings:
    """A technician of the made-up county; the store lies where a Windows profile would."""
    return Settings(
        workspace=tmp_path / "张三 & 李四" / "landreview.gpkg",
        catalogue=str(catalogue()),
        profile="demo",
        person="李四",
    )


@pytest.fixture
def session(settings: Settings, qgis_iface: object) -> Iterator[Session]:
    """A session with QGIS's interface as pytest-qgis makes it."""
    made = Session(settings, qgis_iface)
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def three_parcels(data: Path) -> ParcelReading:
    """A surveyor's TXT with three parcels, east of the made-up county."""
    return read_parcels(str(data / "txt" / "03_three_parcels.txt"))


@pytest.fixture
def conflicting(county: Path) -> ParcelReading:
    """Parcels of the county that meet farmland, red lines and the edge of the coverage."""
    reading = read_parcels(f"{county}|layername=SQDK")
    return reading.model_copy(update={"parcels": tuple(p for p in reading.parcels if p.number in CONFLICTING)})


@pytest.fixture
def case(session: Session, three_parcels: ParcelReading, data: Path) -> CaseFile:
    """A case taken in from a surveyor's TXT."""
    cover = Cover(business_type="CZPC", reference_date=AT, project="第三批次 & <b>", applicant="青岚镇")
    return session.desk().take_in(three_parcels, cover, data / "txt" / "03_three_parcels.txt")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where stores with a reviewed case are kept, one a catalogue: a review takes longer than most tests."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def reviewed(session: Session, conflicting: ParcelReading, tmp_path: Path, kept: Path) -> CaseFile:
    """An accepted case with a review that counts, in the technical review."""
    folder = Path(session.settings.workspace).parent
    kept = kept / file_sha256(Path(session.settings.catalogue))
    if kept.is_dir() and not folder.exists():
        shutil.copytree(kept, folder)
        return session.view(session.desk().store.lines()[0].id).case
    alone = not folder.exists()
    desk = session.desk()
    made = desk.take_in(conflicting, Cover(business_type="CZPC", reference_date=AT, project="石塘园区道路"))
    accepted = desk.take_step(made, None)
    base = Path(session.settings.catalogue).parent
    done = review_case(accepted, conflicting, session.frame(), base, tmp_path / "review", Language.ZH, Silent())
    case = desk.enter_review(accepted, done.result, done.files)
    if alone:
        kept.mkdir()
        desk.store.copy_database(kept / Path(session.settings.workspace).name)
        shutil.copytree(desk.store.blobs.folder, kept / desk.store.blobs.folder.name)
    return case
