# SPDX-License-Identifier: GPL-2.0-or-later
"""Sign-ins in QGIS's own store, for the panel's tests against a real data centre."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication, QgsAuthMethodConfig

MASTER = "master & 主"
"""Of the tests' profile, which all rooms share."""


def unlocked() -> Any:
    """QGIS's authentication store, open."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword(MASTER, True)
    return manager


def sign_in(user: str, password: str) -> str:
    """A Basic sign-in in QGIS's store; its id."""
    manager, config = unlocked(), QgsAuthMethodConfig("Basic")
    config.setName(f"{user} {len(manager.configIds())}")
    config.setConfig("username", user)
    config.setConfig("password", password)
    assert manager.storeAuthenticationConfig(config)[0]
    return str(config.id())
