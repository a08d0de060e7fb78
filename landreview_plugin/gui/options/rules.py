# SPDX-License-Identifier: GPL-2.0-or-later
"""The rule pack: chosen, checked, and what the office has to confirm of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from qgis.PyQt.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from ...core.model.base import Language, Text
from ...core.model.problems import LandReviewError
from ...core.profile import load_profile
from ...core.rules.load import PACKS
from ...core.texts import error_sentence
from ...i18n import language, translate
from ...jobs.check_pack import PackReport, check_pack
from ...jobs.kit import open_pack
from ...report.words import Words
from ...settings import Settings
from ..session import Session
from ..work_task import WorkTask
from .named_or_file import NamedOrFile
from .section import Section, note, row_of

WHOLE = ("hunan", "plain")
"""Built-in packs that stand alone; the others are parts of ``hunan``."""
LINES = 8


class RulesSection(Section):
    """Empty: the pack of the profile."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "Rule pack"), parent)
        self._session = session
        self._profile = ""
        self._said = ("", 0.0)
        self.task: WorkTask[PackReport] | None = None
        names = [("", translate("landreview", "the profile's"))]
        names += [(path.stem, path.stem) for path in sorted(PACKS.glob("*.yaml")) if path.stem in WHOLE]
        self.pack = NamedOrFile(names, translate("landreview", "Rule pack"), self)
        self.state = note(self)
        self.check = QPushButton(translate("landreview", "Chec&k it"), self)
        self.check.setToolTip(
            translate("landreview", "Runs the examples of every rule and lists what the office has to confirm")
        )
        self.report = QPlainTextEdit(self)
        self.report.setReadOnly(True)
        self.report.setFixedHeight(self.report.fontMetrics().lineSpacing() * LINES)
        self.report.hide()
        self.form.addRow(translate("landreview", "Rule &pack"), self.pack)
        self.form.addRow("", self.state)
        self.form.addRow("", row_of(self.check))
        self.form.addRow(self.report)
        self.pack.changed.connect(self._say)
        self.check.clicked.connect(self.run_check)

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.pack.choose(settings.rule_pack)
        self.lock("rule_pack", self.pack)
        self.show_profile(settings.profile)

    def taken(self, settings: Settings) -> Settings:
        """``settings`` with the pack."""
        return replace(settings, rule_pack=self.pack.value)

    def show_profile(self, profile: str) -> None:
        """Another profile was chosen: its pack is what "the profile's" means."""
        self._profile = profile
        self._say()

    def run_check(self) -> None:
        """Check the pack that is chosen here, applied or not, as a task."""
        with self._session.guard():
            title = translate("landreview", "Check of the rule pack")
            self.task = self._session.start(title, partial(check_pack, self._name(), dt.date.today()), self._reported)
            self.check.setEnabled(False)
            self.task.ended.connect(self._ended)

    def _name(self) -> str:
        return str(self.pack.value or load_profile(self._profile).rule_pack)

    def _ended(self) -> None:
        self.task = None
        self.check.setEnabled(True)

    def _reported(self, report: PackReport) -> None:
        self.report.setPlainText(text_of(report))
        self.report.show()

    def _say(self) -> None:
        try:
            name = self._name()
            state = (name, _changed_at(name))
            if state != self._said:
                self._said = state
                self.report.hide()
                self.state.setText(_summary(name))
        except LandReviewError as error:
            self._said = ("", 0.0)
            self.state.setText(error_sentence(error, Language(language())))
        self.changed.emit()


def _changed_at(name: str) -> float:
    """When a pack's file was written: reading its hundred rules takes a tenth of a second."""
    path = Path(name)
    return path.stat().st_mtime if path.is_file() else 0.0


def _summary(name: str) -> str:
    pack = open_pack(name)
    method = Words(language())(f"method.{pack.area_method.value}")
    said = translate("landreview", "{} {}: {} rules; areas {}")
    return said.format(pack.title.get(Language(language())), pack.version, len(pack.rules), method)


def text_of(report: PackReport) -> str:
    """The report as lines that can be copied."""
    good = translate("landreview", "{} rules, {} examples: every example holds.")
    bad = translate("landreview", "{} rules, {} examples: some contradict their rule.")
    parts = [(bad if report.wrong else good).format(report.rules, report.examples)]
    parts += _listed(translate("landreview", "Contradicted:"), report.wrong)
    parts += _listed(translate("landreview", "The legal basis has ended or ends within 90 days:"), report.ending)
    parts += _listed(translate("landreview", "Without an example:"), report.untested)
    parts += _listed(translate("landreview", "To be confirmed by the office (working defaults):"), report.to_confirm)
    return "\n".join(parts)


def _listed(title: str, lines: Sequence[Text]) -> list[str]:
    spoken = Language(language())
    return ["", f"{title} {len(lines)}", *(f"· {line.get(spoken)}" for line in lines)] if lines else []
