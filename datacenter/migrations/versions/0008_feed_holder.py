# SPDX-License-Identifier: GPL-2.0-or-later
"""Who holds the feed back."""

from __future__ import annotations

from datacenter.migrations.steps import run_file

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """The one function."""
    run_file("0008_feed_holder.sql")
