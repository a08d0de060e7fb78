# SPDX-License-Identifier: GPL-2.0-or-later
"""A file encrypted with a passphrase and signed with an office's key, by the library ``cryptography``.

Encryption as age does it (C2SP age v1, payload): 64 KiB pieces of ChaCha20-Poly1305, numbered, the last one marked,
so that nothing can be cut off, moved or changed; the key by scrypt (RFC 7914). Signature: Ed25519 (RFC 8032) over the
SHA-256 of all before it; it is checked before anything else is read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..core.files import replace_file
from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MAGIC = b"LANDREVIEW-SEAL-1\n"
_PIECE = 64 * 1024
_TAG = 16
_SIGNATURE = 64
_MOST_HEADER_BYTES = 4096
_SCRYPT = {"length": 32, "n": 2**16, "r": 8, "p": 1}
"""64 MB and about a quarter of a second for each guess."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What is wished: a passphrase, a signing key (PEM, PKCS 8), or both."""

    passphrase: str = ""
    key: bytes = b""
    key_passphrase: str = ""


def available() -> bool:
    """Whether the library is there; it is looked for, not imported."""
    return importlib.util.find_spec("cryptography") is not None


def is_sealed(path: Path) -> bool:
    """Whether a file begins as a sealed one."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def seal(source: Path, target: Path, wished: Seal) -> None:
    """Write ``source`` sealed to ``target``, whole or not at all. Raises E-SYNC-CRYPTO without the library."""
    _need_library()
    private = _private(wished) if wished.key else None
    salt = secrets.token_bytes(16)
    public = _raw(private.public_key()) if private else b""
    head = {"salt": salt.hex() if wished.passphrase else "", "signer": public.hex()}
    header = MAGIC + json.dumps(head).encode() + b"\n"

    def write(beside: Path) -> None:
        digest = hashlib.sha256(header)
        with beside.open("wb") as file, source.open("rb") as plain:
            file.write(header)
            for piece in (
                _encrypted(plain, header, wished.passphrase, salt) if wished.passphrase else _read(plain, _PIECE)
            ):
                digest.update(piece)
                file.write(piece)
            if private is not None:
                file.write(private.sign(digest.digest()))

    replace_file(target, write)


def unseal(source: Path, target: Path, passphrase: str | None = None, trusted: Collection[str] = ()) -> str:
    """Write what a sealed file holds to ``target``; returns the signer's public key (hexadecimal; empty: unsigned).

    With ``trusted`` keys only a file that one of them signed is opened. Raises E-SYNC-SEAL, and leaves no file.
    """
    _need_library()
    place = Place(file=str(source))
    header, head = _header(source, place)
    end = source.stat().st_size - (_SIGNATURE if head["signer"] else 0)
    if head["signer"]:
        _check_signature(source, end, str(head["signer"]), place)
    if trusted and head["signer"] not in {key.strip().lower() for key in trusted}:
        raise _broken(Text(zh="签名单位不受信任", en="it is not signed by an office that is trusted"), place)

    def write(beside: Path) -> None:
        with source.open("rb") as file, beside.open("wb") as plain:
            file.seek(len(header))
            for piece in _opened(file, header, end - len(header), head, passphrase, place):
                plain.write(piece)

    replace_file(target, write)
    return str(head["signer"])


def new_key(passphrase: str | None = None) -> tuple[bytes, str]:
    """A fresh signing key: PEM (encrypted when a passphrase is given), and its public half in hexadecimal digits."""
    _need_library()
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    secret: Any = (
        serialization.BestAvailableEncryption(passphrase.encode()) if passphrase else serialization.NoEncryption()
    )
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, secret)
    return pem, _raw(private.public_key()).hex()


def _opened(
    file: IO[bytes], header: bytes, count: int, head: dict[str, str], passphrase: str | None, place: Place
) -> Iterator[bytes]:
    if not head["salt"]:
        yield from _read(file, _PIECE, count)
        return
    if not passphrase:
        raise _broken(Text(zh="文件已加密，需要口令", en="it is encrypted: the passphrase is needed"), place)
    yield from _decrypted(file, header, count, passphrase, bytes.fromhex(head["salt"]), place)


def _encrypted(plain: IO[bytes], header: bytes, passphrase: str, salt: bytes) -> Iterator[bytes]:
    cipher = _cipher(passphrase, salt)
    number, piece = 0, plain.read(_PIECE)
    while True:
        following = plain.read(_PIECE)
        yield cipher.encrypt(_nonce(number, last=not following), piece, header)
        if not following:
            return
        number, piece = number + 1, following


def _decrypted(
    file: IO[bytes], header: bytes, count: int, passphrase: str, salt: bytes, place: Place
) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag

    cipher, number = _cipher(passphrase, salt), 0
    try:
        while True:
            piece = file.read(min(_PIECE + _TAG, count))
            count -= len(piece)
            yield cipher.decrypt(_nonce(number, last=count == 0), piece, header)
            number += 1
            if count == 0:
                return
    except InvalidTag as error:
        raise _broken(Text(zh="口令不符或文件被改动", en="another passphrase, or it was changed"), place) from error


def _cipher(passphrase: str, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return ChaCha20Poly1305(Scrypt(salt=salt, **_SCRYPT).derive(passphrase.encode("utf-8")))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _check_signature(source: Path, end: int, signer: str, place: Place) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    digest = hashlib.sha256()
    with source.open("rb") as file:
        for piece in _read(file, 1 << 20, end):
            digest.update(piece)
        signature = file.read()
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer)).verify(signature, digest.digest())
    except (InvalidSignature, ValueError) as error:
        raise _broken(Text(zh="签名不符", en="the signature does not hold"), place) from error


def _header(source: Path, place: Place) -> tuple[bytes, dict[str, str]]:
    with source.open("rb") as file:
        start = file.read(len(MAGIC) + _MOST_HEADER_BYTES)
    line, newline, _ = start[len(MAGIC) :].partition(b"\n")
    try:
        head = json.loads(line)
        if start[: len(MAGIC)] != MAGIC or not newline or set(head) != {"salt", "signer"}:
            raise ValueError("no header")
        bytes.fromhex(head["salt"]), bytes.fromhex(head["signer"])
    except (ValueError, TypeError) as error:
        raise _broken(Text(zh="文件头损坏", en="its header is damaged"), place) from error
    return MAGIC + line + b"\n", head


def _private(wished: Seal) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(wished.key, wished.key_passphrase.encode("utf-8") or None)
    except (ValueError, TypeError) as error:
        raise LandReviewError("E-SYNC-SEAL", detail=str(error)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LandReviewError("E-SYNC-SEAL", detail="Ed25519 ≠ " + type(key).__name__)
    return key


def _raw(key: Any) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return bytes(key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))


def _read(file: IO[bytes], count: int, most: int | None = None) -> Iterator[bytes]:
    left = most
    while piece := file.read(count if left is None else min(count, left)):
        yield piece
        left = None if left is None else left - len(piece)


def _need_library() -> None:
    if not available():
        raise LandReviewError("E-SYNC-CRYPTO")


def _broken(reason: Text, place: Place) -> LandReviewError:
    return LandReviewError("E-SYNC-SEAL", detail=reason, place=place)
