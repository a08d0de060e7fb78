# SPDX-License-Identifier: GPL-2.0-or-later
"""Write requirements/*.txt with the hash of every wheel that our systems use: lock.py [NAME…].

For maintainers, after a version in requirements/*.in was changed. Downloads with pip as it is configured here.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
TARGETS = {
    "cp311-linux_x86_64": ("3.11", ("manylinux_2_28_x86_64", "manylinux2014_x86_64")),
    "cp312-linux_x86_64": ("3.12", ("manylinux_2_28_x86_64", "manylinux2014_x86_64")),
    "cp313-linux_x86_64": ("3.13", ("manylinux_2_28_x86_64", "manylinux2014_x86_64")),
    "cp314-linux_x86_64": ("3.14", ("manylinux_2_28_x86_64", "manylinux2014_x86_64")),
    "cp311-linux_aarch64": ("3.11", ("manylinux_2_28_aarch64", "manylinux2014_aarch64")),
    "cp313-linux_aarch64": ("3.13", ("manylinux_2_28_aarch64", "manylinux2014_aarch64")),
    "cp312-win_amd64": ("3.12", ("win_amd64",)),
}
USED = {
    "runtime": tuple(TARGETS),
    "batch": tuple(tag for tag in TARGETS if "linux" in tag),
    "datacenter": tuple(tag for tag in TARGETS if "linux" in tag),
    "datacenter-test": tuple(tag for tag in TARGETS if "linux" in tag),
    "test": tuple(tag for tag in TARGETS if "linux" in tag),
    "oldest": ("cp311-linux_x86_64", "cp311-linux_aarch64"),
}


def download(tag: str, requirements: Path, folder: Path) -> None:
    """Fetch the wheels of a list for one target, without what they depend on."""
    version, platforms = TARGETS[tag]
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--python-version", version, "-d", str(folder), "-r", str(requirements)]
    for platform in platforms:
        command += ["--platform", platform]
    subprocess.run(command, check=True)


def key(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lock(name: str) -> None:
    """Write one list."""
    source = REQUIREMENTS / f"{name}.in"
    hashes: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for tag in USED[name]:
            download(tag, source, Path(temporary))
        for wheel in Path(temporary).iterdir():
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
            hashes.setdefault(key(wheel.name.split("-")[0]), set()).add(digest)
    pins = [line for line in source.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    lines = [f"# Made of {name}.in by tools/lock.py: pins with the hashes of the wheels."]
    for pin in pins:
        found = sorted(hashes[key(pin.split("==")[0])])
        lines.append(" \\\n".join([pin, *(f"    --hash=sha256:{digest}" for digest in found)]))
    (REQUIREMENTS / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for given in sys.argv[1:] or USED:
        lock(given)
