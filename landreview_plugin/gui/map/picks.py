# SPDX-License-Identifier: GPL-2.0-or-later
"""From features chosen on the map to findings: pieces, parcels, uncovered land and the office's reference polygons."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qgis.core import QgsFeature, QgsMapLayer, QgsProviderRegistry, QgsVectorLayer

from ...core.model.result import Finding, ReviewResult
from ...project.reference_layers import KEY
from ...project.result_memory import ROLE
from ...sources.result_layers import FINDINGS, PARCELS, UNCOVERED


class Picks:
    """Finds the findings of one result. ``base``: the folder that the catalogue's paths start from."""

    def __init__(self, result: ReviewResult, base: Path) -> None:
        self._findings = result.findings
        self._sources: dict[tuple[Path, str], list[str]] = {}
        for use in result.provenance.layers:
            if use.source:
                path, _, name = use.source.partition("|layername=")
                self._sources.setdefault((_resolved(base / path), name.partition("|")[0]), []).append(use.key)

    def knows(self, layer: QgsMapLayer | None) -> bool:
        """Whether features of a layer can lead to findings."""
        return isinstance(layer, QgsVectorLayer) and bool(layer.customProperty(ROLE) or self.keys_of(layer))

    def keys_of(self, layer: QgsVectorLayer) -> tuple[str, ...]:
        """The keys that the catalogue binds a layer of the project to; () for a layer of something else."""
        if key := layer.customProperty(KEY):
            return (str(key),)
        if layer.providerType() != "ogr":
            return ()
        parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
        place = (_resolved(Path(parts.get("path") or "")), parts.get("layerName") or "")
        return tuple(self._sources.get(place, ()))

    def findings(self, layer: QgsVectorLayer, features: Iterable[QgsFeature]) -> tuple[Finding, ...]:
        """The findings that the features are about, in the order of the result."""
        role = layer.customProperty(ROLE)
        chosen = list(features)
        if role == FINDINGS.name:
            ids = {feature["finding_id"] for feature in chosen}
            return tuple(finding for finding in self._findings if finding.id in ids)
        if role == PARCELS.name:
            numbers = {feature["number"] for feature in chosen}
            return tuple(finding for finding in self._findings if finding.parcel in numbers)
        if role == UNCOVERED.name:
            places = {(feature["parcel"], feature["layer"]) for feature in chosen}
            return tuple(finding for finding in self._findings if (finding.parcel, finding.layer) in places)
        if role:
            return self._touching({(str(feature["layer"]), int(feature["source_fid"])) for feature in chosen})
        return self._touching({(key, feature.id()) for key in self.keys_of(layer) for feature in chosen})

    def _touching(self, chosen: set[tuple[str, int]]) -> tuple[Finding, ...]:
        found = tuple(f for f in self._findings if any((f.layer, each.fid) in chosen for each in f.features))
        if found:
            return found
        # a finding names at most 50 features: what it leaves out may be this one
        keys = {key for key, _ in chosen}
        return tuple(f for f in self._findings if f.layer in keys and f.count > len(f.features))


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except OSError:  # a drive or share that is not there
        return path
