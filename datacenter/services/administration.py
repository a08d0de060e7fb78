# SPDX-License-Identifier: GPL-2.0-or-later
"""Offices and people, made by whoever runs the database: the first administrator comes from here."""

from __future__ import annotations

import psycopg

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sync.protocol import office_code

from .passwords import MIN_PASSWORD, password_hash
from .people import Role


def add_office(admin_url: str, code: str, name: str) -> None:
    """Make or rename an office. Raises E-CENTRE-REQUEST for a code that is none."""
    try:
        with psycopg.connect(admin_url) as connection:
            connection.execute(
                "INSERT INTO centre.offices VALUES (%s, %s) ON CONFLICT (code) DO UPDATE SET name = excluded.name",
                (office_code(code), name),
            )
            _recorded(connection, str(office_code(code)), "office", code)
    except psycopg.errors.CheckViolation as error:
        raise LandReviewError("E-CENTRE-REQUEST", detail=code) from error


def add_user(admin_url: str, name: str, office: str, role: Role, password: str) -> None:
    """Make or change a person and end all sign-ins of that name. Raises E-CENTRE-REQUEST, E-CENTRE-OFFICE."""
    if len(password) < MIN_PASSWORD:
        raise LandReviewError("E-CENTRE-REQUEST", detail=f"password < {MIN_PASSWORD}")
    code = str(office_code(office))
    try:
        with psycopg.connect(admin_url) as connection:
            connection.execute(
                "SELECT keeper.put_user(%s, %s, %s, %s, '', false, %s)",
                (name, code, role.value, password_hash(password), code[:2]),
            )
            _recorded(connection, code, "person", f"{name} {role.value}")
    except psycopg.errors.ForeignKeyViolation as error:
        raise LandReviewError("E-CENTRE-OFFICE", detail=code) from error
    except psycopg.errors.IntegrityError as error:
        raise LandReviewError("E-CENTRE-REQUEST", detail=f"{name} {office}") from error


def _recorded(connection: psycopg.Connection[tuple[object, ...]], office: str, action: str, about: str) -> None:
    connection.execute(
        "INSERT INTO centre.audit (actor, office, action, about) VALUES (current_user, %s, %s, %s)",
        (office, action, about),
    )
