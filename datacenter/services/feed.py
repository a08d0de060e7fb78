# SPDX-License-Identifier: GPL-2.0-or-later
"""The change feed: each event once and in order to each reader, however many write at once.

A place in the feed is (transaction, sequence), and only transactions below the oldest open one are read: the naive
"sequence greater than the last" loses a quarter of the events under 16 writers.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import re
import time
from dataclasses import dataclass

from landreview_plugin.sync.protocol import ChangePage

from ..problems import Refusal
from ..settings import Settings
from ..storage import case_rows
from ..storage.database import Database, one, rows

_CURSOR = re.compile(r"([0-9a-f]{12})\.([0-9]{1,19})\.([0-9]{1,18})(?:\.([0-9]{1,19})\.([0-9]{1,18}))?")
_MOST_CODES = 1000
_PIECE = 5000
"""Places that one transaction of the purge looks at: some tens of milliseconds."""
_PURGE = "SELECT gone, xid::text, seq FROM centre.purge_feed(%s::text::xid8, %s, %s)"
_END = "SELECT xid::text, seq FROM centre.feed_end()"
_LIFE = "SELECT feed_id, floor_xid::text AS xid, floor_seq AS seq FROM centre.life"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the feed of one life of the database."""

    xid: int = 0
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a reader is. Below the floor under which it began at the start, it read what a purge had left."""

    life: str = ""
    place: Place = Place()
    floor: Place = Place()

    def __str__(self) -> str:
        """The opaque text that clients keep; the floor is told only while it matters."""
        text = f"{self.life}.{self.place.xid}.{self.place.seq}"
        return f"{text}.{self.floor.xid}.{self.floor.seq}" if self.place < self.floor else text


class Feed:
    """Pages of the feed, and the bell that wakes those who wait for more."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._waiting: dict[asyncio.Event, str] = {}
        self._ringer: asyncio.Task[None] | None = None
        self._ended = False

    async def page(self, office: str, cursor: str, limit: int, wait_s: float) -> ChangePage:
        """Events after ``cursor`` ("" is the start); waits up to ``wait_s`` for one. 410 for a cursor of
        another life, and for one that is older than what is kept.
        """
        until = time.monotonic() + min(wait_s, self._settings.wait_seconds)
        while True:
            bell = self._wait(office) if wait_s > 0 and not self._ended else None
            try:
                page = await self._read(office, cursor, limit)
                left = until - time.monotonic()
                if page.changes or bell is None or left <= 0:
                    return page
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(bell.wait(), left)
            finally:
                if bell:
                    self._waiting.pop(bell, None)

    async def lag_seconds(self) -> float:
        """How long the oldest event that may not be read yet is held back: an open transaction does that."""
        async with self._database.plain() as connection:
            found = await one(connection, "SELECT centre.feed_lag() AS lag")
        return float(found["lag"]) if found else 0.0

    async def holder(self) -> str:
        """Who holds it back, for whoever may end that."""
        async with self._database.plain() as connection:
            found = await one(connection, "SELECT centre.feed_holder() AS told")
        return str(found["told"]) if found and found["told"] else "nobody any more"

    async def purge(self, most: int = _PIECE) -> int:
        """Leave out what is older than the setting keeps, but for the newest of each log; how many places.

        ``most`` places are looked at in one transaction: a longer one would hold the feed back for everybody.
        """
        before = dt.datetime.now(dt.UTC) - dt.timedelta(days=self._settings.feed_days)
        gone, place = 0, Place()
        async with self._database.plain() as connection:
            await connection.execute("SELECT centre.raise_floor(%s)", (before,))
            while found := await one(connection, _PURGE, (str(place.xid), place.seq, most)):
                gone, place = gone + int(found["gone"]), Place(int(found["xid"]), found["seq"])
        return gone

    def end(self) -> None:
        """Let everybody go who waits, with what there is; from now on nobody waits."""
        if self._ended:
            return
        self._ended = True
        if self._ringer:
            self._ringer.cancel()
        for bell in self._waiting:
            bell.set()

    async def _read(self, office: str, cursor: str, limit: int) -> ChangePage:
        begun = _read_cursor(cursor)
        place = begun.place
        async with self._database.office(office) as connection:
            # the end first: what is committed after it is then seen by the page, too, or left for the next one;
            # the floor last: a purge while the page was read shows
            end_rows = await connection.execute(_END)
            page = await connection.execute(case_rows.FEED, (str(place.xid), place.seq, limit))
            life_rows = await connection.execute(_LIFE)
            end, found, life = await end_rows.fetchone(), await page.fetchall(), await life_rows.fetchone()
        assert life is not None
        floor = Place(int(life["xid"]), life["seq"])
        if begun.life and (begun.life != life["feed_id"] or max(place, begun.floor) < floor):
            raise Refusal(410, "E-CENTRE-CURSOR")
        if found:
            place = Place(int(found[-1]["xid"]), found[-1]["seq"])
        if len(found) < limit and end:  # else an office where nothing happens would read over all others again
            place = max(place, Place(int(end["xid"]), end["seq"]))
        changes = tuple(case_rows.change(row) for row in found)
        after = Cursor(life["feed_id"], place, floor)
        return ChangePage(changes=changes, cursor=str(after), more=len(found) == limit)

    def _wait(self, office: str) -> asyncio.Event:
        bell = asyncio.Event()
        self._waiting[bell] = office
        if self._ringer is None or self._ringer.done():
            self._ringer = asyncio.create_task(self._ring())
        return bell

    async def _ring(self) -> None:
        """While somebody waits: look for new events four times a second, once for all, and wake whom they concern."""
        place: Place | None = None
        while self._waiting:
            with contextlib.suppress(Exception):  # the database is away: those who wait meet that themselves
                place = await self._look(place)
            await asyncio.sleep(self._settings.poll_seconds)

    async def _look(self, place: Place | None) -> Place:
        async with self._database.plain() as connection:
            if place is None:
                found = await one(connection, "SELECT xid::text, seq FROM centre.feed_end()")
                first = Place(int(found["xid"]), found["seq"]) if found and found["xid"] else Place()
                self._wake(None)  # what came between their look and ours
                return first
            query = "SELECT xid::text, seq, code, also FROM centre.codes_after(%s::text::xid8, %s, %s)"
            new = await rows(connection, query, (str(place.xid), place.seq, _MOST_CODES))
        if not new:
            return place
        self._wake({code for row in new for code in (row["code"], *row["also"])})
        return Place(int(new[-1]["xid"]), new[-1]["seq"])

    def _wake(self, codes: set[str] | None) -> None:
        for bell, office in self._waiting.items():
            if codes is None or any(code.startswith(office) for code in codes):
                bell.set()


def _read_cursor(cursor: str) -> Cursor:
    """What a client sent back; the start is of any life."""
    if not cursor:
        return Cursor()
    match = _CURSOR.fullmatch(cursor)
    if match is None or max(int(match[2]), int(match[4] or 0)) >= 2**64:
        raise Refusal(422, "E-CENTRE-REQUEST", "cursor")
    floor = Place(int(match[4]), int(match[5])) if match[4] else Place()
    return Cursor(match[1], Place(int(match[2]), int(match[3])), floor)
