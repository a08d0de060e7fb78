# SPDX-License-Identifier: GPL-2.0-or-later
"""The scripts as a user has them: copied into the profile's ``processing/scripts``, run by ``qgis_process``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from scripts_cases import Done, RunScript


@pytest.fixture(scope="session")
def environment(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A profile of its own with the built plugin and the scripts."""
    plugin = root / "build" / "plugins" / "landreview_plugin"
    if not plugin.is_dir():
        pytest.fail("the plugin is not built: run the tests through `make test`, or `make build` first")
    profile = tmp_path_factory.mktemp("profile")
    variables = os.environ | {
        "QGIS_PLUGINPATH": str(plugin.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "LANDREVIEW_LIBS": str(root / "build" / "libs"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    variables.pop("PYTHONPATH", None)
    enable = ["qgis_process", "plugins", "enable", "landreview_plugin"]
    subprocess.run(enable, env=variables, check=True, capture_output=True)
    scripts = next(iter(profile.rglob("profiles/default")), profile) / "processing" / "scripts"
    scripts.mkdir(parents=True, exist_ok=True)
    for path in (root / "processing_scripts").glob("*.py"):
        if path.name != "batch_review.py":
            shutil.copy(path, scripts)
    return variables


@pytest.fixture(scope="session")
def run_script(environment: dict[str, str]) -> RunScript:
    """Run an algorithm by its full id; parameters as JSON on standard input."""

    def call(name: str, locale: str = "", **parameters: Any) -> Done:
        command = ["qgis_process", "--json", "run", name, "-"]
        given = json.dumps({"inputs": {key: _plain(value) for key, value in parameters.items()}})
        variables = environment | ({"LANG": locale, "LC_ALL": locale} if locale else {})
        done = subprocess.run(
            command, input=given.encode("utf-8"), env=variables, capture_output=True, check=False, timeout=300
        )
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        try:
            results = json.loads(out).get("results", {})
        except ValueError:
            results = {}
        return Done(done.returncode, results, out + err)

    return call


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value
