# SPDX-License-Identifier: GPL-2.0-or-later
"""A file is whole or not there, whatever goes wrong while it is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from landreview_plugin.core import files
from landreview_plugin.core.files import replace_file, write_text
from landreview_plugin.core.model.problems import LandReviewError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_makes_the_folder_and_keeps_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "张三 & 李四" / "结果.json"
    write_text(path, "永久基本农田\n")
    assert path.read_bytes() == "永久基本农田\n".encode()
    assert names(path.parent) == ["结果.json"]


def test_the_temporary_file_has_the_suffix_of_the_result(tmp_path: Path) -> None:
    seen: list[Path] = []

    def write(beside: Path) -> None:
        seen.append(beside)
        beside.write_bytes(b"x")

    replace_file(tmp_path / "result.gpkg", write)
    assert seen[0].suffix == ".gpkg"
    assert seen[0].parent == tmp_path


def test_a_writer_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")

    def write(beside: Path) -> None:
        beside.write_bytes(b"half")
        raise ValueError("broke in the middle")

    with pytest.raises(ValueError, match="middle"):
        replace_file(path, write)
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


def test_companions_of_a_broken_database_go_too(tmp_path: Path) -> None:
    def write(beside: Path) -> None:
        beside.with_name(beside.name + "-wal").write_bytes(b"w")
        raise ValueError("broke")

    with pytest.raises(ValueError, match="broke"):
        replace_file(tmp_path / "a.gpkg", write)
    assert names(tmp_path) == []


def test_a_full_disk_is_one_sentence_with_the_file(tmp_path: Path) -> None:
    def write(beside: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(LandReviewError) as caught:
        replace_file(tmp_path / "a.json", write)
    assert caught.value.code == "E-ENV-WRITE"
    assert caught.value.place.file == str(tmp_path / "a.json")
    assert "No space left" in str(caught.value)


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(LandReviewError, match="E-ENV-WRITE"):
        write_text(tmp_path / "out" / "a.json", "{}")


def test_waits_for_a_virus_scanner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusals = [PermissionError("held"), PermissionError("held")]
    rename = os.replace

    def held(source: Path, target: Path) -> None:
        if refusals:
            raise refusals.pop()
        rename(source, target)

    monkeypatch.setattr(os, "replace", held)
    write_text(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "new"


def test_gives_up_on_a_file_that_stays_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(source: Path, target: Path) -> None:
        raise PermissionError(13, "held by another program")

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(files, "RENAME_WAITS_S", (0.0, 0.0))
    with pytest.raises(LandReviewError, match="held by another program"):
        write_text(tmp_path / "a.txt", "new")
    assert names(tmp_path) == []
