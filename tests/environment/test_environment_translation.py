# SPDX-License-Identifier: GPL-2.0-or-later
"""Every text of the program is finished in zh_CN, keeps its placeholders, and shows in a Chinese QGIS."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import i18n as tool  # noqa: E402 - tools/ is no package

PLACEHOLDER = re.compile(r"\{[^}]*\}|%n|%\d")


@pytest.fixture(scope="module")
def translations() -> dict[str, list[str]]:
    """Source → Chinese."""
    return tool.known(ROOT / "i18n" / "landreview_zh_CN.ts")


def test_every_text_is_spelled_so_that_it_shows() -> None:
    found, faults = tool.messages()
    assert not faults, "\n".join(faults)
    assert len(found) > 50


def test_every_text_is_translated(translations: dict[str, list[str]]) -> None:
    found, _ = tool.messages()
    assert not [source for source in found if not all(translations.get(source, [""]))], "run make i18n"


def test_no_translation_is_left_over(translations: dict[str, list[str]]) -> None:
    assert set(translations) <= set(tool.messages()[0]), "run make i18n"


def test_placeholders_are_kept(translations: dict[str, list[str]]) -> None:
    differing = [
        source
        for source, forms in translations.items()
        for form in forms
        if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(form))
    ]
    assert not differing


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('translate("landreview", "Parcels")', False),
        ('translate("landreview", "%n parcel(s)", None, 3)', False),
        ('translate("LandReview", "Parcels")', True),
        ('translate("landreview", f"{count} parcels")', True),
        ('translate("landreview", name)', True),
    ],
)
def test_what_counts_as_a_fault(line: str, fault: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "module.py").write_text(line, encoding="utf-8")
    monkeypatch.setattr(tool, "FOLDERS", (tmp_path,))
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    found, faults = tool.messages()
    assert bool(faults) is fault
    assert bool(found) is not fault


@pytest.mark.parametrize(("locale", "shown"), [("zh_CN", "审查案卷"), ("zh", "审查案卷"), ("en_US", "Review a case")])
def test_the_compiled_translation_shows(built: Path, locale: str, shown: str) -> None:
    """The context is right: a wrong one returns English without a word."""
    program = (
        "from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator\n"
        "app = QCoreApplication([])\n"
        "translator = QTranslator()\n"
        f"translator.load(QLocale({locale!r}), 'landreview', '_', {str(built / 'resources' / 'i18n')!r})\n"
        "app.installTranslator(translator)\n"
        "print(QCoreApplication.translate('landreview', 'Review a case'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, encoding="utf-8", timeout=60, check=True
    )
    assert done.stdout.strip() == shown
