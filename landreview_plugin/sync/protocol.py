# SPDX-License-Identifier: GPL-2.0-or-later
"""What travels between an office and the centre: one truth for both sides, on the wire and on a stick.

Requests (``Sent``) refuse keys that they don't know: nothing that an office says is dropped without a word.
Answers (``Answer``) ignore them, so that an older client keeps working with a newer centre.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

from ..core.evidence.canonical import canonical
from ..core.evidence.hashes import text_sha256
from ..core.model.base import Text
from ..core.model.event import Event
from ..core.texts import hint, meaning
from ..core.workflow.offices import office_code as office_code

VERSION = 1
VERSION_HEADER = "LandReview-Protocol"
DIGEST_HEADER = "Content-Digest"
KEY_HEADER = "Idempotency-Key"
PROBLEM_MEDIA_TYPE = "application/problem+json"
PIECE_BYTES = 512 * 1024
"""Size of an upload's pieces on a bad line; the centre takes any up to ``MAX_PIECE_BYTES``."""
MAX_PIECE_BYTES = 8 * 1024 * 1024
MAX_BLOB_BYTES = 2 * 1024**3
MAX_BODY_BYTES = 8 * 1024 * 1024

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")]
"""UUIDv7, made by the sender (``core.evidence.identity.new_id``)."""


Code = Annotated[str, BeforeValidator(office_code), Field(pattern=r"^[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3})?)?)?$")]
"""Jurisdiction: province 2 digits, prefecture 4, county 6, township 9; six-digit forms with zeros are taken, too."""


class Sent(BaseModel):
    """A request: frozen, refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """An answer: frozen, ignores what a newer centre adds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# --- the package ---------------------------------------------------------------------------------


class PartKind(StrEnum):
    """What a part of a package is."""

    CASE = "case"
    """``core.model.case_file.CaseFile`` as canonical JSON; once."""
    PARCELS = "parcels"
    """``Parcels`` as canonical JSON; once."""
    RESULT = "result"
    """``result.json`` of the review that counts; at most once."""
    OPINIONS = "opinions"
    """JSON array of ``core.model.opinion.Opinion``; at most once."""
    EVENTS = "events"
    """JSON array of ``core.model.event.Event``: the whole log from its first entry; once."""
    REGISTER = "register"
    """``sync.register.Register``: what the office's store keeps beside (source file, materials); at most once."""
    ATTACHMENT = "attachment"


SINGLE_PARTS = frozenset(PartKind) - {PartKind.ATTACHMENT}
REQUIRED_PARTS = (PartKind.CASE, PartKind.PARCELS, PartKind.EVENTS)


class ParcelPart(Sent):
    """One parcel: facts as ``core.model.parcel.Parcel`` dumps them, land as WKT in the CRS of the whole."""

    number: str
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    wkt: str


class Parcels(Sent):
    """The parcels of a case in one CRS, in the plane that they were handed in with."""

    epsg: int
    parcels: tuple[ParcelPart, ...]


class Part(Sent):
    """One part: named by the hash of its bytes."""

    kind: PartKind
    name: Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^/\\\x00-\x1f]+$")]
    """File name for people; never a path."""
    media_type: str = "application/json"
    size: int = Field(ge=0, le=MAX_BLOB_BYTES)
    sha256: Sha256


class Manifest(Sent):
    """The list of a package's parts; its hash is the identity of the hand-over."""

    format: Literal["landreview-package"] = "landreview-package"
    version: Literal[1] = 1
    case: Id
    number: str
    jurisdiction: Code
    made_at: dt.datetime
    head: Sha256
    """Hash of the log's last entry."""
    event_count: int = Field(ge=1)
    parts: tuple[Part, ...]

    def sha256(self) -> str:
        """Hash of the manifest as canonical JSON: the package's identity."""
        return canonical_sha256(self)

    def part(self, kind: PartKind) -> Part | None:
        """The only part of a kind, or None."""
        return next((part for part in self.parts if part.kind is kind), None)

    def flaws(self) -> tuple[Text, ...]:
        """What the list lacks or holds twice; empty when it may travel."""
        kinds = [part.kind for part in self.parts]
        lacking = [Text(zh=f"缺少{kind}", en=f"{kind} is missing") for kind in REQUIRED_PARTS if kind not in kinds]
        doubled = [Text(zh=f"{kind}重复", en=f"{kind} is doubled") for kind in SINGLE_PARTS if kinds.count(kind) > 1]
        return (*lacking, *doubled)


# --- commands ------------------------------------------------------------------------------------


class CommandType(StrEnum):
    """What an office may ask for. Only the holder may do anything but annotate."""

    SUBMIT = "submit"
    """Hand a package over to the office above (or any office, ``to``); makes the case when it is new."""
    FORWARD = "forward"
    """Pass custody on to ``to`` without a new package."""
    RETURN = "return"
    """Back to ``to``, with the corrections asked."""
    DECIDE = "decide"
    ARCHIVE = "archive"
    ANNOTATE = "annotate"


