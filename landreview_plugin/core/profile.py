# SPDX-License-Identifier: GPL-2.0-or-later
"""Read an office profile: a built-in one by name, or the office's own file."""

from __future__ import annotations

from pathlib import Path

from .model.profile import OfficeProfile
from .tables import RESOURCES
from .yaml_source import CASE_CODES, read_document, validate

BUILT_IN = RESOURCES / "profiles"


def load_profile(name: str) -> OfficeProfile:
    """The profile by built-in name or path; raises E-SRC-MISSING, E-CASE-* with line and column."""
    own = Path(name)
    path = own if own.suffix.lower() in {".yaml", ".yml"} else BUILT_IN / f"{own.name}.yaml"
    return validate(read_document(path, CASE_CODES), OfficeProfile, CASE_CODES)
