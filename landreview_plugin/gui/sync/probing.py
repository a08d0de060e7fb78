# SPDX-License-Identifier: GPL-2.0-or-later
"""“Test connection”: the steps as lines, the one that fails with its reason and the next step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ...core.model.problems import LandReviewError
from ...core.progress import Progress
from ...i18n import translate
from ...sync.http import Line
from ...sync.probe import Probed, Step, test_connection
from ..presenter import headline
from ..session import Session
from ..work_task import WorkTask
from .aside import aside
from .line import Lines


def probe(session: Session, server: str, authcfg: str, done: object, failed: object) -> WorkTask[list[Probed]]:
    """Start the test as a task. Raises E-SYNC-AUTH, E-SYNC-ADDRESS before the first step."""
    line = Lines().to(server, authcfg)
    work = aside(partial(_probe, line, session.office()), in_turn=False)
    return session.start(translate("landreview", "Test the connection"), work, done, failed=failed)


def probe_text(steps: Sequence[Probed]) -> str:
    """One line a step: ✓ with what was found, ✗ with the reason and the next step."""
    return "\n".join(_line(each) for each in steps)


def error_text(error: LandReviewError) -> str:
    """The reason, the next step, and the code to ask about."""
    return f"✗ {headline(error)} ({error.code})"


def _probe(line: Line, office: str, progress: Progress) -> list[Probed]:
    progress.step(0.0)
    return test_connection(line, office)


def _line(probed: Probed) -> str:
    name = _names()[probed.step]
    if probed.error is None:
        return f"✓ {name}: {probed.facts}"
    return f"✗ {name}\n{error_text(probed.error)}"


def _names() -> dict[Step, str]:
    return {
        Step.NAME: translate("landreview", "Name"),
        Step.TCP: translate("landreview", "Line (TCP)"),
        Step.TLS: translate("landreview", "Certificate (TLS)"),
        Step.VERSION: translate("landreview", "Service and version"),
        Step.SIGN_IN: translate("landreview", "Sign-in"),
        Step.RIGHTS: translate("landreview", "Rights"),
    }
