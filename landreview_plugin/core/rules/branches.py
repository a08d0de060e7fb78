# SPDX-License-Identifier: GPL-2.0-or-later
"""Which rules of a pack count for a case, given the answers. Unanswered: the worst branch."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..model.base import Text
from ..model.case import Case
from ..model.problems import LandReviewError
from ..model.result import RuleSeverity
from .pack import Question, Rule, RulePack


@dataclass(frozen=True, slots=True)
class Branch:
    """A rule that counts, and the questions that nobody answered."""

    rule: Rule
    open_questions: tuple[str, ...] = ()


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
    return tuple(branch for branch in possible if not branch.open_questions or _worst(branch, possible))


def questions_for(pack: RulePack, business_type: str, at: dt.date) -> dict[str, Question]:
    """The questions that the rules of a business type ask, in the order of the pack."""
    asked = {key for rule in pack.applicable(business_type, at) for key in rule.when}
    return {key: question for key, question in pack.questions.items() if key in asked}


def _possible(rule: Rule, case: Case) -> bool:
    return all(key not in case.answers or case.answers[key] in choices for key, choices in rule.when.items())


def _open(rule: Rule, case: Case) -> tuple[str, ...]:
    return tuple(key for key in rule.when if key not in case.answers)


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
        if question.kind == "choice" and answer not in question.choices:
            raise LandReviewError("E-CASE-TYPE", detail=f"{key}: {answer} ({', '.join(question.choices)})")
