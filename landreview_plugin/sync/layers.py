# SPDX-License-Identifier: GPL-2.0-or-later
"""Reference layers kept up to date: whole once, then deltas on a copy; the catalogue follows, old versions stay.

Each version is a file of its own, so a review in progress keeps the one that it has begun with. A file goes when the
catalogue does not name it any more and no review can still be at it.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from ..core.files import replace_file
from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..core.progress import Progress, Silent
from ..core.workflow.offices import office_code
from ..store.layers import LayerVersion
from ..store.workspace import Workspace
from .client import Centre
from .download import download
from .layer_catalogue import LayerUpdate, files_of
from .layer_delta import apply_deltas
from .layer_file import content_hash
from .layer_protocol import LayerManifest

MOST_HOPS = 10
KEPT_S = 2 * 86_400
"""No review lasts longer: after that a version that nothing names may go."""


class LayerSyncer:
    """The layers of one centre in one folder. One object, one thread, one line."""

    def __init__(self, store: Workspace, centre: Centre, folder: Path) -> None:
        self._store, self._centre, self._folder = store, centre, folder
        self._server = centre.http.line.server

    def update(
        self,
        keys: Collection[str] = (),
        jurisdiction: str = "",
        progress: Progress | None = None,
        owners: Collection[tuple[str, str]] = (),
    ) -> list[LayerUpdate]:
        """Bring the layers of ``keys`` (empty: all) that concern ``jurisdiction`` (empty: all) to the centre's version.

        ``owners``: only these, by key and the office that publishes them.
        Raises ``LineError`` or ``RefusedError``; layers that are done stay done.
        """
        told = progress or Silent()
        wanted = (each for each in self._centre.layers() if concern(each, jurisdiction))
        named = (each for each in wanted if not keys or each.layer in keys)
        found = [each for each in named if not owners or (each.layer, each.jurisdiction) in owners]
        done = []
        for i, each in enumerate(found):
            told.step(i / len(found), f"{each.layer} {each.jurisdiction}")
            done.append(self._one(self._centre.layer(each.layer, each.jurisdiction)))
        return done

    def tidy(self, catalogues: Sequence[Path]) -> int:
        """Delete files of versions that nothing refers to any more; how many went."""
        named = {path for catalogue in catalogues for path in files_of(catalogue)}
        gone = 0
        for version in self._store.layers.every():
            path = Path(version.path)
            old = not path.exists() or path.stat().st_mtime < time.time() - KEPT_S
            if version.current or not old or os.path.realpath(path) in named:
                continue
            with suppress(OSError):  # Windows keeps a file that a program has open
                path.unlink(missing_ok=True)
                self._store.layers.forget(version)
                gone += 1
        return gone

    def _one(self, newest: LayerManifest) -> LayerUpdate:
        here = self._store.layers.current(self._server, newest.layer, newest.jurisdiction)
        if here is not None and not Path(here.path).is_file():
            here = None  # somebody removed the file: it is fetched whole
        before = self._centre.http.received_bytes
        if here is not None and here.result_hash == newest.result_hash:
            return self._as_it_is(here, newest)
        target = self._target(newest)
        deltas = self._by_deltas(here, newest, target) if here is not None else 0
        if not deltas:
            self._whole(newest, target)
        self._enter(newest, target)
        return LayerUpdate(
            **_facts(newest, target),
            changed=True,
            deltas=deltas,
            received_bytes=self._centre.http.received_bytes - before,
        )

    def _as_it_is(self, here: LayerVersion, newest: LayerManifest) -> LayerUpdate:
        """The same rows; only their date may be another one."""
        path = Path(here.path)
        if (here.version, here.data_date) != (newest.version, newest.data_date):
            self._enter(newest, path)
        return LayerUpdate(**_facts(newest, path), changed=here.data_date != newest.data_date)

    def _by_deltas(self, here: LayerVersion, newest: LayerManifest, target: Path) -> int:
        """Apply the deltas that lead from the version here to the newest; 0 where they don't, or are not worth it."""
        chain = self._chain(here, newest)
        if not chain or sum(each.delta_size for each in chain) >= newest.file_size:
            return 0
        deltas = [self._fetched(each, "delta", each.delta_sha256, each.delta_size) for each in chain]
        applied = len(chain)
        try:
            apply_deltas(Path(here.path), deltas, target, result_hash=newest.result_hash)
        except LandReviewError as error:
            if error.code != "E-SYNC-LAYER":
                raise
            applied = 0  # what lies here is not what it should be: the whole file mends that
        for delta in deltas:
            delta.unlink()
        return applied

    def _chain(self, here: LayerVersion, newest: LayerManifest) -> list[LayerManifest]:
        if not 0 < newest.version - here.version <= MOST_HOPS:
            return []
        chain, at = [newest], newest
        while at.base_version is not None and at.base_version > here.version:
            at = self._centre.layer(newest.layer, newest.jurisdiction, at.base_version)
            chain.append(at)
        linked = all(each.delta_sha256 for each in chain) and at.base_hash == here.result_hash
        return chain[::-1] if linked else []

    def _whole(self, newest: LayerManifest, target: Path) -> None:
        file = self._fetched(newest, "file", newest.file_sha256, newest.file_size)
        if content_hash(file) != newest.result_hash:
            file.unlink()
            name = f"{newest.layer} {newest.jurisdiction}"
            text = Text(zh=f"{name} 第{newest.version}版", en=f"{name} version {newest.version}")
            raise LandReviewError("E-SYNC-LAYER", detail=text)
        replace_file(target, lambda beside: shutil.move(file, beside))

    def _fetched(self, version: LayerManifest, what: str, sha256: str, size: int) -> Path:
        address = f"/v1/layers/{version.layer}/{version.jurisdiction}/{version.version}/{what}"
        return download(self._centre, address, sha256, size, self._folder / ".incoming" / f"{sha256}.gpkg")

    def _target(self, version: LayerManifest) -> Path:
        name = f"{version.layer}_{version.jurisdiction}_v{version.version}_{version.result_hash[:8]}.gpkg"
        return self._folder / version.layer / name

    def _enter(self, version: LayerManifest, path: Path) -> None:
        before = self._store.layers.current(self._server, version.layer, version.jurisdiction)
        if before is not None and before.path != str(path):
            with suppress(OSError):
                os.utime(before.path)  # from now on it is old: see tidy
        self._store.layers.put(
            LayerVersion(
                server=self._server,
                layer=version.layer,
                jurisdiction=version.jurisdiction,
                version=version.version,
                data_date=version.data_date,
                result_hash=version.result_hash,
                path=str(path),
            )
        )


def concern(manifest: LayerManifest, jurisdiction: str) -> bool:
    """A layer of the office itself, of one above (of which it gets its part) or below."""
    owner, ours = str(office_code(manifest.jurisdiction)), str(office_code(jurisdiction))
    return owner.startswith(ours) or ours.startswith(owner)


def _facts(version: LayerManifest, path: Path) -> dict[str, object]:
    names = ("layer", "jurisdiction", "version", "data_date", "notes")
    return {name: getattr(version, name) for name in names} | {"path": str(path)}
