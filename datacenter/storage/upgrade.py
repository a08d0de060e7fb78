# SPDX-License-Identifier: GPL-2.0-or-later
"""Bring a database to this release: roles and marks that no dump carries, then the migrations, forwards."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.problems import LandReviewError

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_LOCK = 4309001
"""Advisory lock: two starting services don't migrate at once."""
_PATIENCE = "SET lock_timeout = '60s'"
"""A service or a backup that still works with the tables is named by an error instead of waited for without a word."""
_ROLES = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'landreview_keeper') THEN
        CREATE ROLE landreview_keeper NOLOGIN BYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'landreview_service') THEN
        CREATE ROLE landreview_service LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another database of the cluster was quicker
END $$
"""
_STATS = "GRANT pg_read_all_stats TO landreview_keeper"
"""So that a function of the keeper's can say which session holds the feed back."""
_OWN = """
DO $$
DECLARE f regprocedure;
BEGIN
    FOR f IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname IN ('centre', 'keeper') AND p.prosecdef LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO landreview_keeper', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO landreview_service', f);
    END LOOP;
END $$
"""
"""Functions that see everything belong to a role that nobody can sign in as, and only the service may call them."""
_LEAKPROOF = "ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF"
"""Without the mark a policy keeps the spatial index out: 0.13 ms become 200. It needs a superuser and is in no dump."""


def upgrade(admin_url: str, revision: str = "head") -> str:
    """Migrate and mark. ``admin_url`` belongs to a superuser. Returns the revision. Raises E-CENTRE-MIGRATE."""
    engine = create_engine(alchemy_url(admin_url), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
            mark(connection)
            _migrate(connection, revision)
            own(connection)
    finally:
        engine.dispose()
    return head() if revision == "head" else revision


def _migrate(connection: Connection, revision: str) -> None:
    """Each migration is a transaction: one that fails leaves what the one before it made. Raises E-CENTRE-MIGRATE."""
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    connection.execute(text(_PATIENCE))
    connection.commit()
    try:
        command.upgrade(configuration, revision)
    except DBAPIError as error:
        connection.rollback()
        reached = MigrationContext.configure(connection).get_current_revision() or "-"
        why = str(error.orig).strip().partition("\n")[0]
        told = Text(zh=f"数据库仍为{reached}版：{why}", en=f"it is at {reached}: {why}")
        raise LandReviewError("E-CENTRE-MIGRATE", detail=told) from error


def mark(connection: Connection) -> None:
    """Roles, extension and the leakproof mark."""
    connection.execute(text(_ROLES))
    connection.execute(text(_STATS))
    connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
    connection.execute(text(_LEAKPROOF))
    connection.commit()


def own(connection: Connection) -> None:
    """Hand the functions that see everything to the keeper: after a migration and after a restore."""
    connection.execute(text(_OWN))
    connection.commit()


def head() -> str:
    """The revision that this program needs."""
    return ScriptDirectory.from_config(_configuration()).get_current_head() or ""


def alchemy_url(url: str) -> str:
    """A plain PostgreSQL address for SQLAlchemy with psycopg 3."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS))
    return configuration