class Command(Sent):
    """Body of ``POST /v1/cases/{id}/commands``. ``Idempotency-Key`` is ``id``, ``If-Match`` is ``"expected_rev"``."""

    id: Id
    type: CommandType
    expected_rev: int = Field(ge=0)
    """0 for a case that the centre does not have yet."""
    expected_epoch: int = Field(default=0, ge=0)
    """Number of hand-overs so far: custody moves only from where the sender knows it to be."""
    at_client: dt.datetime
    to: Code | None = None
    """The office that custody moves to: submit, forward, return."""
    manifest: Manifest | None = None
    """submit: always. forward, return, decide: when the holder changed something."""
    inline: dict[Sha256, str] = Field(default_factory=dict)
    """Small text parts, by hash: a case without attachments then costs one request."""
    corrections: tuple[str, ...] = ()
    """return: what must be mended, one sentence each (一次性告知)."""
    passes: bool | None = None
    """decide: the decision."""
    text: str = ""
    """Ground of a decision, text of an annotation, cover note."""

    def sha256(self) -> str:
        """Hash of the command as canonical JSON: the same key with another hash is refused."""
        return canonical_sha256(self)


class Receipt(Answer):
    """Every part was verified and the change is on disk: only this is "received"."""

    number: str
    """Receipt number for people, e.g. ``43-20260801-000017``."""
    command: str
    case: str
    type: CommandType
    rev: int
    epoch: int
    holder: str
    package: str = ""
    """Hash of the manifest that counts."""
    head: str = ""
    """Hash of the last entry of the offices' log."""
    event_count: int = 0
    centre_no: int
    """Number of the entry in the centre's own log that this command made."""
    at_server: dt.datetime
    warnings: tuple[Text, ...] = ()


class CaseState(Answer):
    """``GET /v1/cases/{id}``: where a case is and which package counts."""

    id: str
    number: str
    jurisdiction: str
    holder: str
    holder_since: dt.datetime
    epoch: int
    rev: int
    status: str
    """submitted, forwarded, returned, decided, archived: the last custody command."""
    passes: bool | None = None
    corrections: tuple[str, ...] = ()
    package: str = ""
    head: str = ""
    event_count: int = 0
    manifest: Manifest | None = None


class BundleQuery(Sent):
    """``POST /v1/bundles``: several cases at once."""

    cases: tuple[Id, ...] = Field(min_length=1, max_length=50)


class Bundle(Answer):
    """One case: where it is, and the small parts of the package that counts, by hash."""

    state: CaseState
    inline: dict[str, str] = Field(default_factory=dict)


class Bundles(Answer):
    """Answer of the query: cases that the office may not see don't appear."""

    bundles: tuple[Bundle, ...] = ()


# --- blobs, feed, sign-in ------------------------------------------------------------------------


class BlobQuery(Sent):
    """``POST /v1/blobs/missing``: which of these does the centre lack?"""

    sha256: tuple[Sha256, ...] = Field(max_length=1000)


class BlobState(Answer):
    """A blob that is not there whole; the next piece starts at ``offset``."""

    sha256: str
    offset: int = 0


class BlobsMissing(Answer):
    """Answer of the query: blobs that are verified and there don't appear."""

    missing: tuple[BlobState, ...] = ()


class Stream(StrEnum):
    """Two chains a case: offices write theirs off line, the centre's goes on meanwhile, and neither breaks."""

    OFFICE = "office"
    """The case's own log, as its holders wrote it."""
    CENTRE = "centre"
    """Custody and annotations, as the centre saw them."""


class Change(Answer):
    """One event of a feed page."""

    stream: Stream
    event: Event
    at_server: dt.datetime
    rev: int
    """Revision of the case that the event belongs to."""
    holder: str
    epoch: int


class ChangePage(Answer):
    """``GET /v1/changes``: events after a cursor; keep ``cursor`` and ask again with it."""

    changes: tuple[Change, ...] = ()
    cursor: str
    more: bool = False


class SignIn(Sent):
    """``POST /v1/sign-in``."""

    user: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)


class Refresh(Sent):
    """``POST /v1/refresh``: a refresh token works once; a second use revokes the family."""

    refresh: str = Field(min_length=1, max_length=200)


class Session(Answer):
    """Opaque tokens. ``access`` goes into ``Authorization: Bearer``."""

    access: str
    refresh: str
    expires_at: dt.datetime
    user: str
    office: str
    role: str


# --- errors --------------------------------------------------------------------------------------


class WireProblem(Answer):
    """RFC 9457 problem details with our code and both languages."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str
    message: Text
    hint: Text
    reason: Text | None = None
    rev: int | None = None
    epoch: int | None = None
    holder: str | None = None
    missing: tuple[str, ...] = ()
    """Blobs that must be sent first."""
    offset: int | None = None
    """Where the next piece of a blob starts."""
    quarantine: str | None = None
    """Id under which ``GET /v1/quarantine/{id}`` shows what did not verify."""
    changes: tuple[Change, ...] = ()
    """412: events since the revision that the client knew."""


def wire_problem(code: str, status: int, reason: Text | None = None, **facts: object) -> WireProblem:
    """The problem of a code, worded by the one table."""
    text = meaning(code)
    detail = reason.en if reason else ""
    values = {"title": text.en, "status": status, "code": code, "message": text, "hint": hint(code), "detail": detail}
    return WireProblem.model_validate({**values, "reason": reason, **facts})


# --- hashes --------------------------------------------------------------------------------------


def canonical_text(value: BaseModel) -> str:
    """A model as RFC 8785 JSON; None and defaults are written, too."""
    return canonical(value.model_dump(mode="json"))


def canonical_sha256(value: BaseModel) -> str:
    """Hash of :func:`canonical_text`."""
    return text_sha256(canonical_text(value))


def content_digest(data: bytes) -> str:
    """Value of ``Content-Digest`` (RFC 9530) for a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def digest_holds(header: str, data: bytes) -> bool:
    """Whether a body is what its ``Content-Digest`` says. A header without sha-256 does not hold."""
    expected = content_digest(data)
    return any(member.strip() == expected for member in header.split(","))
