# SPDX-License-Identifier: GPL-2.0-or-later
"""Versions of reference layers: what leads from one to the next leads there exactly, or is refused."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import ogr, osr

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sync.layer_delta import WORTH, apply_deltas, kept_numbers, make_delta, read_delta
from landreview_plugin.sync.layer_file import content_hash, encoded, opened, table_of

Row = tuple[int, str | None, float | None, int]
"""(number, class, area, place on a grid)"""


def write(path: Path, rows: list[Row], *, extra: bool = False) -> Path:
    """A layer as GDAL writes it: squares of 10 m, with a spatial index."""
    path.unlink(missing_ok=True)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4526)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("pbf", reference, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("DLBM", ogr.OFTString))
    layer.CreateField(ogr.FieldDefn("MJ", ogr.OFTReal))
    if extra:
        layer.CreateField(ogr.FieldDefn("BZ", ogr.OFTString))
    layer.StartTransaction()
    for number, kind, area, place in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetFID(number)
        feature["DLBM"], feature["MJ"] = kind, area
        feature.SetGeometry(ogr.CreateGeometryFromWkt(square(place)))
        layer.CreateFeature(feature)
    layer.CommitTransaction()
    return path


def square(place: int) -> str:
    x, y = 38_400_000 + place % 100 * 20, 3_100_000 + place // 100 * 20
    return f"POLYGON(({x} {y},{x + 10} {y},{x + 10} {y + 10},{x} {y + 10},{x} {y}))"


def seen_at(path: Path, place: int) -> list[int]:
    """Numbers that GDAL finds through the spatial index at a place of the grid."""
    dataset = ogr.Open(str(path))
    layer = dataset.GetLayer()
    layer.SetSpatialFilter(ogr.CreateGeometryFromWkt(square(place)).Buffer(-1))
    return sorted(feature.GetFID() for feature in layer)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write(tmp_path / "1.gpkg", [(n, "0101", n / 3, n) for n in range(1, 101)])


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """Number 5 moved, 6 renamed, 7 removed, 500 new."""
    rows: list[Row] = [(n, "0101", n / 3, n) for n in range(1, 101) if n != 7]
    rows[4], rows[5] = (5, "0101", 5 / 3, 205), (6, None, 2.0, 6)
    return write(tmp_path / "2.gpkg", [*rows, (500, "0301", None, 300)])


def test_a_delta_holds_what_differs_and_nothing_else(base: Path, edited: Path, tmp_path: Path) -> None:
    made = make_delta(base, edited, tmp_path / "d")
    assert made is not None
    assert (made.removed, made.put) == (1, 3)
    assert made == read_delta(tmp_path / "d")
    assert (made.base_hash, made.result_hash) == (content_hash(base), content_hash(edited))


def test_applied_it_gives_the_next_version_and_leaves_the_last(base: Path, edited: Path, tmp_path: Path) -> None:
    made = make_delta(base, edited, tmp_path / "d")
    assert made is not None
    before = base.read_bytes()
    apply_deltas(base, [tmp_path / "d"], tmp_path / "new.gpkg", result_hash=made.result_hash)
    assert content_hash(tmp_path / "new.gpkg") == content_hash(edited)
    assert base.read_bytes() == before


def test_gdal_reads_the_new_version_through_its_index(base: Path, edited: Path, tmp_path: Path) -> None:
    make_delta(base, edited, tmp_path / "d")
    apply_deltas(base, [tmp_path / "d"], tmp_path / "new.gpkg", result_hash=content_hash(edited))
    found = {place: seen_at(tmp_path / "new.gpkg", place) for place in (5, 205, 7, 300, 8)}
    assert found == {5: [], 205: [5], 7: [], 300: [500], 8: [8]}
    new, same = ogr.Open(str(tmp_path / "new.gpkg")), ogr.Open(str(edited))
    assert new.GetLayer().GetFeatureCount() == 100
    # told from the index, whose boxes are rounded outwards to four metres at such eastings
    assert new.GetLayer().GetExtent() == pytest.approx(same.GetLayer().GetExtent(), abs=4)


def test_the_index_goes_on_being_kept_by_gdal(base: Path, edited: Path, tmp_path: Path) -> None:
    """The triggers that were taken off for the change are there again."""
    make_delta(base, edited, tmp_path / "d")
    apply_deltas(base, [tmp_path / "d"], tmp_path / "new.gpkg", result_hash=content_hash(edited))
    with opened(base) as one, opened(tmp_path / "new.gpkg") as other:
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
        assert one.execute(sql).fetchall() == other.execute(sql).fetchall() != []


def test_a_delta_of_another_version_is_refused(base: Path, edited: Path, tmp_path: Path) -> None:
    made = make_delta(base, edited, tmp_path / "d")
    assert made is not None
    other = write(tmp_path / "3.gpkg", [(n, "0101", n / 3, n) for n in range(1, 100)])
    with pytest.raises(LandReviewError, match="E-SYNC-LAYER"):
        apply_deltas(other, [tmp_path / "d"], tmp_path / "new.gpkg", result_hash=made.result_hash)
    with pytest.raises(LandReviewError, match="E-SYNC-LAYER"):
        apply_deltas(base, [tmp_path / "d"], tmp_path / "new.gpkg", result_hash="0" * 64)
    assert not (tmp_path / "new.gpkg").exists()


def test_several_deltas_lead_on_from_one_to_the_next(base: Path, edited: Path, tmp_path: Path) -> None:
    last = write(tmp_path / "3.gpkg", [(n, "0101", n / 3, n) for n in range(1, 101) if n not in (7, 8)])
    first, second = tmp_path / "d1", tmp_path / "d2"
    make_delta(base, edited, first)
    make_delta(edited, last, second)
    apply_deltas(base, [first, second], tmp_path / "new.gpkg", result_hash=content_hash(last))
    assert content_hash(tmp_path / "new.gpkg") == content_hash(last)
    assert [seen_at(tmp_path / "new.gpkg", place) for place in (5, 205, 7, 8, 300)] == [[5], [], [], [], []]
    with pytest.raises(LandReviewError, match="E-SYNC-LAYER"):
        apply_deltas(base, [second, first], tmp_path / "new.gpkg", result_hash=content_hash(edited))


def test_the_hash_stays_what_it_was_in_the_first_version() -> None:
    """Offices and centres of different releases compare it: these bytes never change."""
    rows = [
        (1, None, "永久", 1, 1.0, b"\x00GP", ""),
        (-(2**63), "1", b"1", 2**63 - 1, -0.0, b"", "a\x00b"),
        (3, 1, 1.0, None, float("inf"), "x", b"x"),
    ]
    first, *_ = together = list(encoded(rows))
    assert first == b"r7;i1;nt6;\xe6\xb0\xb8\xe4\xb9\x85i1;f\x00\x00\x00\x00\x00\x00\xf0?b3;\x00GPt0;"
    golden = "9b98d1518d7d4d665083e3519fb92a6b0100bbf4ec827fdbc3c8d4d510a1d4d9"
    assert hashlib.sha256(b"".join(together)).hexdigest() == golden
    assert together == [row for alone in rows for row in encoded([alone])], "however many are encoded at once"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE put SET c1 = '0102' WHERE number = 6",
        "DELETE FROM removed",
        "INSERT INTO removed VALUES (50)",
        "DELETE FROM put WHERE number = 500",
    ],
)
def test_a_touched_delta_is_noticed(base: Path, edited: Path, tmp_path: Path, damage: str) -> None:
    """Also the control: without the check of the hash the changed file would be taken as the version."""
    made = make_delta(base, edited, tmp_path / "d")
    assert made is not None
    connection = sqlite3.connect(tmp_path / "d")
    with connection:
        connection.execute(damage)
        connection.execute("CREATE TABLE control AS SELECT count(*) FROM put")
    connection.close()
    with pytest.raises(LandReviewError, match="E-SYNC-LAYER"):
        apply_deltas(base, [tmp_path / "d"], tmp_path / "new.gpkg", result_hash=made.result_hash)
    assert [path.name for path in tmp_path.iterdir() if "new" in path.name] == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 2000])
def test_no_delta_at_all_is_refused(base: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "d").write_bytes(content)
    with pytest.raises(LandReviewError, match="E-SYNC-LAYER"):
        apply_deltas(base, [tmp_path / "d"], tmp_path / "new.gpkg", result_hash="0" * 64)


def test_too_many_changes_or_other_columns_are_sent_whole(base: Path, tmp_path: Path) -> None:
    many = [(n, "0102" if n <= WORTH * 100 + 1 else "0101", n / 3, n) for n in range(1, 101)]
    assert make_delta(base, write(tmp_path / "2.gpkg", many), tmp_path / "d") is None
    assert make_delta(base, write(tmp_path / "3.gpkg", [(1, "0101", 1 / 3, 1)], extra=True), tmp_path / "d") is None
    assert not (tmp_path / "d").exists()


def test_numbers_are_kept_where_a_program_numbered_afresh(base: Path, tmp_path: Path) -> None:
    """Row 1 of 100 left out: all others come one number lower, and yet only one row went."""
    with opened(write(tmp_path / "2.gpkg", [(n - 1, "0101", n / 3, n) for n in range(2, 101)])) as connection:
        table = table_of(connection, base)
        rows = connection.execute(f"SELECT {', '.join(table.names[1:])} FROM pbf ORDER BY fid").fetchall()
    assert list(kept_numbers(base, rows)) == list(range(2, 101))
    assert list(kept_numbers(base, [("none", "like", "this")])) == [101]


@pytest.mark.parametrize(
    "flaw",
    [
        "UPDATE gpkg_contents SET data_type = 'attributes'",
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('another', 'features')",
        "ALTER TABLE pbf RENAME TO hidden; CREATE VIEW pbf AS SELECT * FROM hidden",
    ],
)
def test_a_file_that_is_no_single_layer_is_refused(base: Path, flaw: str) -> None:
    connection = sqlite3.connect(base)
    connection.executescript("PRAGMA legacy_alter_table = ON; " + flaw)
    connection.close()
    with pytest.raises(LandReviewError, match="E-SYNC-LAYER"):
        content_hash(base)


def test_one_and_one_point_zero_are_not_the_same(tmp_path: Path, base: Path) -> None:
    """SQLite calls 1 and 1.0 equal; the hash does not, so the delta must carry the row."""
    other = tmp_path / "2.gpkg"
    shutil.copy(base, other)
    connection = sqlite3.connect(other)
    for name, _ in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    with connection:
        connection.execute("UPDATE pbf SET DLBM = 1 WHERE fid = 3")
        connection.execute("UPDATE pbf SET DLBM = x'31' WHERE fid = 4")
    connection.close()
    made = make_delta(base, other, tmp_path / "d")
    assert made is not None and made.put == 2
    apply_deltas(base, [tmp_path / "d"], tmp_path / "new.gpkg", result_hash=made.result_hash)


ROWS = st.dictionaries(
    st.integers(1, 60),
    st.tuples(
        st.sampled_from([None, "0101", "0301", "", "永久"]), st.none() | st.floats(allow_nan=False), st.integers(0, 99)
    ),
    min_size=40,
)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("deltas")
    return lambda name: folder / name


@settings(max_examples=12)
@given(ROWS, ROWS)
def test_any_way_from_one_version_to_another_leads_there(
    workplace: Callable[[str], Path],
    before: dict[int, tuple[str, float, int]],
    after: dict[int, tuple[str, float, int]],
) -> None:
    changed = dict(before) | {n: row for n, row in list(after.items())[:8] if n % 3}
    for number in [n for n in after if n % 3 == 0][:4]:
        changed.pop(number, None)
    old = write(workplace("old.gpkg"), [(n, *row) for n, row in before.items()])
    new = write(workplace("new.gpkg"), [(n, *row) for n, row in changed.items()])
    delta, target = workplace("delta"), workplace("applied.gpkg")
    made = make_delta(old, new, delta)
    if made is None:
        assert sum(before.get(n) != changed.get(n) for n in before | changed) > WORTH * len(before)
        return
    apply_deltas(old, [delta], target, result_hash=content_hash(new))
    assert content_hash(target) == content_hash(new)
    for place in (0, 50, 99):
        assert seen_at(target, place) == seen_at(new, place)
