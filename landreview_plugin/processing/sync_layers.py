# SPDX-License-Identifier: GPL-2.0-or-later
"""``landreview:synclayers``: reference layers as the centre has them, and a catalogue that follows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..i18n import translate
from .base import FeedbackProgress, Parameters
from .sync_base import SyncAlgorithm, spoken


class SyncLayers(SyncAlgorithm):
    """From the centre into a folder."""

    NAME = "synclayers"

    def title(self) -> str:
        """The name in the toolbox."""
        return translate("landreview", "Sync reference layers")

    def help(self) -> str:
        """The help beside the parameters."""
        return translate(
            "landreview",
            "Brings the reference layers of KEYS (separated by commas; empty: all that concern the office) into "
            "FOLDER: whole once, then only what changed. Each version is a file of its own and is checked against the "
            "centre's hash before it is used; a review in progress keeps the version that it began with. Entries of "
            "CATALOGUE that name an earlier version follow, with the new data date; old files go when nothing names "
            "them any more. Without a screen the sign-in needs QGIS_AUTH_PASSWORD_FILE.",
        )

    def initAlgorithm(self, configuration: Any = None) -> None:  # noqa: N802 - QGIS's name
        """Declare parameters and outputs."""
        self._declare_connection()
        add = self.addParameter
        add(QgsProcessingParameterString("KEYS", translate("landreview", "Layer keys"), optional=True))
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        add(QgsProcessingParameterFile("FOLDER", translate("landreview", "Folder of the layers"), folder))
        label = translate("landreview", "Catalogue that follows")
        add(QgsProcessingParameterFile("CATALOGUE", label, optional=True))
        for name in ("LAYER_COUNT", "CHANGED_COUNT", "FOLLOWED_COUNT", "REMOVED_COUNT", "RECEIVED_BYTES"):
            self.addOutput(QgsProcessingOutputNumber(name, name))

    def execute(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Update, let the catalogue follow, remove what nothing names."""
        from ..store.workspace import Workspace
        from ..sync.client import Centre
        from ..sync.layer_catalogue import follow
        from ..sync.layers import LayerSyncer

        keys = [each.strip() for each in self.parameterAsString(parameters, "KEYS", context).split(",")]
        catalogue = self.parameterAsString(parameters, "CATALOGUE", context)
        with Workspace(self._store_path(parameters, context)) as store:
            centre = Centre(self._line())
            office = self._actor(parameters, context, centre).office
            syncer = LayerSyncer(store, centre, Path(self.parameterAsString(parameters, "FOLDER", context)))
            older = store.layers.every()
            updates = syncer.update([key for key in keys if key], office, FeedbackProgress(feedback))
            followed = follow(Path(catalogue), updates, older) if catalogue else []
            removed = syncer.tidy([Path(catalogue)] if catalogue else [])
        for update in updates:
            feedback.pushInfo(
                f"{update.layer} {update.jurisdiction} v{update.version} {update.data_date} {update.path}"
            )
            for note in update.notes:
                feedback.pushWarning(spoken(note))
        return {
            "LAYER_COUNT": len(updates),
            "CHANGED_COUNT": sum(update.changed for update in updates),
            "FOLLOWED_COUNT": len(followed),
            "REMOVED_COUNT": removed,
            "RECEIVED_BYTES": sum(update.received_bytes for update in updates),
        }
