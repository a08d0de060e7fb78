# SPDX-License-Identifier: GPL-2.0-or-later
"""Build the plugin folder and its zip: build/plugins/landreview_plugin, build/landreview-<version>.zip."""

import configparser
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
SOURCE = ROOT / "landreview_plugin"
TARGET = BUILD / "plugins" / "landreview_plugin"
PROFILE = BUILD / "profile"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "*.qm")
LRELEASE = ("lrelease", "/usr/lib/qt5/bin/lrelease", "/usr/lib/qt6/bin/lrelease", "lrelease-qt5", "lrelease-qt6")


def main() -> None:
    """Copy, translate, zip, enable; nothing is done when nothing has changed."""
    state = fingerprint()
    stamp = BUILD / "plugins" / ".stamp"
    if PROFILE.is_dir() and stamp.is_file() and stamp.read_text(encoding="utf-8") == state:
        return
    shutil.rmtree(TARGET, ignore_errors=True)
    shutil.copytree(SOURCE, TARGET, ignore=LEFT_OUT)
    for name in ("metadata.txt", "LICENSE"):
        shutil.copy(ROOT / name, TARGET / name)
    translate(TARGET / "resources" / "i18n")
    archive = pack()
    enable()
    stamp.write_text(state, encoding="utf-8")
    print(f"built {TARGET.relative_to(ROOT)} and {archive.relative_to(ROOT)}")


def fingerprint() -> str:
    """Of everything that goes into the build."""
    digest = hashlib.sha256()
    files = [ROOT / "metadata.txt", ROOT / "LICENSE", Path(__file__), *(ROOT / "i18n").glob("*.ts")]
    files += [path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def find_lrelease() -> str:
    """Qt's compiler of translations; ends the program when there is none that runs."""
    for name in LRELEASE:
        found = shutil.which(name)
        if found and subprocess.run([found, "-version"], capture_output=True, check=False).returncode == 0:
            return found
    sys.exit("lrelease is missing: install qttools5-dev-tools (Debian) or Qt's linguist tools")


def translate(folder: Path) -> None:
    """Compile every .ts into the plugin."""
    folder.mkdir(parents=True, exist_ok=True)
    lrelease = find_lrelease()
    for source in sorted((ROOT / "i18n").glob("*.ts")):
        target = folder / source.with_suffix(".qm").name
        subprocess.run([lrelease, "-silent", str(source), "-qm", str(target)], check=True)


def pack() -> Path:
    """The zip that the plugin repository takes; same content, same bytes."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    path = BUILD / f"landreview-{parser['general']['version']}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(TARGET.rglob("*")):
            if file.is_file():
                info = zipfile.ZipInfo(file.relative_to(TARGET.parent).as_posix(), (2026, 1, 1, 0, 0, 0))
                info.external_attr = 0o644 << 16
                archive.writestr(info, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return path


def enable() -> None:
    """Enable the plugin in the build's own profile, unless it is (QGIS calls that an error)."""
    if loaded(qgis_process("--json", "plugins").stdout):
        return
    done = qgis_process("plugins", "enable", "landreview_plugin")
    if done.returncode:
        sys.exit(f"the built plugin can't be enabled:\n{done.stdout}\n{done.stderr}")


def loaded(listing: str) -> bool:
    """Whether QGIS's list of plugins says that ours is enabled."""
    try:
        return bool(json.loads(listing)["plugins"]["landreview_plugin"]["loaded"])
    except (ValueError, KeyError):
        return False


def qgis_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run qgis_process on the build's profile."""
    environment = os.environ | {
        "QGIS_PLUGINPATH": str(TARGET.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(PROFILE),
        "LANDREVIEW_LIBS": str(BUILD / "libs"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
    }
    command = ["qgis_process", *arguments]
    return subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--find-lrelease"]:
        print(find_lrelease())
    else:
        main()
