# SPDX-License-Identifier: GPL-2.0-or-later
"""A tour of the panel by its own buttons: run by ``tools/panel_tour.sh`` with ``qgis --code``.

Environment: TOUR_OUT (folder of the pictures), TOUR_DEMO (a copy of ``build/demo``), TOUR_WORK (a scratch folder).
Ends with 1, and a word in TOUR_WORK/said, when a step does not come to its end.
"""

import os
import time
import traceback
from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication, QDockWidget
from qgis.utils import iface, plugins

OUT, DEMO, WORK = (Path(os.environ[f"TOUR_{name}"]) for name in ("OUT", "DEMO", "WORK"))
GROUND = {"DLTB": "#eef3e6", "YJJBNT": "#fdf1b8", "STBHHX": "#d3eadb"}
WAIT_S = 60


def ground() -> None:
    """Layers of the county as quiet ground, without outlines: twenty thousand of them are no map."""
    for name, fill in GROUND.items():
        layer = QgsVectorLayer(f"{DEMO / 'county.gpkg'}|layername={name}", name, "ogr")
        symbol = layer.renderer().symbol().symbolLayer(0)
        symbol.setColor(QColor(fill))
        symbol.setStrokeStyle(Qt.PenStyle.NoPen)
        QgsProject.instance().addMapLayer(layer)


def quiet() -> None:
    """Only the panel and the layers beside the map."""
    for dock in iface.mainWindow().findChildren(QDockWidget):
        if dock.objectName() not in {"Layers", "LandReviewPanel"}:
            dock.hide()


def shoot(name: str, widget=None) -> None:
    """Photograph the window, or a part of it, packed as small as it gets."""
    (widget or iface.mainWindow()).grab().toImage().save(str(OUT / f"panel-{name}.png"), "PNG", 0)
    say(f"panel-{name}.png")


def say(text: str) -> None:
    """Leave a word for the shell."""
    with (WORK / "said").open("a", encoding="utf-8") as file:
        file.write(text + "\n")


def tour():
    """Every yield is something to wait for: seconds, or a condition."""
    quiet()
    iface.messageBar().clearWidgets()
    panel = plugins["landreview_plugin"]._panel
    dock = panel.dock
    panel.action.setChecked(True)
    dock.setUserVisible(True)
    iface.mainWindow().resizeDocks([dock], [430], Qt.Orientation.Horizontal)
    yield 1
    yield 1
    yield from settings(dock)
    ground()
    yield 2
    yield from intake(dock)
    yield from review(dock)
    yield from opinion(dock)
    dock.page.head.back_button.click()
    yield from more(dock)
    shoot("list")


def settings(dock):
    """What a person sets once, on the options page that the spanner opens."""
    from landreview_plugin.gui.options.page import OptionsPage

    QTimer.singleShot(0, dock.list.options.click)
    yield lambda: QApplication.activeModalWidget() is not None
    dialog = QApplication.activeModalWidget()
    dialog.resize(1000, 680)
    yield 1
    page = dialog.findChild(OptionsPage)
    page.person.person.setText("李四")
    page.person.role.setCurrentIndex(page.person.role.findData("leader"))
    page.catalogue.path.setFilePath(str(DEMO / "catalogue.yaml"))
    page.profile.profile.choose("demo")
    yield 1
    shoot("options", dialog)
    dialog.accept()
    yield lambda: QApplication.activeModalWidget() is None
    yield 0.5
    assert dock.session.settings.person == "李四", dock.session.settings
    assert dock.session.settings.profile == "demo", dock.session.settings


def intake(dock):
    """A surveyor's file is dropped on the list."""
    from landreview_plugin.gui.intake.source import FileSource

    dock.list.take_in.emit(FileSource(DEMO / "txt" / "430998-CZPC-2026-0001.txt"))
    page = dock.intake
    yield lambda: page.reading is not None
    page.cover.project.setText("青岚县2026年第1批次建设用地")
    page.cover.applicant.setText("青岚镇人民政府")
    yield 3
    shoot("intake")
    page.take_in.click()
    yield lambda: dock.page.view is not None
    yield 2


def more(dock):
    """Two more cases: one is accepted, one is only taken in."""
    from landreview_plugin.gui.intake.source import FileSource

    yield 1
    for number, accept in (("430998-DDXZ-2026-0001", True), ("430998-DDXZ-2026-0002", False)):
        dock.list.take_in.emit(FileSource(DEMO / "txt" / f"{number}.txt"))
        yield lambda: dock.intake.reading is not None
        dock.intake.cover.project.setText(f"青岚县公路工程（{number[-1]}标）")
        dock.intake.cover.applicant.setText("青岚县交通运输局")
        dock.intake.take_in.click()
        yield lambda number=number: dock.page.view.case.number == number
        if accept:
            dock.page.head.step.click()
        yield 0.5
        dock.page.head.back_button.click()
        yield 0.5
    dock.list.view.clearSelection()
    yield 3


def review(dock):
    """Accept, then review."""
    head = dock.page.head
    head.step.click()
    yield 0.5
    head.step.click()
    yield lambda: not head.progress.isHidden()
    yield lambda: head.progress.bar.value() >= 5 or dock.page.view.case.verdict is not None
    shoot("review")
    yield lambda: dock.page.view.case.verdict is not None
    yield lambda: head.progress.isHidden()
    dock.page.show_tab("FindingsTab")
    yield 4
    tab = dock.page.tabs.currentWidget()
    yield from first_finding(tab)
    shoot("findings")


def first_finding(tab):
    """Choose the first parcel of the first rule."""
    index = tab.tree.model().index(0, 0)
    while tab.tree.model().rowCount(index):
        index = tab.tree.model().index(0, 0, index)
    tab.tree.setCurrentIndex(index)
    tab.tree.doubleClicked.emit(index)
    yield 5


def opinion(dock):
    """Where the button "give an opinion" leads."""
    dock.page.head.step.click()
    yield 2
    tab = dock.page.tabs.currentWidget()
    tab.form.refuses.click()
    tab.form.write_draft()
    yield 1
    shoot("opinion")
    tab.form.give.click()
    yield lambda: dock.page.view.opinions
    for name in ("ParcelsTab", "MaterialsTab", "HistoryTab", "AreasTab"):
        dock.page.show_tab(name)
        yield 1
        shoot(name.removesuffix("Tab").lower(), dock)


class Driver:
    """Goes on when what was waited for has come."""

    def __init__(self, steps) -> None:
        self._steps, self._until, self._end = steps, None, 0.0
        self._timer = QTimer(interval=50)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.monotonic()
        try:
            if callable(self._until):
                if not self._until():
                    assert now < self._end, "waited in vain"
                    return
            elif now < self._end:
                return
            self._until = next(self._steps)
            self._end = now + (WAIT_S if callable(self._until) else self._until)
        except StopIteration:
            leave(0)
        except Exception:
            say(traceback.format_exc())
            shoot("failed")
            leave(1)


def leave(code: int) -> None:
    """End QGIS without a question."""
    QgsProject.instance().setDirty(False)
    os._exit(code)


iface.mainWindow().setWindowState(Qt.WindowState.WindowNoState)
iface.mainWindow().resize(1366, 768)
driver = None


def begin() -> None:
    """QGIS has settled."""
    global driver
    driver = Driver(tour())


QTimer.singleShot(2500, begin)
