# SPDX-License-Identifier: GPL-2.0-or-later
"""Who asks, and what a role may do. Where a person may do it is decided by the database, row by row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from landreview_plugin.core.model.base import Text

from ..problems import Refusal

_TABLE = Path(__file__).resolve().parent.parent / "rights.csv"


class Role(StrEnum):
    """岗位."""

    WINDOW = "window"
    TECHNICIAN = "technician"
    REVIEWER = "reviewer"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person."""

    id: str
    name: str
    office: str
    """Jurisdiction code: what lies in it is seen."""
    role: Role
    family: str = ""
    """The sign-in that the token belongs to."""

    def may(self, right: str) -> None:
        """Refuse with 403 what the person's role does not hold."""
        if self.role not in rights()[right]:
            raise Refusal(403, "E-CENTRE-RIGHTS", Text(zh=f"{self.role}：{right}", en=f"{self.role}: {right}"))


@cache
def rights() -> dict[str, frozenset[Role]]:
    """``rights.csv``: which roles hold a right."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["right"]: frozenset(role for role in Role if row[role.value] == "1") for row in csv.DictReader(file)
        }
