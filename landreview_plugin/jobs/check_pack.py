# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads a rule pack, runs the examples of its rules, and says what an office still has to confirm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.geodesy.area import AreaMethod
from ..core.model.base import Text
from ..core.progress import Progress
from ..core.rules.examples import Outcome, run_examples
from ..core.rules.pack import Rule, RulePack
from ..core.words import VERDICTS
from .kit import open_pack

UNCONFIRMED = frozenset({"K", "R", "P"})
"""Standings of working defaults; S and C stand in a standard or a law as they are."""
SOON = dt.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class PackReport:
    """What a check of a pack found."""

    name: str
    version: str
    title: Text
    area_method: AreaMethod
    rules: int
    examples: int
    wrong: tuple[Text, ...]
    """Examples that contradict their rule."""
    untested: tuple[Text, ...]
    """Rules without an example."""
    to_confirm: tuple[Text, ...]
    """Rules whose threshold or meaning the office has to confirm."""
    ending: tuple[Text, ...]
    """Rules whose legal basis has ended or ends soon."""


def check_pack(name: str, at: dt.date, progress: Progress) -> PackReport:
    """Check the pack of a path or built-in name; raises E-RULE-* when it can't be read."""
    pack = open_pack(name)
    outcomes: list[Outcome] = []
    for i, rule in enumerate(pack.rules):
        progress.step(i / len(pack.rules), rule.id)
        outcomes += run_examples(pack, rule, at)
    return PackReport(
        name=pack.pack,
        version=pack.version,
        title=pack.title,
        area_method=pack.area_method,
        rules=len(pack.rules),
        examples=len(outcomes),
        wrong=tuple(_contradiction(outcome) for outcome in outcomes if not outcome.fits),
        untested=tuple(_named(rule) for rule in pack.rules if not rule.examples),
        to_confirm=tuple(_named(rule) for rule in pack.rules if rule.standing in UNCONFIRMED),
        ending=tuple(_endings(pack, at)),
    )


def _named(rule: Rule) -> Text:
    limit = f"{rule.threshold.shown} {rule.threshold.unit}"
    return Text(zh=f"{rule.id} {rule.title.zh}（{limit}）", en=f"{rule.id} {rule.title.en} ({limit})")


def _contradiction(outcome: Outcome) -> Text:
    wanted, found = VERDICTS[outcome.expected], VERDICTS[outcome.finding.verdict]
    return Text(
        zh=f"{outcome.rule} 第{outcome.number}例：应为{wanted.zh}，得{found.zh}",
        en=f"{outcome.rule} example {outcome.number}: expected {wanted.en}, got {found.en}",
    )


def _endings(pack: RulePack, at: dt.date) -> Iterator[Text]:
    for rule in pack.rules:
        for basis in rule.basis:
            if basis.valid_to is not None and basis.valid_to <= at + SOON:
                yield Text.same(f"{rule.id}: {basis.law} {basis.article} – {basis.valid_to}")
