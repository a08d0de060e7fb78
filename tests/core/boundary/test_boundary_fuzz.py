# SPDX-License-Identifier: GPL-2.0-or-later
"""A tenth of the fuzz run of tools/fuzz_boundary.py, and the fast path against the careful one."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landreview_plugin.core.boundary.reader import read_boundary_text

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_boundary", ROOT / "tools" / "fuzz_boundary.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(1, 11))
def test_mutants_raise_nothing_and_lose_nothing(fuzz: ModuleType, seed: int) -> None:
    faults = {n: fuzz.fault(data) for n, data in enumerate(fuzz.mutants(seed, 100))}

    assert {n: found for n, found in faults.items() if found} == {}


HEADER = (ROOT / "tests" / "data" / "txt_samples" / "sample_a_utf8_lf.txt").read_text(encoding="utf-8")
HEADER = HEADER[: HEADER.index("J1")]
numbers = st.from_regex(r"[0-9]{1,9}\.[0-9]{0,5}", fullmatch=True) | st.sampled_from(["3120000.000", "38405000.0001"])
labels = st.from_regex(r"J?[0-9]{1,3}", fullmatch=True) | st.sampled_from(["J1", "界1", "J1-1", ""])
rings = st.sampled_from(["1", "1", "1", "2", "01", "a", "99999"])
point_lines = st.tuples(labels, rings, numbers, numbers).map(",".join) | st.sampled_from(["", " ", "3,,,,面,,,,@"])


@given(st.lists(point_lines, max_size=30), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=150, deadline=None)
def test_the_fast_path_reads_the_same(lines: list[str], newline: str) -> None:
    content = (HEADER + newline.join(lines)).encode()

    fast = read_boundary_text(content, fast=True)
    careful = read_boundary_text(content, fast=False)

    assert fast.model_dump() == careful.model_dump()
    assert [p.geometry.wkb for p in fast.parcels] == [p.geometry.wkb for p in careful.parcels]
