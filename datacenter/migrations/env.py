# SPDX-License-Identifier: GPL-2.0-or-later
"""Alembic's entry: runs the migrations on the connection that ``datacenter.storage.upgrade`` hands in."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
    version_table="alembic_version",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
