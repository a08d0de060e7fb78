# SPDX-License-Identifier: GPL-2.0-or-later
"""Files in pieces: resumed, verified, kept once, collected only when nothing needs them."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from datacenter_service import Client
from hypothesis import given
from hypothesis import settings as few
from hypothesis import strategies as st

from datacenter.made_up import MadeUpCase
from datacenter.services.centre import Centre, assembled
from datacenter.services.collect import collect, recover
from datacenter.settings import Settings
from datacenter.storage.blob_store import DiskStore
from landreview_plugin.sync import protocol as wire

As = Callable[[str, str], Client]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def send(client: Client, data: bytes, start: int, stop: int) -> requests.Response:
    span = f"bytes {start}-{stop - 1}/{len(data)}"
    return client.put(f"/v1/blobs/{sha(data)}", data=data[start:stop], headers={"Content-Range": span})


def attachment(data: bytes) -> wire.Part:
    return wire.Part(kind=wire.PartKind.ATTACHMENT, name="图.pdf", size=len(data), sha256=sha(data))


def test_pieces_lost_doubled_and_out_of_order_still_make_the_file(as_: As) -> None:
    county, data = as_("technician", "430998"), os.urandom(50_000)
    assert send(county, data, 0, 20_000).json() == {"sha256": sha(data), "offset": 20_000}
    ahead = send(county, data, 30_000, 40_000)
    assert (ahead.status_code, ahead.json()["code"], ahead.json()["offset"]) == (409, "E-CENTRE-OFFSET", 20_000)
    assert send(county, data, 0, 10_000).json()["offset"] == 20_000  # doubled: nothing is taken back
    assert send(county, data, 15_000, 30_000).json()["offset"] == 30_000  # overlapping
    assert send(county, data, 30_000, 50_000).status_code == 201
    assert send(county, data, 30_000, 50_000).status_code == 201  # its answer was lost
    assert county.get(f"/v1/blobs/{sha(data)}").content == data


@few(max_examples=25)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 4000))
def test_any_order_of_pieces_ends_whole_or_nowhere(
    tmp_path_factory: pytest.TempPathFactory, seed: int, size: int
) -> None:
    store, chance = DiskStore(tmp_path_factory.mktemp("store")), random.Random(seed)
    data = chance.randbytes(size)
    while store.offset(sha(data), "43") < size:
        offset = store.offset(sha(data), "43")
        start = chance.randint(0, offset)
        store.append(sha(data), "43", start, data[start : start + chance.randint(1, size)])
        assert store.size(sha(data)) is None
    assert store.verify(sha(data), "43")
    store.promote(sha(data), "43")
    assert store.path(sha(data)).read_bytes() == data


def test_bytes_that_differ_from_their_name_are_never_there(as_: As) -> None:
    county, data = as_("technician", "430998"), os.urandom(1000)
    name = sha(b"another" + data)
    refused = county.put(f"/v1/blobs/{name}", data=data)
    assert (refused.status_code, refused.json()["code"], refused.json()["offset"]) == (422, "E-CENTRE-DIGEST", 0)
    assert county.get(f"/v1/blobs/{name}").status_code == 404
    assert county.post("/v1/blobs/missing", json={"sha256": [name]}).json()["missing"][0]["offset"] == 0


def test_a_damaged_piece_is_noticed_at_once(as_: As) -> None:
    county, data = as_("technician", "430998"), os.urandom(1000)
    headers = {"Content-Range": "bytes 0-499/1000", wire.DIGEST_HEADER: wire.content_digest(data[1:501])}
    refused = county.put(f"/v1/blobs/{sha(data)}", data=data[:500], headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "E-CENTRE-DIGEST")
    assert county.post("/v1/blobs/missing", json={"sha256": [sha(data)]}).json()["missing"][0]["offset"] == 0


@pytest.mark.parametrize(
    ("span", "status"),
    [
        ("bytes 0-9/5", 422),
        ("bytes 0-8/10", 422),
        ("items 0-9/10", 422),
        (f"bytes 0-9/{wire.MAX_BLOB_BYTES + 1}", 413),
    ],
)
def test_ranges_that_do_not_fit_are_refused(as_: As, span: str, status: int) -> None:
    answer = as_("technician", "430998").put(
        f"/v1/blobs/{'0' * 64}", data=b"0123456789", headers={"Content-Range": span}
    )
    assert answer.status_code == status


def test_an_empty_file_is_a_file(as_: As) -> None:
    county = as_("technician", "430998")
    assert county.put(f"/v1/blobs/{sha(b'')}", data=b"").status_code == 201
    assert county.get(f"/v1/blobs/{sha(b'')}").content == b""


def test_bytes_are_kept_once_and_read_in_ranges(as_: As, settings: Settings) -> None:
    county, neighbour, data = as_("technician", "430998"), as_("technician", "430997"), os.urandom(3000)
    for client in (county, neighbour):
        assert client.put(f"/v1/blobs/{sha(data)}", data=data).status_code == 201
    assert len(list((settings.blobs / "whole").glob(f"*/{sha(data)}"))) == 1
    part = county.get(f"/v1/blobs/{sha(data)}", headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, data[1000:2000])


def test_downloads_stand_in_the_audit_log(as_: As) -> None:
    county, data = as_("technician", "430998"), os.urandom(10)
    county.put(f"/v1/blobs/{sha(data)}", data=data)
    county.get(f"/v1/blobs/{sha(data)}")
    log = as_("auditor", "430998").get("/v1/audit", params={"limit": 1000}).json()
    assert ("download", sha(data)) in [(entry["action"], entry["about"]) for entry in log]


def test_sixteen_at_once_with_the_same_file_make_one(as_: As) -> None:
    county, data, codes = as_("technician", "430998"), os.urandom(200_000), []
    clients = [Client.of(county.base, "technician", "430998") for _ in range(16)]

    def put(client: Client) -> None:
        codes.append(client.put(f"/v1/blobs/{sha(data)}", data=data).status_code)

    threads = [threading.Thread(target=put, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [201] * 16
    assert county.get(f"/v1/blobs/{sha(data)}").content == data


# --- the collector ------------------------------------------------------------------------------------------------


@pytest.fixture
def collector(settings: Settings) -> Iterator[Callable[[float], int]]:
    """Collects what is older than some hours; on the service's own store."""

    def run(hours: float) -> int:
        async def work() -> int:
            centre = assembled(replace(settings, orphan_hours=hours, pool=2))
            async with centre.database:
                return await collect(centre)

        return asyncio.run(work())

    yield run


