# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be filled into the cover before a person has written anything."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from qgis.core import QgsSettings

from ...core.model.problems import LandReviewError
from ...core.workflow.numbers import parse_case_number
from ...jobs.desk import Cover

LAST_TYPE = "landreview/last_business_type"
FIRST_TYPE = "CZPC"


def first_cover(name: str, today: dt.date) -> Cover:
    """A case number that the file is named by counts, with its type; any other name is taken for the project's."""
    stem = Path(name).stem
    try:
        number = parse_case_number(stem)
    except LandReviewError:
        last = str(QgsSettings().value(LAST_TYPE, FIRST_TYPE) or FIRST_TYPE)
        return Cover(business_type=last, reference_date=today, project=stem)
    return Cover(business_type=number.business_type, reference_date=today, number=str(number))


def remember_type(business_type: str) -> None:
    """The next case is likely of the same type."""
    QgsSettings().setValue(LAST_TYPE, business_type)
