# SPDX-License-Identifier: GPL-2.0-or-later
"""What a review takes from the open project, gathered on the main thread, used off it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer

from ..core.model.crs import Crs
from ..core.model.parcel import ParcelReading
from ..core.overlay.layer import ReferenceLayer
from ..sources.catalogue import open_file
from ..sources.import_options import ImportOptions
from .layers import LayerHandle, handle_of
from .parcels import read_features


@dataclass(frozen=True, slots=True)
class ProjectInputs:
    """Parcels, when INPUT is a layer of the project, and a handle of each vector layer."""

    reading: ParcelReading | None = None
    handles: Mapping[str, LayerHandle] = field(default_factory=dict)
    """By layer id and, where it is unique, by layer name."""

    def open(self, source: str, base: Path, target: Crs) -> ReferenceLayer:
        """A layer of the project by id or name, else a file relative to ``base``."""
        handle = self.handles.get(source)
        return handle.open(target) if handle else open_file(source, base, target)


def take_inputs(project: QgsProject | None, given: str, options: ImportOptions | None = None) -> ProjectInputs:
    """Gather on the main thread. ``given`` is the INPUT parameter: a path or the id of a layer."""
    options = options or ImportOptions()
    layers = [layer for layer in (project.mapLayers().values() if project else ()) if _usable(layer)]
    reading = next(
        (read_features(layer, name=layer.name(), options=options) for layer in layers if given == layer.id()), None
    )
    by_name = [layer.name() for layer in layers]
    handles = {layer.id(): handle_of(layer) for layer in layers}
    handles |= {layer.name(): handles[layer.id()] for layer in layers if by_name.count(layer.name()) == 1}
    return ProjectInputs(reading, handles)


def _usable(layer: QgsMapLayer) -> bool:
    return isinstance(layer, QgsVectorLayer) and layer.isValid() and layer.isSpatial()
