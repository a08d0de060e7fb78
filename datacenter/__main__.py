# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m datacenter``."""

from __future__ import annotations

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
