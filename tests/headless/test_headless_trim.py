# SPDX-License-Identifier: GPL-2.0-or-later
"""``suggesttrim`` without a screen: what it writes has no conflict any more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RunProcess = Callable[..., Any]


def test_trimmed_parcels_are_clear_of_two_layers(run_process: RunProcess, county: Path, tmp_path: Path) -> None:
    layers = {name: f"{county}|layername={name}" for name in ("SQDK", "YJJBNT", "STBHHX", "XZQ_XJ")}
    trimmed = tmp_path / "trimmed.gpkg"
    done = run_process(
        "suggesttrim",
        PARCELS=layers["SQDK"],
        PARCEL_FIELD="DKBH",
        FORBIDDEN=[layers["YJJBNT"], layers["STBHHX"]],
        OUTPUT=trimmed,
    )
    assert done.code == 0, done.text
    assert done.results["TRIMMED_COUNT"] > 10
    assert done.results["LOST_AREA"] > 0
    for reference, name in (("YJJBNT", "farmlandconflict"), ("STBHHX", "redlineconflict")):
        again = run_process(
            name, PARCELS=trimmed, REFERENCE=layers[reference], COVERAGE=layers["XZQ_XJ"], OUTPUT="memory:"
        )
        assert again.results.get("CONFLICT_COUNT") == 0, again.text


def test_it_fails_with_a_sentence(run_process: RunProcess, county: Path) -> None:
    done = run_process("suggesttrim", PARCELS=f"{county}|layername=SQDK", OUTPUT="memory:")
    assert done.code == 1
    assert "E-CASE-PARAM" in done.text
    assert "Traceback" not in done.text


@pytest.mark.parametrize("wrong", ["none.gpkg"])
def test_a_layer_that_is_not_there_is_named(run_process: RunProcess, county: Path, wrong: str) -> None:
    done = run_process(
        "suggesttrim", PARCELS=f"{county}|layername=SQDK", FORBIDDEN=[county.parent / wrong], OUTPUT="memory:"
    )
    assert done.code == 1
    assert wrong in done.text or "FORBIDDEN" in done.text
