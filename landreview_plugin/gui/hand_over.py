# SPDX-License-Identifier: GPL-2.0-or-later
"""Handing a case over from its page: the algorithm's own dialog, filled in, so that window and cron take one road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QDialog

if TYPE_CHECKING:
    from .case_view import CaseView
    from .session import Session

ALGORITHM = "landreview:submitcases"


def hand_over(session: Session, view: CaseView) -> QDialog:
    """Open the dialog for the case that is shown; when the algorithm ends, page and list read the store again."""
    dialog = _dialog({"CASES": view.case.number})

    def ended(*_result: object) -> None:
        session.case_changed.emit(view.case.id)
        session.cases_changed.emit()

    dialog.algorithmFinished.connect(ended)
    dialog.show()
    return dialog


def _dialog(parameters: dict[str, Any]) -> QDialog:
    from qgis import processing  # the framework: filled only once its plugin is loaded

    assert QgsApplication.processingRegistry().algorithmById(ALGORITHM) is not None  # the plugin's own provider
    made: QDialog = processing.createAlgorithmDialog(ALGORITHM, parameters)
    return made
