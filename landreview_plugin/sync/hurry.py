# SPDX-License-Identifier: GPL-2.0-or-later
"""A person does not want to wait for the next try: everything that waits is due now."""

from __future__ import annotations

from ..store.entries import now
from ..store.workspace import Workspace


def hurry(store: Workspace) -> None:
    """Let no hand-over and no package wait for its time any more."""
    at = now()
    for job in store.outbox.to_send():
        if job.next_at > at:
            store.outbox.put(job.model_copy(update={"next_at": at}), cover=False)
    for arrival in store.inbox.arrivals():
        if arrival.next_at > at:
            store.inbox.put_arrival(arrival.model_copy(update={"next_at": at}))
