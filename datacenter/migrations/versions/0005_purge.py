# SPDX-License-Identifier: GPL-2.0-or-later
"""What the feed keeps, and where it begins."""

from __future__ import annotations

from datacenter.migrations.steps import run_file

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """The floor of the feed, and what purges it."""
    run_file("0005_purge.sql")
