# SPDX-License-Identifier: GPL-2.0-or-later
"""``make bundle``: the release for offices without a network, plugin and wheels in one zip.

Its manifest states the SHA-256 of every file and which wheels belong to which Python. Wheels are downloaded once,
with pip as it is configured here, and checked against requirements/runtime.txt.
"""

import configparser
import hashlib
import json
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from lock import REQUIREMENTS, ROOT, download

BUILD = ROOT / "build"
TAGS = ("cp311-linux_x86_64", "cp312-linux_x86_64", "cp313-linux_x86_64", "cp312-win_amd64")
README = """LandReview {version}

1. Unzip this bundle. In QGIS: Plugins > Manage and Install Plugins > Install from ZIP, and choose the file in plugin/.
2. If the environment check names missing libraries: Plugins > LandReview > Environment check > Install libraries,
   and choose the bundle's zip. Without a window: python unpack_bundle.py BUNDLE PROFILE (with the Python of QGIS).

1. 解压本包。QGIS：插件 > 管理和安装插件 > 从 ZIP 安装，选择 plugin 目录中的文件。
2. 若环境检查提示缺少库：插件 > LandReview > 环境检查 > 安装离线库，选择本包（zip）。
   无界面时：python unpack_bundle.py 离线包 配置目录（使用 QGIS 的 Python）。
"""


def version() -> str:
    """The version of metadata.txt."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]["version"]


def wheels(tag: str) -> list[Path]:
    """The wheels for one Python and system, from the last run or downloaded."""
    folder = BUILD / "wheels" / tag
    locked = REQUIREMENTS / "runtime.txt"
    state = hashlib.sha256(locked.read_bytes()).hexdigest()
    stamp = folder / ".stamp"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != state:
        for old in folder.glob("*.whl"):
            old.unlink()
        download(tag, locked, folder)
        stamp.write_text(state, encoding="utf-8")
    return sorted(folder.glob("*.whl"))


def main() -> None:
    """Write build/landreview-bundle-<version>.zip."""
    number = version()
    plugin = BUILD / f"landreview-{number}.zip"
    files = {f"plugin/{plugin.name}": plugin.read_bytes()}
    libraries = {}
    for tag in TAGS:
        found = wheels(tag)
        libraries[tag] = [f"wheels/{wheel.name}" for wheel in found]
        files |= {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in found}
    files["unpack_bundle.py"] = (ROOT / "tools" / "unpack_bundle.py").read_bytes()
    files["README.txt"] = README.format(version=number).encode("utf-8")
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    manifest = {"version": number, "files": hashes, "libraries": libraries}
    files["manifest.json"] = json.dumps(manifest, indent=1, sort_keys=True).encode("utf-8")
    target = BUILD / f"landreview-bundle-{number}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1e6:.1f} MB, libraries for {', '.join(TAGS)}")


if __name__ == "__main__":
    main()
