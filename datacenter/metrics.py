# SPDX-License-Identifier: GPL-2.0-or-later
"""Figures for Prometheus."""

from __future__ import annotations

from prometheus_client import REGISTRY, Counter, Gauge, Histogram

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REQUESTS = Counter("landreview_requests", "requests answered", ("method", "route", "status"))
SECONDS = Histogram("landreview_request_seconds", "time to answer", ("route",), buckets=_BUCKETS)
IN_WORK = Gauge("landreview_requests_in_work", "requests being answered", multiprocess_mode="livesum")
FEED_LAG = Gauge(
    "landreview_feed_lag_seconds",
    "how long the oldest event that may not be read yet is held back",
    multiprocess_mode="mostrecent",  # asked anew at each look; "max" would keep what another process once saw
)
POOL = Gauge("landreview_pool", "database connections of this process", ("kind",), multiprocess_mode="livesum")
__all__ = ["FEED_LAG", "IN_WORK", "POOL", "REGISTRY", "REQUESTS", "SECONDS"]
