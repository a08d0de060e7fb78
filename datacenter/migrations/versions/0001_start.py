# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases, custody, events, feed, files, people."""

from __future__ import annotations

from datacenter.migrations.steps import run_file

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Everything of the first release."""
    run_file("0001_start.sql")
