# SPDX-License-Identifier: GPL-2.0-or-later
"""The environment check as a page: shown even when everything else is missing."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from .. import environment
from ..i18n import language, translate


class EnvironmentDialog(QDialog):
    """What is installed, what is missing, how to mend it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("landreview", "LandReview: environment check"))
        self.resize(720, 520)
        page = QTextBrowser(self)
        page.setHtml(environment.report_html(language()))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(page)
        layout.addWidget(buttons)
