# SPDX-License-Identifier: GPL-2.0-or-later
"""The built zip passes what the plugin repository checks, and the plugin lives without its libraries."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

REQUIRED = ("name", "description", "about", "version", "qgisMinimumVersion", "author", "email", "tracker", "repository")
FORBIDDEN = (".so", ".dll", ".exe", ".bat", ".sh", ".ps1", ".pyc", ".pyd", ".cmd")


@pytest.fixture(scope="module")
def metadata(built: Path) -> configparser.SectionProxy:
    """The metadata of the built plugin."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # QGIS's keys have capitals
    parser.read(built / "metadata.txt", encoding="utf-8")
    return parser["general"]


@pytest.fixture(scope="module")
def package(built: Path, metadata: configparser.SectionProxy) -> zipfile.ZipFile:
    """The zip."""
    return zipfile.ZipFile(built.parents[1] / f"landreview-{metadata['version']}.zip")


def test_the_keys_that_the_repository_requires(metadata: configparser.SectionProxy) -> None:
    assert not [key for key in REQUIRED if not metadata.get(key, "").strip()]
    assert re.fullmatch(r"\d+\.\d+\.\d+", metadata["version"])
    assert re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", metadata["email"])
    for key in ("tracker", "repository", "homepage"):
        assert re.fullmatch(r"https://[\w.-]+(/[\w./-]*)?", metadata[key])


def test_what_qgis_reads(metadata: configparser.SectionProxy, built: Path) -> None:
    assert metadata["qgisMinimumVersion"] == "3.40"
    assert metadata["qgisMaximumVersion"] == "4.99"
    assert metadata["hasProcessingProvider"] == "yes"
    assert (built / metadata["icon"]).is_file()
    for key in ("name", "description", "about", "tags"):
        assert re.search("[\u4e00-\u9fff]", metadata[f"{key}[zh_CN]"])


def test_one_version_everywhere(metadata: configparser.SectionProxy, root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == metadata["version"]
    assert f"## {metadata['version']}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_one_top_folder_with_what_belongs_there(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    assert {name.split("/")[0] for name in names} == {"landreview_plugin"}
    assert {f"landreview_plugin/{name}" for name in ("__init__.py", "metadata.txt", "LICENSE")} <= set(names)
    assert package.testzip() is None


def test_nothing_that_the_repository_refuses(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    assert not [name for name in names if name.lower().endswith(FORBIDDEN)]
    assert not [name for name in names if any(part.startswith((".", "__pycache__")) for part in name.split("/"))]
    assert not [name for name in names if "/tests/" in name]
    assert Path(package.filename or "").stat().st_size < 25_000_000


def test_names_that_windows_can_hold(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    assert len({name.lower() for name in names}) == len(names)
    assert not [name for name in names if re.search(r'[<>:"|?*\\]', name) or len(name) > 120]


def test_the_zip_is_the_same_when_built_again(built: Path, package: zipfile.ZipFile, root: Path) -> None:
    path = Path(package.filename or "")
    before = path.read_bytes()
    (built.parent / ".stamp").unlink()
    subprocess.run(["/usr/bin/python3", "tools/build.py"], cwd=root, check=True, timeout=120, capture_output=True)
    assert path.read_bytes() == before


def qgis_process(built: Path, profile: Path, libraries: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run qgis_process with the built plugin in a fresh profile."""
    environment = os.environ | {
        "QGIS_PLUGINPATH": str(built.parent),
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "LANDREVIEW_LIBS": libraries,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        ["qgis_process", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_plugin_works_with_its_libraries(built: Path, root: Path, tmp_path: Path) -> None:
    libraries = str(root / "build" / "libs")
    assert qgis_process(built, tmp_path, libraries, "plugins", "enable", "landreview_plugin").returncode == 0
    listed = qgis_process(built, tmp_path, libraries, "list")
    assert "landreview:review" in listed.stdout
    assert "Traceback" not in listed.stdout + listed.stderr


def test_the_plugin_survives_without_its_libraries(built: Path, data: Path, tmp_path: Path) -> None:
    """Neither shapely nor pydantic: it loads, lists its algorithms, and says what is missing instead of a traceback."""
    profile = tmp_path / "profile"
    blocked = tmp_path / "blocked"
    for name in ("shapely", "pydantic"):
        (blocked / name).mkdir(parents=True)
        (blocked / name / "__init__.py").write_text(f"raise ImportError('no {name} here')", encoding="utf-8")
    (profile / "python").parent.mkdir(parents=True)
    shutil.copytree(blocked, profile / "python")  # the profile's python folder stands in front of site-packages
    assert qgis_process(built, profile, "", "plugins", "enable", "landreview_plugin").returncode == 0
    listed = qgis_process(built, profile, "", "list")
    assert "landreview:review" in listed.stdout
    arguments = (f"--INPUT={data / 'txt' / '01_one_gbk.txt'}", f"--OUTPUT={tmp_path / 'out.gpkg'}")
    run = qgis_process(built, profile, "", "run", "landreview:importparcels", *arguments)
    said = run.stdout + run.stderr
    assert run.returncode == 1
    assert "shapely" in said
    assert "pydantic" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out.gpkg").exists()


def test_the_exports_survive_a_folder_with_a_quote_and_chinese(root: Path, tmp_path: Path) -> None:
    tools = tmp_path / "张三's & 李四" / "tools"
    tools.mkdir(parents=True)
    shutil.copy(root / "tools" / "env.sh", tools)
    program = 'eval "$(bash "$0" print)" && printf %s "$QGIS_PLUGINPATH"'
    done = subprocess.run(
        ["sh", "-c", program, str(tools / "env.sh")], capture_output=True, encoding="utf-8", check=True, timeout=20
    )
    assert done.stdout == str(tools.parent / "build" / "plugins")
