# SPDX-License-Identifier: GPL-2.0-or-later
"""The opinion on a case."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QShowEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSplitter, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from ...core.model.opinion import Role
from ...core.model.problems import LandReviewError
from ...core.workflow.opinion_blocks import BUILT_IN, FILE_NAME, OpinionBlocks, load_blocks
from ...i18n import language, translate
from ...report.people_tables import person_words
from ...report.summary import conclusion
from ...report.words import Words
from ..case_view import CaseView
from ..person import role_of
from ..read_only import why_not_here
from ..session import Session
from ..verdict_icons import verdict_icon
from .form import OpinionForm
from .given import given_html
from .groundwork import Groundwork, lay
from .obstacle_list import ObstacleList
from .printing import PrintMenu


class OpinionTab(QWidget):
    """From what the review found to a signed conclusion, and to paper."""

    @staticmethod
    def TITLE() -> str:  # noqa: N802 - the name that the case page asks for
        """The translated title."""
        return str(translate("landreview", "Opinion"))

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = Words(language())
        self._view: CaseView | None = None
        self._ground: Groundwork | None = None
        self._unfinished: dict[str, str] = {}
        self.sign = QLabel(self)
        self.headline = QLabel(self, wordWrap=True)
        self.headline.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.in_the_way = QLabel(self, wordWrap=True)
        self.obstacles = ObstacleList(self._words, self)
        self.form = OpinionForm(self._words, self)
        self.given = QTextBrowser(self)
        self.given.setAccessibleName(self._words("section.opinions"))
        self.printer = PrintMenu(session, self)
        self.print = QToolButton(self)
        self.print.setText(translate("landreview", "Print"))
        self.print.setMenu(self.printer)
        self.print.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.obstacles.finding_wanted.connect(session.finding_wanted)
        self.form.given.connect(self.conclude)
        self.form.edit_blocks.connect(self._edit_blocks)
        self._lay_out()
        self.show_case(None)

    def show_case(self, view: CaseView | None) -> None:
        """Show a case; a text that was begun stays with its case."""
        self._keep()
        other = view is None or self._view is None or view.case.id != self._view.case.id
        self._view, self._ground = view, None
        self.printer.view = view
        if other:
            self.form.clear(self._unfinished.get(view.case.id, "") if view else "")
        result = view.plain_result if view else None
        self._show_head(view)
        self.obstacles.clear()
        self.given.setHtml(given_html(view, self._words) if view else "")
        self.given.setVisible(bool(view and view.opinions))
        self.print.setEnabled(result is not None)
        self.form.signed.setText(person_words(*self._signed(), self._words) if view else "")
        self.form.signed.setToolTip(translate("landreview", "As declared in the settings, and so logged"))
        self._offer()
        if self.isVisible():
            self._prepare()

    def conclude(self) -> None:
        """Sign what is written."""
        view = self._view
        if view is None or view.plain_result is None:
            return
        passes = self.form.passes.isChecked()
        with self._session.guard():
            self._session.desk().conclude(
                view.case, view.plain_result, self.form.words(), passes=passes, role=role_of(self._session)
            )
            self.form.clear()
            self._unfinished.pop(view.case.id, None)
        # also after an error: another window may have changed the case
        self._session.case_changed.emit(view.case.id)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's
        """Prepare now that somebody looks."""
        super().showEvent(event)
        self._prepare()

    def _prepare(self) -> None:
        """Look for obstacles and fields, off the main thread."""
        view = self._view
        if view is None or view.plain_result is None or self._ground is not None:
            return
        work = partial(lay, view.plain_result, view.judgements, self._blocks(), self._words, self._signed())
        self._session.start(
            translate("landreview", "Prepare the opinion"), work, lambda ground: self._prepared(view, ground)
        )

    def _prepared(self, view: CaseView, ground: Groundwork) -> None:
        if sip.isdeleted(self) or view is not self._view:
            return
        self._ground = ground
        self.obstacles.show_obstacles(ground.obstacles)
        self._show_head(view)
        self._offer()

    def _blocks(self) -> OpinionBlocks:
        """The office's text blocks; a fault in them is said, and the built-in ones serve."""
        try:
            return load_blocks(Path(self._session.settings.workspace).parent)
        except LandReviewError as error:
            self._session.show_error(error)
            return load_blocks()

    def _signed(self) -> tuple[str, Role]:
        return self._session.desk().actor.person, role_of(self._session)

    def _offer(self) -> None:
        refused = why_not_here(self._view) if self._view else ""
        self.form.offer(self._ground, refused)

    def _show_head(self, view: CaseView | None) -> None:
        result = view.plain_result if view else None
        self.form.setVisible(result is not None)
        if result is None:
            self.sign.clear()
            self.headline.setText(translate("landreview", "The opinion follows the review: run the review first."))
        else:
            size = self.fontMetrics().height() * 2
            self.sign.setPixmap(verdict_icon(result.verdict, result.worst_severity).pixmap(size, size))
            said = conclusion(result, self._words)
            self.headline.setText(f"{said.headline}\n{said.sentences[0]}")
        count = len(self._ground.obstacles) if self._ground else 0
        self.in_the_way.setVisible(self._ground is not None)
        self.obstacles.setVisible(bool(count))
        self.in_the_way.setText(
            translate("landreview", "Stands in the way of passing it on ({}):").format(count)
            if count
            else translate("landreview", "Nothing stands in the way of passing it on.")
        )

    def _keep(self) -> None:
        """A text that was begun is not lost by looking at another case."""
        if self._view is not None:
            self._unfinished[self._view.case.id] = self.form.words()

    def _edit_blocks(self) -> None:
        with self._session.guard():
            own = Path(self._session.settings.workspace).parent / FILE_NAME
            if not own.is_file():
                shutil.copyfile(BUILT_IN, own)
            self._session.say(translate("landreview", "Text blocks of this office: {}").format(own))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(own)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.headline, 1)
        head.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.setChildrenCollapsible(False)
        for widget, stretch in ((self.obstacles, 2), (self.form, 4), (self.given, 2)):
            parts.addWidget(widget)
            parts.setStretchFactor(parts.count() - 1, stretch)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.in_the_way)
        layout.addWidget(parts, 1)
