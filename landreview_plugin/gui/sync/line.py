# SPDX-License-Identifier: GPL-2.0-or-later
"""The line to the centre as QGIS is set up: asked for on the main thread, used off it."""

from __future__ import annotations

from qgis.core import QgsApplication

from ...project.access import Access, access_to
from ...sync.http import Line
from ...sync.sign_in import signed_in


class Lines:
    """Keeps the line as long as nothing about it changes: its token is good for hours."""

    def __init__(self) -> None:
        self._line: Line | None = None
        self._made_of: tuple[str, Access] | None = None

    def to(self, server: str, authcfg: str) -> Line:
        """Raises E-SYNC-AUTH, E-SYNC-ADDRESS. May ask for the master password."""
        made_of = (server, access_to(server, authcfg))
        if self._line is None or made_of != self._made_of:
            self._line = signed_in(server, made_of[1].headers, **made_of[1].reach)
            self._made_of = made_of
        return self._line


def asks_for_password(authcfg: str) -> bool:
    """Whether the sign-in can't be read before a person gives the master password."""
    return bool(authcfg) and not QgsApplication.authManager().masterPasswordIsSet()
