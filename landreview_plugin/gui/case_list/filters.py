# SPDX-License-Identifier: GPL-2.0-or-later
"""Search, whose turn it is, filters and order: together a query."""

from __future__ import annotations

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtGui import QAction, QActionGroup
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QRadioButton, QToolButton, QVBoxLayout, QWidget

from ...core.model.result import Verdict
from ...core.tables import table
from ...core.workflow.clock import Light
from ...i18n import translate
from ...jobs.case_list import Order, Query, Whose
from ..case_words import type_name, verdict_name
from ..deadlines import light_icon, light_word
from ..verdict_icons import verdict_icon

TYPING_MS = 120
"""Typing is waited out for so long before the list is filtered."""


class ListFilters(QWidget):
    """Emits ``changed`` when the query is another one."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QgsFilterLineEdit(self)
        self.search.setPlaceholderText(translate("landreview", "Number, project, applicant or parcel"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setShowSearchIcon(True)
        self._typed = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typed.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda: self._typed.start())
        self.menu = FilterMenu(self)
        self.menu.changed.connect(self.changed)
        self.whose = {whose: QRadioButton(text, self) for whose, text in _whose().items()}
        self.whose[Whose.ALL].setChecked(True)
        for button in self.whose.values():
            button.clicked.connect(self.changed)
        self.turns = QHBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        more = QToolButton(self)
        more.setText(translate("landreview", "Filter and order"))
        more.setToolTip(translate("landreview", "Filter by type, verdict and light; order the list"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self.menu)
        self.first = QHBoxLayout()
        self.first.addWidget(self.search, 1)
        self.first.addWidget(more)
        for button in self.whose.values():
            self.turns.addWidget(button)
        self.turns.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self.first)
        layout.addLayout(self.turns)

    def query(self) -> Query:
        """What the list shall show."""
        whose = next(whose for whose, button in self.whose.items() if button.isChecked())
        chosen = self.menu.chosen()
        return Query(text=self.search.text().strip(), whose=whose, **chosen)

    def archived(self) -> bool:
        """Whether archived cases are asked for instead of open ones."""
        return bool(self.menu.archived.isChecked())

    def clear(self) -> None:
        """No filter at all."""
        self.search.clear()
        self.whose[Whose.ALL].setChecked(True)
        self.menu.clear_filters()
        self.changed.emit()


class FilterMenu(QMenu):
    """Business type, verdict, light, order, archived cases."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups: dict[str, QActionGroup] = {}
        any_type = {"": translate("landreview", "All types")}
        any_type |= {row["code"]: type_name(row["code"]) for row in table("business_types")}
        self._choice("business_type", translate("landreview", "Business type"), any_type)
        verdicts = {"": translate("landreview", "All verdicts")} | {each.value: verdict_name(each) for each in Verdict}
        verdicts["none"] = verdict_name(None)
        icons = {each.value: verdict_icon(each) for each in Verdict}
        self._choice("verdict", translate("landreview", "Verdict"), verdicts, icons)
        lights = {"": translate("landreview", "All lights")} | {each.value: light_word(each) for each in Light}
        self._choice(
            "light", translate("landreview", "Light"), lights, {each.value: light_icon(each) for each in Light}
        )
        self._choice(
            "order", translate("landreview", "Order by"), {each.value: text for each, text in _orders().items()}
        )
        self.addSeparator()
        self.archived = self.addAction(translate("landreview", "Archived cases"))
        self.archived.setCheckable(True)
        self.archived.triggered.connect(self.changed)

    def _choice(self, name: str, title: str, choices: dict[str, str], icons: dict[str, object] | None = None) -> None:
        menu, group = self.addMenu(title), QActionGroup(self)
        for value, text in choices.items():
            action = QAction(text, group, checkable=True, checked=not group.actions())
            action.setData(value)
            if icons and value in icons:
                action.setIcon(icons[value])
            menu.addAction(action)
        group.triggered.connect(lambda _: self.changed.emit())
        self._groups[name] = group

    def chosen(self) -> dict[str, object]:
        """The fields of a query."""
        given = {name: str(group.checkedAction().data()) for name, group in self._groups.items()}
        return given | {"order": Order(given["order"])}

    def choose(self, name: str, value: str) -> None:
        """Choose as a click would."""
        next(action for action in self._groups[name].actions() if action.data() == value).trigger()

    def clear_filters(self) -> None:
        """All types, verdicts and lights; the order stays."""
        for name in ("business_type", "verdict", "light"):
            self._groups[name].actions()[0].setChecked(True)
        self.archived.setChecked(False)


def _whose() -> dict[Whose, str]:
    return {
        Whose.MINE: translate("landreview", "Mine"),
        Whose.WAITING: translate("landreview", "Waiting"),
        Whose.ALL: translate("landreview", "All"),
    }


def _orders() -> dict[Order, str]:
    return {
        Order.NUMBER: translate("landreview", "Number"),
        Order.DAYS: translate("landreview", "Days left"),
        Order.VERDICT: translate("landreview", "Worst verdict"),
        Order.STAGE: translate("landreview", "Stage"),
    }
