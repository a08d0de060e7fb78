# SPDX-License-Identifier: GPL-2.0-or-later
"""The packages that single formats need and an installation may lack."""

from __future__ import annotations

import importlib
from types import ModuleType

from ..core.model.base import Text
from ..core.model.problems import LandReviewError

PACKAGES = {"xlsxwriter": "XlsxWriter", "docx": "python-docx"}
"""Import name → name in the package index."""


def missing(name: str) -> Text | None:
    """Why a package can't be used here; None when it can."""
    try:
        importlib.import_module(name)
    except (ImportError, OSError) as error:
        # OSError: a compiled part (lxml for python-docx) whose library does not load
        return Text(
            zh=f"缺少软件包 {PACKAGES[name]}（{error}）",
            en=f"the package {PACKAGES[name]} is missing ({error})",
        )
    return None


def load(name: str) -> ModuleType:
    """The package. Raises LandReviewError E-ENV-MODULE, which names it, when it can't be used."""
    if (why := missing(name)) is not None:
        raise LandReviewError("E-ENV-MODULE", detail=why)
    return importlib.import_module(name)
