# SPDX-License-Identifier: GPL-2.0-or-later
"""Icons of how a case stands between offices. Each has its own shape: none is told from another by its colour."""

from __future__ import annotations

from functools import cache

from qgis.PyQt.QtGui import QIcon

from ...core.tables import RESOURCES
from ...sync.status import SyncState


@cache
def sync_icon(state: SyncState) -> QIcon:
    """The sign of a state; an empty icon for a case that never left."""
    return QIcon() if state is SyncState.HERE else QIcon(str(RESOURCES / "icons" / f"sync-{state.value}.svg"))
