# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether the rules find the fields and codes that they need, and whether the filter can be decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..core.rules.expression import parse
from ..core.rules.filters import known_codes
from ..core.tables import table
from ..core.texts import because
from .probe_sample import Sample
from .probe_words import Aspect, Said, fail, ok, warn

SHOWN = 5
"""Strange codes that are named."""


def fields_said(key: str, roles: Mapping[str, str], sample: Sample | None) -> Said:
    """The roles that were found; those that rules need and nobody found; codes that no list knows."""
    needed = [row["role"] for row in table("layer_fields") if row["key"] == key and row["required"] == "1"]
    missing = [role for role in needed if role not in roles]
    if missing:
        names = ", ".join(missing)
        return fail(Aspect.FIELDS, Text(zh=f"缺少字段：{names}；请指定", en=f"no field for {names}: choose it"))
    strange = _strange_codes(key, roles, sample)
    if strange:
        return warn(
            Aspect.FIELDS, Text(zh=f"代码表中没有：{strange}", en=f"codes that their list does not know: {strange}")
        )
    found = ", ".join(f"{role} = {name}" for role, name in sorted(roles.items()))
    return ok(Aspect.FIELDS, Text.same(found) if found else Text(zh="无需字段", en="none is needed"))


def filter_said(where: str, field_names: Sequence[str], sample: Sample | None, at: dt.date) -> Said:
    """Whether the filter can be read, its fields are there, and how many features it lets through."""
    try:
        expression = parse(where)
    except LandReviewError as error:
        return fail(Aspect.FILTER, because(error))
    unknown = [name for name in expression.fields if name not in field_names]
    if unknown:
        names = ", ".join(unknown)
        return fail(Aspect.FILTER, Text(zh=f"数据没有字段{names}", en=f"the source has no field {names}"))
    if sample is None or not len(sample):
        return ok(Aspect.FILTER, Text.same(where))
    rows = [{n: sample.columns[n][i] for n in expression.fields} for i in range(len(sample))]
    answers = [expression.test(row, {"reference_date": at}) for row in rows]
    through, doubtful = answers.count(True), answers.count(None)
    text = Text(
        zh=f"已看{len(rows)}个：通过{through}个，无法判断{doubtful}个",
        en=f"of {len(rows)} looked at, {through} pass and {doubtful} can't be decided",
    )
    return warn(Aspect.FILTER, text) if doubtful or not through else ok(Aspect.FILTER, text)


def _strange_codes(key: str, roles: Mapping[str, str], sample: Sample | None) -> str:
    if sample is None:
        return ""
    found: list[str] = []
    for role, name in sorted(roles.items()):
        codes = known_codes(key, role)
        values = {str(value).strip() for value in sample.columns.get(name, ()) if value is not None}
        strange = sorted(values - codes) if codes else []
        if strange:
            more = "…" if len(strange) > SHOWN else ""
            found.append(f"{name}: {', '.join(strange[:SHOWN])}{more}")
    return "; ".join(found)
