# SPDX-License-Identifier: GPL-2.0-or-later
"""No receipt number twice after a restore."""

from __future__ import annotations

from datacenter.migrations.steps import run_file

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Another life of the database begins with numbers that the one before did not reach."""
    run_file("0009_receipts_of_another_life.sql")
