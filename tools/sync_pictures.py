# SPDX-License-Identifier: GPL-2.0-or-later
"""Take the pictures of a case between offices for docs/guide.md: the panel in each state, at a real centre, in Chinese.

    QT_QPA_PLATFORM=offscreen PYTHONUTF8=1 PYTHONPATH=. .venv/bin/python tools/sync_pictures.py

The plugin must be built (translations), and what ``make test`` needs installed. Everything made for it is deleted.
"""

import contextlib
import datetime as dt
import os
import shutil
import socket
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools"), str(ROOT / "tests")]

from demo_sync import FORWARD, PARCELS, PASSWORD, RETURN, SUBMIT, WHO, Office, centre  # noqa: E402
from office_pictures import IMAGES, in_chinese, office, until  # noqa: E402
from qgis.core import QgsApplication, QgsAuthMethodConfig  # noqa: E402
from qgis.PyQt.QtWidgets import QWidget  # noqa: E402

WIDTH, HEIGHT = 430, 640
PAPER_BYTES, SLOW_BYTES_S, SHARE = 3_000_000, 250_000, 0.35


@contextlib.contextmanager
def slow_line(base: str) -> Iterator[str]:
    """A bad line to the centre, as a county has it: its address."""
    there = urllib.parse.urlsplit(base)
    listener = socket.create_server(("127.0.0.1", 0))

    def carry(source: socket.socket, target: socket.socket, bytes_s: float) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(16_384):
                time.sleep(len(data) / bytes_s)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def serve() -> None:
        with contextlib.suppress(OSError):  # the listener is closed at the end
            while True:
                near, _ = listener.accept()
                far = socket.create_connection((there.hostname, there.port))
                for pair in ((near, far, SLOW_BYTES_S), (far, near, 100 * SLOW_BYTES_S)):
                    threading.Thread(target=carry, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    with listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def photograph(widget: QWidget, name: str, width: int = WIDTH, height: int = HEIGHT) -> None:
    """Save a widget as docs/images/panel-sync-NAME.png."""
    widget.resize(width, height)
    widget.show()
    settled = time.monotonic() + 0.5
    until(lambda: time.monotonic() > settled)
    widget.grab().save(str(IMAGES / f"panel-sync-{name}.png"))


def main() -> None:
    """All pictures."""
    with centre() as (base, folder):
        os.environ["QGIS_AUTH_DB_DIR_PATH"] = str(folder)
        _application = in_chinese()  # lives as long as its widgets
        os.chdir(folder)
        Path("青岚县").mkdir()
        pictures(base, folder, office(Path("青岚县")))
        os.chdir(ROOT)


def sign_in() -> str:
    """The county's sign-in in QGIS's own store."""
    manager, config = QgsApplication.authManager(), QgsAuthMethodConfig("Basic")
    assert manager.setMasterPassword("pictures", True)
    config.setName("数据中心")
    config.setConfig("username", WHO["county"].person)
    config.setConfig("password", PASSWORD)
    assert manager.storeAuthenticationConfig(config)[0]
    return str(config.id())


def pictures(base: str, folder: Path, catalogue: Path) -> None:
    """Every state as it comes about: nothing on a picture was typed over afterwards."""
    from landreview_plugin.gui.dock import LandReviewDock
    from landreview_plugin.gui.options.server import ServerSection
    from landreview_plugin.gui.session import Session
    from landreview_plugin.jobs.desk import Cover
    from landreview_plugin.settings import Settings
    from landreview_plugin.sources.parcels import read_parcels
    from landreview_plugin.store.workspace import Workspace

    settings = Settings(Path("青岚县/landreview.gpkg"), catalogue=str(catalogue), profile="demo", person="李四")
    session = Session(settings)
    desk = session.desk()
    day = dt.date(2026, 9, 1)
    names = ("第三批次建设用地", "石塘园区道路", "城北学校", "渡口水厂")
    cases = [
        desk.take_in(
            read_parcels(str(PARCELS)),
            Cover(business_type="CZPC", reference_date=day, project=name, applicant="青岚镇人民政府"),
            PARCELS,
        )
        for name in names
    ]
    for i, case in enumerate(cases[:3]):
        with desk.store.change(case, "forward", {}, desk.actor) as change:
            change.update(stage="county.government", accepted=dt.date.today())
        cases[i] = change.case
    city = Office("city", folder, base)
    dock = LandReviewDock(session)
    dock.show()

    def hand(case_id: str, to: str = SUBMIT.to) -> None:
        page = dock.page
        dock.open_case(case_id)
        from landreview_plugin.sync.outgoing import hand_over

        order = SUBMIT.model_copy(update={"to": to})
        session.act(case_id, lambda desk: hand_over(desk.store, page.view.case, order, desk.actor))
        dock.page.open_case(case_id)

    def in_step() -> None:
        dock.rounds.start()
        until(lambda: dock.rounds.task is None)

    hand(cases[0].id)
    photograph(dock, "queued")
    session.set_settings(replace(settings, server=base, authcfg=sign_in()))
    in_step()
    photograph(dock, "received")
    hand(cases[1].id)
    in_step()
    city.sync(cases[1].id)
    city.order(cases[1].id, RETURN.model_copy(update={"corrections": ("界址点成果表缺少四至说明", "补盖测绘单位公章")}))
    city.sync(cases[1].id)
    in_step()
    dock.open_case(cases[1].id)
    photograph(dock, "returned")
    differ(session, dock, cases[1].id, base, folder, Workspace)
    city.order(cases[0].id, FORWARD)
    city.sync(cases[0].id)
    in_step()
    dock.open_case(cases[0].id)
    photograph(dock, "elsewhere")
    hand(cases[3].id, to="439999")
    in_step()
    photograph(dock, "failed")
    paper = folder / "勘测定界报告.pdf"
    paper.write_bytes(os.urandom(PAPER_BYTES))
    session.act(cases[2].id, lambda desk: desk.attach(cases[2], [paper]))
    hand(cases[2].id)
    session.set_settings(replace(session.settings, server="http://127.0.0.1:9"))
    in_step()
    dock.open_case(cases[2].id)
    photograph(dock, "line")
    with slow_line(base) as slow:
        session.set_settings(replace(session.settings, server=slow))
        dock.rounds.start()
        until(lambda: (dock.page.status.share or 0.0) > SHARE)
        photograph(dock, "sending")
        dock.show_list()
        photograph(dock, "list", height=420)
        until(lambda: dock.rounds.task is None)
    session.set_settings(replace(session.settings, server=base))
    section = ServerSection(session)
    section.show_settings(session.settings)
    section.test.click()
    until(lambda: section._task is None)
    photograph(section, "test", 640, 330)
    dock.rounds.stop()
    city.syncer.centre.close()
    session.close()


def differ(session: object, dock: object, case_id: str, base: str, folder: Path, workspace: type) -> None:
    """A second machine of the office has changed the same case and handed it over."""
    from landreview_plugin.jobs.desk import Cover, Desk

    second = folder / "second" / "landreview.gpkg"
    second.parent.mkdir()
    session.desk().store.copy_database(second)  # type: ignore[attr-defined]
    files = session.desk().store.blobs.folder  # type: ignore[attr-defined]
    shutil.copytree(files, second.parent / f"{second.name}.files")

    def cover(case: object, project: str, applicant: str) -> Cover:
        fields = {name: getattr(case, name) for name in Cover.model_fields}
        return Cover(**(fields | {"project": project, "applicant": applicant}))

    other = Office("county", folder / "other", base)
    other.store.close()
    other.store = workspace(second)
    other.syncer.store.close()
    from landreview_plugin.sync.rounds import Syncer

    other.syncer = Syncer(other.store, other.syncer.centre, other.actor)
    there = Desk(other.store, other.actor)
    there.amend(other.store.case(case_id), cover(other.store.case(case_id), "石塘园区道路（一期）", "青岚镇人民政府"))
    other.order(case_id, SUBMIT)
    other.sync(case_id)
    other.store.close()
    here = session.desk().store.case(case_id)  # type: ignore[attr-defined]
    session.desk().amend(here, cover(here, "石塘园区道路工程", "青岚县交通运输局"))  # type: ignore[attr-defined]
    dock.rounds.start()  # type: ignore[attr-defined]
    until(lambda: dock.rounds.task is None)  # type: ignore[attr-defined]
    dock.open_case(case_id)  # type: ignore[attr-defined]
    dialog = dock.page.hand_overs.choose(dock.page.view)  # type: ignore[attr-defined]
    photograph(dialog, "differs", 900, 300)
    dialog.reject()


if __name__ == "__main__":
    main()
