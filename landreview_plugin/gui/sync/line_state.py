# SPDX-License-Identifier: GPL-2.0-or-later
"""How a case of the list stands between offices, by what its row knows: ten thousand are told at once."""

from __future__ import annotations

from collections.abc import Collection

from ...core.workflow.offices import same_office
from ...i18n import translate
from ...store.case_lines import CaseLine
from ...sync.status import SyncState


def line_state(line: CaseLine, office: str, differing: Collection[str] = ()) -> SyncState:
    """The state for sign and tooltip; the case page says the whole sentence. ``differing``: ids of such cases."""
    if line.id in differing:
        return SyncState.DIFFERS
    if line.transfer in ("queued", "sending", "failed"):
        return SyncState(line.transfer)
    if line.holder and office and not same_office(line.holder, office):
        return SyncState.RECEIVED if line.transfer == "received" else SyncState.ELSEWHERE
    return SyncState.RETURNED if line.transfer == "returned" else SyncState.HERE


def state_words(line: CaseLine, office: str, differing: Collection[str] = ()) -> str:
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
    return texts[line_state(line, office, differing)]
