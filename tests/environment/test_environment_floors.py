# SPDX-License-Identifier: GPL-2.0-or-later
"""The oldest versions are claimed in several places that say the same; `make test-oldest` installs exactly these."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from landreview_plugin.environment import NEEDS

OF_DEBIAN_12 = {"numpy", "PyYAML", "requests", "cryptography"}
"""These come with the oldest system, whose own versions are the oldest that the tests meet."""
NOT_PYTHON_PACKAGES = {"GDAL"}


def claimed(root: Path) -> dict[str, Version]:
    """Package → lower bound of pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    bounds = {}
    for requirement in map(Requirement, named):
        (bound,) = requirement.specifier
        assert bound.operator == ">=", f"{requirement} has no plain lower bound"
        bounds[requirement.name] = Version(bound.version)
    return bounds


def installed(root: Path) -> dict[str, Version]:
    """Package → version that make test-oldest installs."""
    lines = (root / "requirements" / "oldest.in").read_text(encoding="utf-8").splitlines()
    pins = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {name: Version(version) for name, version in pins}


def test_each_claimed_bound_is_the_version_that_is_tested(root: Path) -> None:
    bounds, pins = claimed(root), installed(root)
    assert set(bounds) - set(pins) == OF_DEBIAN_12
    assert {name: pins[name] for name in bounds if name in pins} == {
        name: bound for name, bound in bounds.items() if name in pins
    }


def test_the_environment_check_asks_for_the_same(root: Path) -> None:
    bounds = claimed(root)
    asked = {need.name: Version(need.oldest) for need in NEEDS if need.name not in NOT_PYTHON_PACKAGES}
    assert asked == {name: bound for name, bound in bounds.items() if name != "cryptography"}


def test_the_lock_holds_what_the_list_names(root: Path) -> None:
    lock = (root / "requirements" / "oldest.txt").read_text(encoding="utf-8")
    pinned = {name: Version(version) for name, version in re.findall(r"^([\w.-]+)==([\w.]+) \\$", lock, re.MULTILINE)}
    assert pinned == installed(root)


def test_the_documents_name_the_same_bounds(root: Path) -> None:
    text = (root / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"^\| (\w+) ≥ ([\d.]+) \|", text, re.MULTILINE))
    assert named
    assert {name: Version(version) for name, version in named.items()} == {name: claimed(root)[name] for name in named}
