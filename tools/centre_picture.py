# SPDX-License-Identifier: GPL-2.0-or-later
"""Photograph QGIS reading a data centre with its own clients, for docs/datacenter.md.

    PYTHONUTF8=1 PYTHONPATH=. .venv/bin/python tools/centre_picture.py

Starts a private centre, publishes the made-up county's farmland, hands cases over, signs in, and opens the real QGIS
under Xvfb with ``centre_picture_qgis.py``. Everything made for it is deleted; the pictures stay in docs/images.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import requests
from osgeo import gdal, ogr

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from demo_sync import PASSWORD, centre  # noqa: E402

from datacenter.made_up import MadeUpCase  # noqa: E402

COUNTY, LAYER = ROOT / "tests" / "data" / "oracle" / "county_s.gpkg", "YJJBNT"
PROGRAM = Path(__file__).with_name("centre_picture_qgis.py")
gdal.UseExceptions()


def main() -> None:
    with centre() as (base, folder):
        signed = {role: signed_in(base, f"{role}@430998") for role in ("leader", "technician")}
        publish(base, signed["leader"], folder)
        hand_over(base, signed["technician"])
        photograph(base, str(signed["technician"].headers["Authorization"]))


def signed_in(base: str, user: str) -> requests.Session:
    line = requests.Session()
    answer = line.post(f"{base}/v1/sign-in", json={"user": user, "password": PASSWORD}, timeout=30)
    line.headers["Authorization"] = f"Bearer {answer.json()['access']}"
    return line


def publish(base: str, leader: requests.Session, folder: Path) -> None:
    """The county's farmland becomes a layer of the centre."""
    path = folder / "pbf.gpkg"
    gdal.VectorTranslate(str(path), str(COUNTY), layers=[LAYER])
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    leader.put(f"{base}/v1/blobs/{sha256}", data=data, timeout=60).raise_for_status()
    body = {"file_sha256": sha256, "data_date": "2026-06-30"}
    leader.post(f"{base}/v1/layers/pbf/430998", json=body, timeout=60).raise_for_status()


def hand_over(base: str, technician: requests.Session) -> None:
    """Cases on every third piece of farmland."""
    dataset = ogr.Open(str(COUNTY))
    boxes = [feature.GetGeometryRef().GetEnvelope() for feature in dataset.GetLayer(LAYER)]
    for west, east, south, north in boxes[::3]:
        case = MadeUpCase(parcels=4, origin=((west + east) / 2, (south + north) / 2))
        command = case.submit()
        technician.post(
            f"{base}/v1/cases/{case.case}/commands",
            data=command.model_dump_json().encode(),
            headers={"If-Match": f'"{command.expected_rev}"', "Idempotency-Key": command.id},
            timeout=30,
        ).raise_for_status()


def photograph(base: str, authorization: str) -> None:
    with tempfile.TemporaryDirectory() as profile:
        environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        environment |= {"PICTURE_BASE": base, "PICTURE_AUTHORIZATION": authorization}
        environment |= {"PICTURE_OUT": str(ROOT / "docs" / "images"), "PYTHONPATH": ""}
        qgis = ["qgis", "--nologo", "--noversioncheck", "--lang", "zh_CN", "--profiles-path", profile]
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "timeout", "150"]
        subprocess.run([*screen, *qgis, "--code", str(PROGRAM)], env=environment, check=False)


if __name__ == "__main__":
    main()
