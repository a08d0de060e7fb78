# SPDX-License-Identifier: GPL-2.0-or-later
"""Libraries join at the end of the path, only when they are needed, whole and unaltered or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from landreview_plugin import environment
from landreview_plugin.environment import Need, State, Words
from landreview_plugin.environment_bundle import BundleError

MakeBundle = Callable[..., Path]
PROBE = Need("landreview-probe", "landreview_probe", "1.0", Words("探针", "a probe"))


@pytest.fixture
def needs_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the plugin needs one package more; forget everything afterwards."""
    monkeypatch.setattr(environment, "NEEDS", (*environment.NEEDS, PROBE))
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv(environment.LIBRARIES_VARIABLE, raising=False)
    environment.dependencies.cache_clear()
    sys.modules.pop("landreview_probe", None)


def test_all_that_the_tests_need_is_here() -> None:
    environment.dependencies.cache_clear()
    assert environment.missing() == ()
    assert environment.absent() == ()
    assert {found.name for found in environment.dependencies()} >= {"shapely", "pydantic", "numpy", "GDAL"}


def test_a_package_that_is_nowhere_is_missing_and_has_a_fix() -> None:
    found = environment.look(PROBE)
    assert found.state is State.MISSING
    assert "离线安装包" in found.fix.zh
    assert "offline bundle" in found.fix.en


def write_probe(folder: Path, text: str) -> None:
    (folder / "landreview_probe").mkdir()
    (folder / "landreview_probe" / "__init__.py").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("__version__ = '1.0'", State.GOOD),
        ("__version__ = '1.10.2'", State.GOOD),
        ("__version__ = '0.9.9'", State.TOO_OLD),
        ("raise ImportError('cannot import name validate_core_schema')", State.BROKEN),
        ("import landreview_probe_core", State.BROKEN),
        ("1 / 0", State.BROKEN),
    ],
)
def test_states_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, state: State) -> None:
    write_probe(tmp_path, text)
    monkeypatch.syspath_prepend(str(tmp_path))
    sys.modules.pop("landreview_probe", None)
    found = environment.look(PROBE)
    sys.modules.pop("landreview_probe", None)
    assert found.state is state
    assert (found.fix.en == "") is (state is State.GOOD)


def test_a_folder_joins_at_the_end_when_a_package_is_missing(
    needs_probe: None, bundle: MakeBundle, tmp_path: Path
) -> None:
    profile = tmp_path / "张三 & 李四"
    assert environment.missing()
    folder = environment.unpack_bundle(bundle("1.5"), profile)
    environment.add_libraries(profile)
    assert sys.path[-1] == str(folder)
    assert environment.missing() == ()
    environment.add_libraries(profile)
    assert sys.path.count(str(folder)) == 1


def test_nothing_joins_when_nothing_is_missing(
    bundle: MakeBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(environment.LIBRARIES_VARIABLE, raising=False)
    folder = environment.unpack_bundle(bundle(), tmp_path)
    environment.add_libraries(tmp_path)
    assert str(folder) not in sys.path


def test_the_folder_that_the_variable_names_comes_first(
    needs_probe: None, bundle: MakeBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "libs"
    named.mkdir()
    write_probe(named, "__version__ = '2.0'")
    in_profile = environment.unpack_bundle(bundle("1.5"), tmp_path)
    monkeypatch.setenv(environment.LIBRARIES_VARIABLE, str(named))
    environment.add_libraries(tmp_path)
    assert sys.path[-1] == str(named)
    assert str(in_profile) not in sys.path


def test_a_newer_bundle_takes_the_place_of_an_older_one(bundle: MakeBundle, tmp_path: Path) -> None:
    environment.unpack_bundle(bundle("1"), tmp_path)
    folder = environment.unpack_bundle(bundle("2"), tmp_path)
    assert "'2'" in (folder / "landreview_probe" / "__init__.py").read_text(encoding="utf-8")
    assert [path.name for path in folder.parent.iterdir()] == [environment.tag()]


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        ({"altered": True}, "differs from its hash"),
        ({"tag": "cp299-amiga"}, "no libraries for"),
        ({"extra": {"../outside.py": b""}}, "unsafe path"),
        ({"extra": {"/etc/outside": b""}}, "unsafe path"),
        ({"extra": {"C:\\outside": b""}}, "unsafe path"),
        ({"extra": {"a\\..\\..\\outside": b""}}, "unsafe path"),
    ],
)
def test_a_flawed_bundle_is_refused_and_leaves_the_old_libraries(
    bundle: MakeBundle, tmp_path: Path, flaw: dict[str, object], words: str
) -> None:
    profile = tmp_path / "profile"
    folder = environment.unpack_bundle(bundle("1"), profile)
    with pytest.raises(BundleError, match=words) as caught:
        environment.unpack_bundle(bundle("2", **flaw), profile)
    assert caught.value.words.zh
    assert "'1'" in (folder / "landreview_probe" / "__init__.py").read_text(encoding="utf-8")
    assert [path.name for path in folder.parent.iterdir()] == [environment.tag()]
    assert not list(tmp_path.rglob("outside*"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"not a zip"])
def test_what_is_no_bundle_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)
    with pytest.raises(BundleError, match="can't be read"):
        environment.unpack_bundle(path, tmp_path / "profile")
    assert not (tmp_path / "profile").exists()


def test_a_missing_bundle_is_said(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="can't be read"):
        environment.unpack_bundle(tmp_path / "no.zip", tmp_path)


def test_a_profile_that_cannot_be_written_is_said(bundle: MakeBundle, tmp_path: Path) -> None:
    (tmp_path / "landreview").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(BundleError, match="Can't write"):
        environment.unpack_bundle(bundle(), tmp_path)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_names_everything_and_speaks_one_language(language: str) -> None:
    page = environment.report_html(language)
    for word in ("shapely", "pydantic", "GDAL", "QGIS", "PROJ", "GEOS"):
        assert word in page
    assert ("环境检查" in page) is (language == "zh")


def test_the_page_shows_markup_in_an_error_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = environment.Dependency(PROBE, State.BROKEN, error="<img src=x>")
    monkeypatch.setattr(environment, "dependencies", lambda: (broken,))
    assert "<img" not in environment.report_html("en")


def test_the_check_runs_on_a_bare_python(root: Path, tmp_path: Path) -> None:
    """Nothing but the standard library: every package blocked, and it still tells what to do."""
    program = (
        "import sys\n"
        "for name in ('numpy', 'shapely', 'pydantic', 'yaml', 'osgeo', 'qgis', 'requests'): sys.modules[name] = None\n"
        "from landreview_plugin import environment\n"
        "print(environment.report_text('zh'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(root)!r})\n{program}"],
        env=os.environ | {"QGIS_CUSTOM_CONFIG_PATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "MISS  shapely" in done.stdout
    assert "离线安装包" in done.stdout
