# SPDX-License-Identifier: GPL-2.0-or-later
"""The environment check as a page: shown even when everything else is missing."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QMessageBox,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from .. import environment
from ..environment_bundle import BundleError
from ..i18n import language, translate


class EnvironmentPage(QWidget):
    """What is installed, what is missing, how to mend it; one button installs the libraries of a bundle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.browser = QTextBrowser(self)
        self.install_button = QPushButton(translate("landreview", "Install libraries…"), self)
        self.install_button.clicked.connect(self._choose_bundle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.browser)
        layout.addWidget(self.install_button)
        self.refresh()

    def refresh(self) -> None:
        """Look again."""
        self.browser.setHtml(environment.report_html(language()))

    def install(self, bundle: Path) -> bool:
        """Unpack a bundle's libraries into the profile and look again; False: it said why not."""
        profile = Path(QgsApplication.qgisSettingsDirPath())
        try:
            environment.unpack_bundle(bundle, profile)
        except BundleError as error:
            QMessageBox.warning(self, self.window().windowTitle(), error.words.say(language()))
            return False
        environment.add_libraries(profile)
        self.refresh()
        return True

    def _choose_bundle(self) -> None:
        title = translate("landreview", "Offline bundle of LandReview")
        path, _ = QFileDialog.getOpenFileName(self, title, "", "LandReview (landreview-bundle-*.zip);;ZIP (*.zip)")
        if path:
            self.install(Path(path))


class EnvironmentDialog(QDialog):
    """The page in a window of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("landreview", "LandReview: environment check"))
        self.resize(720, 520)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(EnvironmentPage(self))
        layout.addWidget(buttons)
