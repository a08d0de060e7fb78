# SPDX-License-Identifier: GPL-2.0-or-later
"""Sign-in: tokens end, rotate and are revoked; guessing is slowed down; certificates count behind the proxy only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest
import requests
from datacenter_service import PASSWORD, Client, free_port, running, unused

from datacenter.services.administration import add_user
from datacenter.services.people import Role
from datacenter.settings import Settings

As = Callable[[str, str], Client]
FINGERPRINT = "ab" * 32


def sign_in(base: str, user: str, password: str = PASSWORD) -> requests.Response:
    return requests.post(f"{base}/v1/sign-in", json={"user": user, "password": password}, timeout=20)


def me(base: str, token: str) -> requests.Response:
    return requests.get(f"{base}/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=20)


@pytest.fixture
def somebody(settings: Settings) -> str:
    """A person of this test alone."""
    name = unused("张三")
    add_user(settings.admin_url, name, "430998", Role.TECHNICIAN, PASSWORD)
    return name


def test_a_session_says_who_one_is_and_ends_when_one_leaves(service: str, somebody: str) -> None:
    session = sign_in(service, somebody).json()
    assert (session["office"], session["role"]) == ("430998", "technician")
    assert me(service, session["access"]).json() == {"user": somebody, "office": "430998", "role": "technician"}
    headers = {"Authorization": f"Bearer {session['access']}"}
    assert requests.post(f"{service}/v1/sign-out", headers=headers, timeout=20).status_code == 204
    assert me(service, session["access"]).status_code == 401
    assert requests.post(f"{service}/v1/refresh", json={"refresh": session["refresh"]}, timeout=20).status_code == 401


def test_a_refresh_token_works_once_and_a_second_use_ends_the_sign_in(service: str, somebody: str) -> None:
    first = sign_in(service, somebody).json()
    second = requests.post(f"{service}/v1/refresh", json={"refresh": first["refresh"]}, timeout=20).json()
    assert me(service, first["access"]).status_code == 401
    assert me(service, second["access"]).status_code == 200
    stolen = requests.post(f"{service}/v1/refresh", json={"refresh": first["refresh"]}, timeout=20)
    assert stolen.status_code == 401
    assert me(service, second["access"]).status_code == 401


def test_an_expired_token_is_worth_nothing(service: str, somebody: str, settings: Settings) -> None:
    session = sign_in(service, somebody).json()
    with psycopg.connect(settings.admin_url) as connection:
        connection.execute(
            "UPDATE keeper.tokens SET expires_at = now() - interval '1 s' WHERE user_id ="
            " (SELECT id FROM keeper.users WHERE name = %s)",
            (somebody,),
        )
    assert me(service, session["access"]).status_code == 401
    assert requests.post(f"{service}/v1/refresh", json={"refresh": session["refresh"]}, timeout=20).status_code == 401


def test_a_refresh_token_opens_nothing_by_itself(service: str, somebody: str) -> None:
    assert me(service, sign_in(service, somebody).json()["refresh"]).status_code == 401


def test_guessing_is_slowed_down_for_the_right_password_too(service: str, somebody: str) -> None:
    for _ in range(10):
        assert sign_in(service, somebody, "wrong password").status_code == 401
    slowed = sign_in(service, somebody)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "E-CENTRE-RATE")
    assert int(slowed.headers["Retry-After"]) > 0


def test_a_name_that_is_not_there_is_answered_as_one_that_is(service: str, somebody: str) -> None:
    known, unknown = sign_in(service, somebody, "wrong"), sign_in(service, f"{somebody}x", "wrong")
    assert known.status_code == unknown.status_code == 401
    assert known.json() == unknown.json()


def test_nothing_that_opens_is_stored(service: str, somebody: str, settings: Settings) -> None:
    session = sign_in(service, somebody).json()
    with psycopg.connect(settings.admin_url) as connection:
        rows = connection.execute(
            "SELECT t::text FROM keeper.tokens t UNION SELECT u::text FROM keeper.users u"
        ).fetchall()
    stored = "\n".join(row[0] for row in rows)
    assert PASSWORD not in stored and session["access"] not in stored and session["refresh"] not in stored
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in stored


def test_an_administrator_keeps_the_people_of_its_own_land(as_: As, service: str, somebody: str) -> None:
    city, neighbour = as_("administrator", "4309"), as_("administrator", "4301")
    given = {"office": "430998", "role": "window", "password": "another long one"}
    assert city.put(f"/v1/people/{somebody}", json=given).status_code == 204
    assert sign_in(service, somebody).status_code == 401
    session = sign_in(service, somebody, "another long one").json()
    assert session["role"] == "window"
    assert neighbour.put(f"/v1/people/{somebody}", json=given).status_code == 403
    assert neighbour.put(f"/v1/people/{somebody}", json=given | {"office": "4301"}).status_code == 403
    assert city.put("/v1/people/新人", json={"office": "43", "role": "leader", "password": "x" * 12}).status_code == 403
    assert city.put(f"/v1/people/{somebody}", json=given | {"password": "short"}).status_code == 422
    assert city.put(f"/v1/people/{somebody}", json=given | {"password": "", "disabled": True}).status_code == 204
    assert me(service, session["access"]).status_code == 401
    shown = city.get("/v1/people").json()
    assert {"name": somebody, "office": "430998", "role": "window", "disabled": True} in shown
    assert all(person["office"].startswith("4309") for person in shown)


def test_sign_ins_and_changes_stand_in_the_audit_log_of_their_office(as_: As, service: str, somebody: str) -> None:
    sign_in(service, somebody)
    sign_in(service, somebody, "wrong")
    log = as_("auditor", "430998").get("/v1/audit", params={"limit": 1000}).json()
    mine = [entry["action"] for entry in log if entry["actor"] == somebody]
    assert mine == ["sign-in", "sign-in refused"]
    other = as_("auditor", "430997").get("/v1/audit", params={"limit": 1000}).json()
    assert not [entry for entry in other if entry["actor"] == somebody]


@pytest.mark.parametrize(
    "statement", ["UPDATE centre.audit SET actor = 'x'", "DELETE FROM centre.audit", "TRUNCATE centre.audit"]
)
@pytest.mark.parametrize("who", ["service", "owner"])
def test_nobody_edits_the_audit_log(settings: Settings, as_: As, statement: str, who: str) -> None:
    url = settings.admin_url if who == "owner" else settings.database_url
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('app.jurisdiction', '43', true)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


@pytest.fixture(params=["127.0.0.1", "10.1.2.3"])
def behind(request: pytest.FixtureRequest, settings: Settings) -> Iterator[tuple[str, bool]]:
    """A service that believes a proxy; whether the test stands where the proxy is."""
    proxy = str(request.param)
    given = replace(settings, port=free_port(), proxy=proxy, certificate_header="X-Client-SHA256")
    with running(given) as base:
        yield base, proxy == "127.0.0.1"


def test_a_certificate_counts_only_when_the_configured_proxy_vouches_for_it(
    as_: As, behind: tuple[str, bool], service: str, somebody: str
) -> None:
    base, believed = behind
    given = {"office": "430998", "role": "technician", "certificate": FINGERPRINT}
    assert as_("administrator", "430998").put(f"/v1/people/{somebody}", json=given).status_code == 204
    headers = {"X-Client-SHA256": FINGERPRINT.upper()}
    answer = requests.get(f"{base}/v1/me", headers=headers, timeout=20)
    assert answer.status_code == (200 if believed else 401)
    assert requests.get(f"{service}/v1/me", headers=headers, timeout=20).status_code == 401  # off by default
    gone = {"office": "430998", "role": "technician"}
    assert as_("administrator", "430998").put(f"/v1/people/{somebody}", json=gone).status_code == 204


def test_a_person_who_asks_too_often_is_asked_to_wait(settings: Settings, somebody: str) -> None:
    with running(replace(settings, port=free_port(), rate=2.0)) as base:
        token = sign_in(base, somebody).json()["access"]
        answers = [me(base, token).status_code for _ in range(14)]
    assert answers[:10] == [200] * 10
    assert answers[-1] == 429


def test_a_certificate_signs_in_one_person_only_and_goes_with_the_change_that_leaves_it_out(as_: As) -> None:
    city, names = as_("administrator", "4309"), [unused(name) for name in ("李四", "王五")]
    given = {"office": "430998", "role": "technician", "password": PASSWORD}
    one = {**given, "certificate": "cd" * 32}
    assert city.put(f"/v1/people/{names[0]}", json=one).status_code == 204
    refused = city.put(f"/v1/people/{names[1]}", json=one)
    assert (refused.status_code, refused.json()["code"]) == (422, "E-CENTRE-REQUEST")
    assert "certificate" in refused.json()["detail"] and names[0] not in refused.text
    assert city.put(f"/v1/people/{names[0]}", json=given).status_code == 204
    assert city.put(f"/v1/people/{names[1]}", json=one).status_code == 204
