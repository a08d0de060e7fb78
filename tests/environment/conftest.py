# SPDX-License-Identifier: GPL-2.0-or-later
"""A small real wheel and bundles around it; the plugin as ``make build`` leaves it."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from landreview_plugin import environment

MakeBundle = Callable[..., Path]


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip in memory."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def bundle(tmp_path: Path) -> MakeBundle:
    """Write a bundle with one wheel, ``landreview_probe``; ``altered`` bytes differ from the manifest."""

    def make(version: str = "1", tag: str = "", extra: dict[str, bytes] | None = None, altered: bool = False) -> Path:
        content = {"landreview_probe/__init__.py": f"__version__ = '{version}'\n".encode()} | (extra or {})
        wheel = zipped(content)
        name = f"wheels/landreview_probe-{version}-py3-none-any.whl"
        manifest = {
            "files": {name: hashlib.sha256(wheel + b"x" * altered).hexdigest()},
            "libraries": {tag or environment.tag(): [name]},
        }
        path = tmp_path / "bundle.zip"
        path.write_bytes(zipped({name: wheel, "manifest.json": json.dumps(manifest).encode()}))
        return path

    return make


@pytest.fixture(scope="session")
def built(root: Path) -> Path:
    """The plugin folder of ``make build``, brought up to date."""
    subprocess.run(["/usr/bin/python3", "tools/build.py"], cwd=root, check=True, timeout=120, stdout=subprocess.DEVNULL)
    return root / "build" / "plugins" / "landreview_plugin"
