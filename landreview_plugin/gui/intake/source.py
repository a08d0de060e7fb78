# SPDX-License-Identifier: GPL-2.0-or-later
"""What is to be taken in: a file, or a layer of the project as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer, QgsWkbTypes

from ...core.model.parcel import ParcelReading
from ...core.model.profile import OfficeProfile
from ...core.progress import Progress
from ...jobs.intake import examined
from ...project.parcels import read_features
from ...project.snapshot import LayerSnapshot
from ...sources.import_options import ImportOptions
from ...sources.parcels import PACKED, READABLE, TEXT, read_parcels
from ..work_task import Work


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file or folder that was chosen or dropped."""

    path: Path
    beside: tuple[Path, ...] = ()
    """Other data sets that came with it: they must show the same land, and are kept with it."""

    @property
    def name(self) -> str:
        """What is shown of it."""
        return self.path.name

    def reading(self, options: ImportOptions, profile: OfficeProfile) -> Work[ParcelReading]:
        """The work of reading it."""
        return partial(_read_file, str(self.path), options, profile, self.beside)


@dataclass(frozen=True, slots=True)
class LayerSource:
    """A layer of the project."""

    snapshot: LayerSnapshot
    path: None = None

    @property
    def name(self) -> str:
        """What is shown of it."""
        return self.snapshot.sourceName()

    def reading(self, options: ImportOptions, profile: OfficeProfile) -> Work[ParcelReading]:
        """The work of reading it."""
        return partial(_read_layer, self.snapshot, options, profile)


@dataclass(frozen=True, slots=True)
class ReadSource:
    """Parcels that are there already: land that was drawn."""

    name: str
    """What is shown of it."""
    parcels: ParcelReading
    path: None = None

    def reading(self, options: ImportOptions, profile: OfficeProfile) -> Work[ParcelReading]:
        """The work of looking at it."""
        return lambda progress: examined(self.parcels, profile, repairs=options.accept_repairs)


Source = FileSource | LayerSource | ReadSource


def _read_file(
    path: str, options: ImportOptions, profile: OfficeProfile, beside: tuple[Path, ...], progress: Progress
) -> ParcelReading:
    reading = read_parcels(path, options, progress)
    progress.step(0.9)
    return examined(reading, profile, beside, options.accept_repairs)


def _read_layer(
    snapshot: LayerSnapshot, options: ImportOptions, profile: OfficeProfile, progress: Progress
) -> ParcelReading:
    progress.step(0.0)
    reading = read_features(snapshot, options=options)
    progress.step(0.9)
    return examined(reading, profile, repairs=options.accept_repairs)


def choose_one(files: Sequence[Path]) -> Path | None:
    """The data set among dropped files: a shapefile's other parts don't count; None: none can be read."""
    fitting = data_sets(files)
    return fitting[0] if fitting else (files[0] if files else None)


def choose(files: Sequence[Path]) -> FileSource | None:
    """A dropped hand-in: the boundary TXT counts where there is one, the other data sets must agree with it."""
    first = choose_one(files)
    return None if first is None else FileSource(first, tuple(path for path in data_sets(files) if path != first))


def data_sets(files: Sequence[Path]) -> list[Path]:
    """What parcels can be read from, the boundary TXT first."""
    fitting = [path for path in files if path.suffix.lower() in READABLE | PACKED]
    return sorted(fitting, key=lambda path: path.suffix.lower() != TEXT)


def polygon_layers(project: QgsProject) -> list[QgsVectorLayer]:
    """The layers of the project that parcels can be taken from, by name."""
    found = [layer for layer in project.mapLayers().values() if _has_polygons(layer)]
    return sorted(found, key=lambda layer: layer.name())


def _has_polygons(layer: QgsMapLayer) -> bool:
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return False
    return bool(layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry)
