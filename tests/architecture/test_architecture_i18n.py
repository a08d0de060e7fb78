# SPDX-License-Identifier: GPL-2.0-or-later
"""Every text of the plugin is translated, and the translation loads for every Chinese locale QGIS may name."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QLocale, QTranslator

PLACEHOLDER = re.compile(r"\{[^}]*\}")


@pytest.fixture(scope="module")
def messages(root: Path) -> dict[str, str]:
    tree = ET.parse(root / "i18n" / "landreview_zh_CN.ts")
    return {m.findtext("source") or "": m.findtext("translation") or "" for m in tree.getroot().iter("message")}


def test_the_translation_is_complete_and_up_to_date(root: Path, tmp_path: Path) -> None:
    before = (root / "i18n" / "landreview_zh_CN.ts").read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(root / "tools" / "i18n.py")], capture_output=True, text=True, check=False
    )
    after = (root / "i18n" / "landreview_zh_CN.ts").read_text(encoding="utf-8")
    assert done.returncode == 0, done.stdout
    assert after == before, "run make i18n"


def test_placeholders_survive_translation(messages: dict[str, str]) -> None:
    for source, translation in messages.items():
        assert PLACEHOLDER.findall(source) == PLACEHOLDER.findall(translation), source


@pytest.mark.parametrize(("name", "loads"), [("zh_CN", True), ("zh", True), ("zh_Hans_CN", True), ("zh_TW", False)])
def test_the_built_translation_loads(root: Path, name: str, loads: bool) -> None:
    folder = root / "build" / "plugins" / "landreview_plugin" / "resources" / "i18n"
    translator = QTranslator()
    assert translator.load(QLocale(name), "landreview", "_", str(folder)) is loads
    if loads:
        assert translator.translate("landreview", "Review a case") == "审查案卷"
