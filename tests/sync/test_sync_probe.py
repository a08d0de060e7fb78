# SPDX-License-Identifier: GPL-2.0-or-later
"""“Test connection” names the one step that fails."""

from __future__ import annotations

import http.server
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from datacenter_service import PASSWORD, free_port

from landreview_plugin.core.model.problems import LandReviewError
from landreview_plugin.sync.http import Line
from landreview_plugin.sync.probe import Probed, Step
from landreview_plugin.sync.probe import test_connection as probed
from landreview_plugin.sync.sign_in import Tokens


def failing(steps: list[Probed]) -> tuple[Step, str]:
    """The last step and its code; all before it went well."""
    assert all(step.error is None for step in steps[:-1])
    error = steps[-1].error
    return steps[-1].step, error.code if error else ""


@contextmanager
def something_else(context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A web server that is no centre; its port."""
    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    if context:
        listening.socket = context.wrap_socket(listening.socket, server_side=True)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    try:
        yield listening.server_address[1]
    finally:
        listening.shutdown()
        listening.server_close()


def test_all_steps_of_a_good_connection(base: str) -> None:
    line = Line(base, Tokens(Line(base), "technician@430998", PASSWORD))
    steps = probed(line, "430998")
    assert [step.step for step in steps] == [Step.NAME, Step.TCP, Step.VERSION, Step.SIGN_IN, Step.RIGHTS]
    assert all(step.error is None for step in steps)
    assert steps[3].facts == "technician@430998 · 430998 · technician"


def test_a_name_that_nobody_knows() -> None:
    assert failing(probed(Line("https://no-such-centre.invalid"), "")) == (Step.NAME, "E-SYNC-NAME")


def test_a_port_that_nobody_listens_on() -> None:
    assert failing(probed(Line(f"http://127.0.0.1:{free_port()}"), "")) == (Step.TCP, "E-SYNC-TCP")


def test_a_certificate_of_nobody_we_trust(tmp_path: Path) -> None:
    authority = pytest.importorskip("test_project_access").Authority.new()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue("centre", tmp_path))
    with something_else(context) as port:
        steps = probed(Line(f"https://127.0.0.1:{port}"), "")
    assert failing(steps) == (Step.TLS, "E-SYNC-TLS")


def test_something_that_is_no_centre() -> None:
    with something_else() as port:
        assert failing(probed(Line(f"http://127.0.0.1:{port}"), "")) == (Step.VERSION, "E-CENTRE-VERSION")


def test_a_wrong_password_and_another_office(base: str) -> None:
    wrong = Line(base, Tokens(Line(base), "technician@430998", "wrong"))
    assert failing(probed(wrong, "")) == (Step.SIGN_IN, "E-CENTRE-SIGNIN")
    other = Line(base, Tokens(Line(base), "technician@430998", PASSWORD))
    assert failing(probed(other, "4309")) == (Step.RIGHTS, "E-CENTRE-RIGHTS")


@pytest.mark.parametrize("server", ["centre.example", "ftp://centre.example", "http://centre.example", "https://", ""])
def test_an_address_that_is_not_complete_or_not_encrypted_is_refused(server: str) -> None:
    with pytest.raises(LandReviewError) as raised:
        Line(server)
    assert raised.value.code == "E-SYNC-ADDRESS"


def test_an_expired_sign_in_is_renewed_without_a_word(base: str) -> None:
    tokens = Tokens(Line(base), "technician@430998", PASSWORD)
    first = tokens()
    assert tokens(renew=True) != first
    from landreview_plugin.sync.client import Centre

    centre = Centre(Line(base, tokens))
    tokens._session = tokens._session.model_copy(update={"access": "expired"})  # type: ignore[union-attr]
    assert centre.me().office == "430998"
