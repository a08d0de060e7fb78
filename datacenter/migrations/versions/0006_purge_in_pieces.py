# SPDX-License-Identifier: GPL-2.0-or-later
"""The feed is purged in pieces."""

from __future__ import annotations

from datacenter.migrations.steps import run_file

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """The floor first, then what lies below it, some thousands a transaction."""
    run_file("0006_purge_in_pieces.sql")
