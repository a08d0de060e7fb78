# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading in a child process, and a tenth of the fuzz run of tools/fuzz_sources.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from sources_files import BY_HAND, square, write_layer

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sources.isolate import IsolatedReader
from landreview_plugin.sources.parcels import read_parcels
from landreview_plugin.sources.reading_json import reading_to_json


@pytest.fixture(scope="module")
def fuzz(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_sources", root / "tools" / "fuzz_sources.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_sources"] = module
    spec.loader.exec_module(module)
    return module


def test_the_child_reads_the_same(data: Path, tmp_path: Path) -> None:
    write_layer(tmp_path / "p.gpkg", [f"POLYGON({square()})", None])
    with IsolatedReader(sys.executable) as reader:
        for path in (
            tmp_path / "p.gpkg",
            data / "txt" / "05_two_holes_restart_labels.txt",
            data / "bad" / "dxf_open.dxf",
        ):
            direct, apart = read_parcels(str(path), BY_HAND), reader.read(str(path), BY_HAND)
            assert reading_to_json(apart) == reading_to_json(direct)
    assert reader.crashes == 0


def test_errors_come_back_whole(data: Path) -> None:
    with IsolatedReader(sys.executable) as reader, pytest.raises(LandReviewError) as caught:
        reader.read(str(data / "bad" / "shp_truncated" / "parcels.shp"))
    error = caught.value
    assert (error.code, error.place.file, error.place.feature) == ("E-SRC-CORRUPT", "parcels.shp", "2")
    assert error.detail is not None and error.detail.zh != error.detail.en


def test_a_crash_is_a_corrupt_file_and_the_next_one_is_read(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = data / "txt" / "01_one_gbk.txt"
    with IsolatedReader(sys.executable) as reader:
        assert reader.read(str(path)).parcels
        assert reader._child is not None
        reader._child.kill()
        reader._child.wait()
        with pytest.raises(LandReviewError) as caught:
            reader.read(str(path))
        assert caught.value.code == "E-SRC-CORRUPT" and reader.crashes == 1
        assert reader.read(str(path)).parcels


def test_a_reader_that_hangs_is_ended(data: Path) -> None:
    with IsolatedReader(sys.executable, timeout_s=0.01) as reader, pytest.raises(LandReviewError) as caught:
        reader.read(str(data / "txt" / "01_one_gbk.txt"))
    assert caught.value.code == "E-SRC-LIMIT"


@pytest.mark.parametrize("seed", [1, 2])
def test_mutants_raise_nothing_and_lose_nothing(fuzz: ModuleType, tmp_path: Path, seed: int) -> None:
    faults, codes = fuzz.run(seed, 100, tmp_path)
    assert faults == []
    assert sum(codes.values()) >= 100
