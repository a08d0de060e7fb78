# SPDX-License-Identifier: GPL-2.0-or-later
"""The built plugin in a real ``qgis_process`` with a real centre, as cron starts it: sign-in from QGIS's own store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from datacenter_service import PASSWORD, Client
from sync_centre import Offices
from sync_offices import CITY, COUNTY, fill, take_in
from test_datacenter_layers import publish, survey  # noqa: F401 - a fixture

from landreview_plugin.core.model.case_file import CaseFile
from landreview_plugin.store.workspace import Workspace
from landreview_plugin.sync import seal

Run = Callable[..., Any]
STORE_AUTH = """
import sys
from qgis.core import QgsApplication, QgsAuthMethodConfig
app = QgsApplication([], False)
app.initQgis()
manager = QgsApplication.authManager()
assert manager.setMasterPassword(open(sys.argv[1], encoding="utf-8").read().strip(), True)
for ident, user, password in zip(sys.argv[2::3], sys.argv[3::3], sys.argv[4::3]):
    config = QgsAuthMethodConfig("Basic")
    config.setId(ident)
    config.setName(ident)
    config.setConfig("username", user)
    config.setConfig("password", password)
    assert manager.storeAuthenticationConfig(config)[0]
"""


@pytest.fixture(scope="module")
def run(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """``qgis_process run landreview:…`` in a profile whose authentication store holds three people's sign-ins."""
    plugin = root / "build" / "plugins" / "landreview_plugin"
    if not plugin.is_dir():
        pytest.fail("the plugin is not built: run the tests through `make test`, or `make build` first")
    profile = tmp_path_factory.mktemp("profile")
    password = profile / "password"
    password.write_text("master & 主\n", encoding="utf-8")
    environment = os.environ | {
        "QGIS_PLUGINPATH": str(plugin.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "LANDREVIEW_LIBS": str(root / "build" / "libs"),
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_AUTH_PASSWORD_FILE": str(password),
    }
    environment.pop("PYTHONPATH", None)
    subprocess.run(
        ["qgis_process", "plugins", "enable", "landreview_plugin"], env=environment, check=True, capture_output=True
    )
    people = ["county1", "technician@430998", PASSWORD, "city001", "leader@4309", PASSWORD, "seal001", "x", "口令 1"]
    settings = environment | {"QGIS_CUSTOM_CONFIG_PATH": str(profile / "profiles" / "default")}
    for config in (environment, settings):
        subprocess.run([sys.executable, "-c", STORE_AUTH, str(password), *people], env=config, check=True)

    def call(name: str, *, locked: bool = False, **parameters: Any) -> tuple[int, dict[str, Any], str]:
        arguments = ["qgis_process", "--json", "run", f"landreview:{name}"]
        arguments += [f"--{key}={value}" for key, value in parameters.items()]
        own = {k: v for k, v in environment.items() if not (locked and k == "QGIS_AUTH_PASSWORD_FILE")}
        done = subprocess.run(
            arguments, env=own, capture_output=True, check=False, timeout=120, stdin=subprocess.DEVNULL
        )
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        try:
            results = json.loads(out).get("results", {})
        except ValueError:
            results = {}
        assert "Traceback" not in out + err, out + err
        return done.returncode, results, out + err

    return call


def ready_to_submit(store: Workspace, folder: Path) -> CaseFile:
    """A reviewed and concluded case at its last desk in the county."""
    case = fill(store, take_in(store), folder)
    with store.change(case, "forward", {}, COUNTY) as change:
        change.update(stage="county.government", accepted=COUNTY and case.reference_date)
    return change.case


def test_a_case_travels_by_cron(run: Run, offices: Offices, tmp_path: Path) -> None:
    county, city, _ = offices.all()
    case = ready_to_submit(county.store, tmp_path)
    not_ready = take_in(county.store)
    at_county = {"WORKSPACE": county.store.path, "SERVER": county.base, "AUTH": "county1"}
    code, results, text = run("submitcases", **at_county)
    assert code == 0, text
    assert (results["QUEUED_COUNT"], results["RECEIVED_COUNT"], results["WAITING_COUNT"]) == (1, 1, 0)
    assert county.case(case.id).holder == "4309" and county.case(not_ready.id).holder == "430998"
    code, results, text = run("pullcases", WORKSPACE=city.store.path, SERVER=city.base, AUTH="city001")
    assert code == 0, text
    assert results["CASE_COUNT"] == 1
    assert (city.case(case.id).stage, city.case(case.id).holder) == ("prefecture.receive", "4309")
    code, _, text = run("submitcases", **at_county, CASES=not_ready.number)
    assert code == 1 and not_ready.number in text


def test_without_the_master_password_it_says_so(run: Run, offices: Offices) -> None:
    county = offices.county
    given = {"WORKSPACE": county.store.path, "SERVER": county.base}
    code, _, text = run("pullcases", locked=True, **given, AUTH="county1")
    assert code == 1 and "E-SYNC-AUTH" in text and "QGIS_AUTH_PASSWORD_FILE" in text


def test_an_office_without_a_line_hands_over_a_sealed_stick(
    run: Run, county_store: Workspace, city_store: Workspace, tmp_path: Path
) -> None:
    case = ready_to_submit(county_store, tmp_path)
    pem, public = seal.new_key("口令 1")
    key, stick, receipts = tmp_path / "key.pem", tmp_path / "上报.lrstick", tmp_path / "回执.lrreceipt"
    key.write_bytes(pem)
    at_county = {"WORKSPACE": county_store.path, "OFFICE": "430998", "PERSON": "李四"}
    code, results, text = run("submitcases", **at_county, STICK=stick, SEAL="seal001", KEY=key)
    assert code == 0, text
    assert results["WAITING_COUNT"] == 1 and seal.is_sealed(stick)
    at_city = {"WORKSPACE": city_store.path, "OFFICE": "430900", "PERSON": CITY.person, "STICK": stick}
    code, _, text = run("pullcases", **at_city, RECEIPTS=receipts, TRUSTED=public)
    assert code == 1 and "E-SYNC-SEAL" in text
    code, results, text = run("pullcases", **at_city, RECEIPTS=receipts, TRUSTED=public, SEAL="seal001")
    assert code == 0, text
    assert results["CASE_COUNT"] == 1 and city_store.case(case.id).holder == "4309"
    code, results, text = run("pullcases", **at_county, STICK=receipts)
    assert code == 0, text
    assert results["RECEIPT_COUNT"] == 1 and county_store.case(case.id).holder == "4309"


def test_layers_come_by_cron(run: Run, offices: Offices, survey: Path, tmp_path: Path) -> None:  # noqa: F811
    county = offices.county
    publish(Client.of(county.base, "leader", "430998"), survey)
    folder = tmp_path / "参考图层"
    folder.mkdir()
    given = {"WORKSPACE": county.store.path, "SERVER": county.base, "AUTH": "county1", "FOLDER": folder}
    code, results, text = run("synclayers", **given)
    assert code == 0, text
    assert (results["LAYER_COUNT"], results["CHANGED_COUNT"]) == (1, 1)
    code, results, text = run("synclayers", **given)
    assert (code, results["CHANGED_COUNT"]) == (0, 0), text
