# SPDX-License-Identifier: GPL-2.0-or-later
"""A change of the package lists without a network leaves the installation that works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="make and its scripts need bash")

RUN = """
set -euo pipefail
python={python}
fail() {{ echo "$*" >&2; exit 1; }}
. ./wheels.sh
wheels libs list.txt -- "$python" -m pip install --target libs
"""
STEPS_ASIDE = 'mv "$folder" "$folder.before"'


@pytest.fixture
def place(root: Path, tmp_path: Path) -> Path:
    """A folder with the script, an installation of an older list, and one package to install."""
    shutil.copy(root / "tools" / "wheels.sh", tmp_path)
    (tmp_path / "libs").mkdir()
    (tmp_path / "libs" / "works.py").write_text("", encoding="utf-8")
    (tmp_path / "libs" / ".stamp").write_text("older", encoding="utf-8")
    (tmp_path / "list.txt").write_text("landreview_probe==1.0\n", encoding="utf-8")
    (tmp_path / "wheels").mkdir()
    return tmp_path


def offer(place: Path) -> None:
    """The package that the list asks for, as a wheel beside it."""
    info = "landreview_probe-1.0.dist-info"
    with zipfile.ZipFile(place / "wheels" / "landreview_probe-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("landreview_probe.py", "")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: landreview-probe\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def run(place: Path) -> subprocess.CompletedProcess[str]:
    without_network = os.environ | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(place / "wheels")}
    script = RUN.format(python=sys.executable)
    return subprocess.run(
        ["bash", "-c", script], cwd=place, env=without_network, capture_output=True, encoding="utf-8", check=False
    )


def test_a_pip_that_fails_leaves_what_was_there(place: Path) -> None:
    done = run(place)
    assert done.returncode == 1 and "stays as it was" in done.stderr
    assert (place / "libs" / "works.py").exists()
    assert not (place / "libs.before").exists()


def test_the_old_order_would_have_lost_it(place: Path) -> None:
    """The negative control."""
    script = (place / "wheels.sh").read_text(encoding="utf-8")
    assert STEPS_ASIDE in script
    (place / "wheels.sh").write_text(script.replace(STEPS_ASIDE, 'rm -rf "$folder"'), encoding="utf-8")
    assert run(place).returncode == 1
    assert not (place / "libs" / "works.py").exists()


def test_a_pip_that_works_replaces_it_and_a_second_run_does_nothing(place: Path) -> None:
    offer(place)
    done = run(place)
    assert done.returncode == 0, done.stderr
    assert (place / "libs" / "landreview_probe.py").exists()
    assert not (place / "libs" / "works.py").exists() and not (place / "libs.before").exists()
    assert run(place).stdout == ""


def test_after_a_power_cut_the_next_run_finds_what_was_there(place: Path) -> None:
    (place / "libs").rename(place / "libs.before")
    (place / "libs").mkdir()
    assert run(place).returncode == 1
    assert (place / "libs" / "works.py").exists()
