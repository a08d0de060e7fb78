# SPDX-License-Identifier: GPL-2.0-or-later
"""How a catalogue names what QGIS knows: layers of the project, stored PostgreSQL connections."""

from __future__ import annotations

from qgis.core import QgsDataSourceUri, QgsMapLayer, QgsProject, QgsProviderRegistry, QgsVectorLayer

from .layers import file_of


def project_layers(project: QgsProject) -> list[tuple[str, str]]:
    """(name, source) of every vector layer: its file where that alone makes the layer, else its name or id.

    A name that two layers have would be neither's: such a layer goes by its id.
    """
    layers = [layer for layer in project.mapLayers().values() if _usable(layer)]
    names = [layer.name() for layer in layers]
    found = []
    for layer in sorted(layers, key=lambda each: each.name()):
        own = layer.name() if names.count(layer.name()) == 1 else layer.id()
        found.append((layer.name(), file_of(layer) or own))
    return found


def postgres_connections() -> dict[str, str]:
    """Name → GDAL's connection string of every stored connection, without passwords.

    A catalogue lies on a share: passwords belong into ``pgpass.conf`` or a service of the person.
    """
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    if metadata is None:
        return {}
    return {name: gdal_string(QgsDataSourceUri(c.uri())) for name, c in metadata.connections(False).items()}


def gdal_string(uri: QgsDataSourceUri) -> str:
    """``PG:host='…' dbname='…'``: what libpq needs, quoted as libpq wants it."""
    parts = {
        "service": uri.service(),
        "host": uri.host(),
        "port": uri.port(),
        "dbname": uri.database(),
        "user": uri.username(),
    }
    quoted = (f"{name}='{_escaped(value)}'" for name, value in parts.items() if value)
    return "PG:" + " ".join(quoted)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _usable(layer: QgsMapLayer) -> bool:
    return isinstance(layer, QgsVectorLayer) and layer.isValid() and layer.isSpatial()
