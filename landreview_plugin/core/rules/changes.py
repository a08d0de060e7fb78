# SPDX-License-Identifier: GPL-2.0-or-later
"""What an office changed of the rules: in words, and as a finding where it switched one off."""

from __future__ import annotations

from ..model.base import Text
from ..model.case import Case
from ..model.result import Finding, Verdict
from .pack import Change, Rule, RulePack


def off_finding(pack: RulePack, rule: Rule, case: Case) -> Finding:
    """``not_checked`` for the whole case: what nobody looked at is never clear, whoever decided so."""
    change = pack.changes[rule.id]
    return Finding(
        id=f"{rule.id}/*",
        rule=rule.id,
        rule_version=pack.version,
        title=rule.title,
        layer=rule.layers[0],
        parcel="",
        verdict=Verdict.NOT_CHECKED,
        severity=rule.severity,
        reason=change_words(rule, change),
        basis=rule.basis,
        standing=rule.standing if rule.standing in {"K", "R", "P"} else "",
    )


def change_words(rule: Rule, change: Change) -> Text:
    """What was changed, why, by whom and when."""
    zh, en = [], []
    if change.off:
        zh.append("本单位停用该规则")
        en.append("switched off by the office")
    if change.severity is not None:
        zh.append(f"等级由{rule.severity.value}改为{change.severity.value}")
        en.append(f"severity {rule.severity.value} changed to {change.severity.value}")
    if change.threshold is not None:
        before, after, unit = rule.threshold.shown, change.applied(rule).threshold.shown, rule.threshold.unit
        zh.append(f"阈值由{before} {unit}改为{after} {unit}")
        en.append(f"threshold {before} {unit} changed to {after} {unit}")
    who = f"{change.by}，{change.date}", f"{change.by}, {change.date}"
    return Text(zh=f"{'，'.join(zh)}：{change.reason}（{who[0]}）", en=f"{', '.join(en)}: {change.reason} ({who[1]})")
