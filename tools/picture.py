# SPDX-License-Identifier: GPL-2.0-or-later
"""Photograph a result in the real QGIS: run by ``tools/picture.sh`` with ``qgis --code``.

Environment: PICTURE_RESULT (result.gpkg), PICTURE_COUNTY (county.gpkg), PICTURE_OUT (png),
PICTURE_PARCEL (number of the parcel to zoom to).
"""

import os

from qgis.core import QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget
from qgis.utils import iface

RESULT, COUNTY = os.environ["PICTURE_RESULT"], os.environ["PICTURE_COUNTY"]
GROUND = {"DLTB": ("#eef3e6", "#c9d4b8"), "YJJBNT": ("#fdf1b8", "#d8c25a")}


def ground(name: str) -> QgsVectorLayer:
    """A layer of the county as quiet ground."""
    layer = QgsVectorLayer(f"{COUNTY}|layername={name}", name, "ogr")
    fill, line = GROUND[name]
    symbol = layer.renderer().symbol().symbolLayer(0)
    symbol.setColor(_colour(fill))
    symbol.setStrokeColor(_colour(line))
    symbol.setStrokeWidth(0.1)
    return layer


def _colour(text: str):
    from qgis.PyQt.QtGui import QColor

    return QColor(text)


def build() -> None:
    """Load, zoom, and take the picture when the map has been drawn."""
    project = QgsProject.instance()
    for dock in iface.mainWindow().findChildren(QDockWidget):
        if dock.objectName() not in {"Layers"}:
            dock.hide()
    for name in GROUND:
        project.addMapLayer(ground(name))
    parcels = QgsVectorLayer(f"{RESULT}|layername=parcels", "parcels", "ogr")
    findings = QgsVectorLayer(f"{RESULT}|layername=findings", "findings", "ogr")
    for layer in (findings, parcels):
        project.addMapLayer(layer)
    wanted = os.environ.get("PICTURE_PARCEL", "")
    box = QgsRectangle()
    for feature in parcels.getFeatures():
        if not wanted or feature["number"] == wanted:
            box.combineExtentWith(feature.geometry().boundingBox())
    box.scale(1.6)
    iface.mapCanvas().setDestinationCrs(parcels.crs())
    iface.setActiveLayer(findings)
    # QGIS zooms to the first layers by itself, later than this
    QTimer.singleShot(1500, lambda: zoom(box))


def zoom(box: QgsRectangle) -> None:
    """Frame the parcels, then wait for the map."""
    iface.messageBar().clearWidgets()
    iface.mapCanvas().setExtent(box)
    iface.mapCanvas().refresh()
    QTimer.singleShot(5000, shoot)


def shoot() -> None:
    """Grab the main window and leave."""
    iface.mainWindow().grab().save(os.environ["PICTURE_OUT"])
    QgsProject.instance().setDirty(False)
    QApplication.exit(0)
    os._exit(0)


iface.mainWindow().setWindowState(Qt.WindowState.WindowNoState)
iface.mainWindow().resize(1366, 768)
QTimer.singleShot(1500, build)
