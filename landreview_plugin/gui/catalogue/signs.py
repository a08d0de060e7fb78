# SPDX-License-Identifier: GPL-2.0-or-later
"""How a binding stands, as an icon and a word: never by colour alone."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QIcon

from ...i18n import translate
from ...jobs.probe_words import Sign

_ICONS = {
    Sign.OK: "/mIconSuccess.svg",
    Sign.WARN: "/mIconWarning.svg",
    Sign.FAIL: "/mIconCritical.svg",
}


def sign_icon(sign: Sign) -> QIcon:
    """Tick, triangle or crossed circle, as QGIS draws them."""
    return QgsApplication.getThemeIcon(_ICONS[sign])


def sign_word(sign: Sign) -> str:
    """What a review makes of it."""
    return {
        Sign.OK: translate("landreview", "good"),
        Sign.WARN: translate("landreview", "look at it"),
        Sign.FAIL: translate("landreview", "not checked"),
    }[sign]
