# SPDX-License-Identifier: GPL-2.0-or-later
"""Stated against computed area: units, and the limit of max(1 m², 0.0001 ha, 0.05 %)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.area import AreaMethod, Floats, measure_for, planar_areas
from ..model.base import Text
from ..model.crs import Crs
from ..model.parcel import Parcel
from .characters import half_width, is_number
from .log import ProblemLog

LIMIT_M2: Final = Decimal(1)
LIMIT_SHARE: Final = Decimal("0.0005")
SUSPICIOUS_FACTOR: Final = 100
"""A stated number this many times the computed hectares can't be hectares."""
SQUARE_METRES: Final = {
    "ha": Decimal(10_000),
    "m2": Decimal(1),
    "mu": Decimal(2000) / Decimal(3),
    "km2": Decimal(1_000_000),
}
_UNITS: Final = {
    **dict.fromkeys(("公顷", "ha", "hm2", "hm²"), "ha"),
    **dict.fromkeys(("平方米", "平米", "m2", "m²", "㎡"), "m2"),
    **dict.fromkeys(("亩", "mu"), "mu"),
    **dict.fromkeys(("平方公里", "平方千米", "km2", "km²", "㎢"), "km2"),
}
_OTHER_UNITS: Final = {"mu": "亩", "m2": "平方米", "km2": "平方公里"}
_NUMBER_UNIT: Final = re.compile(r"([0-9.]+)\s*(\D\S*)")
_MAX_PERIMETER_M: Final = 5_000_000.0
_NAMES: Final = {
    AreaMethod.PLANAR: Text(zh="平面面积", en="planar"),
    AreaMethod.ELLIPSOIDAL: Text(zh="椭球面积", en="ellipsoidal"),
}


def stated_area_ha(text: str, unit: str, line: int, column: int, parcel: str, log: ProblemLog) -> Decimal | None:
    """The stated area in hectares; None when none is stated (W-TXT-AREA) or it is no number (E-TXT-NUM)."""
    plain = half_width(text).strip()
    match = _NUMBER_UNIT.fullmatch(plain)
    named = _UNITS.get(match.group(2).lower()) if match else None
    if match and named and is_number(match.group(1)):
        plain = match.group(1)
        repair = Text(zh=f"按单位“{match.group(2)}”换算", en=f"converted from “{match.group(2)}”")
        log.add("W-TXT-AREAUNIT", line=line, column=column, parcel=parcel, text=text, repair=repair)
    if plain and (not is_number(plain) or plain.startswith("-")):
        log.add("E-TXT-NUM", line=line, column=column, parcel=parcel, text=text)
        return None
    area = Decimal(plain or "0")
    if area == 0:
        log.add("W-TXT-AREA", line=line, column=column, parcel=parcel, text=text)
        return None
    if (named or unit) == "ha":
        return area
    return (area * SQUARE_METRES[named or unit] / SQUARE_METRES["ha"]).normalize()


def compare_areas(
    parcels: Sequence[tuple[int, Parcel]], crs: Crs | None, methods: Sequence[AreaMethod], log: ProblemLog
) -> list[Decimal | None]:
    """Compare stated with computed areas; gives the stated ones, converted where they plainly were m².

    ``parcels``: with their lines. ``methods``: the expected area type first. When only another one
    holds, that is said (QA-A03); when none does, E-AREA-DIFF gives the areas and the limit.
    """
    geometries = np.array([parcel.geometry for _, parcel in parcels], dtype=object)
    measure = _Measure(geometries, crs, methods)
    return [
        None
        if parcel.stated_area_ha is None
        else _compared(parcel.stated_area_ha, i, line, parcel.number, measure, log)
        for i, (line, parcel) in enumerate(parcels)
    ]


