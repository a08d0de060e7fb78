# SPDX-License-Identifier: GPL-2.0-or-later
"""A package into a store: verified first, files before rows, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from ..core.model.case_file import CaseFile, Transfer
from ..store.custody_rows import Custody
from ..store.incoming import Incoming
from ..store.workspace import Workspace
from .package import Package
from .reading import keep_files, read_package


def unpack(
    store: Workspace, package: Package, custody: Custody | None = None, transfer: Transfer = Transfer.NONE
) -> CaseFile:
    """Enter a package's case; ``custody`` says who holds it from now on (None: as its cover says).

    Raises E-SYNC-PACKAGE when it does not verify, E-SYNC-DIFFERS when the case was changed here, too,
    E-SYNC-NUMBER when its number is taken, and the store's own codes; the store is then as it was before.
    """
    return unpack_read(store, package, read_package(package), custody, transfer)


def unpack_read(
    store: Workspace,
    package: Package,
    incoming: Incoming,
    custody: Custody | None,
    transfer: Transfer,
    also: Callable[[sqlite3.Connection], object] | None = None,
) -> CaseFile:
    """As :func:`unpack`, for a package that was read; ``also`` is done in the same transaction."""
    keep_files(package, incoming, store.blobs.keep)
    return store.receive(incoming, custody, transfer, also)
