# SPDX-License-Identifier: GPL-2.0-or-later
"""The panel's own words for judgements and roles."""

from __future__ import annotations

from ...core.model.opinion import Mark, Role
from ...i18n import translate


def mark_words(mark: Mark) -> str:
    """What a person says of a finding."""
    return {
        Mark.MISTAKEN: translate("landreview", "mistaken"),
        Mark.JUSTIFIED: translate("landreview", "justified"),
        Mark.OVERRULED: translate("landreview", "overruled"),
    }[mark]


def role_words(role: Role) -> str:
    """Who says it."""
    return {
        Role.TECHNICIAN: translate("landreview", "technician"),
        Role.REVIEWER: translate("landreview", "reviewer"),
        Role.LEADER: translate("landreview", "leader"),
    }[role]
