# SPDX-License-Identifier: GPL-2.0-or-later
"""The parts of the findings tab: filters of any findings, pages in both languages, files dropped, icons apart."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent, QImage
from qgis.PyQt.QtTest import QSignalSpy, QTest

from landreview_plugin.core.geodesy.rounding import Unit
from landreview_plugin.core.model.base import Language, Text
from landreview_plugin.core.model.case import Case
from landreview_plugin.core.model.opinion import Judgement, Mark, Role
from landreview_plugin.core.model.result import (
    Basis,
    Dropped,
    Finding,
    ParcelSummary,
    Provenance,
    ReviewResult,
    RuleSeverity,
    TouchedFeature,
    Verdict,
)
from landreview_plugin.gui.file_list import FileList
from landreview_plugin.gui.findings.detail import FLASH, Page
from landreview_plugin.gui.findings.detail_pane import features_of
from landreview_plugin.gui.findings.filters import Shelf, Wanted
from landreview_plugin.gui.findings.tree import MEANINGS, findings_of, grouped, meaning_of
from landreview_plugin.gui.verdict_icons import verdict_icon
from landreview_plugin.report.words import Words


def finding(
    rule: str = "PBF-01",
    parcel: str = "1",
    verdict: Verdict = Verdict.CONFLICT,
    severity: RuleSeverity = RuleSeverity.PROHIBIT,
    **more: object,
) -> Finding:
    values: dict[str, object] = {
        "id": f"{rule}/{parcel or '*'}",
        "rule": rule,
        "rule_version": "2026.2",
        "title": Text(zh="占用永久基本农田", en="Permanent basic farmland"),
        "layer": "pbf",
        "parcel": parcel,
        "verdict": verdict,
        "severity": severity,
        "reason": Text(zh="重叠12.30平方米", en="overlap 12.30 m²"),
        "basis": (Basis(law="土地管理法", article="第三十五条"),),
    }
    return Finding.model_validate(values | more)


def result(*findings: Finding) -> ReviewResult:
    parcels = tuple(
        ParcelSummary(
            number=str(n),
            area_m2=Decimal(100),
            area_planar_m2=Decimal(100),
            verdict=Verdict.CLEAR,
            geometry=shapely.box(100 * n, 0, 100 * n + 10, 10),
        )
        for n in range(4)
    )
    return ReviewResult(
        case=Case(business_type="CZPC", reference_date=dt.date(2026, 9, 1)),
        verdict=Verdict.worst(each.verdict for each in findings),
        parcels=parcels,
        findings=findings,
        provenance=Provenance(
            parcels_sha256="",
            crs="",
            area_method="planar",
            pack="p",
            pack_version="1",
            pack_sha256="",
            profile="demo",
        ),
        digest="d" * 64,
    )


# tree and filters, whatever the findings are

ANY = st.builds(
    finding,
    rule=st.sampled_from(["A-1", "B-2", "C-3"]),
    parcel=st.sampled_from(["", "0", "1", "2", "3", "not of this case"]),
    verdict=st.sampled_from(list(Verdict)),
    severity=st.sampled_from(list(RuleSeverity)),
)


@given(st.lists(ANY, max_size=30))
def test_grouping_loses_and_doubles_nothing(found: list[Finding]) -> None:
    groups = grouped(found)
    assert sorted(each.id for group in groups for each in findings_of(group)) == sorted(each.id for each in found)
    assert [MEANINGS.index(group.meaning) for group in groups] == sorted({MEANINGS.index(meaning_of(f)) for f in found})
    for group in groups:
        assert group.count() == len(findings_of(group))
        assert all(meaning_of(each) == group.meaning for each in findings_of(group))
        assert all(len({each.rule for each in rule.findings}) == 1 for rule in group.rules)


@given(
    st.lists(ANY, max_size=20),
    st.sets(st.sampled_from(MEANINGS)),
    st.booleans(),
    st.sampled_from(["", "a-1", "农田", "overlap", "nothing says this"]),
    st.sampled_from([None, (0.0, 0.0, 1000.0, 10.0), (90.0, 0.0, 120.0, 10.0), (1e6, 1e6, 2e6, 2e6)]),
)
def test_each_filter_only_takes_away_and_all_agree(
    found: list[Finding], meanings: set[object], open_only: bool, text: str, box: tuple[float, ...] | None
) -> None:
    shelf = Shelf(result(*found))
    every = shelf.select(Wanted())
    assert list(every) == found
    alone = [
        set(map(id, shelf.select(wanted)))
        for wanted in (
            Wanted(text=text),
            Wanted(meanings=frozenset(meanings)),
            Wanted(open_only=open_only),
            Wanted(box=box),
        )
    ]
    together = shelf.select(Wanted(text, frozenset(meanings), open_only, box))
    assert set(map(id, together)) == set.intersection(*alone)
    assert [each for each in every if id(each) in set(map(id, together))] == list(together)


@given(st.lists(ANY, max_size=20))
def test_no_window_of_the_map_hides_what_has_no_place(found: list[Finding]) -> None:
    shelf = Shelf(result(*found))
    far_away = shelf.select(Wanted(box=(1e6, 1e6, 2e6, 2e6)))
    placeless = [each for each in found if each.parcel in {"", "not of this case"}]
    assert list(far_away) == placeless


# pages

FULL = finding(
    area_printed=Decimal("12.30"),
    share=0.0123,
    count=2,
    data_date=dt.date(2026, 6, 30),
    features=(TouchedFeature(fid=7, label="甲<1>", area_m2=12.0), TouchedFeature(fid=8, area_m2=0.3)),
    dropped=Dropped(count=3, area_m2=0.414),
    standing="K",
    open_questions=("limited_activity",),
    knife_edge_m=0.01,
)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("unit", "figure"), [(Unit.M2, "12.30"), (Unit.HA, "0.0012"), (Unit.MU, "0.0185")])
def test_a_page_says_everything_in_both_languages_and_every_unit(
    qgis_app: QgsApplication, language: Language, unit: Unit, figure: str
) -> None:
    words = Words(language)
    html = Page(result(FULL), words, unit).of(FULL)
    said = (
        FULL.title.get(language),
        FULL.reason.get(language),
        f"{figure} {words(f'unit.{unit.value}')}",
        "1.23%",
        "第三十五条",
        "2026-06-30",
        "甲&lt;1&gt;",
        "#8",
        "0.41",
        "limited_activity",
        words("standing.K"),
        "0.01",
    )
    for part in said:
        assert part in html, part


def test_a_page_leaves_out_what_there_is_not(qgis_app: QgsApplication) -> None:
    words = Words(Language.EN)
    html = Page(result(finding()), words, Unit.M2).of(finding())
    for absent in ("column.distance_m", "column.questions", "column.standing", "column.features"):
        assert words(absent) not in html


def test_earlier_judgements_stay_and_are_called_superseded(qgis_app: QgsApplication) -> None:
    def judged(ground: str) -> Judgement:
        return Judgement(
            finding=FULL.id,
            result_digest="d" * 64,
            mark=Mark.MISTAKEN,
            ground=ground,
            attachments=("a" * 64,),
            person="李四",
            role=Role.TECHNICIAN,
            at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
        )

    page = Page(result(FULL), Words(Language.EN), Unit.M2, (judged("先"), judged("后")), {"a" * 64: "图.pdf"})
    html = page.of(FULL)
    assert html.index("先") < html.index("后") and html.count("图.pdf") == 2
    assert html.count(Words(Language.EN)("applies.superseded")) == 1


def test_links_lead_to_the_touched_features() -> None:
    assert f"{FLASH}all" == "flash:all"
    assert features_of(FULL, "all") == FULL.features
    assert features_of(FULL, "1") == FULL.features[1:]


# files


def dropped(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_files_are_dropped_once_and_deleted_again(qgis_app: QgsApplication, tmp_path: Path) -> None:
    file = tmp_path / "批复 & 附图.pdf"
    file.write_bytes(b"x")
    files = FileList()
    changed = QSignalSpy(files.changed)
    data = dropped(file, tmp_path)  # a folder is no attachment
    enter = QDragEnterEvent(
        QPoint(1, 1), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    files.dragEnterEvent(enter)
    assert enter.isAccepted()
    for _ in range(2):
        files.dropEvent(
            QDropEvent(
                QPointF(1, 1),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
    assert files.files() == (file,)
    files.selectAll()
    QTest.keyClick(files, Qt.Key.Key_Delete)
    assert files.files() == () and len(changed) == 3


# icons


def silhouette(image: QImage) -> tuple[bool, ...]:
    return tuple(
        image.pixelColor(x, y).alpha() > 127 and image.pixelColor(x, y).lightness() < 200
        for y in range(image.height())
        for x in range(image.width())
    )


def test_icons_are_told_apart_without_their_colours(qgis_app: QgsApplication) -> None:
    shapes = {
        meaning: silhouette(verdict_icon(meaning.verdict, meaning.severity).pixmap(32, 32).toImage())
        for meaning in MEANINGS
    }
    assert all(any(shape) for shape in shapes.values())
    for meaning, shape in shapes.items():
        for other, another in shapes.items():
            if meaning != other:
                differing = sum(a != b for a, b in zip(shape, another, strict=True))
                assert differing > 40, (meaning, other)
    unknown = verdict_icon(Verdict.CONFLICT).pixmap(32, 32).toImage()
    assert silhouette(unknown) == shapes[MEANINGS[0]], "an unknown severity looks as loud as the worst"
