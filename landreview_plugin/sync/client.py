# SPDX-License-Identifier: GPL-2.0-or-later
"""The centre as Python calls. What may be repeated is repeated a few times; then the job waits."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ValidationError

from ..core.model.base import Text
from ..core.model.problems import LandReviewError
from ..core.workflow.offices import same_office
from .http import Answered, Http, Line, LineError, RefusedError
from .layer_protocol import LayerList, LayerManifest
from .patience import Circuit, backoff_s
from .protocol import (
    KEY_HEADER,
    PIECE_BYTES,
    Answer,
    BlobQuery,
    BlobsMissing,
    BlobState,
    Bundle,
    BundleQuery,
    Bundles,
    CaseState,
    Change,
    ChangePage,
    Command,
    Receipt,
    Stream,
)

TRIES = 4
MAX_QUERY = 1000
BUNDLE = 50
_LONG_S = 5.0
"""Longer waits are the outbox's: a person sees them there, and other jobs go on."""
_M = TypeVar("_M", bound=BaseModel)


class History(Answer):
    """Entries of one of a case's logs."""

    changes: tuple[Change, ...] = ()
    more: bool = False


class ReceiptList(Answer):
    """All receipts of a case."""

    receipts: tuple[Receipt, ...] = ()


class Me(Answer):
    """Who one is signed in as."""

    user: str
    office: str
    role: str

    def refuse_other(self, office: str) -> None:
        """Raise E-CENTRE-RIGHTS when the sign-in is another office's than ``office``."""
        if not same_office(self.office, office):
            raise LandReviewError("E-CENTRE-RIGHTS", detail=f"{self.user} · {self.office} ≠ {office}")


