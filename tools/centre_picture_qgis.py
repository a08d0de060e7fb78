# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``centre_picture.py`` that runs in the real QGIS: sign-in, layers, pictures, and what was read.

Environment: PICTURE_BASE (address of the centre), PICTURE_AUTHORIZATION (the header's value), PICTURE_OUT (folder).
"""

import os
import traceback
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsProject,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtWidgets import QApplication, QDockWidget
from qgis.utils import iface

BASE, OUT = os.environ["PICTURE_BASE"], Path(os.environ["PICTURE_OUT"])
PLANE = QgsCoordinateReferenceSystem("EPSG:4526")
WEB = QgsCoordinateReferenceSystem("EPSG:3857")


def sign_in() -> str:
    """A sign-in of kind API header in QGIS's own store, as a user makes it under Options, Authentication."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("picture", True)
    config = QgsAuthMethodConfig("APIHeader")
    config.setName("centre")
    config.setConfig("Authorization", os.environ["PICTURE_AUTHORIZATION"])
    manager.storeAuthenticationConfig(config)
    return str(config.id())


def collection(name: str, title: str, authcfg: str, colour: str, crs: str = "OGC:CRS84") -> QgsVectorLayer:
    """A collection of the centre by QGIS's own client."""
    address = f"url='{BASE}/ogc' typename='{name}' authcfg={authcfg} srsname='{crs}' pageSize='50' pagingEnabled='true'"
    layer = QgsVectorLayer(address + " restrictToRequestBBOX='1'", title, "OAPIF")
    assert layer.isValid(), layer.error().message()
    symbol = layer.renderer().symbol().symbolLayer(0)
    symbol.setColor(QColor(colour))
    symbol.setStrokeWidth(0.15)
    return layer


def told(authcfg: str) -> None:
    """Print what pages, a box, an expression and a plane give: the same layer asked in four ways."""
    layer = collection("pbf", "pbf", authcfg, "#fdf1b8")
    every = list(layer.getFeatures())
    box = every[0].geometry().boundingBox()
    boxed = list(layer.getFeatures(QgsFeatureRequest().setFilterRect(box)))
    wanted = QgsFeatureRequest().setFilterExpression(f"\"BSM\" = '{every[0]['BSM']}'")
    chosen = list(layer.getFeatures(wanted))
    plane = collection("pbf", "plane", authcfg, "#fdf1b8", "EPSG:4526")
    first = next(plane.getFeatures()).geometry().centroid().asPoint()
    print(f"all {len(every)}, in a box {len(boxed)}, by an expression {len(chosen)}", end=", ")
    print(f"degrees {layer.crs().authid()}, plane {plane.crs().authid()} {first.x():.1f} {first.y():.1f}", flush=True)


def build() -> None:
    """Show the farmland and the parcels of the cases."""
    try:
        for dock in iface.mainWindow().findChildren(QDockWidget):
            if dock.objectName() != "Layers":
                dock.hide()
        authcfg = sign_in()
        told(authcfg)
        farmland = collection("pbf", "永久基本农田", authcfg, "#fdf1b8")
        parcels = collection("parcels", "报件地块", authcfg, "#c0392b")
        QgsProject.instance().addMapLayers([parcels, farmland])
        iface.setActiveLayer(parcels)
        QTimer.singleShot(2500, lambda: zoom(parcels, farmland, authcfg))
    except Exception:  # the border: what failed is printed and QGIS is left
        traceback.print_exc()
        os._exit(1)


def zoom(parcels: QgsVectorLayer, farmland: QgsVectorLayer, authcfg: str) -> None:
    """Frame the farmland around one case."""
    iface.messageBar().clearWidgets()
    canvas = iface.mapCanvas()
    QgsProject.instance().setCrs(PLANE)
    box = next(farmland.getFeatures()).geometry().boundingBox()
    box = QgsCoordinateTransform(farmland.crs(), PLANE, QgsProject.instance()).transformBoundingBox(box)
    box.scale(7)
    canvas.setExtent(box)
    canvas.refresh()
    QTimer.singleShot(6000, lambda: shoot("centre-in-qgis", lambda: tiles(authcfg)))


def tiles(authcfg: str) -> None:
    """The same layer as vector tiles."""
    address = f"type=xyz&url={BASE}/tiles/pbf/{{z}}/{{x}}/{{y}}.mvt&zmin=0&zmax=16&authcfg={authcfg}"
    layer = QgsVectorTileLayer(address, "永久基本农田 (vector tiles)")
    assert layer.isValid()
    QgsProject.instance().removeAllMapLayers()
    QgsProject.instance().addMapLayer(layer)
    iface.mapCanvas().setDestinationCrs(WEB)
    iface.mapCanvas().refresh()
    QTimer.singleShot(6000, lambda: shoot("centre-tiles-in-qgis", leave))


def shoot(name: str, then) -> None:
    """Grab the main window and go on."""
    iface.messageBar().clearWidgets()
    iface.mainWindow().grab().save(str(OUT / f"{name}.png"))
    then()


def leave() -> None:
    """Without a question."""
    QgsProject.instance().setDirty(False)
    QApplication.exit(0)
    os._exit(0)


iface.mainWindow().setWindowState(Qt.WindowState.WindowNoState)
iface.mainWindow().resize(1200, 700)
QTimer.singleShot(1500, build)
