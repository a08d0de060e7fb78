# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers: versions, cuts, features."""

from __future__ import annotations

from datacenter.migrations.steps import run_file

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Tables and policies of reference layers."""
    run_file("0002_layers.sql")
