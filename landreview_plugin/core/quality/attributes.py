# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks of numbers, names and codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..model.base import Text
from ..model.problems import Problem
from ..tables import index
from .context import Context


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
