# SPDX-License-Identifier: GPL-2.0-or-later
"""One click: the office's reference layers in the project, grouped and styled; a second click adds none twice."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from qgis.core import QgsProject

from ..core.model.base import Language, Text
from ..core.model.problems import LandReviewError, Level, Problem
from ..i18n import language, translate
from ..project.reference_layers import Loaded, add, load, wanted
from .session import Session
from .work_task import WorkTask


def add_reference_layers(session: Session, project: QgsProject) -> WorkTask[Loaded] | None:
    """Open what the project lacks in the background, then add it; None: nothing to do, and it said so."""
    with session.guard():
        frame = session.frame()
        base = Path(session.settings.catalogue).resolve().parent
        what = wanted(project, frame.catalogue, base, dt.date.today())
        if not what.entries:
            session.say(translate("landreview", "The project has all %n reference layer(s) already.", None, what.there))
            return None
        spoken = Language(language())
        watch = _Watch(project)
        title = translate("landreview", "Reference layers")
        return session.start(title, partial(load, what, spoken), partial(_add, session, project, watch, spoken))
    return None


class _Watch:
    """Whether the project that was asked for is still the one that is open."""

    def __init__(self, project: QgsProject) -> None:
        self.same = True
        project.cleared.connect(self._gone)

    def _gone(self) -> None:
        self.same = False


def _add(session: Session, project: QgsProject, watch: _Watch, spoken: Language, loaded: Loaded) -> None:
    if not watch.same:
        session.say(translate("landreview", "Another project was opened: the layers were not added."))
        return
    add(project, loaded.layers, spoken)
    session.say(translate("landreview", "%n reference layer(s) added", None, len(loaded.layers)))
    if loaded.flaws:
        problems = tuple(Problem(code="E-SRC-MISSING", level=Level.WARNING, reason=flaw) for flaw in loaded.flaws)
        names = Text(zh="；".join(f.zh for f in loaded.flaws[:3]), en="; ".join(f.en for f in loaded.flaws[:3]))
        session.show_error(LandReviewError("E-SRC-MISSING", detail=names, problems=problems))
