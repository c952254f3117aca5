"""Addresses are asked politely, and never lead the checker into a private network."""

import shutil
import socket
import ssl
import subprocess

import pytest
from hypothesis import given, strategies as st

from core import link_check
from core.link_check import LinkAnswer, LinkChecker, LinkState, is_public
from tests.core.link_network import AGENT, PUBLIC, Network, serving


@pytest.fixture
def network():
    with serving() as server:
        yield Network(server)


def test_a_page_that_is_there_works(network):
    assert network.check("http://good.example/report?id=1#page") == LinkAnswer(
        LinkState.WORKS, 200
    )
    assert network.asked == [("HEAD", "good.example", "/report?id=1")]
    assert network.connections == [(PUBLIC, 80)]


def test_the_checker_says_who_it_is_and_nothing_else(network):
    network.check("http://good.example/")
    headers = network.server.asked[0][3]
    assert headers["User-Agent"] == AGENT
    assert set(headers) == {
        "Host",
        "Accept-Encoding",
        "User-Agent",
        "Accept",
        "Connection",
    }


@pytest.mark.parametrize("path", ["no-head", "hang-up-at-head"])
def test_a_server_that_minds_head_is_asked_by_get(network, path):
    assert network.check(f"http://good.example/{path}").state == LinkState.WORKS
    assert [method for method, *_rest in network.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("204", LinkState.WORKS),
        ("403", LinkState.REFUSES),
        ("429", LinkState.REFUSES),
        ("404", LinkState.NOT_FOUND),
        ("410", LinkState.NOT_FOUND),
        ("500", LinkState.SERVER_ERROR),
        ("nonsense", LinkState.NO_CONNECTION),
    ],
)
def test_every_answer_has_its_name(network, path, state):
    assert network.check(f"http://good.example/{path}").state == state


def test_a_permanent_move_is_told(network):
    outcome = network.check("http://good.example/301/http://other.example/new")
    assert outcome == LinkAnswer(LinkState.WORKS, 200, "http://other.example/new")


def test_a_move_is_followed_from_where_it_stands(network):
    outcome = network.check("http://good.example/308//new")
    assert outcome.moved_to == "http://good.example/new"


def test_a_move_for_a_while_is_followed_and_not_told(network):
    outcome = network.check("http://good.example/302/http://other.example/new")
    assert outcome == LinkAnswer(LinkState.WORKS, 200)


def test_what_follows_a_move_for_a_while_is_not_told(network):
    first = "http://good.example/301/http://good.example/302/http://other.example/x"
    assert network.check(first).moved_to == (
        "http://good.example/302/http://other.example/x"
    )


def test_a_move_to_what_no_database_keeps_is_not_told(network):
    outcome = network.check("http://good.example/null")
    assert outcome == LinkAnswer(LinkState.NOT_CHECKABLE)


def test_a_circle_of_redirects_ends(network):
    outcome = network.check("http://good.example/circle")
    assert outcome.state == LinkState.TOO_MANY_REDIRECTS
    assert len(network.asked) == link_check.MAX_REDIRECTS + 1


def test_a_redirect_to_nowhere_is_none(network):
    assert network.check("http://good.example/302").state == LinkState.WORKS


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 (it is refused)
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_a_private_address_is_never_connected_to(network, address):
    network.hosts["good.example"] = [address]
    assert network.check("http://good.example/").state == LinkState.NOT_PUBLIC
    # One private address among public ones is enough.
    network.hosts["good.example"] = [PUBLIC, address]
    assert network.check("http://good.example/").state == LinkState.NOT_PUBLIC
    assert network.connections == []


def test_addresses_written_as_numbers_are_looked_at_too():
    checker = LinkChecker(AGENT, connect=None)
    for host in ("127.0.0.1", "[::1]", "[::ffff:7f00:1]", "2130706433", "0x7f.1"):
        state = checker.check(f"http://{host}/").state
        assert state in (LinkState.NOT_PUBLIC, LinkState.NO_HOST), host


def test_a_redirect_into_a_private_network_is_not_followed(network):
    network.hosts["inside.example"] = ["10.0.0.1"]
    outcome = network.check("http://good.example/302/http://inside.example/")
    assert outcome.state == LinkState.NOT_PUBLIC
    assert {address for address, _port in network.connections} == {PUBLIC}


def test_a_name_that_changes_its_mind_changes_nothing(network):
    """DNS rebinding: what was looked at is what is connected to."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    resolve = network.resolve

    def rebinding(host, port, **options):
        network.hosts[host] = next(answers)
        return resolve(host, port, **options)

    checker = LinkChecker(AGENT, rebinding, network.connect)
    checker.check("http://good.example/no-head")
    assert network.connections == [(PUBLIC, 80), (PUBLIC, 80)]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://good.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://good.example:8080/",
        "https://good.example:80/",
        "http://name:password@good.example/",
        "http://name@good.example/",
        "http://",
        "http://[::1/",
        "http://good.example:port/",
        f"http://{'a' * 70}.example/",
    ],
)
def test_other_addresses_are_not_asked(network, url):
    assert network.check(url).state == LinkState.NOT_CHECKABLE
    assert network.connections == []


@pytest.mark.parametrize(
    "target", ["ftp://other.example/", "http://a:b@other.example/", "http://[::1/"]
)
def test_a_redirect_to_such_an_address_is_not_followed(network, target):
    outcome = network.check(f"http://good.example/302/{target}")
    assert outcome.state == LinkState.NOT_CHECKABLE
    assert len(network.connections) == 1


def test_a_name_without_a_server_is_told(network):
    assert network.check("http://gone.example/") == LinkAnswer(LinkState.NO_HOST)


def test_a_path_in_any_script_is_asked_for(network):
    network.check("http://good.example/отчёт 1?q=ü")
    assert network.asked[0][2] == ("/%D0%BE%D1%82%D1%87%D1%91%D1%82%201?q=%C3%BC")


def test_a_server_without_a_certificate_is_told(network):
    assert network.check("https://good.example/").state == LinkState.NOT_SECURE
    assert network.connections[0] == (PUBLIC, 443)


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate")
def test_a_certificate_must_be_of_the_name_that_was_asked(
    network, monkeypatch, tmp_path
):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"],
            *[
                "-subj",
                "/CN=good.example",
                "-addext",
                "subjectAltName=DNS:good.example",
            ],
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    network.server.socket = context.wrap_socket(network.server.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert network.check("https://good.example/").state == LinkState.WORKS
    assert network.asked == [("HEAD", "good.example", "/")]
    assert network.check("https://other.example/").state == LinkState.NOT_SECURE


def test_a_server_that_keeps_silent_is_left_in_time(network, monkeypatch):
    monkeypatch.setattr(link_check, "STEP_SECONDS", 0.2)
    assert network.check("http://good.example/slow").state == LinkState.TIMEOUT


def test_a_server_that_trickles_is_left_in_time(network, monkeypatch):
    """Each byte comes in time, the answer never does."""
    monkeypatch.setattr(link_check, "REQUEST_SECONDS", 0.3)
    outcome = network.check("http://good.example/trickle")
    assert outcome.state in (LinkState.NO_CONNECTION, LinkState.TIMEOUT)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_ipv6_is_judged_as_itself(address):
    assert is_public(f"::ffff:{address}") == is_public(str(address))


@given(st.text(max_size=60))
def test_any_text_has_an_outcome(text):
    def resolve(*args, **options):
        raise socket.gaierror

    for url in (text, f"http://{text}"):
        assert LinkChecker(AGENT, resolve, None).check(url).is_failure
