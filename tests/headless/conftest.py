# SPDX-License-Identifier: GPL-2.0-or-later
"""The built plugin in a real ``qgis_process``, as a batch or a cron job starts it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

RunProcess = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    """How a run of ``qgis_process`` ended."""

    code: int
    results: dict[str, Any]
    text: str
    """Everything it printed."""


@pytest.fixture(scope="session")
def run_process(root: Path, tmp_path_factory: pytest.TempPathFactory) -> RunProcess:
    """Run an algorithm of the built plugin in a process of its own."""
    plugin = root / "build" / "plugins" / "landreview_plugin"
    if not plugin.is_dir():
        pytest.fail("the plugin is not built: run the tests through `make test`, or `make build` first")
    profile = tmp_path_factory.mktemp("profile")
    environment = os.environ | {
        "QGIS_PLUGINPATH": str(plugin.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "LANDREVIEW_LIBS": str(root / "build" / "libs"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    environment.pop("PYTHONPATH", None)
    enable = ["qgis_process", "plugins", "enable", "landreview_plugin"]
    subprocess.run(enable, env=environment, check=True, capture_output=True)

    def call(name: str, **parameters: Any) -> Done:
        arguments = ["qgis_process", "--json", "run", f"landreview:{name}"]
        for key, value in parameters.items():
            values = value if isinstance(value, list) else [value]
            arguments += [f"--{key}={each}" for each in values]
        done = subprocess.run(arguments, env=environment, capture_output=True, check=False, timeout=300)
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        try:
            results = json.loads(out).get("results", {})
        except ValueError:
            results = {}
        return Done(done.returncode, results, out + err)

    return call
