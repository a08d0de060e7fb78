# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the cases are kept, and the care of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QPushButton, QWidget

from ...core.model.base import Language
from ...core.model.problems import LandReviewError
from ...core.texts import error_sentence, hint, meaning
from ...i18n import language, translate
from ...settings import Settings
from ...store.network import on_network
from ...store.reader import Reader
from ..session import Session
from ..store_actions import StoreActions
from .section import Section, note, row_of


class StoreSection(Section):
    """The buttons act on the store in use: not on a path that was typed and not applied yet."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "Case store"), parent)
        self._session = session
        self.actions = StoreActions(session, self)
        self.path = QgsFileWidget(self)
        self.path.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.path.setConfirmOverwrite(False)
        self.path.setFilter("GeoPackage (*.gpkg)")
        self.path.setDialogTitle(translate("landreview", "Case store"))
        self.state = note(self)
        self.form.addRow(translate("landreview", "&Workspace"), self.path)
        self.form.addRow("", self.state)
        self.buttons = self._make_buttons()
        self.path.fileChanged.connect(self._say)
        self.actions.busy_changed.connect(lambda _: self._say())
        session.cases_changed.connect(self._say)

    def _make_buttons(self) -> dict[str, QPushButton]:
        texts = (
            ("back_up", translate("landreview", "&Back up…"), ""),
            ("restore", translate("landreview", "Re&store…"), ""),
            ("archive", translate("landreview", "&Archive done cases…"), ""),
            ("tidy", translate("landreview", "&Tidy"), translate("landreview", "Remove files that no case names")),
            (
                "check",
                translate("landreview", "&Check"),
                translate("landreview", "Looks at database, logs and files"),
            ),
        )
        buttons = {name: QPushButton(text, self) for name, text, _ in texts}
        for name, button in buttons.items():
            button.clicked.connect(getattr(self.actions, name))
        made = list(buttons.values())
        self.form.addRow("", row_of(*made[:3]))
        self.form.addRow("", row_of(*made[3:]))
        self._tips = {name: tip for name, _, tip in texts}
        return buttons

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.path.setFilePath(str(settings.workspace))
        self.lock("workspace", self.path)
        self._say()

    def taken(self, settings: Settings) -> Settings:
        """``settings`` with the path of the store; an emptied field leaves it where it is."""
        chosen = str(self.path.filePath()).strip()
        return replace(settings, workspace=Path(chosen)) if chosen else settings

    def _say(self, *_: object) -> None:
        path = Path(str(self.path.filePath()).strip() or ".")
        self.state.setText(state_of(path, read=path == self.actions.path))
        why = self._why_not(path)
        for name, button in self.buttons.items():
            button.setEnabled(not why)
            button.setToolTip(why or self._tips[name])
        # a store that was lost is restored where none is
        if self.actions.task is None and path == self.actions.path:
            self.buttons["restore"].setEnabled(True)
            self.buttons["restore"].setToolTip("")
        self.changed.emit()

    def _why_not(self, path: Path) -> str:
        if self.actions.task is not None:
            return translate("landreview", "Another of these is at work: see the status bar")
        if path != self.actions.path:
            return translate("landreview", "Apply the other path first")
        if not path.exists():
            return translate("landreview", "There is no store yet: it is made when the panel is opened")
        return ""


def state_of(path: Path, *, read: bool = True) -> str:
    """What lies at a path: cases, size, and what a network drive means; or why it can't be used.

    A share is not asked while its name is being typed (``read`` False): one that is not there keeps QGIS waiting.
    """
    spoken = Language(language())
    lines = []
    if on_network(path) and not read:
        pass
    elif path.is_dir() or path.suffix.lower() != ".gpkg":
        lines.append(translate("landreview", "Choose a file that ends in .gpkg."))
    elif not path.exists():
        lines.append(translate("landreview", "No store there yet: it is made when the panel is opened."))
    else:
        lines.append(_content(path, spoken))
    if on_network(path):
        lines.append("⚠ " + " ".join(text.get(spoken) + "." for text in (meaning(_NETWORK), hint(_NETWORK))))
    return "\n".join(lines)


_NETWORK = "W-STORE-NETWORK"
_MEGABYTE = 1_000_000


def _content(path: Path, spoken: Language) -> str:
    try:
        with Reader(path) as reader:
            count = reader.count_open()
    except LandReviewError as error:
        return error_sentence(error, spoken)
    megabytes = f"{path.stat().st_size / _MEGABYTE:.1f}"
    return translate("landreview", "%n open case(s), {} MB", None, count).format(megabytes)
