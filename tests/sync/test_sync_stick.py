# SPDX-License-Identifier: GPL-2.0-or-later
"""Hand-overs on a stick: the same messages as on the wire, read safely, receipted by a file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sync_offices import CITY, COUNTY, contents_of, fill, take_in

from landreview_plugin.core.model.case_file import Transfer
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.jobs.desk import Desk
from landreview_plugin.store.jobs import JobState
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync import seal
from landreview_plugin.sync.exchange import enter_receipts, export, take
from landreview_plugin.sync.outgoing import Order, hand_over
from landreview_plugin.sync.protocol import CommandType
from landreview_plugin.sync.stick import LIST_NAME, open_stick

SUBMIT = Order(kind=CommandType.SUBMIT, to="4309", stage="prefecture.receive")
BACK = Order(kind=CommandType.RETURN, to="430998", stage="county.technical_review", corrections=("补充批复",))


@pytest.fixture
def stick(county_store: Workspace, tmp_path: Path) -> Path:
    """A full case on its way to the city."""
    job = hand_over(county_store, fill(county_store, take_in(county_store), tmp_path), SUBMIT, COUNTY)
    path = tmp_path / "U盘" / "上报 & 1.lrstick"
    export(county_store, [job], "430998", path)
    return path


def test_a_case_goes_to_the_city_and_comes_back_on_a_stick(
    county_store: Workspace, city_store: Workspace, stick: Path, tmp_path: Path
) -> None:
    case = county_store.cases()[0]
    answers = tmp_path / "回执.lrreceipt"
    made = take(city_store, "430900", stick, answers)
    assert made.answers[0].receipt is not None and made.answers[0].problem is None
    assert contents_of(city_store, case.id) == contents_of(county_store, case.id)
    assert county_store.outbox.jobs()[0].state is JobState.SENDING  # not received before its receipt is here
    entered = enter_receipts(county_store, answers)
    assert [job.state for job in entered] == [JobState.RECEIVED]
    case = county_store.case(case.id)
    assert (case.holder, case.transfer) == ("4309", Transfer.RECEIVED)
    with pytest.raises(LandReviewError) as raised:
        Desk(county_store, COUNTY).answer(case, {"q": "a"})
    assert raised.value.code == "E-CASE-HOLDER"

    job = hand_over(city_store, city_store.case(case.id), BACK, CITY)
    export(city_store, [job], "4309", tmp_path / "back.lrstick")
    take(county_store, "430998", tmp_path / "back.lrstick", tmp_path / "back.lrreceipt")
    enter_receipts(city_store, tmp_path / "back.lrreceipt")
    case = county_store.case(case.id)
    assert (case.holder, case.transfer, case.stage) == ("430998", Transfer.RETURNED, "county.technical_review")
    first = county_store.outbox.jobs()[0]
    assert (first.state, first.reason.corrections) == (JobState.RETURNED, ("补充批复",))
    custody = county_store.custody(case.id)
    assert custody is not None and (custody.epoch, custody.corrections) == (2, ("补充批复",))
    assert city_store.case(case.id).holder == "430998"
    assert contents_of(city_store, case.id) == contents_of(county_store, case.id)
    Desk(county_store, COUNTY).answer(case, {"q": "a"})


def test_a_stick_taken_twice_gives_the_same_receipt(
    county_store: Workspace, city_store: Workspace, stick: Path, tmp_path: Path
) -> None:
    first = take(city_store, "4309", stick, tmp_path / "1.lrreceipt")
    second = take(city_store, "4309", stick, tmp_path / "2.lrreceipt")
    assert first.answers == second.answers
    assert len(city_store.cases()) == 1
    enter_receipts(county_store, tmp_path / "1.lrreceipt")
    assert enter_receipts(county_store, tmp_path / "2.lrreceipt") == []


def test_an_older_stick_moves_nothing(
    county_store: Workspace, city_store: Workspace, stick: Path, tmp_path: Path
) -> None:
    take(city_store, "4309", stick, tmp_path / "1.lrreceipt")
    with city_store.writing() as connection:
        connection.execute("DELETE FROM given_receipts")  # the city restored a backup of its receipts only
    answer = take(city_store, "4309", stick, tmp_path / "2.lrreceipt").answers[0]
    assert answer.problem is not None and answer.problem.code == "E-CENTRE-REV"


def test_a_stick_for_another_office_is_refused_and_the_sender_told(
    county_store: Workspace, city_store: Workspace, stick: Path, tmp_path: Path
) -> None:
    answer = take(city_store, "4310", stick, tmp_path / "1.lrreceipt").answers[0]
    assert answer.problem is not None and answer.problem.code == "E-CASE-HOLDER"
    assert city_store.cases() == []
    failed = enter_receipts(county_store, tmp_path / "1.lrreceipt")[0]
    assert (failed.state, failed.reason.code) == (JobState.FAILED, "E-CASE-HOLDER")


def test_the_same_hand_over_makes_the_same_stick(county_store: Workspace, stick: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(stick) as one:
        before = {name: one.read(name) for name in one.namelist()[1:]}
    export(county_store, county_store.outbox.jobs(), "430998", tmp_path / "again.lrstick")
    with zipfile.ZipFile(tmp_path / "again.lrstick") as two, open_stick(stick) as opened:
        assert {name: two.read(name) for name in two.namelist()[1:]} == before
        with open_stick(tmp_path / "again.lrstick") as again:
            assert again.list.commands == opened.list.commands


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _flip(data: bytes) -> bytes:
    at = data.index(b"GeoPackage of the result")
    return data[:at] + b"x" + data[at + 1 :]


@pytest.mark.parametrize("harm", [_cut, lambda data: b"", lambda data: data[::-1]], ids=["cut", "empty", "garbage"])
def test_a_damaged_stick_is_refused_as_a_whole(
    city_store: Workspace, stick: Path, tmp_path: Path, harm: object
) -> None:
    assert callable(harm)
    stick.write_bytes(harm(stick.read_bytes()))
    with pytest.raises(LandReviewError) as raised:
        take(city_store, "4309", stick, tmp_path / "1.lrreceipt")
    assert raised.value.code == "E-SYNC-STICK"
    assert city_store.cases() == []


def test_a_flipped_byte_refuses_the_case(city_store: Workspace, stick: Path, tmp_path: Path) -> None:
    stick.write_bytes(_flip(stick.read_bytes()))
    answer = take(city_store, "4309", stick, tmp_path / "1.lrreceipt").answers[0]
    assert answer.problem is not None and answer.problem.code == "E-SYNC-STICK"
    assert city_store.cases() == []
    assert not list(city_store.path.parent.glob(".stick*"))


def _repacked(stick: Path, target: Path, **change: object) -> Path:
    with zipfile.ZipFile(stick) as good, zipfile.ZipFile(target, "w", int(str(change.get("method", 0)))) as bad:
        names = good.namelist()
        for name in reversed(names) if change.get("reversed") else names:
            bad.writestr(name, good.read(name))
        if extra := change.get("extra"):
            bad.writestr(str(extra), b"x")
    return target


@pytest.mark.parametrize(
    "change",
    [{"extra": "../../evil"}, {"extra": "blobs/" + "0" * 64}, {"method": zipfile.ZIP_DEFLATED}, {"reversed": True}],
    ids=["path", "unnamed", "compressed", "list last"],
)
def test_what_could_harm_is_refused_before_it_is_used(stick: Path, tmp_path: Path, change: dict[str, object]) -> None:
    with pytest.raises(LandReviewError) as raised, open_stick(_repacked(stick, tmp_path / "bad.lrstick", **change)):
        pass
    assert raised.value.code == "E-SYNC-STICK"
    assert not list(tmp_path.parent.glob("**/evil"))


def test_the_list_is_the_first_entry(stick: Path) -> None:
    with zipfile.ZipFile(stick) as archive:
        assert archive.namelist()[0] == LIST_NAME


# --- seals ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def key() -> tuple[bytes, str]:
    return seal.new_key("钥匙")


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 200_000])
@pytest.mark.parametrize("passphrase", ["", "口令"])
def test_a_sealed_file_opens_as_it_was(tmp_path: Path, key: tuple[bytes, str], size: int, passphrase: str) -> None:
    plain, sealed, opened = tmp_path / "plain", tmp_path / "sealed", tmp_path / "opened"
    plain.write_bytes(bytes(range(256)) * (size // 256) + b"x" * (size % 256))
    seal.seal(plain, sealed, seal.Seal(passphrase=passphrase, key=key[0], key_passphrase="钥匙"))
    assert seal.is_sealed(sealed) and not seal.is_sealed(plain)
    assert seal.unseal(sealed, opened, passphrase, trusted=[key[1]]) == key[1]
    assert opened.read_bytes() == plain.read_bytes()
    assert passphrase == "" or size < 100 or plain.read_bytes()[:100] not in sealed.read_bytes()


def _sealed(folder: Path, wished: seal.Seal) -> Path:
    (folder / "plain").write_bytes(b"secret" * 30_000)
    seal.seal(folder / "plain", folder / "sealed", wished)
    return folder / "sealed"


def test_a_wrong_passphrase_or_none_opens_nothing(tmp_path: Path) -> None:
    sealed = _sealed(tmp_path, seal.Seal(passphrase="口令"))
    for wrong in ("", "口 令"):
        with pytest.raises(LandReviewError) as raised:
            seal.unseal(sealed, tmp_path / "opened", wrong)
        assert raised.value.code == "E-SYNC-SEAL"
        assert not (tmp_path / "opened").exists()


def test_a_file_of_an_unknown_signer_or_of_none_is_not_trusted(tmp_path: Path, key: tuple[bytes, str]) -> None:
    other = seal.new_key()
    for wished in (seal.Seal(passphrase="p"), seal.Seal(passphrase="p", key=other[0])):
        with pytest.raises(LandReviewError) as raised:
            seal.unseal(_sealed(tmp_path, wished), tmp_path / "opened", "p", trusted=[key[1]])
        assert raised.value.code == "E-SYNC-SEAL"


@given(st.data())
def test_any_flipped_or_missing_byte_is_noticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("seal")
    if not _SAMPLES:
        pem, public = seal.new_key()
        _SAMPLES["signed"] = _sealed(folder, seal.Seal(key=pem)).read_bytes()
        _SAMPLES["public"] = public.encode()
    good = _SAMPLES["signed"]
    at = data.draw(st.integers(0, len(good) - 1))
    bad = good[:at] if data.draw(st.booleans()) else good[:at] + bytes([good[at] ^ 0x10]) + good[at + 1 :]
    (folder / "bad").write_bytes(bad)
    with pytest.raises(LandReviewError) as raised:
        seal.unseal(folder / "bad", folder / "opened", trusted=[_SAMPLES["public"].decode()])
    assert raised.value.code == "E-SYNC-SEAL"


_SAMPLES: dict[str, bytes] = {}


def test_pieces_of_an_encrypted_file_cannot_be_moved_or_cut(tmp_path: Path) -> None:
    sealed = _sealed(tmp_path, seal.Seal(passphrase="p"))
    good = sealed.read_bytes()
    start = good.index(b"\n", len(seal.MAGIC)) + 1
    piece = 65_536 + 16
    first, second, rest = (
        good[start : start + piece],
        good[start + piece : start + 2 * piece],
        good[start + 2 * piece :],
    )
    for bad in (second + first + rest, first + second, first + rest):
        sealed.write_bytes(good[:start] + bad)
        with pytest.raises(LandReviewError) as raised:
            seal.unseal(sealed, tmp_path / "opened", "p")
        assert raised.value.code == "E-SYNC-SEAL"


def test_without_the_library_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "available", lambda: False)
    with pytest.raises(LandReviewError) as raised:
        _sealed(tmp_path, seal.Seal(passphrase="p"))
    assert raised.value.code == "E-SYNC-CRYPTO"
