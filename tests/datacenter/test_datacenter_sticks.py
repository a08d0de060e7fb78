# SPDX-License-Identifier: GPL-2.0-or-later
"""A stick is the same road: what comes on it stands at the centre as if it had come over the line."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from datacenter_service import Client

from datacenter.made_up import MadeUpCase, now, order
from datacenter.settings import Settings
from landreview_plugin.sync import protocol as wire
from landreview_plugin.sync.stick import Receipts, StickList, read_receipts, write_stick

As = Callable[[str, str], Client]
DATA = os.urandom(9 * 1024 * 1024)
"""More than one piece."""


@pytest.fixture
def take(settings: Settings, root: Path, tmp_path: Path) -> Callable[..., tuple[int, str, Receipts | None]]:
    """The command itself: its exit code, what it says, and the receipts that it wrote."""

    def run(stick: Path, person: str) -> tuple[int, str, Receipts | None]:
        target = tmp_path / "receipts.json"
        ours = {"DATABASE_URL": settings.database_url, "LANDREVIEW_BLOBS": str(settings.blobs)}
        command = [sys.executable, "-m", "datacenter", "take-stick", str(stick), str(target), person]
        done = subprocess.run(
            command, cwd=root, env=os.environ | ours, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
        return done.returncode, done.stdout + done.stderr, read_receipts(target) if target.exists() else None

    return run


def written(path: Path, commands: tuple[wire.Command, ...], sender: str = "430998") -> Path:
    sha256 = hashlib.sha256(DATA).hexdigest()
    needed = any(part.sha256 == sha256 for one in commands if one.manifest for part in one.manifest.parts)
    write_stick(path, StickList(sender=sender, made_at=now(), commands=commands), {sha256: DATA} if needed else {})
    return path


def test_a_stick_and_the_line_end_in_the_same(as_: As, take: Callable[..., object], tmp_path: Path) -> None:
    part = wire.Part(
        kind=wire.PartKind.ATTACHMENT, name="图.pdf", size=len(DATA), sha256=hashlib.sha256(DATA).hexdigest()
    )
    case, broken = MadeUpCase(), MadeUpCase()
    good = case.submit(attachments=(part,))
    bad = broken.submit()
    assert bad.manifest is not None
    bad = bad.model_copy(update={"manifest": bad.manifest.model_copy(update={"head": "0" * 64})})
    stick = written(tmp_path / "a.stick", (good, bad, order("annotate", 1, text="甲")))
    code, told, receipts = take(stick, "technician@430998")  # type: ignore[misc]
    assert code == 0 and "1 of 3 received" in told, told
    first, second, third = receipts.answers
    assert (first.receipt.holder, first.receipt.rev) == ("4309", 1)
    assert (second.problem.code, third.problem.code) == ("E-CENTRE-CHAIN", "E-CENTRE-REQUEST")
    county, city = as_("technician", "430998"), as_("technician", "4309")
    assert city.get(f"/v1/blobs/{part.sha256}").content == DATA
    assert county.get(f"/v1/quarantine/{bad.id}").status_code == 200
    over_the_line = wire.Receipt.model_validate_json(county.command(case.case, good).content)
    assert over_the_line == first.receipt
    assert take(stick, "technician@430998")[2].answers[0] == first  # type: ignore[index]


@pytest.mark.parametrize(("person", "code"), [("technician@430997", "E-CENTRE-RIGHTS"), ("nobody", "E-CENTRE-RIGHTS")])
def test_a_stick_counts_for_people_of_its_own_office_only(
    take: Callable[..., tuple[int, str, Receipts | None]], tmp_path: Path, person: str, code: str
) -> None:
    status, told, receipts = take(written(tmp_path / "a.stick", (MadeUpCase().submit(),)), person)
    assert (status, receipts) == (1, None) and told.startswith(code)


def test_what_is_no_stick_is_refused(take: Callable[..., tuple[int, str, Receipts | None]], tmp_path: Path) -> None:
    path = tmp_path / "a.stick"
    path.write_bytes(os.urandom(1000))
    status, told, receipts = take(path, "technician@430998")
    assert (status, receipts) == (1, None) and told.startswith("E-SYNC-STICK") and "Traceback" not in told
