# SPDX-License-Identifier: GPL-2.0-or-later
"""The opinions that were given: who, in which role, when, about which result."""

from __future__ import annotations

from html import escape

from ...report.people_tables import person_words, time_words
from ...report.words import Words
from ..case_view import CaseView


def given_html(view: CaseView, words: Words) -> str:
    """All opinions, the newest first, each with whether it counts; empty without one."""
    about = [each for each in view.opinions if each.result_digest == view.case.result_digest]
    parts = []
    for each in reversed(view.opinions):
        standing = "other_result" if each not in about else "counts" if each is about[-1] else "superseded"
        head = " · ".join(
            (
                words("passes.yes" if each.passes else "passes.no"),
                person_words(each.person, each.role, words),
                time_words(each.at),
                words(f"applies.{standing}"),
            )
        )
        text = escape(each.conclusion).replace("\n", "<br/>")
        parts.append(f"<p><b>{escape(head)}</b><br/>{text}</p>")
    return "".join(parts)
