# SPDX-License-Identifier: GPL-2.0-or-later
"""In whose name things are done: as the settings declare it, and so logged."""

from __future__ import annotations

from ..core.model.opinion import Role
from .session import Session


def role_of(session: Session) -> Role:
    """The person's role; the one with the least power where the settings name none that is known."""
    declared = session.settings.role
    return Role(declared) if declared in set(Role) else Role.TECHNICIAN
