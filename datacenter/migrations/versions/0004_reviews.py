# SPDX-License-Identifier: GPL-2.0-or-later
"""Reviews that the centre made itself; files of layers and reviews stay."""

from __future__ import annotations

from datacenter.migrations.steps import run_file

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """The table of reviews, and what the collector may take."""
    run_file("0004_reviews.sql")