def test_a_young_file_stays_and_an_old_orphan_goes(as_: As, collector: Callable[[float], int]) -> None:
    county, data = as_("technician", "430998"), os.urandom(100)
    county.put(f"/v1/blobs/{sha(data)}", data=data)
    collector(1.0)
    assert county.get(f"/v1/blobs/{sha(data)}").content == data
    time.sleep(0.05)
    assert collector(0.0) >= 1
    assert county.get(f"/v1/blobs/{sha(data)}").status_code == 404
    assert [m["sha256"] for m in county.post("/v1/blobs/missing", json={"sha256": [sha(data)]}).json()["missing"]] == [
        sha(data)
    ]


def test_what_a_case_has_is_never_collected(as_: As, collector: Callable[[float], int]) -> None:
    county, data, case = as_("technician", "430998"), os.urandom(100), MadeUpCase()
    county.put(f"/v1/blobs/{sha(data)}", data=data)
    assert county.command(case.case, case.submit(attachments=(attachment(data),))).status_code == 200
    collector(0.0)
    assert county.get(f"/v1/blobs/{sha(data)}").content == data


def test_commands_and_collector_at_once_never_leave_a_case_without_its_bytes(
    as_: As, collector: Callable[[float], int]
) -> None:
    """Each submission either has its file or is told that it is missing; it then sends it again."""
    county, stop = as_("technician", "430998"), threading.Event()

    def sweep() -> None:
        while not stop.is_set():
            collector(0.0)

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    missing = 0
    try:
        for _ in range(25):
            data, case = os.urandom(5_000), MadeUpCase()
            command = case.submit(attachments=(attachment(data),))
            while True:
                assert county.put(f"/v1/blobs/{sha(data)}", data=data).status_code == 201
                answer = county.command(case.case, command)
                if answer.status_code == 200:
                    break
                assert answer.json()["code"] == "E-CENTRE-MISSING"
                missing += 1
            assert county.get(f"/v1/blobs/{sha(data)}").content == data
    finally:
        stop.set()
        sweeper.join()


@pytest.mark.parametrize("row", [True, False])
def test_a_killed_collector_is_finished_at_the_next_start(as_: As, settings: Settings, row: bool) -> None:
    """The file was moved out of sight; its row was deleted or not."""
    county, data = as_("technician", "430998"), os.urandom(100)
    store = DiskStore(settings.blobs)
    if row:
        county.put(f"/v1/blobs/{sha(data)}", data=data)
    else:
        store.append(sha(data), "43", 0, data)
        store.promote(sha(data), "43")
    store.move_away(sha(data))

    async def start() -> Centre:
        centre = assembled(replace(settings, pool=2))
        async with centre.database:
            await recover(centre)
        return centre

    asyncio.run(start())
    assert (store.size(sha(data)) is not None) == row
    assert list(store.away()) == []


def test_half_an_upload_is_forgotten_in_time(as_: As, settings: Settings, collector: Callable[[float], int]) -> None:
    county, data = as_("technician", "430998"), os.urandom(100)
    send(county, data, 0, 50)
    path = Path(settings.blobs) / "incoming" / f"{sha(data)}.430998"
    collector(1.0)
    assert path.exists()
    os.utime(path, (0, 0))
    collector(1.0)
    assert not path.exists()
