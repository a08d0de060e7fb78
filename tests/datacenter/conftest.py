# SPDX-License-Identifier: GPL-2.0-or-later
"""The room needs the centre's packages: where they are not (make test-oldest is about the plugin), it is left out."""

from __future__ import annotations

import importlib.util

if importlib.util.find_spec("fastapi") and importlib.util.find_spec("psycopg"):
    from datacenter_fixtures import as_, cluster, golden, service, settings  # noqa: F401
else:
    collect_ignore_glob = ["test_*.py"]
