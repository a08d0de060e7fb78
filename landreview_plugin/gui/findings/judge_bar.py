# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person can do about the findings that are chosen; what can't be done says why."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ...core.model.opinion import Mark, Role
from ...core.model.result import Finding, Verdict
from ...core.trim.forbidden import why_not
from ...core.workflow.opinion import mark_refused
from ...i18n import translate
from ..case_words import spoken
from .judge_dialog import title_of


class JudgeBar(QWidget):
    """Three judgements, and the way to the cause of what could not be checked."""

    judged = pyqtSignal(object)
    """A Mark."""
    fix_wanted = pyqtSignal()
    trim_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.marks = {mark: QPushButton(title_of(mark), self) for mark in Mark}
        for mark, button in self.marks.items():
            button.clicked.connect(lambda _checked, mark=mark: self.judged.emit(mark))
            layout.addWidget(button)
        self.trim = QPushButton(translate("landreview", "Suggest trim…"), self)
        self.trim.setToolTip(translate("landreview", "Another boundary that leaves the forbidden land out"))
        self.trim.clicked.connect(self.trim_wanted)
        layout.addWidget(self.trim)
        self.fix = QPushButton(translate("landreview", "Fix…"), self)
        self.fix.setToolTip(translate("landreview", "To the layer that could not be checked"))
        self.fix.clicked.connect(self.fix_wanted)
        layout.addWidget(self.fix)
        layout.addStretch(1)

    def offer(self, findings: Sequence[Finding], role: Role, refused: str) -> None:
        """Enable what can be done with ``findings``; ``refused``: why the case takes no judgement at all."""
        for mark, button in self.marks.items():
            why = refused or _why_not(findings, mark, role)
            button.setEnabled(not why)
            button.setToolTip(why)
        unseen = [finding for finding in findings if finding.verdict in {Verdict.NOT_CHECKED, Verdict.PARTLY_COVERED}]
        self.fix.setVisible(bool(unseen))
        self.trim.setVisible(len(findings) == 1 and why_not(findings[0]) is None)


def _why_not(findings: Sequence[Finding], mark: Mark, role: Role) -> str:
    if not findings:
        return str(translate("landreview", "Choose one or more findings first"))
    for finding in findings:
        if (why := mark_refused(finding, mark, role)) is not None:
            return f"{finding.rule} {finding.parcel}".strip() + ": " + why.get(spoken())
    return ""
