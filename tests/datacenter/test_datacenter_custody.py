# SPDX-License-Identifier: GPL-2.0-or-later
"""Custody: who may do what when, what a refusal tells, and that nothing happens twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
import pytest
from datacenter_service import Client

from datacenter.made_up import MadeUpCase, now, order
from datacenter.settings import Settings
from landreview_plugin.core.evidence.identity import new_id
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.opinion import Opinion
from landreview_plugin.core.model.opinion import Role as Signer
from landreview_plugin.core.model.result import ReviewResult
from landreview_plugin.sync import protocol as wire

As = Callable[[str, str], Client]


@pytest.fixture
def sent(as_: As) -> MadeUpCase:
    """A case of 430998 that 4309 holds: revision 1, epoch 1."""
    case = MadeUpCase()
    assert as_("technician", "430998").command(case.case, case.submit()).status_code == 200
    return case


def state(client: Client, case: MadeUpCase) -> wire.CaseState:
    return wire.CaseState.model_validate_json(client.get(f"/v1/cases/{case.case}").content)


def test_a_case_goes_up_comes_back_goes_up_again_is_decided_and_archived(as_: As) -> None:
    county, city, province = as_("leader", "430998"), as_("leader", "4309"), as_("leader", "43")
    case = MadeUpCase()
    road = [
        (county, lambda: case.submit(), "4309", "submitted"),
        (city, lambda: order("return", 1, 1, corrections=("缺四至",)), "430998", "returned"),
        (county, lambda: case.submit(rev=2, epoch=2), "4309", "submitted"),
        (city, lambda: order("forward", 3, 3, to="43"), "43", "forwarded"),
        (province, lambda: order("decide", 4, 4, passes=True, text="同意"), "43", "decided"),
        (province, lambda: order("archive", 5, 4), "43", "archived"),
    ]
    for rev, (client, made, holder, status) in enumerate(road, 1):
        if rev == 3:
            case.happen("corrected", file="review-2.txt")
        answer = client.command(case.case, made())
        assert answer.status_code == 200, answer.text
        now = state(county, case)
        assert (now.holder, now.status, now.rev) == (holder, status, rev)
    assert state(county, case).passes is True
    log = county.get(f"/v1/cases/{case.case}/history").json()["changes"]
    assert [entry["event"]["kind"] for entry in log] == [
        "submit", "return", "submit", "forward", "decide", "archive",
    ]  # fmt: skip
    assert len(county.get(f"/v1/cases/{case.case}/receipts").json()["receipts"]) == 6
    assert len(county.get(f"/v1/cases/{case.case}/packages").json()) == 2
    refused = province.command(case.case, order("forward", 6, 4, to="4309"))
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CASE-STEP")


def test_who_does_not_hold_the_case_may_annotate_only(as_: As, sent: MadeUpCase) -> None:
    county = as_("leader", "430998")
    refused = county.command(sent.case, order("forward", 1, 1, to="43"))
    told = refused.json()
    assert (refused.status_code, told["code"], told["holder"], told["rev"]) == (409, "E-CASE-HOLDER", "4309", 1)
    assert county.command(sent.case, order("annotate", 1, text="另附说明")).status_code == 200
    assert (state(county, sent).rev, state(county, sent).holder) == (1, "4309")


def test_an_annotation_does_not_get_in_the_way_of_the_holder(as_: As, sent: MadeUpCase) -> None:
    assert as_("technician", "43").command(sent.case, order("annotate", 0, text="关注")).status_code == 200
    assert as_("leader", "4309").command(sent.case, order("forward", 1, 1, to="43")).status_code == 200


def test_an_outdated_command_learns_what_happened_since(as_: As, sent: MadeUpCase) -> None:
    city = as_("leader", "4309")
    assert city.command(sent.case, order("decide", 1, 1, passes=False)).status_code == 200
    refused = city.command(sent.case, order("forward", 1, 1, to="43"))
    told = refused.json()
    assert (refused.status_code, told["code"], told["rev"], told["epoch"]) == (412, "E-CENTRE-REV", 2, 1)
    assert [change["event"]["kind"] for change in told["changes"]] == ["decide"]


def test_custody_moves_only_from_where_the_sender_knows_it_to_be(as_: As, sent: MadeUpCase) -> None:
    refused = as_("leader", "4309").command(sent.case, order("forward", 1, 0, to="43"))
    assert (refused.status_code, refused.json()["epoch"], refused.json()["rev"]) == (412, 1, 1)


def test_the_same_command_gets_the_same_receipt_and_happens_once(as_: As) -> None:
    county, case = as_("technician", "430998"), MadeUpCase()
    command = case.submit()
    answers = [county.command(case.case, command) for _ in range(3)]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert len(county.get(f"/v1/cases/{case.case}/history").json()["changes"]) == 1


def test_without_the_same_id_a_repeated_command_would_not_be_noticed_as_one(as_: As, sent: MadeUpCase) -> None:
    """The negative control: a new id is a new annotation."""
    county = as_("technician", "430998")
    for _ in range(2):
        assert county.command(sent.case, order("annotate", 1, text="一次")).status_code == 200
    assert len(county.get(f"/v1/cases/{sent.case}/history").json()["changes"]) == 3


def test_the_same_id_for_another_command_is_refused(as_: As, sent: MadeUpCase) -> None:
    county = as_("technician", "430998")
    first = order("annotate", 1, text="甲")
    other = first.model_copy(update={"text": "乙"})
    assert county.command(sent.case, first).status_code == 200
    refused = county.command(sent.case, other)
    assert (refused.status_code, refused.json()["code"]) == (422, "E-CENTRE-KEY")


def test_the_same_id_at_another_case_is_refused(as_: As, sent: MadeUpCase) -> None:
    county, second = as_("technician", "430998"), MadeUpCase()
    assert county.command(second.case, second.submit()).status_code == 200
    command = order("annotate", 1, text="甲")
    assert county.command(sent.case, command).status_code == 200
    assert county.command(second.case, command).json()["code"] == "E-CENTRE-KEY"


def test_of_sixteen_who_forward_at_once_one_succeeds(as_: As, sent: MadeUpCase) -> None:
    city = as_("leader", "4309")
    clients = [Client.of(city.base, "leader", "4309") for _ in range(16)]
    codes: list[int] = []

    def forward(client: Client) -> None:
        codes.append(client.command(sent.case, order("forward", 1, 1, to="43")).status_code)

    threads = [threading.Thread(target=forward, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [200] + [409] * 15
    assert state(city, sent).epoch == 2


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("return", {"corrections": (" ",)}, "corrections"),
        ("forward", {}, "to"),
        ("forward", {"to": "4309"}, "to"),
        ("submit", {"to": "43"}, "manifest"),
        ("decide", {}, "passes"),
        ("annotate", {"text": " "}, "text"),
    ],
)
def test_what_a_command_lacks_is_named(
    as_: As, sent: MadeUpCase, kind: str, given: dict[str, object], field: str
) -> None:
    refused = as_("leader", "4309").command(sent.case, order(kind, 1, 1, **given))
    assert (refused.status_code, refused.json()["code"]) == (422, "E-CENTRE-REQUEST")
    assert field in refused.json()["detail"]


def test_an_office_that_the_centre_does_not_know_is_named_with_who_enters_it(as_: As, sent: MadeUpCase) -> None:
    refused = as_("leader", "4309").command(sent.case, order("forward", 1, 1, to="99"))
    assert (refused.status_code, refused.json()["code"]) == (422, "E-CENTRE-OFFICE")
    assert "99" in refused.json()["detail"] and "add-office" in refused.json()["hint"]["zh"]


def test_archiving_needs_a_decision(as_: As, sent: MadeUpCase) -> None:
    refused = as_("leader", "4309").command(sent.case, order("archive", 1, 1))
    assert (refused.status_code, refused.json()["code"]) == (409, "E-CASE-STEP")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"If-Match": None}, 428, "E-CENTRE-PRECONDITION"),
        ({"If-Match": '"7"'}, 422, "E-CENTRE-REQUEST"),
        ({"If-Match": "7"}, 422, "E-CENTRE-REQUEST"),
        ({"Idempotency-Key": new_id()}, 422, "E-CENTRE-REQUEST"),
        ({wire.VERSION_HEADER: "2"}, 400, "E-CENTRE-VERSION"),
        ({wire.DIGEST_HEADER: wire.content_digest(b"other")}, 422, "E-CENTRE-DIGEST"),
    ],
)
def test_headers_that_do_not_fit_are_refused(
    as_: As, sent: MadeUpCase, headers: dict[str, str], status: int, code: str
) -> None:
    refused = as_("leader", "4309").command(sent.case, order("forward", 1, 1, to="43"), **headers)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_a_wrong_clock_is_a_warning(as_: As, sent: MadeUpCase) -> None:
    late = order("annotate", 1, text="迟", at_client="2020-01-01T00:00:00+08:00")
    receipt = as_("leader", "4309").command(sent.case, late).json()
    assert "clock" in receipt["warnings"][0]["en"]
    assert receipt["at_server"] > "2021"


def test_a_time_without_zone_is_refused(as_: As, sent: MadeUpCase) -> None:
    naive = order("annotate", 1, text="无时区", at_client="2026-08-01T00:00:00")
    assert as_("leader", "4309").command(sent.case, naive).json()["detail"] == "at_client"


def test_a_return_without_address_goes_to_the_sender(as_: As, sent: MadeUpCase) -> None:
    answer = as_("reviewer", "4309").command(sent.case, order("return", 1, 1, corrections=("缺图",)))
    assert answer.json()["holder"] == "430998"
    assert state(as_("window", "430998"), sent).corrections == ("缺图",)


def test_a_neighbour_that_holds_a_case_sees_it_and_keeps_seeing_it(as_: As, sent: MadeUpCase) -> None:
    neighbour = as_("leader", "430997")
    assert neighbour.get(f"/v1/cases/{sent.case}").status_code == 404
    assert as_("leader", "4309").command(sent.case, order("forward", 1, 1, to="430997")).status_code == 200
    assert state(neighbour, sent).holder == "430997"
    kinds = [change.event.kind for change in neighbour.all_changes() if change.event.case == sent.case]
    assert kinds == ["taken_in", "reviewed", "submit", "forward"]
    assert neighbour.command(sent.case, order("forward", 2, 2, to="4309")).status_code == 200
    assert state(neighbour, sent).holder == "4309"


def test_a_neighbour_that_holds_a_case_hands_over_a_package_of_its_own(as_: As, sent: MadeUpCase) -> None:
    assert as_("leader", "4309").command(sent.case, order("forward", 1, 1, to="430997")).status_code == 200
    sent.happen("checked_by_neighbour")
    answer = as_("leader", "430997").command(sent.case, sent.submit(to="4309", rev=2, epoch=2))
    assert answer.status_code == 200, answer.text
    now_ = state(as_("leader", "430998"), sent)
    assert (now_.holder, now_.event_count, now_.jurisdiction) == ("4309", 3, "430998")


def test_a_case_of_another_county_cannot_be_made(as_: As) -> None:
    case = MadeUpCase("430997")
    refused = as_("technician", "430998").command(case.case, case.submit())
    assert (refused.status_code, refused.json()["code"]) == (403, "E-CENTRE-RIGHTS")


def test_a_foreign_id_tells_nothing(as_: As, sent: MadeUpCase) -> None:
    """The same answer whether the case exists elsewhere or not at all."""
    neighbour = as_("technician", "430997")
    theirs = MadeUpCase("430997", case=sent.case)
    taken = neighbour.command(sent.case, theirs.submit())
    annotated = neighbour.command(sent.case, order("annotate", 1, text="甲"))
    nowhere = neighbour.command(new_id(), order("annotate", 1, text="甲"))
    assert {(a.status_code, a.json()["code"]) for a in (taken, annotated, nowhere)} == {(404, "E-CENTRE-GONE")}


def reviewed() -> ReviewResult:
    """A result with two findings and a row of areas."""
    words = {"title": Text.same("t"), "reason": Text(zh="占用", en="overlaps")}
    one = {"rule_version": "1", "layer": "pbf", "severity": "prohibit", "parcel": "01", **words}
    hit = {**one, "verdict": "conflict"}
    return ReviewResult.model_validate(
        {
            "case": {"business_type": "CZPC", "reference_date": "2026-08-01"},
            "verdict": "conflict",
            "parcels": (),
            "findings": (
                {**hit, "id": "a", "rule": "PBF-01", "area_m2": 12.5, "count": 2},
                {**one, "id": "b", "rule": "ECO-01", "verdict": "not_checked"},
            ),
            "areas": ({"parcel": "01", "layer": "dltb", "class": "0101", "area_m2": "10000.01"},),
            "provenance": {
                "parcels_sha256": "0" * 64, "crs": "EPSG:4526", "area_method": "planar", "pack": "common",
                "pack_version": "1", "pack_sha256": "1" * 64, "profile": "demo",
            },
        }
    )  # fmt: skip


def test_findings_areas_and_opinions_stand_as_rows_of_the_package_that_counts(as_: As) -> None:
    opinion = Opinion(
        result_digest="d", conclusion="不同意", passes=False, person="李四", role=Signer.REVIEWER, at=now()
    )
    case = MadeUpCase(result=reviewed(), opinions=(opinion,))
    county, city = as_("technician", "430998"), as_("leader", "4309")
    assert county.command(case.case, case.submit()).status_code == 200
    told = city.get(f"/v1/cases/{case.case}/judgement").json()
    assert [(f["rule"], f["verdict"], f["area_m2"], f["count"]) for f in told["findings"]] == [
        ("PBF-01", "conflict", 12.5, 2),
        ("ECO-01", "not_checked", 0.0, 0),
    ]
    assert (told["areas"][0]["class"], told["areas"][0]["area_m2"]) == ("0101", "10000.01")
    assert (told["opinions"][0]["conclusion"], told["opinions"][0]["passes"]) == ("不同意", False)
    case.result, case.opinions = None, ()
    assert city.command(case.case, case.submit(to="43", rev=1, epoch=1)).status_code == 200
    assert city.get(f"/v1/cases/{case.case}/judgement").json() == {"findings": [], "areas": [], "opinions": []}


def test_land_stands_in_degrees_for_all_counties(as_: As, settings: Settings) -> None:
    case = MadeUpCase(parcels=2)
    assert as_("technician", "430998").command(case.case, case.submit()).status_code == 200
    with psycopg.connect(settings.admin_url) as connection:
        found = connection.execute(
            "SELECT ST_Area(geom::geography), ST_Distance(ST_Transform(geom, 4526), ST_GeomFromText(%s, 4526))"
            " FROM centre.parcels WHERE case_id = %s ORDER BY n",
            ("POINT (38500000 3150000)", case.case),
        ).fetchall()
    assert [area for area, _ in found] == pytest.approx([10_000, 10_000], rel=1e-3)
    assert [distance for _, distance in found] == pytest.approx([0, 200], abs=1e-3)
