# SPDX-License-Identifier: GPL-2.0-or-later
"""The pane below the tree: the page of the chosen row, and what a person can do about it."""

from __future__ import annotations

from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from ...core.model.result import Finding, TouchedFeature
from ...i18n import translate
from .detail import FLASH, WHY, Page
from .tree import Node


class DetailPane(QWidget):
    """Shows a page; its links flash features on the map."""

    flash_wanted = pyqtSignal(object, object)
    """A finding, and the touched features to flash."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = QTextBrowser(self)
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(translate("landreview", "Details of the finding"))
        self.page.anchorClicked.connect(self._follow)
        self._page: Page | None = None
        self._node: Node | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)

    def show_node(self, page: Page | None, node: Node | None) -> None:
        """Show the page of a row; nothing without a result."""
        self._page, self._node = page, node
        self.page.setHtml(page.of(node) if page else "")

    def _follow(self, url: QUrl) -> None:
        link, node = url.toString(), self._node
        if link == WHY and self._page is not None:
            self.page.setHtml(self._page.of(node, why=True))
            self.page.scrollToAnchor(WHY)
        if link.startswith(FLASH) and isinstance(node, Finding):
            self.flash_wanted.emit(node, features_of(node, link.removeprefix(FLASH)))


def features_of(finding: Finding, place: str) -> tuple[TouchedFeature, ...]:
    """The touched feature at ``place``, or all of them."""
    return finding.features if place == "all" else finding.features[int(place) : int(place) + 1]
