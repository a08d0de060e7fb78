# SPDX-License-Identifier: GPL-2.0-or-later
"""The program's source as syntax trees, each file parsed once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from architecture_source import Source


@pytest.fixture(scope="session")
def sources(root: Path) -> tuple[Source, ...]:
    """Every module of the plugin, the scripts and the data centre."""
    files = [
        path for top in ("landreview_plugin", "processing_scripts", "datacenter") for path in (root / top).rglob("*.py")
    ]
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(files)}
    return tuple(Source(path.relative_to(root), text, ast.parse(text)) for path, text in texts.items())
