# SPDX-License-Identifier: GPL-2.0-or-later
"""Files dropped from the file manager."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtGui import QDropEvent


def dropped_files(event: QDropEvent) -> list[Path]:
    """The local files of a drop, in its order."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def takes_files(event: QDropEvent) -> None:
    """Accept a drag that carries local files."""
    if dropped_files(event):
        event.acceptProposedAction()
