# SPDX-License-Identifier: GPL-2.0-or-later
"""The case: what is applied for, under which procedure, judged at which date."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from .base import Model


class Case(Model):
    """案卷: the facts of an application that rules may ask for."""

    number: str = ""
    """``{county6}-{type}-{YYYY}-{nnnn}``, or whatever the office writes."""
    business_type: str
    """Code of ``business_types.csv``, e.g. CZPC."""
    reference_date: dt.date
    """Everything is judged at this date, not "now"."""
    project: str = ""
    applicant: str = ""
    jurisdiction: str = ""
    """Declared county, six digits; it confirms or contradicts, it never decides."""
    answers: dict[str, str] = Field(default_factory=dict)
    """Answers to the questions of the rule pack, by question id. Unanswered: the worst branch."""
