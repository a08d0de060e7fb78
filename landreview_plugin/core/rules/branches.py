# SPDX-License-Identifier: GPL-2.0-or-later
"""Which rules of a pack count for a case, given the answers. Unanswered: the worst branch."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from ..model.base import Text
from ..model.case import Case
from ..model.problems import LandReviewError
from ..model.result import RuleSeverity
from .expression import missing, parse
from .pack import Predicate, Question, Rule, RulePack

FIRST_LICENCE = "first_licence_area_km2"
"""Question whose answer ``reduction_pct_lt`` divides by."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A rule that counts, and the questions that nobody answered."""

    rule: Rule
    open_questions: tuple[str, ...] = ()
    asked: tuple[Text, ...] = ()
    """The open questions in words, each with the id under which a batch answers it."""


def branches(pack: RulePack, case: Case) -> tuple[Branch, ...]:
    """The rules to judge, in order of id.

    Of rules that differ only in the answer to an unanswered question the most severe ones count.
    Raises E-RULE-EMPTY when the pack has none for the business type, E-CASE-TYPE for an answer
    that is not among a question's choices.
    """
    _refuse_strange_answers(pack, case)
    rules = pack.applicable(case.business_type, case.reference_date)
    if not rules:
        raise LandReviewError("E-RULE-EMPTY", detail=f"{pack.pack}: {case.business_type}, {case.reference_date}")
    possible = [Branch(rule, _open(rule, case)) for rule in rules if _possible(rule, case)]
    chosen = [branch for branch in possible if not branch.open_questions or _worst(branch, possible)]
    return tuple(_spoken(branch, pack, case) for branch in chosen)


def questions_for(pack: RulePack, business_type: str, at: dt.date) -> dict[str, Question]:
    """The questions that the rules of a business type ask, in the order of the pack."""
    asked = {key for rule in pack.applicable(business_type, at) for key in _asked(rule)}
    return {key: question for key, question in pack.questions.items() if key in asked}


def _asked(rule: Rule) -> tuple[str, ...]:
    """The questions that choose a rule, and what its filter and its predicate ask for."""
    more = parse(rule.where).constants if rule.where else ()
    return (*rule.when, *more, *([FIRST_LICENCE] if rule.predicate is Predicate.REDUCTION_PCT_LT else []))


def _spoken(branch: Branch, pack: RulePack, case: Case) -> Branch:
    keys = _all_open(branch.rule, pack, case)
    texts = ((key, pack.questions[key].text) for key in keys)
    return replace(
        branch,
        open_questions=keys,
        asked=tuple(Text(zh=f"{text.zh}（{key}）", en=f"{text.en} ({key})") for key, text in texts),
    )


def _all_open(rule: Rule, pack: RulePack, case: Case) -> tuple[str, ...]:
    unanswered = (key for key in _asked(rule) if key in pack.questions and missing(case.answers.get(key)))
    return tuple(dict.fromkeys(unanswered))


def _possible(rule: Rule, case: Case) -> bool:
    return all(missing(case.answers.get(key)) or case.answers[key] in choices for key, choices in rule.when.items())


def _open(rule: Rule, case: Case) -> tuple[str, ...]:
    return tuple(key for key in rule.when if missing(case.answers.get(key)))


def _worst(branch: Branch, possible: list[Branch]) -> bool:
    """Whether no other branch of the same questions on the same layer is more severe."""
    order = list(RuleSeverity)
    rivals = (
        other.rule.severity
        for other in possible
        if other.rule.layers == branch.rule.layers and set(other.open_questions) & set(branch.open_questions)
    )
    return order.index(branch.rule.severity) <= min(order.index(severity) for severity in rivals)


def _refuse_strange_answers(pack: RulePack, case: Case) -> None:
    for key, answer in case.answers.items():
        question = pack.questions.get(key)
        if question is None:
            known = ", ".join(sorted(pack.questions))
            raise LandReviewError(
                "E-CASE-FIELD",
                detail=Text(zh=f"没有问题{key}；有：{known}", en=f"no question {key}; there are {known}"),
            )
        if missing(answer):
            continue  # an empty answer is none
        if question.kind == "choice" and answer not in question.choices:
            raise LandReviewError("E-CASE-TYPE", detail=f"{key}: {answer} ({', '.join(question.choices)})")
        if question.kind == "number" and not _positive(answer):
            raise LandReviewError("E-CASE-TYPE", detail=f"{key}: {answer} (> 0)")


def _positive(answer: str) -> bool:
    try:
        value = Decimal(answer.strip())
    except InvalidOperation:
        return False
    return value.is_finite() and value > 0
