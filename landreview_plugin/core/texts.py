# SPDX-License-Identifier: GPL-2.0-or-later
"""From codes to sentences. Only the borders (algorithm, panel, report) call this."""

from __future__ import annotations

from .model.base import Language, Text
from .model.problems import LandReviewError, Level, Problem
from .tables import index


def meaning(code: str) -> Text:
    """What a code says, in both languages; the bare code when the table does not know it."""
    row = index("error_codes", "code").get(code)
    return Text(zh=row["meaning_zh"], en=row["meaning_en"]) if row else Text.same(code)


def hint(code: str) -> Text:
    """The next step for a code, in both languages; empty when the table does not know it."""
    row = index("error_codes", "code").get(code)
    return Text(zh=row["hint_zh"], en=row["hint_en"]) if row else Text.same("")


def level(code: str) -> Level:
    """The severity that the table gives a code; an unknown code is an error."""
    row = index("error_codes", "code").get(code)
    return Level(row["severity"]) if row else Level.ERROR


def problem_sentence(problem: Problem, language: Language) -> str:
    """One line for a problem: code, place, meaning, reason, offending text, what was done, next step."""
    zh = language is Language.ZH
    parts = [problem.place.describe(language), meaning(problem.code).get(language)]
    if problem.reason:
        parts.append(problem.reason.get(language))
    if problem.text:
        parts.append(f"“{problem.text[:120]}”")
    if problem.repair:
        parts.append(problem.repair.get(language))
    parts.append(hint(problem.code).get(language))
    return f"{problem.code} " + ("；" if zh else "; ").join(part for part in parts if part)


def error_sentence(error: LandReviewError, language: Language) -> str:
    """One sentence for an error: code, place, what, why, next step."""
    zh = language is Language.ZH
    message = error.message or meaning(error.code)
    next_step = error.hint or hint(error.code)
    parts = [error.place.describe(language), message.get(language)]
    if error.detail:
        parts.append(error.detail.get(language))
    parts.append(next_step.get(language))
    return f"{error.code} " + ("；" if zh else "; ").join(part for part in parts if part)


def because(error: LandReviewError) -> Text:
    """The sentence for an error in both languages: the reason of what could not be done for it."""
    return Text(zh=error_sentence(error, Language.ZH), en=error_sentence(error, Language.EN))
