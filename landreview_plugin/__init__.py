# SPDX-License-Identifier: GPL-2.0-or-later
"""LandReview: review applications for land in QGIS, with and without a screen."""


def classFactory(iface):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, N802 - QGIS calls this name
    """Make the plugin. QGIS calls this; ``iface`` is None in qgis_process."""
    from .plugin import LandReviewPlugin

    return LandReviewPlugin(iface)
