# SPDX-License-Identifier: GPL-2.0-or-later
"""A store that can't be used as it should: a message with a next step, nothing lost, never a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from gui_waiting import settle, until
from qgis.PyQt.QtWidgets import QPushButton

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.gui.dock import LandReviewDock
from landreview_plugin.gui.intake.source import FileSource
from landreview_plugin.gui.session import Session
from landreview_plugin.store.schema import VERSION


@pytest.fixture
def dock(session: Session) -> Iterator[LandReviewDock]:
    session.iface.messageBar().clearWidgets()
    made = LandReviewDock(session)
    yield made
    made.hide()
    made.page.show_case(None)
    made.deleteLater()


def messages(session: Session) -> str:
    return "\n".join(item.text() for item in session.iface.messageBar().items())


def write_version(path: Path, version: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE landreview_store SET value = ? WHERE key = 'version'", (str(version),))
    connection.commit()
    connection.close()


def test_a_store_of_a_newer_program_is_left_as_it_is_and_said(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    session.close()
    session._closed = False
    path = Path(session.settings.workspace)
    write_version(path, VERSION + 1)
    before = path.read_bytes()
    dock.show()
    assert "newer version of the program" in messages(session)
    assert "update the plugin" in messages(session)
    assert path.read_bytes() == before
    assert dock.list.model.rowCount() == 0


def test_after_the_cause_is_gone_try_again_shows_the_cases(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    session.close()
    session._closed = False
    path = Path(session.settings.workspace)
    write_version(path, VERSION + 1)
    dock.show()
    write_version(path, VERSION)
    item = session.iface.messageBar().items()[0]
    next(button for button in item.findChildren(QPushButton) if button.text() == "Try again").click()
    assert [row.line.number for row in dock.list.model.shown] == [case.number]


def test_a_store_that_is_no_store_is_named(dock: LandReviewDock, session: Session) -> None:
    path = Path(session.settings.workspace)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database, but some bytes that somebody saved here" * 100)
    dock.show()
    assert "damaged or is no case store" in messages(session)
    assert path.read_bytes().startswith(b"not a database")


def test_a_store_that_may_not_be_written_says_so_and_changes_nothing(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    dock.show()
    dock.open_case(case.id)
    session.desk().store._connection.execute("PRAGMA query_only = ON")
    dock.page.head.step.click()
    assert "can only be read" in messages(session)
    session.desk().store._connection.execute("PRAGMA query_only = OFF")
    assert session.desk().store.case(case.id).accepted is None
    assert dock.page.head.step.text().startswith("Accept")


def test_a_full_disk_while_taking_in_is_said_and_the_preview_stays(
    dock: LandReviewDock, session: Session, data: Path, case: CaseFile
) -> None:
    dock.show()
    dock.take_in(FileSource(data / "txt" / "01_one_gbk.txt"))
    until(lambda: dock.intake.reading is not None)
    connection = session.desk().store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    for _ in range(40):  # what is left on the last pages is used up
        dock.intake.take_in.click()
        if "disk" in messages(session):
            break
        dock.take_in(FileSource(data / "txt" / "01_one_gbk.txt"))
        until(lambda: dock.intake.reading is not None)
    assert "The disk of the case store is full" in messages(session)
    assert dock.stack.currentWidget() is dock.intake
    connection.execute("PRAGMA max_page_count = 1000000")
    taken = len(session.desk().store.lines())
    dock.intake.take_in.click()
    assert len(session.desk().store.lines()) == taken + 1


def test_a_store_that_vanishes_while_the_panel_is_open_is_no_flood_of_messages(
    dock: LandReviewDock, session: Session, case: CaseFile
) -> None:
    dock.show()
    session.desk().store.close()
    for _ in range(3):
        dock.list.listen()
    settle()
    assert len(session.iface.messageBar().items()) == 1
    assert not dock.list._listening.isActive()