class Centre:
    """A centre over one line. Every call raises ``LineError`` or ``RefusedError``. Not for several threads."""

    def __init__(
        self,
        line: Line,
        circuit: Circuit | None = None,
        *,
        tries: int = TRIES,
        chance: random.Random | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.http = Http(line)
        self._tries = tries
        self._chance = chance or random.Random()  # noqa: S311  # nosec B311 - jitter is no secret
        self.circuit = circuit or Circuit(chance=self._chance)
        self._sleep = sleep

    def close(self) -> None:
        """Let go of the connections."""
        self.http.close()

    def me(self) -> Me:
        """Who one is signed in as."""
        return _read(Me, self._ask("GET", "/v1/me"))

    def state(self, case_id: str) -> CaseState:
        """Where a case is and which package counts."""
        return _read(CaseState, self._ask("GET", f"/v1/cases/{quote(case_id)}"))

    def bundles(self, case_ids: Sequence[str]) -> tuple[Bundle, ...]:
        """Up to ``BUNDLE`` cases in one answer, with their small parts."""
        body = BundleQuery(cases=tuple(case_ids)).model_dump_json().encode()
        return _read(Bundles, self._ask("POST", "/v1/bundles", body)).bundles

    def history(self, case_id: str, stream: Stream, after: int) -> Iterator[Change]:
        """Entries of a case's log after a number."""
        while True:
            query = urlencode({"stream": stream.value, "after": after})
            page = _read(History, self._ask("GET", f"/v1/cases/{quote(case_id)}/history?{query}"))
            yield from page.changes
            if not page.more or not page.changes:
                return
            after = page.changes[-1].event.no

    def command(self, case_id: str, text: str) -> Receipt:
        """Carry out a command given as its exact JSON text: a repetition under the same id gets the same receipt."""
        command = Command.model_validate_json(text)
        headers = {KEY_HEADER: command.id, "If-Match": f'"{command.expected_rev}"'}
        return _read(Receipt, self._ask("POST", f"/v1/cases/{quote(case_id)}/commands", text.encode("utf-8"), headers))

    def receipt_for(self, case_id: str, command_id: str) -> Receipt | None:
        """The receipt of a command, whoever brought it: another person of the office, or a stick."""
        answer = _read(ReceiptList, self._ask("GET", f"/v1/cases/{quote(case_id)}/receipts"))
        return next((receipt for receipt in answer.receipts if receipt.command == command_id), None)

    def missing(self, hashes: Sequence[str]) -> dict[str, int]:
        """Files that the centre lacks, with the byte that each goes on from."""
        found: dict[str, int] = {}
        for start in range(0, len(hashes), MAX_QUERY):
            body = BlobQuery(sha256=tuple(hashes[start : start + MAX_QUERY])).model_dump_json().encode()
            answer = _read(BlobsMissing, self._ask("POST", "/v1/blobs/missing", body))
            found |= {state.sha256: state.offset for state in answer.missing}
        return found

    def put_piece(self, sha256: str, offset: int, total: int, piece: bytes) -> int:
        """Send a piece, once; returns where the next one starts (``total``: the centre has it whole and verified)."""
        headers = {"Content-Type": "application/octet-stream"}
        if total:
            headers["Content-Range"] = f"bytes {offset}-{offset + len(piece) - 1}/{total}"
        answer = self._ask("PUT", f"/v1/blobs/{sha256}", piece, headers, tries=1)
        return total if answer.status == 201 else _read(BlobState, answer).offset

    def get_piece(self, address: str, offset: int, count: int = PIECE_BYTES) -> bytes:
        """At most ``count`` bytes of a file, such as ``/v1/blobs/…``."""
        headers = {"Range": f"bytes={offset}-{offset + count - 1}"}
        return self._ask("GET", address, headers=headers).body

    def layers(self) -> tuple[LayerManifest, ...]:
        """The reference layers in sight, each in its version in force."""
        return _read(LayerList, self._ask("GET", "/v1/layers")).layers

    def layer(self, key: str, jurisdiction: str, version: int | None = None) -> LayerManifest:
        """A version of a layer as this office gets it; None: the one in force."""
        number = "newest" if version is None else str(version)
        return _read(LayerManifest, self._ask("GET", f"/v1/layers/{quote(key)}/{quote(jurisdiction)}/{number}"))

    def changes(self, cursor: str, limit: int = 500, wait_s: float = 0.0) -> ChangePage:
        """The feed after a cursor; waits up to ``wait_s`` for something new."""
        query = urlencode({"cursor": cursor, "limit": limit} | ({"wait": wait_s} if wait_s else {}))
        return _read(ChangePage, self._ask("GET", f"/v1/changes?{query}", silence_s=wait_s))

    def rest(self, attempt: int, error: LineError) -> None:
        """Wait a little before the next try; raises ``error`` again where the other side asked for a long wait."""
        if error.retry_s > _LONG_S:
            raise error
        self._sleep(max(error.retry_s, backoff_s(attempt, self._chance, 0.2, _LONG_S)))

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        silence_s: float | None = None,
        tries: int = 0,
    ) -> Answered:
        """Ask, and ask again while the line fails: everything here may be repeated."""
        tries = tries or self._tries
        for attempt in range(tries):
            if (wait_s := self.circuit.wait_s()) > 0:
                raise LineError(Text(zh=f"线路暂停{wait_s:.0f}秒", en=f"the line rests for {wait_s:.0f} s"), wait_s)
            try:
                answer = self.http.ask(method, path, body, headers, silence_s)
            except LineError as error:
                self.circuit.bad()
                if attempt == tries - 1 or error.retry_s > _LONG_S:
                    raise
                self.rest(attempt, error)
            except RefusedError:
                self.circuit.good()
                raise
            else:
                self.circuit.good()
                return answer
        raise AssertionError("unreachable: the last try returns or raises")


def _read(model: type[_M], answer: Answered) -> _M:
    try:
        return model.model_validate_json(answer.body)
    except (ValidationError, json.JSONDecodeError) as error:
        raise LineError(Text(zh="应答无法解析", en="the answer can't be read")) from error
