# SPDX-License-Identifier: GPL-2.0-or-later
"""What is set is read again; the environment wins and leaves no trace; nonsense falls back to the default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsSettings

from landreview_plugin import settings
from landreview_plugin.core.model.opinion import Role
from landreview_plugin.settings import AreaUnit, Settings


@pytest.fixture(autouse=True)
def blank(qgis_app: QgsApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing set, neither stored nor in the environment."""
    for field in fields(Settings):
        monkeypatch.delenv(settings.variable(field.name), raising=False)
    QgsSettings().remove(settings.GROUP)
    yield
    QgsSettings().remove(settings.GROUP)


@pytest.fixture
def everything(tmp_path: Path) -> Settings:
    """Every field other than its default."""
    return Settings(
        workspace=tmp_path / "张三 & 李四" / "案卷.gpkg",
        catalogue=str(tmp_path / "图层目录.yaml"),
        profile=str(tmp_path / "office.yaml"),
        rule_pack="plain",
        person="李四",
        role="leader",
        office="430998",
        unit=AreaUnit.MU,
        server="https://centre.example/api",
        authcfg="abc1234",
    )


def test_without_settings_everything_has_its_default() -> None:
    found = settings.read()
    assert found == Settings(workspace=settings.default_workspace())
    assert found.workspace == Path(QgsApplication.qgisSettingsDirPath()) / "landreview" / "landreview.gpkg"
    assert found.role in set(Role)


def test_what_is_written_is_read_again(everything: Settings) -> None:
    settings.write(everything)
    assert settings.read() == everything


def test_the_default_workspace_is_not_pinned_to_a_path(everything: Settings) -> None:
    settings.write(replace(everything, workspace=settings.default_workspace()))
    assert not QgsSettings().value("landreview/workspace", "")


def test_emptied_fields_fall_back_to_the_default(everything: Settings) -> None:
    settings.write(everything)
    settings.write(Settings(workspace=settings.default_workspace()))
    assert settings.read() == Settings(workspace=settings.default_workspace())


@pytest.mark.parametrize("field", [field.name for field in fields(Settings)])
def test_the_environment_wins_and_is_never_stored(
    field: str, everything: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write(everything)
    monkeypatch.setenv(settings.variable(field), "ha")
    forced = settings.read()
    assert str(getattr(forced, field)) == "ha"
    assert settings.overridden() == {field}
    settings.write(forced)
    monkeypatch.delenv(settings.variable(field))
    assert settings.read() == everything


def test_an_empty_variable_is_none(everything: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.write(everything)
    monkeypatch.setenv("LANDREVIEW_PERSON", "")
    assert settings.read() == everything and not settings.overridden()


@pytest.mark.parametrize("unit", ["acres", "M2 ", "0"])
def test_an_unknown_unit_is_the_default(unit: str) -> None:
    QgsSettings().setValue("landreview/unit", unit)
    assert settings.read().unit is AreaUnit.M2
