# SPDX-License-Identifier: GPL-2.0-or-later
"""Sign in, refresh, sign out. Every try is an entry of the audit log; too many are slowed down for all processes."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass

from landreview_plugin.sync.protocol import Session, SignIn

from ..problems import Refusal
from ..settings import Settings
from ..storage.database import Connection, Database, one
from .audit import Entry, record
from .passwords import new_token, password_holds, token_hash
from .people import Person, Role

_WINDOW = dt.timedelta(minutes=15)
_ADDRESS_FACTOR = 10
"""An address stands for a whole office behind one router."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where people sign in."""

    database: Database
    settings: Settings

    async def sign_in(self, given: SignIn, address: str, request: str) -> Session:
        """A new session. Raises 401, or 429 after too many failures of a name or an address."""
        async with self.database.plain() as connection:
            await self._throttle(connection, given.user, address)
            found = await one(connection, "SELECT * FROM keeper.find_user(%s)", (given.user,))
        stored = found["password"] if found and not found["disabled"] else None
        right = await asyncio.to_thread(password_holds, stored, given.password)
        async with self.database.plain() as connection, connection.transaction():
            office = found["office"] if found else ""
            action = "sign-in" if right else "sign-in refused"
            await record(connection, Entry(given.user, office, action, address=address, request=request))
            if right and found is not None:
                await connection.execute("SELECT keeper.succeeded(%s)", (given.user,))
                return await self._issue(connection, _person(found, str(uuid.uuid4())))
            await connection.execute("SELECT keeper.failed(%s, %s)", (given.user, address))
        raise Refusal(401, "E-CENTRE-SIGNIN")

    async def refresh(self, token: str, address: str, request: str) -> Session:
        """New tokens for a refresh token that was not used before. A second use ends the whole sign-in."""
        async with self.database.plain() as connection, connection.transaction():
            found = await one(connection, "SELECT * FROM keeper.rotate(%s)", (token_hash(token),))
            if found and not found["reused"]:
                return await self._issue(connection, _person(found, str(found["family"])))
            if found:
                entry = Entry(found["name"], found["office"], "refresh token reused", address=address, request=request)
                await record(connection, entry)
        raise Refusal(401, "E-CENTRE-SIGNIN")

    async def sign_out(self, person: Person) -> None:
        """End the sign-in that the token belongs to."""
        async with self.database.plain() as connection:
            await connection.execute("SELECT keeper.revoke(%s)", (person.family,))

    async def person(self, token: str) -> Person | None:
        """Who holds an access token; None when it is unknown, expired or revoked."""
        async with self.database.plain() as connection:
            found = await one(connection, "SELECT * FROM keeper.session(%s)", (token_hash(token),))
        return _person(found, str(found["family"])) if found else None

    async def by_certificate(self, fingerprint: str) -> Person | None:
        """Who holds a client certificate, by its SHA-256 in hexadecimal digits."""
        async with self.database.plain() as connection:
            found = await one(connection, "SELECT * FROM keeper.find_certificate(%s)", (fingerprint.lower(),))
        return _person(found, "") if found else None

    async def _throttle(self, connection: Connection, name: str, address: str) -> None:
        since = dt.datetime.now(dt.UTC) - _WINDOW
        found = await one(connection, "SELECT * FROM keeper.failures(%s, %s, %s)", (name, address, since))
        most = self.settings.attempts
        if found and (found["by_name"] >= most or found["by_address"] >= most * _ADDRESS_FACTOR):
            raise Refusal(429, "E-CENTRE-RATE", retry_s=int(_WINDOW.total_seconds()))

    async def _issue(self, connection: Connection, person: Person) -> Session:
        access, refresh = new_token(), new_token()
        now = dt.datetime.now(dt.UTC)
        until = now + dt.timedelta(hours=self.settings.access_hours)
        longer = now + dt.timedelta(days=self.settings.refresh_days)
        await connection.execute(
            "SELECT keeper.issue(%s, %s, %s, %s, %s, %s)",
            (person.id, person.family, token_hash(access), until, token_hash(refresh), longer),
        )
        return Session(
            access=access,
            refresh=refresh,
            expires_at=until,
            user=person.name,
            office=person.office,
            role=person.role.value,
        )


def _person(row: dict[str, object], family: str) -> Person:
    return Person(str(row["id"]), str(row["name"]), str(row["office"]), Role(str(row["role"])), family)
