# SPDX-License-Identifier: GPL-2.0-or-later
"""The steps behind figures that no rule judges: parcels, areas by class, uncovered land."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..geodesy.ridge import RIDGE_CLASS
from ..model.result import AreaRow, ParcelSummary, ReviewResult, Uncovered
from .why_step import Kind, Step, coverage_step, layer_step, parcel_step, step


def parcel_steps(result: ReviewResult, parcel: ParcelSummary) -> Iterator[Step]:
    """A parcel's area: stated beside computed, by which method."""
    stated = parcel.stated_area_ha
    zh = "" if stated is None else f"；申报{stated}公顷，相差{stated - parcel.area_m2 / 10_000:+.4f}公顷"
    en = "" if stated is None else f"; stated {stated} ha, {stated - parcel.area_m2 / 10_000:+.4f} ha off"
    number = parcel.number
    yield step(
        Kind.FIGURE, f"地块{number}面积{parcel.area_m2:.2f}平方米{zh}", f"parcel {number}: {parcel.area_m2:.2f} m²{en}"
    )
    yield parcel_step(result, parcel)
    yield _method(result)
    yield _rounding()


def area_steps(result: ReviewResult, row: AreaRow) -> Iterator[Step]:
    """A row of the area table: whose pieces it sums, and how the table closes."""
    yield step(
        Kind.FIGURE,
        f"地块{row.parcel}，地类{row.class_} {row.class_name}：{row.area_m2:.2f}平方米",
        f"parcel {row.parcel}, class {row.class_} {row.class_name}: {row.area_m2:.2f} m²",
    )
    parcel = next((each for each in result.parcels if each.number == row.parcel), None)
    if parcel is not None:
        yield parcel_step(result, parcel)
    yield layer_step(result, row.layer)
    yield coverage_step(result, row.layer, row.parcel)
    yield _pieces(row)
    yield _method(result)
    if parcel is not None:
        yield _closure(result, row, parcel)
    yield step(
        Kind.ROUNDING,
        "按控制面积平差并四舍五入到0.01平方米，余差计入最大的一行，使合计严格一致",
        "adjusted to the control area, half up to 0.01 m²; the residue goes to the largest row: sums are exact",
    )


def uncovered_steps(result: ReviewResult, uncovered: Uncovered) -> Iterator[Step]:
    """Land beyond a coverage."""
    yield step(
        Kind.FIGURE,
        f"地块{uncovered.parcel}有{uncovered.area_m2:.2f}平方米未核查：{uncovered.reason.zh}",
        f"{uncovered.area_m2:.2f} m² of parcel {uncovered.parcel} were not checked: {uncovered.reason.en}",
    )
    for parcel in result.parcels:
        if parcel.number == uncovered.parcel:
            yield parcel_step(result, parcel)
    yield layer_step(result, uncovered.layer)
    yield coverage_step(result, uncovered.layer, uncovered.parcel)
    if uncovered.around_m:
        ring = f"{uncovered.around_m:g}"
        yield step(Kind.AREA, f"A(地块外{ring}米范围 − 覆盖范围)", f"A(land within {ring} m − coverage)")
    else:
        yield step(Kind.AREA, "A(地块 − 覆盖范围)", "A(parcel − coverage)")
    yield _rounding()


def _pieces(row: AreaRow) -> Step:
    facts = {
        "权属": row.ownership,
        "权属单位": f"{row.owner_code} {row.owner_name}".strip(),
        "坡度级": row.slope,
        "质量等别": row.grade,
    }
    zh = "，".join(f"{name}{value}" for name, value in facts.items() if value)
    en = ", ".join(value for value in facts.values() if value)
    ridge_zh = "；田坎：耕地图斑面积×扣除系数（TD/T 1055-2019），单列" if row.class_ == RIDGE_CLASS else ""
    ridge_en = (
        "; ridges: area of arable patches × their coefficient (TD/T 1055-2019)" if row.class_ == RIDGE_CLASS else ""
    )
    return step(
        Kind.FEATURES,
        f"地块与现状图斑相交部分中同类、同权属、同坡度、同等别者之和{f'（{zh}）' if zh else ''}{ridge_zh}",
        f"the sum of the survey's pieces of this class, owner, slope and grade{f' ({en})' if en else ''}{ridge_en}",
    )


def _method(result: ReviewResult) -> Step:
    if result.provenance.area_method == "ellipsoidal":
        return step(
            Kind.AREA,
            "椭球面积：国土调查办发〔2008〕32号任意梯形法，CGCS2000椭球",
            "ellipsoidal: trapezoids of 国土调查办发〔2008〕32号 on the CGCS2000 ellipsoid",
        )
    return step(Kind.AREA, "平面面积：½|Σ(xᵢyᵢ₊₁−xᵢ₊₁yᵢ)|", "planar: ½|Σ(xᵢyᵢ₊₁−xᵢ₊₁yᵢ)|")


def _closure(result: ReviewResult, row: AreaRow, parcel: ParcelSummary) -> Step:
    rows = [each for each in result.areas if (each.layer, each.parcel) == (row.layer, row.parcel)]
    total = sum((each.area_m2 for each in rows), Decimal(0))
    return step(
        Kind.TEST,
        f"本地块{len(rows)}行合计{total:.2f}平方米，地块面积{parcel.area_m2:.2f}平方米，"
        f"差额{parcel.area_m2 - total:.2f}平方米为现状图层未覆盖",
        f"the parcel's {len(rows)} rows sum up to {total:.2f} m² of {parcel.area_m2:.2f} m²; the survey leaves "
        f"{parcel.area_m2 - total:.2f} m² uncovered",
    )


def _rounding() -> Step:
    return step(Kind.ROUNDING, "四舍五入到0.01平方米", "half up to 0.01 m²")
