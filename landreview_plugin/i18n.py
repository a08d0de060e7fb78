# SPDX-License-Identifier: GPL-2.0-or-later
"""Translations: English source, zh_CN complete; one spelling that every extraction tool finds.

Always write ``translate("landreview", "English source")``: the context is fixed, because a wrong
one returns English without a word.
"""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

translate = QCoreApplication.translate

_FOLDER = Path(__file__).resolve().parent / "resources" / "i18n"


def language() -> str:
    """``zh`` or ``en``, by the locale that QGIS runs in (inside qgis_process it may be plain ``zh``)."""
    return "zh" if QgsApplication.locale().startswith("zh") else "en"


def install_translator() -> QTranslator | None:
    """Load and install the translation for QGIS's locale; None when English is right."""
    translator = QTranslator()
    if not translator.load(QLocale(QgsApplication.locale()), "landreview", "_", str(_FOLDER)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
