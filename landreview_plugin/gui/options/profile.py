# SPDX-License-Identifier: GPL-2.0-or-later
"""The office's profile: chosen, its values shown, the built-in one copied to be changed in an editor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qgis.PyQt.QtWidgets import QFileDialog, QPushButton, QWidget

from ...core.files import write_text
from ...core.model.base import Language
from ...core.model.problems import LandReviewError
from ...core.model.profile import OfficeProfile
from ...core.profile import BUILT_IN, load_profile
from ...core.texts import error_sentence
from ...core.workflow.calendar import national_calendar
from ...i18n import language, translate
from ...settings import Settings
from ..session import Session
from .named_or_file import NamedOrFile
from .section import Section, note, row_of

SUFFIX = ".yaml"


class ProfileSection(Section):
    """``folder`` says where a copy goes by default: beside the catalogue."""

    def __init__(self, session: Session, folder: Callable[[], Path], parent: QWidget | None = None) -> None:
        super().__init__(translate("landreview", "Office profile"), parent)
        self._session, self._folder = session, folder
        self.profile = NamedOrFile(_built_in(), translate("landreview", "Office profile"), self)
        self.values = note(self)
        self.copy = QPushButton(translate("landreview", "Copy it to change it…"), self)
        self.copy.setToolTip(
            translate(
                "landreview", "Writes the profile as a YAML file and chooses that; the built-in one stays as it is"
            )
        )
        self.form.addRow(translate("landreview", "&Profile"), self.profile)
        self.form.addRow("", self.values)
        self.form.addRow("", row_of(self.copy))
        self.profile.changed.connect(self._say)
        self.copy.clicked.connect(self._ask_copy)

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        self.profile.choose(settings.profile)
        self.lock("profile", self.profile)
        self._say()

    def taken(self, settings: Settings) -> Settings:
        """``settings`` with the profile."""
        return replace(settings, profile=self.profile.value or "hunan")

    def copy_to(self, target: Path) -> None:
        """Write the chosen profile to ``target`` and choose that."""
        with self._session.guard():
            source = Path(self.profile.value)
            path = source if source.suffix else BUILT_IN / f"{source.name}{SUFFIX}"
            write_text(target, path.read_text(encoding="utf-8"))
            self.profile.choose(str(target))

    def _ask_copy(self) -> None:
        start = self._folder() / f"office{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, translate("landreview", "Office profile"), str(start), "YAML (*.yaml)"
        )
        if chosen:
            self.copy_to(Path(chosen).with_suffix(SUFFIX))

    def _say(self) -> None:
        try:
            self.values.setText(values_of(load_profile(self.profile.value)))
            self.copy.setEnabled(True)
        except LandReviewError as error:
            self.values.setText(error_sentence(error, Language(language())))
            self.copy.setEnabled(False)
        self.changed.emit()


def values_of(profile: OfficeProfile) -> str:
    """What the profile sets, a line each."""
    some = profile.tolerances
    years = sorted(national_calendar().years)
    datums = ", ".join(datum.value for datum in profile.accepted_datums) or translate("landreview", "any")
    lines = (
        profile.title.get(Language(language())),
        translate("landreview", "Jurisdiction {}, datum {}, rule pack {}").format(
            profile.jurisdiction or "—", datums, profile.rule_pack
        ),
        translate("landreview", "Slivers up to {} m²; dropped sum above {} m² or {} of a parcel is a finding").format(
            some.sliver_area_m2, some.dropped_sum_m2, some.dropped_share
        ),
        translate("landreview", "Coverage may miss {} m², a gap {} m²; points snap within {} m").format(
            some.coverage_m2, some.gap_m2, some.snap_m
        ),
        translate("landreview", "Calendar {}: holidays of {}–{}").format(profile.calendar, years[0], years[-1]),
        translate("landreview", "{} own units, {} changed quality checks").format(
            len(profile.units), len(profile.quality)
        ),
    )
    return "\n".join(lines)


def _built_in() -> list[tuple[str, str]]:
    spoken = Language(language())
    names = sorted(path.stem for path in BUILT_IN.glob(f"*{SUFFIX}"))
    return [(name, f"{load_profile(name).title.get(spoken)} ({name})") for name in names]
