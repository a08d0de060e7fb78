# SPDX-License-Identifier: GPL-2.0-or-later
"""Long work off the main thread: its outcome comes to the main thread, Cancel is heard, no exception gets out."""

from __future__ import annotations

import sys
import threading
import time

import pytest
from gui_waiting import settle, until

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.progress import Progress
from landreview_plugin.gui.session import Session


@pytest.fixture(autouse=True)
def empty_bar(session: Session) -> None:
    session.iface.messageBar().clearWidgets()


def said(session: Session) -> str:
    return "\n".join(item.text() for item in session.iface.messageBar().items())


def test_the_value_is_handed_over_on_the_main_thread(session: Session) -> None:
    threads: list[threading.Thread] = []

    def work(progress: Progress) -> int:
        threads.append(threading.current_thread())
        progress.step(0.5, "half")
        return 42

    values: list[int] = []

    def done(value: int) -> None:
        threads.append(threading.current_thread())
        values.append(value)

    task = session.start("work", work, done)
    messages: list[str] = []
    task.message.connect(messages.append)
    until(lambda: values)
    assert values == [42] and messages == ["half"]
    assert threads[0] is not threads[1] is threading.main_thread()
    until(lambda: not session._tasks)


def test_work_takes_short_turns_so_that_the_window_gets_its_own(session: Session) -> None:
    before = sys.getswitchinterval()
    values: list[float] = []
    session.start("work", lambda _: sys.getswitchinterval(), values.append)
    until(lambda: values)
    assert values[0] < before / 10
    until(lambda: not session._tasks)
    assert sys.getswitchinterval() == before


@pytest.mark.parametrize(
    ("raised", "shown"),
    [(LandReviewError("E-STORE-FULL"), "disk"), (PermissionError(13, "denied"), "written")],
)
def test_an_error_is_shown_and_can_be_tried_again(session: Session, raised: Exception, shown: str) -> None:
    def work(progress: Progress) -> None:
        raise raised

    session.start("work", work, lambda _: pytest.fail("it was not done"), retry=lambda: None)
    until(lambda: shown in said(session))


def test_what_nobody_foresaw_does_not_leave_the_thread(
    session: Session, expects_log_errors: None, no_error_in_the_log: list[str]
) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError("by nobody")

    session.start("work", work, lambda _: None)
    until(lambda: "by nobody" in said(session))
    assert any("Traceback" in text for text in no_error_in_the_log)


def test_an_error_of_the_receiver_is_shown_too(session: Session) -> None:
    def done(_: None) -> None:
        raise LandReviewError("E-STORE-STALE")

    session.start("work", lambda progress: None, done)
    until(lambda: "another window" in said(session))


def test_cancel_is_heard_within_a_second(session: Session) -> None:
    began = threading.Event()

    def work(progress: Progress) -> None:
        began.set()
        while True:
            progress.step(0.1)
            time.sleep(0.01)

    task = session.start("work", work, lambda _: pytest.fail("it was cancelled"))
    until(began.is_set)
    task.cancel()
    until(lambda: not session._tasks, seconds=1.0)
    assert said(session) == ""


def test_work_that_was_faster_than_its_cancel_is_not_handed_over(session: Session) -> None:
    """Between the end of the work and the main thread's turn somebody pressed Cancel."""
    ended = threading.Event()

    def work(progress: Progress) -> int:
        ended.set()
        return 1

    task = session.start("work", work, lambda _: pytest.fail("it was cancelled"))
    ended.wait(10)
    time.sleep(0.05)
    task.cancel()
    until(lambda: not session._tasks)


def test_a_closed_session_hears_no_more(session: Session) -> None:
    goes_on = threading.Event()

    def work(progress: Progress) -> int:
        goes_on.wait(10)
        return 1

    session.start("work", work, lambda _: pytest.fail("nobody listens"))
    settle()
    session.close()
    goes_on.set()
    until(lambda: not session._tasks)