class _Measure:
    """Areas of parcels: the expected type for all at once, another one only where it is asked for."""

    def __init__(self, geometries: npt.NDArray[np.object_], crs: Crs | None, methods: Sequence[AreaMethod]) -> None:
        plane = crs is not None and crs.gauss_kruger is not None
        self.methods = tuple(methods) if plane else (AreaMethod.PLANAR,)
        self._geometries, self._crs = geometries, crs if crs is not None and plane else Crs()
        # inversion of a runaway outline would cost without end, and its area is wrong anyway
        self._sane = shapely.length(geometries) < _MAX_PERIMETER_M
        self._first = self._of(np.arange(len(geometries)), self.methods[0])

    def area(self, i: int, method: AreaMethod) -> float:
        """Area of one parcel in m²."""
        return float(self._first[i] if method is self.methods[0] else self._of(np.array([i]), method)[0])

    def _of(self, rows: npt.NDArray[np.int64], method: AreaMethod) -> Floats:
        areas = planar_areas(self._geometries[rows])
        if method is not AreaMethod.PLANAR:
            sane = self._sane[rows]
            areas[sane] = measure_for(method, self._crs)(self._geometries[rows[sane]])
        return areas


def _compared(stated_ha: Decimal, i: int, line: int, parcel: str, measure: _Measure, log: ProblemLog) -> Decimal:
    expected = Decimal(repr(measure.area(i, measure.methods[0])))
    if expected > 0 and stated_ha > SUSPICIOUS_FACTOR * expected / SQUARE_METRES["ha"]:
        factor = stated_ha * SQUARE_METRES["ha"] / expected
        repair = Text(
            zh=f"约为计算面积（公顷）的{factor:.0f}倍，按平方米读取",
            en=f"about {factor:.0f} times the computed hectares, read as m²",
        )
        log.add("W-TXT-AREAUNIT", line=line, column=2, parcel=parcel, text=str(stated_ha), repair=repair)
        stated_ha = stated_ha / SQUARE_METRES["ha"]
    computed: dict[AreaMethod, float] = {}
    for method in measure.methods:
        computed[method] = measure.area(i, method)
        if _holds(stated_ha, computed[method]):
            if len(computed) > 1:
                reason = Text(
                    zh=f"申报面积与{_NAMES[method].zh}相符",
                    en=f"the stated area agrees with the {_NAMES[method].en} one",
                )
                log.add("QA-A03", line=line, column=2, parcel=parcel, text=str(stated_ha), reason=reason)
            return stated_ha
    reason = _difference(stated_ha, computed)
    log.add("E-AREA-DIFF", line=line, column=2, parcel=parcel, text=str(stated_ha), reason=reason)
    return stated_ha


def limit_m2(computed_m2: float) -> Decimal:
    """How far a stated area may be off: max(1 m², 0.0001 ha, 0.05 %)."""
    return max(LIMIT_M2, Decimal(repr(computed_m2)) * LIMIT_SHARE)


def _holds(stated_ha: Decimal, computed_m2: float) -> bool:
    return abs(stated_ha * SQUARE_METRES["ha"] - Decimal(repr(computed_m2))) <= limit_m2(computed_m2)


def _difference(stated_ha: Decimal, computed_m2: Mapping[AreaMethod, float]) -> Text:
    stated = f"{stated_ha * SQUARE_METRES['ha']:.2f}"
    limit = f"{limit_m2(next(iter(computed_m2.values()))):.2f}"
    unit = _other_unit(stated_ha, next(iter(computed_m2.values())))
    zh = "，".join(f"{_NAMES[method].zh}{area:.2f} m²" for method, area in computed_m2.items())
    en = ", ".join(f"{_NAMES[method].en} {area:.2f} m²" for method, area in computed_m2.items())
    return Text(
        zh=f"申报{stated} m²，{zh}，限差{limit} m²{unit.zh}", en=f"stated {stated} m², {en}, limit {limit} m²{unit.en}"
    )


def _other_unit(stated_ha: Decimal, computed_m2: float) -> Text:
    """Where the stated number would be right in another unit, that unit (QA-A05)."""
    for unit, name in _OTHER_UNITS.items():
        if _holds(stated_ha * SQUARE_METRES[unit] / SQUARE_METRES["ha"], computed_m2):
            return Text(zh=f"；按{name}则相符，请核对单位", en=f"; it would agree in {unit}: check the unit")
    return Text.same("")
