# SPDX-License-Identifier: GPL-2.0-or-later
"""Which of several layers of a data set is meant."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ...i18n import translate
from ...sources.layer_list import LayerInfo


class LayerChoice(QDialog):
    """A list with kind, number of features and CRS."""

    def __init__(self, layers: Sequence[LayerInfo], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("landreview", "Choose a layer"))
        self.layers = list(layers)
        self.list = QTreeWidget(self)
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels(
            [
                translate("landreview", "Layer"),
                translate("landreview", "Geometry"),
                translate("landreview", "Features"),
                translate("landreview", "CRS"),
            ]
        )
        for layer in self.layers:
            count = str(layer.count) if layer.count >= 0 else "?"
            crs = layer.crs.label if layer.crs else "—"
            self.list.addTopLevelItem(QTreeWidgetItem([layer.name, kind_word(layer.geometry), count, crs]))
        self.list.setCurrentItem(self.list.topLevelItem(0))
        for column in range(4):
            self.list.resizeColumnToContents(column)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.list.itemDoubleClicked.connect(lambda *_: self.accept())
        layout = QVBoxLayout(self)
        layout.addWidget(self.list)
        layout.addWidget(buttons)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 80, self.fontMetrics().lineSpacing() * 18)

    def chosen(self) -> LayerInfo | None:
        """The layer in the chosen row."""
        row = self.list.indexOfTopLevelItem(self.list.currentItem())
        return self.layers[row] if row >= 0 else None


def kind_word(geometry: str) -> str:
    """The kind of geometry in the person's language."""
    return {
        "Point": translate("landreview", "points"),
        "Line": translate("landreview", "lines"),
        "Polygon": translate("landreview", "polygons"),
    }.get(geometry, "?")


def choose_layer(layers: Sequence[LayerInfo], parent: QWidget) -> LayerInfo | None:
    """The one spatial layer, or the one that the person chooses; None: cancelled."""
    spatial = [layer for layer in layers if layer.geometry]
    if len(spatial) == 1:
        return spatial[0]
    dialog = LayerChoice(spatial, parent)
    return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None
