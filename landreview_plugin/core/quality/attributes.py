# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks of numbers, names and codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from ..model.base import Text
from ..model.problems import Problem
from ..tables import index, table
from .context import Context

_DIGITS = re.compile(r"\d+$")


def doubled_numbers(context: Context) -> Iterator[Problem]:
    """QA-N01: a parcel number twice."""
    for number, count in Counter(parcel.number for parcel in context.parcels).items():
        if number and count > 1:
            reason = Text(zh=f"出现{count}次", en=f"{count} times")
            yield context.problem("QA-N01", "E-ATT-DUPNO", reason, parcel=number)


def missing_numbers(context: Context) -> Iterator[Problem]:
    """QA-N02: a parcel without a number."""
    for i, parcel in enumerate(context.parcels, start=1):
        if not parcel.number.strip():
            reason = Text(zh=f"第{i}个地块", en=f"the {i}. parcel")
            yield context.problem("QA-N02", "QA-N02", reason)


def missing_names(context: Context) -> Iterator[Problem]:
    """QA-N03: a parcel without a name."""
    for parcel in context.parcels:
        if not parcel.name.strip():
            yield context.problem("QA-N03", "QA-N03", None, parcel=parcel.number)


def land_classes(context: Context) -> Iterator[Problem]:
    """QA-N04: a land class that ``landclass.csv`` does not have."""
    known = index("landclass", "code")
    for parcel in context.parcels:
        if parcel.land_class and parcel.land_class not in known:
            reason = Text.same(parcel.land_class)
            yield context.problem("QA-N04", "QA-N04", reason, parcel=parcel.number)


def uses(context: Context) -> Iterator[Problem]:
    """QA-N05: a use that is neither code nor name of ``landclass.csv``; 工业 counts as 工业用地."""
    rows = table("landclass")
    names = {row["name_zh"] for row in rows}
    known = names | {row["code"] for row in rows} | {name.removesuffix("用地") for name in names}
    for parcel in context.parcels:
        use = parcel.use.strip()
        if use and use not in known:
            yield context.problem("QA-N05", "QA-N05", Text.same(use), parcel=parcel.number)


def doubled_labels(context: Context) -> Iterator[Problem]:
    """QA-N06: a point label twice in one ring."""
    for parcel in context.parcels:
        for number, labels in enumerate(parcel.labels, start=1):
            doubled = [label for label, count in Counter(labels).items() if count > 1]
            if doubled:
                names = "、".join(doubled[:5])
                reason = Text(zh=f"第{number}圈：{names}", en=f"ring {number}: {', '.join(doubled[:5])}")
                yield context.problem("QA-N06", "QA-N06", reason, parcel=parcel.number)


def label_gaps(context: Context) -> Iterator[Problem]:
    """QA-N07: labels J1, J2, J4: numbers within a ring that do not follow each other."""
    for parcel in context.parcels:
        for number, labels in enumerate(parcel.labels, start=1):
            values = [int(match[0]) for label in labels if (match := _DIGITS.search(label))]
            if len(values) == len(labels) > 1 and any(b - a != 1 for a, b in pairwise(values)):
                reason = Text(zh=f"第{number}圈", en=f"ring {number}")
                yield context.problem("QA-N07", "QA-N07", reason, parcel=parcel.number)
