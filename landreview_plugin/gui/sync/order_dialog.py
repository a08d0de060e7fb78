# SPDX-License-Identifier: GPL-2.0-or-later
"""Before a case leaves the office: where to, and what is said with it."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QPlainTextEdit, QWidget

from ...i18n import translate
from ...sync.orders import return_order
from ...sync.outgoing import Order
from ...sync.protocol import CommandType

_NOTE_LINES = 4


class OrderDialog(QDialog):
    """Shows an order between offices and lets a person complete it."""

    def __init__(self, number: str, order: Order, offices: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order = order
        self.setWindowTitle(_title(order.kind).format(number))
        self.to = QComboBox(self)
        self.to.addItems(list(offices))
        self.to.setEditable(order.kind in (CommandType.SUBMIT, CommandType.FORWARD))
        self.corrections, self.text = (self._field(order.kind) for _ in range(2))
        self.corrections.setPlaceholderText(translate("landreview", "One in each line: the applicant is told once"))
        self.say = QLabel(self, wordWrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.corrections.textChanged.connect(self._check)
        self.to.currentTextChanged.connect(self._check)
        self._lay_out()
        self._check()

    @property
    def order(self) -> Order:
        """The order as it stands in the fields."""
        to, text = self.to.currentText().strip(), self.text.toPlainText().strip()
        if self._order.kind is CommandType.RETURN:
            return return_order(to, self._lines(), text)
        return self._order.model_copy(update={"text": text} | ({"to": to} if self._order.to else {}))

    def _lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.corrections.toPlainText().splitlines() if line.strip())

    def _field(self, kind: CommandType) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * (_NOTE_LINES + 1))
        return field

    def _check(self) -> None:
        """OK only for what can be sent; why not stands above the buttons."""
        kind = self._order.kind
        why = ""
        if kind is CommandType.RETURN and not self._lines():
            why = translate("landreview", "Say what is to be corrected")
        elif (self._order.to or kind is CommandType.RETURN) and not self.to.currentText().strip().isdigit():
            why = translate("landreview", "Give the office by its jurisdiction code, in digits")
        self.say.setText(why or _explained(kind))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not why)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        moves = bool(self._order.to) or self._order.kind is CommandType.RETURN
        if moves:
            form.addRow(translate("landreview", "To &office"), self.to)
        self.to.setVisible(moves)
        returns = self._order.kind is CommandType.RETURN
        if returns:
            form.addRow(translate("landreview", "&Corrections asked"), self.corrections)
        self.corrections.setVisible(returns)
        form.addRow(translate("landreview", "&Note"), self.text)
        form.addRow(self.say)
        form.addRow(self.buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)


def _title(kind: CommandType) -> str:
    return {
        CommandType.SUBMIT: translate("landreview", "Submit {}"),
        CommandType.FORWARD: translate("landreview", "Pass {} on"),
        CommandType.RETURN: translate("landreview", "Return {} for correction"),
        CommandType.DECIDE: translate("landreview", "Decision on {}"),
        CommandType.ARCHIVE: translate("landreview", "Archive {}"),
    }[kind]


def _explained(kind: CommandType) -> str:
    if kind in (CommandType.DECIDE, CommandType.ARCHIVE):
        return translate("landreview", "It is entered at the data centre, where every office of the case sees it.")
    return translate(
        "landreview",
        "The case can't be changed here from now on. It counts as received only when the receipt is here; "
        "until it leaves, the hand-over can be withdrawn.",
    )
