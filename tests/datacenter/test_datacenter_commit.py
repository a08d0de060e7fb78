# SPDX-License-Identifier: GPL-2.0-or-later
"""A receipt leaves only after the commit is answered: a command that fails in it, or before, leaves nothing."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from datacenter_service import Client, copied, running, settings_for, unused

from datacenter.cluster import PrivateCluster
from datacenter.made_up import MadeUpCase

_TABLES = ("cases", "packages", "parts", "bodies", "parcels", "events", "feed", "receipts")
_FAIL = """
CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON centre.receipts DEFERRABLE INITIALLY {when}
    FOR EACH ROW EXECUTE FUNCTION public.fail();
"""


@pytest.mark.parametrize("when", ["DEFERRED", "IMMEDIATE"])
def test_a_command_whose_commit_fails_gets_no_receipt_and_leaves_nothing(
    cluster: PrivateCluster, tmp_path: Path, when: str
) -> None:
    copied(cluster, name := unused("commit"))
    settings = settings_for(cluster, name, tmp_path)
    with running(settings) as base, psycopg.connect(settings.admin_url, autocommit=True) as admin:
        client, case = Client.of(base, "technician", "430998"), MadeUpCase()
        command = case.submit()
        admin.execute(_FAIL.format(when=when))
        assert client.command(case.case, command).status_code >= 500
        for table in _TABLES:
            left = admin.execute(f"SELECT count(*) FROM centre.{table}").fetchone()  # noqa: S608 - our own names
            assert left == (0,), table
        admin.execute("DROP TRIGGER fail ON centre.receipts")
        assert client.command(case.case, command).status_code == 200  # the same command, and the pool is whole again
