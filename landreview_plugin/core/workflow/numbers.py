# SPDX-License-Identifier: GPL-2.0-or-later
"""Case numbers: ``{county6}-{type}-{YYYY}-{nnnn}``, parcels with ``-{nn}`` behind."""

from __future__ import annotations

import re

from ..model.base import Model
from ..model.problems import LandReviewError
from ..tables import index

_PATTERN = re.compile(r"^(\d{6})-([A-Z]{4})-(\d{4})-(\d{4,})$")


class CaseNumber(Model):
    """A case number in its parts; ``serial`` runs per county, type and year and is never used again."""

    county: str
    business_type: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.county}-{self.business_type}-{self.year:04}-{self.serial:04}"

    def parcel(self, number: int) -> str:
        """The number of the case's ``number``-th parcel."""
        return f"{self}-{number:02}"


def parse_case_number(text: str) -> CaseNumber:
    """The parts of a case number; raises E-CASE-TYPE for any other form or an unknown business type."""
    match = _PATTERN.match(text.strip())
    if match is None or match[2] not in index("business_types", "code"):
        raise LandReviewError("E-CASE-TYPE", detail=text)
    return CaseNumber(county=match[1], business_type=match[2], year=int(match[3]), serial=int(match[4]))
