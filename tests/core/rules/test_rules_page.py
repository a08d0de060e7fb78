# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/rules.md says what the packs say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_page_is_up_to_date(root: Path) -> None:
    page = root / "docs" / "rules.md"
    before = page.read_text(encoding="utf-8")
    subprocess.run([sys.executable, str(root / "tools" / "make_rules_page.py")], check=True)
    assert page.read_text(encoding="utf-8") == before, "run tools/make_rules_page.py"
