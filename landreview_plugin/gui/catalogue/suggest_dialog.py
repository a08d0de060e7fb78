# SPDX-License-Identifier: GPL-2.0-or-later
"""What a county's folder seems to hold: every proposal is looked at before it is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.catalogue_draft import Line, line_of, name_of
from ...core.model.base import Language
from ...core.texts import error_sentence
from ...i18n import language, translate
from ...jobs.suggest_bindings import Proposal, Suggestions, bound, relative
from .binding_form import day_edit, day_of
from .layer_choice import kind_word

COVERAGES = frozenset({"xzq", "cjdcq"})
"""Keys whose polygons are an administrative area: what an office's data usually cover."""
NAMED = 6
"""Layers without a key that are named; the others are counted."""


class SuggestDialog(QDialog):
    """Ticked at first: what is sure, alone, and not bound yet. Day and coverage are the person's statements."""

    def __init__(self, found: Suggestions, base: Path, taken: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("landreview", "Suggested bindings"))
        self._found, self._base = found, base
        self.list = self._make_list(taken)
        self.day = day_edit(self)
        self.coverage = QComboBox(self)
        self.coverage.addItem(translate("landreview", "not declared: never “clear”"), "")
        for proposal in found.proposals:
            if proposal.key in COVERAGES:
                self.coverage.addItem(proposal.layer.name, relative(proposal.layer.source, base))
        self.coverage.setToolTip(translate("landreview", "Where “no feature” means that there is none"))
        self.rest = QLabel(self._rest(), self)
        self.rest.setWordWrap(True)
        self.rest.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(translate("landreview", "Bind what is ticked"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()

    def lines(self) -> list[Line]:
        """What is ticked, with the day and the coverage given."""
        day, coverage = day_of(self.day), str(self.coverage.currentData())
        lines = [line_of(bound(proposal, self._base, coverage)) for proposal in self._ticked()]
        return [replace(line, data_date=day) for line in lines]

    def _ticked(self) -> list[Proposal]:
        items = (self.list.topLevelItem(i) for i in range(self.list.topLevelItemCount()))
        ticked = [item.checkState(0) == Qt.CheckState.Checked for item in items]
        return [proposal for proposal, yes in zip(self._found.proposals, ticked, strict=True) if yes]

    def _make_list(self, taken: frozenset[str]) -> QTreeWidget:
        spoken = Language(language())
        made = QTreeWidget(self)
        made.setRootIsDecorated(False)
        made.setHeaderLabels(
            [
                translate("landreview", "Layer"),
                translate("landreview", "Source"),
                translate("landreview", "Geometry"),
                translate("landreview", "Features"),
                translate("landreview", "Why"),
            ]
        )
        for proposal in self._found.proposals:
            layer = proposal.layer
            texts = [
                name_of(proposal.key).get(spoken),
                relative(layer.source, self._base),
                kind_word(layer.geometry),
                str(layer.count),
                _why(proposal, taken, spoken),
            ]
            item = QTreeWidgetItem(texts)
            for column, text in enumerate(texts):
                item.setToolTip(column, text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            chosen = self._sure(proposal) and proposal.key not in taken
            item.setCheckState(0, Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            made.addTopLevelItem(item)
        for column in range(5):
            made.resizeColumnToContents(column)
            made.setColumnWidth(column, min(made.columnWidth(column), made.fontMetrics().averageCharWidth() * 36))
        return made

    def _sure(self, proposal: Proposal) -> bool:
        """Sure by its name, and the first of those that are sure of this key."""
        sure = [each for each in self._found.proposals if each.key == proposal.key and each.sure]
        return bool(sure) and sure[0] is proposal

    def _rest(self) -> str:
        parts = []
        if not self._found.proposals:
            parts.append(translate("landreview", "No layer here has a name that speaks for a key of the catalogue."))
        names = [layer.name for layer in self._found.nameless]
        if names:
            shown = ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
            parts.append(translate("landreview", "{} layers without a known name: {}").format(len(names), shown))
        spoken = Language(language())
        parts += [error_sentence(flaw, spoken) for flaw in self._found.flaws[:NAMED]]
        return "\n".join(parts)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(translate("landreview", "Data of all of them are &of"), self.day)
        form.addRow(translate("landreview", "They co&ver the area of"), self.coverage)
        column = QVBoxLayout(self)
        column.addWidget(self.list, 1)
        column.addWidget(self.rest)
        column.addLayout(form)
        column.addWidget(self.buttons)
        self.rest.setVisible(bool(self.rest.text()))
        letter = self.fontMetrics().averageCharWidth()
        self.resize(min(980, letter * 120), min(560, self.fontMetrics().lineSpacing() * 28))


def _why(proposal: Proposal, taken: frozenset[str], spoken: Language) -> str:
    if proposal.key in taken:
        return translate("landreview", "already bound; {}").format(proposal.because.get(spoken))
    return str(proposal.because.get(spoken))


def take_suggestions(found: Suggestions, base: Path, taken: Sequence[str], parent: QWidget | None) -> list[Line]:
    """Show the dialog; the lines that the person wants."""
    dialog = SuggestDialog(found, base, frozenset(taken), parent)
    return dialog.lines() if dialog.exec() == QDialog.DialogCode.Accepted else []
