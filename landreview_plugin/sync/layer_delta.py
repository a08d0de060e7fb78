# SPDX-License-Identifier: GPL-2.0-or-later
"""From one version of a reference layer to the next: the rows that went, and those that came or changed.

A delta is an SQLite file of three tables: what it leads from and to, the numbers of rows to remove, the rows to put.
Deltas are applied to a copy, its rows are hashed, and only a copy with the right hash gets the version's name.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ..core.files import replace_file
from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from .layer_file import ROWS_AT_ONCE, LayerTable, encoded, hash_of, opened, quoted, table_of
from .layer_rows import put_boxes, rtree_of, untriggered

WORTH = 0.2
"""Above this share of changed rows the whole file is sent."""
FORMAT = "landreview-layer-delta 1"


@dataclass(frozen=True, slots=True)
class Delta:
    """What a delta file says of itself."""

    base_hash: str
    result_hash: str
    removed: int
    put: int


def make_delta(base: Path, new: Path, target: Path) -> Delta | None:
    """Write the way from ``base`` to ``new``; None where the columns differ or too many rows do: send it whole.

    Rows are compared by number and value: a version should keep the numbers of what did not change.
    """
    with opened(new) as connection, opened(base) as old:
        table = table_of(connection, new)
        if table_of(old, base) != table:
            return None
        connection.execute("ATTACH ? AS base", (f"{base.absolute().as_uri()}?mode=ro",))
        removed, put = _removed(connection, table), _put(connection, table)
        (count,) = connection.execute(f"SELECT count(*) FROM base.{quoted(table.name)}").fetchone()  # noqa: S608  # nosec B608
        if len(removed) + len(put) > WORTH * max(count, 1):
            return None
        base_hash, result_hash = hash_of(old, table), hash_of(connection, table)
        replace_file(target, lambda beside: _write(beside, connection, table, removed, put, (base_hash, result_hash)))
    return Delta(base_hash, result_hash, len(removed), len(put))


def _removed(connection: sqlite3.Connection, table: LayerTable) -> list[int]:
    key, name = quoted(table.key), quoted(table.name)
    sql = f"SELECT {key} FROM base.{name} EXCEPT SELECT {key} FROM main.{name}"  # noqa: S608  # nosec B608 - quoted names
    return sorted(row[0] for row in connection.execute(sql))


def _put(connection: sqlite3.Connection, table: LayerTable) -> list[int]:
    """Numbers of rows that are new or differ in any value; 1 and 1.0 differ, as they do in the hash."""
    key, name = quoted(table.key), quoted(table.name)
    same = " AND ".join(
        f"n.{quoted(column)} IS b.{quoted(column)} AND typeof(n.{quoted(column)}) = typeof(b.{quoted(column)})"
        for column, _ in table.columns
    )
    join = f"main.{name} n LEFT JOIN base.{name} b ON b.{key} = n.{key}"
    sql = f"SELECT n.{key} FROM {join} WHERE b.{key} IS NULL OR NOT ({same})"  # noqa: S608  # nosec B608 - quoted names
    return sorted(row[0] for row in connection.execute(sql))


def _write(
    path: Path,
    source: sqlite3.Connection,
    table: LayerTable,
    removed: list[int],
    put: list[int],
    hashes: tuple[str, str],
) -> None:
    with closing(sqlite3.connect(path)) as delta, delta:
        delta.execute("CREATE TABLE about (format TEXT, base_hash TEXT, result_hash TEXT)")
        delta.execute("INSERT INTO about VALUES (?, ?, ?)", (FORMAT, *hashes))
        delta.execute("CREATE TABLE removed (number INTEGER PRIMARY KEY)")
        delta.executemany("INSERT INTO removed VALUES (?)", ((number,) for number in removed))
        columns, marks = ", ".join(f"c{n}" for n in range(len(table.columns))), ", ".join("?" * len(table.names))
        delta.execute(f"CREATE TABLE put (number INTEGER PRIMARY KEY, {columns})")
        delta.executemany(f"INSERT INTO put VALUES ({marks})", _rows(source, table, put))  # noqa: S608  # nosec B608


def _rows(source: sqlite3.Connection, table: LayerTable, numbers: Iterable[int]) -> Iterator[tuple[object, ...]]:
    names = ", ".join(map(quoted, table.names))
    sql = f"SELECT {names} FROM main.{quoted(table.name)} WHERE {quoted(table.key)} = ?"  # noqa: S608  # nosec B608 - quoted
    for number in numbers:
        yield source.execute(sql, (number,)).fetchone()


def read_delta(path: Path) -> Delta:
    """What a delta leads from and to. Raises E-SYNC-LAYER for any other file."""
    with opened(path) as connection:
        about = connection.execute("SELECT format, base_hash, result_hash FROM about").fetchone()
        if about is None or about[0] != FORMAT:
            raise _broken(path, "不是图层增量文件", "it is no delta of a layer")
        (removed,) = connection.execute("SELECT count(*) FROM removed").fetchone()
        (put,) = connection.execute("SELECT count(*) FROM put").fetchone()
    return Delta(about[1], about[2], removed, put)


def apply_deltas(base: Path, deltas: Sequence[Path], target: Path, *, result_hash: str) -> None:
    """Make the version ``target`` of ``base`` by deltas in their order, whole or not at all; ``base`` stays as it is.

    Raises E-SYNC-LAYER when the deltas do not follow each other, or do not lead from ``base`` to ``result_hash``:
    the rows at the end are what is asked for, so they alone are hashed, once, however many steps led there.
    """
    about = [read_delta(delta) for delta in deltas]
    for delta, one, following in zip(
        deltas, about, [*(each.base_hash for each in about[1:]), result_hash], strict=True
    ):
        if one.result_hash != following:
            raise _broken(delta, "增量指向另一个版本", "it leads to another version")

    def write(beside: Path) -> None:
        shutil.copyfile(base, beside)
        with opened(beside, writes=True) as connection:
            # a failure throws the copy away, and replace_file brings a good one to the disk
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            table = table_of(connection, beside)
            with untriggered(connection, table):
                for delta in deltas:
                    _change(connection, table, delta)
            if hash_of(connection, table) != result_hash:
                raise _broken(base, "应用增量后内容不符", "with the deltas its rows are not those of the version")

    replace_file(target, write)


def _change(connection: sqlite3.Connection, table: LayerTable, delta: Path) -> None:
    """Remove and put the rows of one delta, inside SQLite alone; only boxes for the index are made here."""
    name, names, key = quoted(table.name), ", ".join(map(quoted, table.names)), quoted(table.key)
    gone = "SELECT number FROM delta.removed UNION ALL SELECT number FROM delta.put"
    shapes = f"SELECT number, c{table.names.index(table.geometry) - 1} FROM delta.put"  # noqa: S608  # nosec B608
    connection.execute("ATTACH ? AS delta", (f"{delta.absolute().as_uri()}?mode=ro",))
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"DELETE FROM main.{name} WHERE {key} IN ({gone})")  # noqa: S608  # nosec B608 - quoted names
    connection.execute(f"INSERT INTO main.{name} ({names}) SELECT * FROM delta.put")  # noqa: S608  # nosec B608 - quoted
    if rtree := rtree_of(connection, table):
        connection.execute(f"DELETE FROM {rtree} WHERE id IN ({gone})")  # noqa: S608  # nosec B608 - a quoted name
        put_boxes(connection, rtree, connection.execute(shapes))
    connection.execute("COMMIT")
    connection.execute("DETACH delta")


def kept_numbers(base: Path, rows: Iterable[tuple[object, ...]]) -> Iterator[int]:
    """A number for each row (values without the key) of a new version: an equal row's of ``base``, else a new one.

    Programs number rows afresh at each export; without this every row would seem to have changed.
    """
    with opened(base) as connection:
        table = table_of(connection, base)
        names = ", ".join(map(quoted, table.names))
        sql = f"SELECT {names} FROM {quoted(table.name)} ORDER BY 1 DESC"  # noqa: S608  # nosec B608 - quoted names
        known: dict[bytes, list[int]] = {}
        last = 0
        cursor = connection.execute(sql)
        while some := cursor.fetchmany(ROWS_AT_ONCE):
            for (number, *_), digest in zip(some, _short(row[1:] for row in some), strict=True):
                known.setdefault(digest, []).append(number)
                last = max(last, number)
    for digest in _short(rows):
        numbers = known.get(digest)
        if numbers:
            yield numbers.pop()
        else:
            last += 1
            yield last


def _short(rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    waiting = iter(rows)
    while some := list(islice(waiting, ROWS_AT_ONCE)):
        yield from (hashlib.blake2b(row, digest_size=16).digest() for row in encoded(some))


def _broken(path: Path, zh: str, en: str) -> LandReviewError:
    return LandReviewError("E-SYNC-LAYER", detail=Text(zh=zh, en=en), place=Place(file=path.name))
