# SPDX-License-Identifier: GPL-2.0-or-later
"""A file of the program as text and as a syntax tree."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One Python file of the program."""

    path: Path
    """Relative to the checkout."""
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """``core``, ``gui`` …; modules beside the rooms count as rooms of their own."""
        parts = self.path.parts
        if parts[0] != "landreview_plugin":
            return parts[0]
        return parts[1] if len(parts) > 2 else self.path.stem.partition("_")[0] or "plugin"

    def at(self, node: ast.AST) -> str:
        """A place to click on."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


Sources = tuple[Source, ...]
