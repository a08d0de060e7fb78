# SPDX-License-Identifier: GPL-2.0-or-later
"""The predicates as formulas, for people: A is the area by the pack's method (REFERENCE 5.2)."""

from __future__ import annotations

from ..model.base import Text
from .pack import Predicate

FORMULAS = {
    Predicate.OVERLAP_AREA_GT: Text(zh="A(地块 ∩ 图层) > 阈值", en="A(parcel ∩ layer) > threshold"),
    Predicate.OUTSIDE_AREA_GT: Text(
        zh="A((地块 ∩ 覆盖范围) − 图层) > 阈值", en="A((parcel ∩ coverage) − layer) > threshold"
    ),
    Predicate.CLASS_AREA: Text(zh="A(地块 ∩ 该类图斑) > 阈值", en="A(parcel ∩ features of the class) > threshold"),
    Predicate.WITHIN: Text(zh="A(地块 − 某一要素) ≤ 阈值", en="A(parcel − one feature) ≤ threshold"),
    Predicate.DISTANCE_LT: Text(zh="距离(地块, 要素) < 阈值", en="distance(parcel, feature) < threshold"),
    Predicate.CASE_AREA_GT: Text(
        zh="Σ 全案各地块 A(地块 ∩ 图层) > 阈值", en="Σ over all parcels A(parcel ∩ layer) > threshold"
    ),
    Predicate.SHARE_OF_CASE_GT: Text(
        zh="Σ A(地块 ∩ 图层) / Σ A(地块) > 阈值", en="Σ A(parcel ∩ layer) / Σ A(parcel) > threshold"
    ),
    Predicate.AREA_DIFF_GT: Text(zh="|A(地块) − A(原矿业权)| > 阈值", en="|A(parcel) − A(previous right)| > threshold"),
    Predicate.REDUCTION_PCT_LT: Text(
        zh="(A(原矿业权) − A(地块)) / A(首次登记) < 阈值",
        en="(A(previous) − A(parcel)) / A(first licence) < threshold",
    ),
}
