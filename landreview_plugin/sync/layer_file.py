# SPDX-License-Identifier: GPL-2.0-or-later
"""A version of a reference layer as a file: one feature table in a GeoPackage, named by the hash of its rows.

Two files with the same rows under the same numbers have the same hash, whatever program wrote them: it goes over the
values as they are stored, in the order of their numbers, and over nothing else of the file.
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from types import NoneType
from typing import Any

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

_TABLES = "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1"
_GEOMETRY = "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?"
ROWS_AT_ONCE = 500
"""A corridor's outline may have a megabyte."""


@dataclass(frozen=True, slots=True)
class LayerTable:
    """The one feature table of a version."""

    name: str
    key: str
    """Integer primary key: the number under which a row is changed or removed."""
    geometry: str
    columns: tuple[tuple[str, str], ...]
    """(name, declared type) of every column but the key, in their order."""

    @property
    def names(self) -> tuple[str, ...]:
        """The key and every column."""
        return (self.key, *(name for name, _ in self.columns))


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def opened(path: Path, *, writes: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection for one purpose, used by one thread at a time; nothing that the file's schema holds runs by itself.

    Raises E-SYNC-LAYER for what is no database or can't be read.
    """
    uri = f"{path.absolute().as_uri()}?mode={'rw' if writes else 'ro'}"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            yield connection
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise LandReviewError("E-SYNC-LAYER", detail=str(error), place=Place(file=path.name)) from error


def table_of(connection: sqlite3.Connection, path: Path) -> LayerTable:
    """The one feature table. Raises E-SYNC-LAYER where there is none, several, a view, or no integer key."""
    names = [row[0] for row in connection.execute(_TABLES)]
    if len(names) != 1:
        raise _unfit(path, f"应有一个图层，现有{len(names)}个", f"one layer is wanted, there are {len(names)}")
    (name,) = names
    kinds = connection.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchall()
    shapes = connection.execute(_GEOMETRY, (name,)).fetchall()
    described = connection.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
    keys = [column[1] for column in described if column[5] and str(column[2]).upper() == "INTEGER"]
    if kinds != [("table",)] or len(shapes) != 1 or len(keys) != 1:
        raise _unfit(path, f"{name}不是带整数主键的要素表", f"{name} is no feature table with an integer key")
    columns = tuple((str(column[1]), str(column[2]).upper()) for column in described if column[1] != keys[0])
    return LayerTable(name, keys[0], shapes[0][0], columns)


def content_hash(path: Path) -> str:
    """SHA-256 over name, columns and all rows of the version in ``path``."""
    with opened(path) as connection:
        return hash_of(connection, table_of(connection, path))


def hash_of(connection: sqlite3.Connection, table: LayerTable) -> str:
    """See :func:`content_hash`."""
    about = (table.name, table.key, table.geometry, *sum(table.columns, ()))
    digest = hashlib.sha256(b"".join(encoded([about])))
    for rows in _in_order(connection, table):
        digest.update(b"".join(chain.from_iterable(_pieces(rows))))
    return digest.hexdigest()


def _in_order(connection: sqlite3.Connection, table: LayerTable) -> Iterator[list[tuple[object, ...]]]:
    names = ", ".join(map(quoted, table.names))
    sql = f"SELECT {names} FROM {quoted(table.name)} ORDER BY {quoted(table.key)}"  # noqa: S608  # nosec B608 - quoted
    cursor = connection.execute(sql)
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield rows


def encoded(rows: Sequence[Sequence[object]]) -> Iterator[bytes]:
    """Each row so that different ones never give the same bytes: of each value a mark, the length, the value.

    All rows have as many values, each of a type that SQLite has.
    """
    return map(b"".join, _pieces(rows))


def _pieces(rows: Sequence[Sequence[object]]) -> Iterator[tuple[bytes, ...]]:
    """The bytes of each row, value by value. Made a column at a time: it is mostly of one type, which is asked once."""
    return zip(repeat(b"r%d;" % len(rows[0])), *map(_column, zip(*rows, strict=True)), strict=False)


def _column(values: tuple[object, ...]) -> Iterable[bytes]:
    kinds = set(map(type, values))
    if kinds <= {str, NoneType}:
        return map(_Texts().__getitem__, values)
    if len(kinds) == 1:
        return map(_ENCODE[kinds.pop()], values)
    return [_ENCODE[type(value)](value) for value in values]


class _Texts(dict[object, bytes]):
    """Texts of a column already encoded: codes and names of places come again and again."""

    def __missing__(self, value: object) -> bytes:
        self[value] = made = _ENCODE[type(value)](value)
        return made


def _text(value: str) -> bytes:
    data = value.encode("utf-8", "surrogatepass")
    return b"t%d;%b" % (len(data), data)


_ENCODE: dict[type, Callable[[Any], bytes]] = {
    NoneType: lambda value: b"n",
    int: b"i%d;".__mod__,
    float: partial(struct.Struct("<cd").pack, b"f"),
    str: _text,
    bytes: lambda value: b"b%d;%b" % (len(value), value),
}


def _unfit(path: Path, zh: str, en: str) -> LandReviewError:
    return LandReviewError("E-SYNC-LAYER", detail=Text(zh=zh, en=en), place=Place(file=path.name))
