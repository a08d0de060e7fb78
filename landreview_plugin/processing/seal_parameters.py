# SPDX-License-Identifier: GPL-2.0-or-later
"""Sealing a stick: passphrase from QGIS's authentication store, the office's key, the keys of trusted offices."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..i18n import translate
from .base import Parameters

if TYPE_CHECKING:
    from ..sync.seal import Seal


def declare_seal(algorithm: QgsProcessingAlgorithm, *, opens: bool) -> None:
    """Add the parameters; where the library is missing their labels say so instead of failing late."""
    import importlib.util

    reason = ""
    if importlib.util.find_spec("cryptography") is None:
        reason = f" ({translate('landreview', 'not available here: the package cryptography is missing')})"
    label = translate("landreview", "Passphrase of the hand-over file (a Basic sign-in: its password)") + reason
    _add(algorithm, QgsProcessingParameterAuthConfig("SEAL", label, optional=True))
    if opens:
        label = translate("landreview", "Public keys of trusted offices, separated by commas") + reason
        _add(algorithm, QgsProcessingParameterString("TRUSTED", label, optional=True))
    else:
        label = translate("landreview", "Signing key of the office (PEM)") + reason
        _add(algorithm, QgsProcessingParameterFile("KEY", label, optional=True))


def wished_seal(
    algorithm: QgsProcessingAlgorithm, parameters: Parameters, context: QgsProcessingContext
) -> Seal | None:
    """On the main thread: what SEAL and KEY ask for; None for neither. The key, too, is opened with the passphrase."""
    from ..project.access import secret_of
    from ..sync.seal import Seal

    authcfg = algorithm.parameterAsString(parameters, "SEAL", context)
    key = algorithm.parameterAsString(parameters, "KEY", context)
    if not authcfg and not key:
        return None
    secret = secret_of(authcfg) if authcfg else ""
    return Seal(passphrase=secret, key=Path(key).read_bytes() if key else b"", key_passphrase=secret)


@contextmanager
def sealed(target: Path, wished: Seal | None) -> Iterator[Path]:
    """Where to write a stick: ``target`` itself, or a place beside from which it is sealed to ``target``."""
    from ..sync.seal import seal

    if wished is None:
        yield target
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".seal") as folder:
        plain = Path(folder) / target.name
        yield plain
        seal(plain, target, wished)


@contextmanager
def unsealed(source: Path, passphrase: str, trusted: str) -> Iterator[Path]:
    """A stick that can be read: ``source`` itself, or what was sealed in it. Raises E-SYNC-SEAL."""
    from ..core.model.problems import LandReviewError, Place
    from ..sync.seal import is_sealed, unseal

    keys = [key.strip() for key in trusted.split(",") if key.strip()]
    if not is_sealed(source):
        if keys:
            raise LandReviewError("E-SYNC-SEAL", place=Place(file=source.name))
        yield source
        return
    folder = Path(tempfile.mkdtemp(prefix="landreview-stick-"))
    try:
        plain = folder / source.name
        unseal(source, plain, passphrase or None, keys)
        yield plain
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _add(algorithm: QgsProcessingAlgorithm, parameter: QgsProcessingParameterDefinition) -> None:
    parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
    add = algorithm.addParameter
    add(parameter)
