# SPDX-License-Identifier: GPL-2.0-or-later
"""A private PostgreSQL with PostGIS in a folder of its own, for trials and tests. It touches no other.

The system's server programs are used: no package on PyPI brings PostGIS. PostgreSQL refuses to run as root, so there
it runs as ``nobody``.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from landreview_plugin.core.model.problems import LandReviewError

_PROGRAMS = "/usr/lib/postgresql"
_CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 120
max_prepared_transactions = 4
shared_buffers = 128MB
synchronous_commit = on
idle_in_transaction_session_timeout = 10s
log_min_messages = warning
"""
"""Reached through a socket in a folder that only its user can open; so no password is asked there."""


def programs() -> Path:
    """Folder of the newest server programs. Raises E-ENV-MODULE when there are none."""
    return _newest("initdb", "PostgreSQL with PostGIS: apt install postgresql-postgis")


def client_programs() -> Path:
    """Folder of the newest pg_dump and pg_restore, which may be here without a server. Raises E-ENV-MODULE."""
    return _newest("pg_dump", "pg_dump: apt install postgresql-client")


def _newest(program: str, lacking: str) -> Path:
    found = sorted(Path(_PROGRAMS).glob(f"*/bin/{program}"), key=lambda path: float(path.parts[-3]))
    if not found:
        raise LandReviewError("E-ENV-MODULE", detail=lacking)
    return found[-1].parent


class PrivateCluster:
    """A cluster in ``folder``: made when it is not there, started, stopped."""

    def __init__(self, folder: Path, *, safe: bool = True) -> None:
        """``safe=False`` leaves out fsync: for tests that don't cut the power."""
        self.folder = folder
        self.port = 5432
        self._safe = safe
        self._user = "nobody" if os.geteuid() == 0 else None

    @classmethod
    def temporary(cls, *, safe: bool = True) -> PrivateCluster:
        """A cluster in a new folder under the system's temporary one; :meth:`remove` deletes it."""
        return cls(Path(tempfile.mkdtemp(prefix="landreview-pg-")), safe=safe)

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    def url(self, database: str, user: str = "postgres") -> str:
        """Where to connect. Everybody who may open the folder may sign in as anybody."""
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def start(self) -> None:
        """Make the cluster if needed, start it, and wait until it answers."""
        if not (self.data / "PG_VERSION").exists():
            self._make()
        if not self.running():  # a killed server leaves its locks, and its number may count as alive until it is reaped
            for lock in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*")):
                lock.unlink(missing_ok=True)
        self._run("pg_ctl", "-D", str(self.data), "-l", str(self.folder / "log"), "-w", "-t", "60", "start")

    def stop(self) -> None:
        """Stop it in good order."""
        if self.running():
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def kill(self) -> None:
        """End its main process with SIGKILL: what a power cut leaves, but for the disk's cache."""
        if (pid := self.pid()) is not None:
            _send(pid, signal.SIGKILL)
            while self._alive(pid) or self._children_left():
                time.sleep(0.01)

    def running(self) -> bool:
        """Whether its main process lives."""
        pid = self.pid()
        return pid is not None and self._alive(pid)

    def pid(self) -> int | None:
        """Number of the main process, by its file."""
        try:
            return int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
        except (FileNotFoundError, ValueError):
            return None

    def create(self, database: str, template: str = "template1") -> str:
        """A new database, and where to connect to it as its superuser."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            names = [psycopg.sql.Identifier(name) for name in (database, template)]
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        return self.url(database)

    def remove(self) -> None:
        """Stop and delete everything."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        if self._user:
            shutil.chown(self.folder, self._user)
        self._run(
            "initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"
        )
        extra = _CONFIGURATION + f"unix_socket_directories = '{self.folder}'\nport = {self.port}\n"
        extra += "" if self._safe else "fsync = off\nfull_page_writes = off\n"
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(extra)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603 - our own programs
            [str(programs() / program), *arguments],
            user=self._user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            # not a pipe: the server that pg_ctl leaves behind would keep it open
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=120,
        )
        if done.returncode:
            log = self.folder / "log"
            told = log.read_text(encoding="utf-8")[-500:] if log.exists() else ""
            raise LandReviewError("E-CENTRE-BUSY", detail=f"{program} {done.returncode} {told}")

    def _children_left(self) -> bool:
        """A killed server's processes hold its shared memory for some milliseconds more."""
        for entry in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if entry.readlink() == self.data:
                    return True
            except OSError:
                continue
        return False

    @staticmethod
    def _alive(pid: int) -> bool:
        stat = Path(f"/proc/{pid}/stat")
        try:
            return stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
        except (FileNotFoundError, ProcessLookupError):
            return False


def _send(pid: int, number: int) -> None:
    try:
        signal.pidfd_send_signal(os.pidfd_open(pid), number)
    except ProcessLookupError:
        return
