# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers: whole once, then deltas on a copy; checked by their hash; the catalogue follows, old ones stay."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
import yaml
from datacenter_service import Client
from sync_centre import Offices
from sync_proxy import Fault, bad_line, once
from test_datacenter_layers import edit, publish, survey  # noqa: F401 - a fixture

from landreview_plugin.core.catalogue import load_catalogue
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sync import layers as layers_module
from landreview_plugin.sync.layer_catalogue import follow
from landreview_plugin.sync.layer_file import content_hash
from landreview_plugin.sync.layer_protocol import LayerManifest
from landreview_plugin.sync.layers import KEPT_S, LayerSyncer

CHANGES = ("DELETE FROM DLTB WHERE fid = 3", "UPDATE DLTB SET DLBM = '0103' WHERE fid = 9")


@pytest.fixture
def leader(base: str) -> Client:
    return Client.of(base, "leader", "430998")


@pytest.fixture
def syncer(offices: Offices, tmp_path: Path) -> LayerSyncer:
    return LayerSyncer(offices.county.store, offices.county.centre, tmp_path / "参考图层 & 1")


def test_whole_once_then_deltas(leader: Client, syncer: LayerSyncer, survey: Path) -> None:  # noqa: F811
    first = publish(leader, survey)
    whole = syncer.update(["dltb"], "430998")[0]
    assert (whole.version, whole.changed, whole.deltas) == (first.version, True, 0)
    assert content_hash(Path(whole.path)) == first.result_hash
    assert not syncer.update(["dltb"], "430998")[0].changed
    second = publish(leader, edit(survey, *CHANGES), data_date="2026-12-31")
    third = publish(leader, edit(survey, *CHANGES, "DELETE FROM DLTB WHERE fid = 5"), data_date="2027-06-30")
    done = syncer.update(["dltb"], "430998")[0]
    assert (done.version, done.deltas, done.data_date) == (third.version, 2, dt.date(2027, 6, 30))
    assert done.received_bytes < third.file_size / 5 and second.delta_size > 0
    assert content_hash(Path(done.path)) == third.result_hash
    assert content_hash(Path(whole.path)) == first.result_hash, "a review in progress keeps its version"


def test_the_layer_of_one_office_comes_without_that_of_another(
    leader: Client,
    base: str,
    syncer: LayerSyncer,
    survey: Path,  # noqa: F811
) -> None:
    """Two offices publish under the same key."""
    own = publish(leader, survey)
    publish(Client.of(base, "leader", "4309"), survey, code="4309")
    both = {(each.layer, each.jurisdiction) for each in syncer.update(jurisdiction="430998")}
    assert len(both) == 2, "without a choice both come"
    only = syncer.update(jurisdiction="430998", owners=[("dltb", own.jurisdiction)])
    assert [each.jurisdiction for each in only] == [own.jurisdiction]


def test_the_catalogue_follows_and_keeps_its_comments(
    leader: Client,
    syncer: LayerSyncer,
    offices: Offices,
    survey: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    publish(leader, survey)
    first = syncer.update()[0]
    catalogue = tmp_path / "catalogue.yaml"
    source = Path(first.path).relative_to(tmp_path).as_posix()
    entry = f"  - key: dltb   # from the centre\n    source: {source}|layername=dltb\n    data_date: 2026-06-30\n"
    own = "  - key: pbf\n    source: own.gpkg\n    data_date: 2026-01-01\n"
    catalogue.write_text(f"jurisdiction: '430998'\nlayers:\n{entry}{own}", encoding="utf-8")
    publish(leader, edit(survey, *CHANGES), data_date="2026-12-31")
    older = offices.county.store.layers.every()
    updates = syncer.update()
    assert follow(catalogue, updates, older) == ["dltb"]
    layer, untouched = load_catalogue(catalogue).layers
    assert layer.source.endswith("|layername=dltb") and Path(updates[0].path).name in layer.source
    assert layer.data_date == dt.date(2026, 12, 31)
    assert untouched.source == "own.gpkg"
    assert "# from the centre" in catalogue.read_text(encoding="utf-8")
    assert follow(catalogue, updates, offices.county.store.layers.every()) == []
    assert yaml.safe_load(catalogue.read_text(encoding="utf-8"))["layers"][0]["key"] == "dltb"


def test_an_old_version_goes_when_nothing_refers_to_it_any_more(
    leader: Client,
    syncer: LayerSyncer,
    offices: Offices,
    survey: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    publish(leader, survey)
    first = Path(syncer.update()[0].path)
    os.utime(first, (0, 0))
    publish(leader, edit(survey, *CHANGES), data_date="2026-12-31")
    second = Path(syncer.update()[0].path)
    assert syncer.tidy([]) == 0, "a review may just be at it"
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text(f"layers:\n  - {{key: dltb, source: '{first.as_posix()}'}}\n", encoding="utf-8")
    for path in (first, second):
        os.utime(path, (path.stat().st_mtime - KEPT_S - 60,) * 2)
    assert syncer.tidy([catalogue]) == 0, "the catalogue names it"
    assert syncer.tidy([]) == 1
    assert second.exists() and not first.exists()
    assert [Path(each.path) for each in offices.county.store.layers.every()] == [second]


def test_a_damaged_copy_is_mended_by_the_whole_file(leader: Client, syncer: LayerSyncer, survey: Path) -> None:  # noqa: F811
    publish(leader, survey)
    first = Path(syncer.update()[0].path)
    first.write_bytes(survey.read_bytes())
    edit(first, "DELETE FROM DLTB WHERE fid < 20").replace(first)
    second = publish(leader, edit(survey, *CHANGES), data_date="2026-12-31")
    done = syncer.update()[0]
    assert (done.version, done.deltas) == (second.version, 0)
    assert content_hash(Path(done.path)) == second.result_hash


def test_a_file_with_other_rows_than_promised_is_not_used(
    leader: Client,
    syncer: LayerSyncer,
    survey: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(leader, survey)
    first = syncer.update()[0]
    publish(leader, edit(survey, *CHANGES), data_date="2026-12-31")

    def lied(self: object, key: str, code: str, version: int | None = None) -> LayerManifest:
        return real(self, key, code, version).model_copy(update={"result_hash": "0" * 64, "delta_sha256": ""})

    real = layers_module.Centre.layer
    monkeypatch.setattr(layers_module.Centre, "layer", lied)
    with pytest.raises(LandReviewError) as raised:
        syncer.update()
    assert raised.value.code == "E-SYNC-LAYER"
    monkeypatch.undo()
    assert Path(first.path).exists()
    assert syncer.update()[0].version == 2


def test_a_download_over_a_bad_line_goes_on(
    leader: Client,
    offices: Offices,
    survey: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    made = publish(leader, survey)
    county = offices.county
    with bad_line(county.base, once(Fault.FLIP_ANSWER, b"/file", 3), seed=1) as line:
        county.reach(line.base, connect_s=2.0, silence_s=1.0)
        done = LayerSyncer(county.store, county.centre, tmp_path / "layers").update()[0]
        assert line.met[Fault.FLIP_ANSWER] == 3
    assert content_hash(Path(done.path)) == made.result_hash


def test_only_what_was_asked_for_is_fetched(leader: Client, syncer: LayerSyncer, survey: Path) -> None:  # noqa: F811
    publish(leader, survey)
    assert syncer.update(["pbf"], "430998") == []
    assert syncer.update(["dltb"], "430997") == []
    assert len(syncer.update(["dltb"], "4309")) == 1
