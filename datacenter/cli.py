# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands for those who run the service: ``python -m datacenter COMMAND``."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import uvicorn
from psycopg_pool import PoolTimeout
from sqlalchemy.exc import SQLAlchemyError

from landreview_plugin.core.model.base import Language
from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.core.texts import error_sentence
from landreview_plugin.sync.stick import Receipts, write_receipts

from . import demo, logs
from .connections import BoundedHttp
from .services.administration import add_office, add_user
from .services.anchors import add_anchor, check_anchors
from .services.backup import back_up, restore
from .services.centre import assembled
from .services.collect import collect
from .services.people import Role
from .services.sticks import take_stick
from .settings import Settings, from_environment, printed, required
from .storage.upgrade import upgrade

_KEEP_ALIVE_S = 75
_GRACE_S = 8
"""For requests under way when it is stopped: less than the ten seconds that a container gets."""
_CONNECTIONS = 5000
"""Waiting readers of the feed are cheap; above this a request is answered with 503."""


def main(arguments: list[str]) -> int:
    """Run a command; 1 and one sentence when it can't be done."""
    given = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace, Settings], None] = given.run
        run(given, from_environment())
    except LandReviewError as error:
        return _failed(error)
    except (psycopg.Error, PoolTimeout, SQLAlchemyError, OSError) as error:
        return _failed(LandReviewError("E-CENTRE-COMMAND", detail=str(error).strip()[:300]))
    return 0


def _failed(error: LandReviewError) -> int:
    sys.stderr.write(error_sentence(error, Language.EN) + "\n")
    return 1


def serve(_given: argparse.Namespace, settings: Settings) -> None:
    """Answer requests until a signal ends it."""
    required(settings, "database_url", "blobs")
    logs.configure(settings.log_level)
    uvicorn.run(
        "datacenter.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers if settings.workers > 1 else None,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # only a configured proxy is believed: routes.common.address_of
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_GRACE_S,
        limit_concurrency=_CONNECTIONS,
        http=BoundedHttp,
    )


def migrate(_given: argparse.Namespace, settings: Settings) -> None:
    """Bring the database to this release."""
    required(settings, "admin_url")
    _say(f"database is at {upgrade(settings.admin_url)}")


def show_settings(_given: argparse.Namespace, settings: Settings) -> None:
    """Print the table of settings."""
    _say(printed(settings))


def put_office(given: argparse.Namespace, settings: Settings) -> None:
    """Make or rename an office."""
    required(settings, "admin_url")
    add_office(settings.admin_url, given.code, given.name)


def put_user(given: argparse.Namespace, settings: Settings) -> None:
    """Make or change a person; the password is asked for or read from a file."""
    required(settings, "admin_url")
    file: Path | None = given.password_file
    password = file.read_text(encoding="utf-8").strip() if file else getpass.getpass("password: ")
    add_user(settings.admin_url, given.name, given.office, Role(given.role), password)


def make_backup(given: argparse.Namespace, settings: Settings) -> None:
    """Write database and files into a folder, while the service goes on."""
    required(settings, "admin_url", "blobs")
    _say(f"{len(back_up(settings.admin_url, settings.blobs, given.folder))} tables in {given.folder}")


def read_backup(given: argparse.Namespace, settings: Settings) -> None:
    """Read a backup into an empty database; clients then read their feed from the start."""
    required(settings, "admin_url", "blobs")
    _say(f"{len(restore(settings.admin_url, settings.blobs, given.folder))} tables with the digests of the backup")


def collect_orphans(_given: argparse.Namespace, settings: Settings) -> None:
    """Delete files that nothing needs, and what the feed keeps no longer; run it daily."""
    required(settings, "database_url", "blobs")
    files, places = asyncio.run(_collected(settings))
    _say(f"{files} files deleted, {places} places of the feed")


async def _collected(settings: Settings) -> tuple[int, int]:
    centre = assembled(settings)
    async with centre.database:
        return await collect(centre), await centre.feed.purge()


def read_stick(given: argparse.Namespace, settings: Settings) -> None:
    """Take in what an office handed over on a stick, and write the receipts for it."""
    required(settings, "database_url", "blobs")
    receipts = asyncio.run(_taken(settings, given.stick, given.person))
    write_receipts(given.receipts, receipts)
    received = sum(answer.receipt is not None for answer in receipts.answers)
    _say(f"{received} of {len(receipts.answers)} received; the answers are in {given.receipts}")


async def _taken(settings: Settings, stick: Path, person: str) -> Receipts:
    centre = assembled(settings)
    async with centre.database:
        return await take_stick(centre, stick, person)


def anchor(given: argparse.Namespace, settings: Settings) -> None:
    """Seal the log of the day, or check all seals; run it daily."""
    required(settings, "admin_url", "audit_key")
    key = Path(settings.audit_key).read_bytes()
    if given.check:
        _say(f"{check_anchors(settings.admin_url, given.file, key)} anchors hold")
    else:
        _say(add_anchor(settings.admin_url, given.file, key)["seal"])


def show(_given: argparse.Namespace, settings: Settings) -> None:
    """Run a centre to try, with demo offices and cases, until it is stopped."""
    demo.run(settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m datacenter", description="the LandReview data centre")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _command(commands, "serve", serve)
    _command(commands, "migrate", migrate)
    _command(commands, "demo", show)
    _command(commands, "backup", make_backup).add_argument("folder", type=Path)
    _command(commands, "restore", read_backup).add_argument("folder", type=Path)
    _command(commands, "collect", collect_orphans)
    taken = _command(commands, "take-stick", read_stick)
    taken.add_argument("stick", type=Path)
    taken.add_argument("receipts", type=Path, help="file to write the answers to")
    taken.add_argument("person", help="somebody of the office that wrote the stick")
    seal = _command(commands, "anchor", anchor)
    seal.add_argument("file", type=Path)
    seal.add_argument("--check", action="store_true")
    _command(commands, "settings", show_settings)
    office = _command(commands, "add-office", put_office)
    office.add_argument("code", help="43, 4309, 430998 …")
    office.add_argument("name")
    user = _command(commands, "add-user", put_user)
    user.add_argument("name")
    user.add_argument("office", help="code of the office")
    user.add_argument("role", choices=[role.value for role in Role])
    user.add_argument("--password-file", type=Path)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace, Settings], None],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=(run.__doc__ or "").rstrip("."))
    parser.set_defaults(run=run)
    return parser


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
