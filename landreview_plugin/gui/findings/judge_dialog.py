# SPDX-License-Identifier: GPL-2.0-or-later
"""A person's judgement of findings: ground, attachments, and in whose name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...core.model.opinion import Mark, Role
from ...core.model.result import Finding, RuleSeverity, Verdict
from ...i18n import language, translate
from ...report.people_tables import person_words
from ...report.tones import verdict_words
from ...report.words import Words
from ..file_list import FileList

NAMED_AT_MOST = 6
"""Findings that the dialog names one by one."""


class JudgeDialog(QDialog):
    """Asks for a ground; nothing is entered without one."""

    def __init__(
        self, findings: Sequence[Finding], mark: Mark, person: str, role: Role, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = Words(language())
        self._needs_file = mark is Mark.JUSTIFIED and any(map(_needs_approval, findings))
        self.setWindowTitle(title_of(mark))
        about = QLabel(self._about(findings), self, wordWrap=True)
        self.ground = QPlainTextEdit(self, tabChangesFocus=True)
        self.ground.setPlaceholderText(_placeholder(mark))
        self.ground.setAccessibleName(self._words("column.ground"))
        self.files = FileList(self)
        self.files.setAccessibleName(self._words("column.attachments"))
        self.files.setMaximumHeight(self.fontMetrics().height() * 5)
        self.note = QLabel(self, wordWrap=True)
        signed = QLabel(
            translate("landreview", "Signed: {} – as declared in the settings, and so logged.").format(
                person_words(person, role, self._words)
            ),
            self,
            wordWrap=True,
        )
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        add = QPushButton(translate("landreview", "Add files…"), self)
        add.clicked.connect(self._choose_files)
        layout = QVBoxLayout(self)
        drop = QLabel(translate("landreview", "Attachments: drop files here"), self)
        for widget in (about, self.ground, drop, self.files, add, self.note, signed, self.buttons):
            layout.addWidget(widget)
        self.ground.textChanged.connect(self._enable)
        self.files.changed.connect(self._enable)
        self.resize(self.fontMetrics().averageCharWidth() * 60, self.fontMetrics().height() * 24)
        self._enable()

    def words(self) -> str:
        """The ground, without blanks around it."""
        return str(self.ground.toPlainText()).strip()

    def paths(self) -> tuple[Path, ...]:
        """The files to attach."""
        return self.files.files()

    def _about(self, findings: Sequence[Finding]) -> str:
        lines = [
            f"{each.rule} {self._words.text(each.title)} · {self._words.parcel(each.parcel)} · "
            f"{verdict_words(each, self._words)}"
            for each in findings[:NAMED_AT_MOST]
        ]
        if len(findings) > NAMED_AT_MOST:
            lines.append(self._words("features.more", count=len(findings)))
        return "\n".join(lines)

    def _enable(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.words()))
        ok.setToolTip("" if self.words() else translate("landreview", "Write the ground first"))
        missing = self._needs_file and not self.paths()
        self.note.setText(
            translate("landreview", "Without the approval attached the case can't be passed on.") if missing else ""
        )

    def _choose_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, translate("landreview", "Attachments"))
        self.files.add(map(Path, chosen))


def title_of(mark: Mark) -> str:
    """What the dialog and the button that opens it are called."""
    return {
        Mark.MISTAKEN: translate("landreview", "Mistaken…"),
        Mark.JUSTIFIED: translate("landreview", "Justified…"),
        Mark.OVERRULED: translate("landreview", "Overrule…"),
    }[mark]


def _placeholder(mark: Mark) -> str:
    return {
        Mark.MISTAKEN: translate("landreview", "Why the finding does not hold: wrong data, wrong layer …"),
        Mark.JUSTIFIED: translate("landreview", "The ground or the approval (number, date, office)"),
        Mark.OVERRULED: translate("landreview", "The head's written ground for passing a prohibition on"),
    }[mark]


def _needs_approval(finding: Finding) -> bool:
    return finding.verdict is Verdict.CONFLICT and finding.severity is RuleSeverity.NEEDS_APPROVAL
