# SPDX-License-Identifier: GPL-2.0-or-later
"""The same land in several cases: the one question that may be asked over all counties."""

from __future__ import annotations

from datacenter.migrations.steps import run_file

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Functions that compare land."""
    run_file("0003_overlaps.sql")
