# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens the catalogue editor: from the options page, the menu, or a finding that could not be checked."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtWidgets import QWidget

from ...core.catalogue import CatalogueFile, open_catalogue
from ...core.model.catalogue import Catalogue
from ..session import Session
from .editor import CatalogueEditor


def make_editor(session: Session, path: Path, key: str = "", parent: QWidget | None = None) -> CatalogueEditor | None:
    """The editor on a file that is there or will be; None: it said why the file can't be edited."""
    with session.guard():
        # empty where the person set no office of their own: the profile's counts, whichever that will be
        blank = CatalogueFile(path, "", Catalogue(jurisdiction=session.settings.office))
        file = open_catalogue(path) if path.exists() else blank
        editor = CatalogueEditor(session, file, parent)
        if key:
            editor.open_at(key)
            editor.window_.form.source.setFocus()
        return editor
    return None


def edit_catalogue(session: Session, path: Path | None = None, key: str = "", parent: QWidget | None = None) -> None:
    """Edit a catalogue (the session's, where none is named), at a key where one is given."""
    with session.guard():
        session_path = session.settings.catalogue
        if path is None and not session_path:
            session.frame()  # says that no catalogue was chosen yet, and where to choose one
        window = parent or (session.iface.mainWindow() if session.iface is not None else None)
        editor = make_editor(session, path or Path(session_path), key, window)
        if editor is not None:
            editor.exec()
            editor.deleteLater()
