# SPDX-License-Identifier: GPL-2.0-or-later
"""How a case of the list stands between offices, by what its row knows: ten thousand are told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...core.workflow.offices import same_office
from ...i18n import translate
from ...store.case_lines import CaseLine
from ...store.workspace import Workspace
from ...sync.status import SyncState


@dataclass(frozen=True, slots=True)
class Between:
    """What a list must know of the store beside its rows."""

    office: str = ""
    differing: frozenset[str] = frozenset()
    """Ids of cases that a person must choose for."""
    receivers: Mapping[str, str] = field(default_factory=dict)
    """The office that has sent a receipt, by case."""


def between(store: Workspace, office: str) -> Between:
    """Two queries for all cases."""
    return Between(office, store.differences.cases(), store.outbox.receivers())


def line_state(line: CaseLine, known: Between) -> SyncState:
    """The state for sign and tooltip, the same as ``sync.status`` says; the case page has the whole sentence."""
    if line.id in known.differing:
        return SyncState.DIFFERS
    if line.transfer in ("queued", "sending", "failed"):
        return SyncState(line.transfer)
    if line.holder and known.office and not same_office(line.holder, known.office):
        there = same_office(known.receivers.get(line.id, ""), line.holder)
        return SyncState.RECEIVED if there else SyncState.ELSEWHERE
    return SyncState.RETURNED if line.transfer == "returned" else SyncState.HERE


def state_words(line: CaseLine, known: Between) -> str:
    """A line for tooltip and screen reader; empty for a case that never left."""
    texts = {
        SyncState.HERE: "",
        SyncState.QUEUED: translate("landreview", "waiting to be sent"),
        SyncState.SENDING: translate("landreview", "being sent"),
        SyncState.FAILED: translate("landreview", "hand-over refused"),
        SyncState.RETURNED: translate("landreview", "returned for correction"),
        SyncState.RECEIVED: translate("landreview", "received by {}").format(line.holder),
        SyncState.DIFFERS: translate("landreview", "changed here and elsewhere: open it and choose"),
        SyncState.ELSEWHERE: translate("landreview", "with {}: can only be read here").format(line.holder),
    }
    return texts[line_state(line, known)]
