# SPDX-License-Identifier: GPL-2.0-or-later
"""What an administrator copies from ``datacenter/deploy`` fits the program, and each of its checks can fail."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from datacenter.cli import main

PROMTOOL, SYSTEMD = shutil.which("promtool"), shutil.which("systemd-analyze")
UNITS = ("landreview-centre.service", "landreview-daily.service", "landreview-daily.timer")


@pytest.fixture(scope="module")
def deploy(root: Path) -> Path:
    return root / "datacenter" / "deploy"


@pytest.fixture
def alerts(deploy: Path, tmp_path: Path) -> Path:
    """A copy of the rules and their tests, to be broken."""
    for name in ("alerts.yml", "alerts_test.yml"):
        shutil.copy(deploy / name, tmp_path / name)
    return tmp_path


def promtool(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert PROMTOOL
    return subprocess.run(
        [PROMTOOL, *arguments], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


# --- alerts ------------------------------------------------------------------------------------------------------


needs_promtool = pytest.mark.skipif(PROMTOOL is None, reason="apt install prometheus (for promtool)")


@needs_promtool
def test_each_alert_is_raised_when_it_must_and_only_then(deploy: Path) -> None:
    assert promtool(deploy, "check", "rules", "alerts.yml").returncode == 0
    done = promtool(deploy, "test", "rules", "alerts_test.yml")
    assert done.returncode == 0, done.stdout + done.stderr


@needs_promtool
@pytest.mark.parametrize(
    ("alert", "rule", "broken"),
    [
        ("LandReviewFeedHeldBack", "max(landreview_feed_lag_seconds) > 60", "max(landreview_feed_lag_seconds) > 600"),
        ("LandReviewFeedHeldBack", "> 60\n        for: 1m", "> 60\n        for: 30m"),
        ("LandReviewErrors", 'status=~"5.."', 'status=~"4.."'),
        ("LandReviewSlow", "> 2.5", "> 25"),
        ("LandReviewDown", 'up{job="landreview"} == 0', 'up{job="landreview"} == 1'),
        ("LandReviewDailyWorkFailed", 'state="failed"', 'state="inactive"'),
    ],
)
def test_a_rule_that_no_longer_raises_its_alert_is_noticed(alerts: Path, alert: str, rule: str, broken: str) -> None:
    text = (alerts / "alerts.yml").read_text(encoding="utf-8")
    assert text.count(rule) == 1
    (alerts / "alerts.yml").write_text(text.replace(rule, broken), encoding="utf-8")
    done = promtool(alerts, "test", "rules", "alerts_test.yml")
    assert done.returncode != 0 and alert in done.stdout + done.stderr


def test_each_alert_has_a_line_that_says_what_to_do(deploy: Path, root: Path) -> None:
    page = (root / "docs" / "datacenter.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(LandReview\w+)` \|", page, re.M))
    assert told == set(re.findall(r"alert: (\w+)", (deploy / "alerts.yml").read_text(encoding="utf-8")))


def test_alerts_ask_for_figures_that_the_centre_gives(deploy: Path, service: str) -> None:
    given = requests.get(f"{service}/metrics", timeout=20).text
    asked = set(re.findall(r"landreview_[a-z_]+", (deploy / "alerts.yml").read_text(encoding="utf-8")))
    assert asked and all(f"# TYPE {name.removesuffix('_bucket')} " in given for name in asked)


# --- container and units -----------------------------------------------------------------------------------------


def lines_of(path: Path) -> Iterator[str]:
    """Instructions of a container file, continued lines joined, comments left out."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def test_the_container_copies_what_is_there_and_starts_a_command_that_is_one(
    deploy: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    instructions = [line.split(" ", 1) for line in lines_of(deploy / "Containerfile")]
    copied = [part for name, rest in instructions if name == "COPY" for part in rest.split()[:-1]]
    assert {"datacenter", "landreview_plugin"} <= set(copied)
    assert all((root / source).exists() for source in copied)
    lists = re.findall(r"-r (\S+)", " ".join(rest for name, rest in instructions if name == "RUN"))
    assert set(lists) <= set(copied)
    command = next(rest for name, rest in instructions if name == "CMD")
    assert_is_a_command(re.findall(r'"([^"]+)"', command)[0], capsys)


def assert_is_a_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0, f"python -m datacenter {name}"
    capsys.readouterr()


def test_what_is_no_command_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AssertionError):
        assert_is_a_command("surf", capsys)


def test_the_units_start_commands_that_are_some(deploy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    started = [
        command
        for unit in UNITS
        for command in re.findall(r"^ExecStart=.*-m datacenter (\S+)", (deploy / unit).read_text("utf-8"), re.M)
    ]
    assert {"serve", "collect", "backup", "anchor"} <= set(started)
    for command in started:
        assert_is_a_command(command, capsys)


def verified(folder: Path) -> str:
    """What systemd has to say on the units of a folder."""
    assert SYSTEMD
    done = subprocess.run(
        [SYSTEMD, "verify", "--man=no", "--recursive-errors=no", *(str(folder / unit) for unit in UNITS)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture
def units(deploy: Path, tmp_path: Path) -> Path:
    """The units with a program that is here: theirs stands in ``/opt/landreview`` only where they are installed."""
    for unit in UNITS:
        text = (deploy / unit).read_text("utf-8").replace("/opt/landreview/.venv/bin/python", "/bin/sh")
        (tmp_path / unit).write_text(text, "utf-8")
    return tmp_path


@pytest.mark.skipif(SYSTEMD is None, reason="a machine with systemd")
def test_systemd_reads_the_units_without_a_complaint(units: Path) -> None:
    assert "landreview" not in verified(units)


@pytest.mark.skipif(SYSTEMD is None, reason="a machine with systemd")
@pytest.mark.parametrize(
    ("line", "broken"), [("ProtectSystem=strict", "ProtectSystme=strict"), ("UMask=0077", "UMask=secret")]
)
def test_a_mistake_in_a_unit_is_noticed(units: Path, line: str, broken: str) -> None:
    unit = units / UNITS[0]
    unit.write_text(unit.read_text("utf-8").replace(line, broken), "utf-8")
    assert UNITS[0] in verified(units)
