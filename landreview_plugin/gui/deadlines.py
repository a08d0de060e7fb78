# SPDX-License-Identifier: GPL-2.0-or-later
"""Deadlines in words and lights: each light has its own shape, so that colour is never all that tells them apart."""

from __future__ import annotations

from functools import cache

from qgis.PyQt.QtGui import QIcon

from ..core.tables import RESOURCES
from ..core.workflow.clock import Light
from ..core.workflow.deadline import Deadline
from ..i18n import translate


@cache
def light_icon(light: Light | None) -> QIcon:
    """Disc, triangle, octagon or pause sign; a broken ring where no clock runs."""
    return QIcon(str(RESOURCES / "icons" / f"light-{light.value if light else 'none'}.svg"))


def light_word(light: Light | None) -> str:
    """The colour's name, as offices say it."""
    words = {
        Light.GREEN: translate("landreview", "green"),
        Light.YELLOW: translate("landreview", "yellow"),
        Light.RED: translate("landreview", "red"),
        Light.GREY: translate("landreview", "stopped"),
    }
    return words[light] if light else translate("landreview", "no clock yet")


def days_short(deadline: Deadline | None) -> str:
    """``3 d``, ``overdue 2 d``, ``stopped``: for a row of a list."""
    if deadline is None:
        return ""
    if deadline.light is Light.GREY:
        return translate("landreview", "stopped")
    if deadline.left < 0:
        return translate("landreview", "overdue {} d").format(-deadline.left)
    if deadline.left == 0:
        return translate("landreview", "due today")
    return translate("landreview", "{} d").format(deadline.left)


def days_long(deadline: Deadline | None) -> str:
    """The same as a sentence, with the due date."""
    if deadline is None:
        return translate("landreview", "Not accepted yet: the clock does not run")
    if deadline.light is Light.GREY:
        text = translate("landreview", "The clock stands; {} working days are left").format(deadline.left)
    elif deadline.left < 0:
        text = translate("landreview", "{} working days overdue (due {})").format(-deadline.left, deadline.due)
    else:
        text = translate("landreview", "{} working days left (due {})").format(deadline.left, deadline.due)
    if deadline.unknown_years:
        years = ", ".join(map(str, deadline.unknown_years))
        note = translate("landreview", "holidays of {} are not in the calendar: counted without them").format(years)
        text = f"{text}; {note}"
    return text
