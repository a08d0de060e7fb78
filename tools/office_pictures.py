# SPDX-License-Identifier: GPL-2.0-or-later
"""Take the pictures of docs/office.md: options page, catalogue editor, suggestions, reference layers, in Chinese.

    QT_QPA_PLATFORM=offscreen .venv/bin/python tools/office_pictures.py

The plugin must be built (translations). Fonts that can write Chinese must be installed.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsLayerTreeModel,
    QgsProject,
)
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsLayerTreeView, QgsMapCanvas  # noqa: E402
from qgis.PyQt.QtCore import QTranslator  # noqa: E402
from qgis.PyQt.QtGui import QFont  # noqa: E402
from qgis.PyQt.QtWidgets import QHBoxLayout, QWidget  # noqa: E402

IMAGES = ROOT / "docs" / "images"
COMPILED = ROOT / "build" / "plugins" / "landreview_plugin" / "resources" / "i18n" / "landreview_zh_CN.qm"
COUNTY = ROOT / "tests" / "data" / "oracle" / "county_s.gpkg"
FONT = "WenQuanYi Micro Hei"


def until(condition: Callable[[], Any], seconds: float = 60.0) -> None:
    """Let events happen until ``condition`` holds."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("waited in vain")
        QgsApplication.processEvents()
        time.sleep(0.01)


def photograph(widget: QWidget, name: str, width: int, height: int) -> None:
    """Save a widget as docs/images/office-NAME.png."""
    widget.resize(width, height)
    widget.show()
    settled = time.monotonic() + 0.5
    until(lambda: time.monotonic() > settled)
    widget.grab().save(str(IMAGES / f"office-{name}.png"))
    widget.hide()


def office(folder: Path) -> Path:
    """A catalogue of the made-up county; its folder is what the pictures show."""
    import json

    import yaml
    from conftest import catalogue_of

    shutil.copy(COUNTY, folder / "county.gpkg")
    content = json.loads(json.dumps(catalogue_of(Path("county.gpkg"))))
    path = folder / "图层目录.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True).replace("'2026-06-30'", "2026-06-30"), "utf-8")
    return path


def in_chinese() -> QgsApplication:
    """QGIS without a screen, in Chinese."""
    application = QgsApplication([], True)
    application.initQgis()
    QgsApplication.locale = staticmethod(lambda: "zh_CN")
    ours, theirs = QTranslator(application), QTranslator(application)
    ours.load(str(COMPILED))
    theirs.load("qt_zh_CN", "/usr/share/qt5/translations")
    for translator in (ours, theirs):
        application.installTranslator(translator)
    application.setFont(QFont(FONT, 9))
    return application


def main() -> None:
    """All pictures."""
    application = in_chinese()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        folder = Path("青岚县")  # no folder of the machine is shown
        folder.mkdir()
        pictures(folder, office(folder))
        os.chdir(ROOT)
    application.exitQgis()


def pictures(folder: Path, catalogue: Path) -> None:
    """In the order of the page."""
    from landreview_plugin.core.progress import Silent
    from landreview_plugin.gui.catalogue.opening import make_editor
    from landreview_plugin.gui.catalogue.suggest_dialog import SuggestDialog
    from landreview_plugin.gui.options.page import OptionsPage
    from landreview_plugin.gui.session import Session
    from landreview_plugin.jobs.suggest_bindings import suggest
    from landreview_plugin.settings import Settings

    settings = Settings(folder / "landreview.gpkg", catalogue=str(catalogue), profile="demo", person="李四")
    session = Session(settings)
    session.desk()
    photograph(OptionsPage(session, lambda path: None), "options", 760, 580)
    editor = make_editor(session, catalogue, "dltb")
    editor.test_all()
    until(lambda: editor.probing.task is None)
    photograph(editor, "catalogue", 1000, 580)
    photograph(SuggestDialog(suggest(folder, Silent()), folder, frozenset()), "suggest", 900, 420)
    map_of(catalogue)
    session.close()


def map_of(catalogue: Path) -> None:
    """The reference layers with their legend."""
    import datetime as dt

    from landreview_plugin.core.catalogue import load_catalogue
    from landreview_plugin.core.model.base import Language
    from landreview_plugin.core.progress import Silent
    from landreview_plugin.project.reference_layers import KEY, add, load, wanted

    project, canvas, page = QgsProject.instance(), QgsMapCanvas(), QWidget()
    what = wanted(project, load_catalogue(catalogue), catalogue.parent, dt.date(2026, 9, 1))
    add(project, load(what, Language.ZH, Silent()).layers, Language.ZH)
    layers = {layer.customProperty(KEY): layer for layer in project.mapLayers().values()}
    layers["dltb"].setScaleBasedVisibility(False)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4526"))
    bridge = QgsLayerTreeMapCanvasBridge(project.layerTreeRoot(), canvas)
    tree = QgsLayerTreeView()
    tree.setModel(QgsLayerTreeModel(project.layerTreeRoot(), tree))
    tree.expandAll()
    tree.setFixedWidth(260)
    row = QHBoxLayout(page)
    row.addWidget(tree)
    row.addWidget(canvas, 1)
    page.resize(1100, 560)
    page.show()
    extent = layers["xzq"].extent()
    extent.scale(0.7)
    canvas.setExtent(extent)
    bridge.setCanvasLayers()
    canvas.refresh()
    drawn = time.monotonic() + 4
    until(lambda: time.monotonic() > drawn and not canvas.isDrawing())
    photograph(page, "layers", 1100, 560)
    project.clear()


if __name__ == "__main__":
    main()
