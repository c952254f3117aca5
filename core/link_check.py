"""Does a web address still work? Asked politely, and of public servers only.

An address is written by staff, yet what stands behind its name is not ours: a server
may lead the checker to a machine of our own network. So every host name is resolved
here, all its addresses must be public, and the connection goes to the very address
that was looked at, at the first request and at each redirect.
"""

import enum
import ipaddress
import socket
import ssl
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, quote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
MAX_REDIRECTS = 5
# For one step of the network, and for one request as a whole.
STEP_SECONDS = 10
REQUEST_SECONDS = 30
PERMANENT = {301, 308}
REDIRECTS = {301, 302, 303, 307, 308}
# What a server says to programs, not to readers.
REFUSALS = {401, 403, 405, 406, 418, 429, 451}
GONE = {404, 410}
SAFE = "/?&=%:@!$'()*+,;~-._[]"


class LinkState(enum.StrEnum):
    WORKS = "works"
    REFUSES = "refuses"
    NOT_FOUND = "not_found"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    NO_HOST = "no_host"
    NO_CONNECTION = "no_connection"
    NOT_SECURE = "not_secure"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_PUBLIC = "not_public"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True)
class LinkAnswer:
    """What one address answered.

    `status` is the HTTP status, None without an answer. `moved_to` is where permanent
    redirects lead, "" without any.
    """

    state: LinkState
    status: int | None = None
    moved_to: str = ""

    @property
    def is_failure(self) -> bool:
        return self.state not in (LinkState.WORKS, LinkState.REFUSES)

    @property
    def has_answered(self) -> bool:
        """Whether some server spoke: without a network none does."""
        return self.status is not None


class _Failure(Exception):
    def __init__(self, state: LinkState):
        self.state = state


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    Private, loopback, link-local, multicast, reserved addresses do not, nor do IPv6
    addresses that carry an IPv4 address which does not.
    """
    ip = ipaddress.ip_address(address)
    if ip.version == 6:
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip.is_site_local or ip.scope_id:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


class LinkChecker:
    """Asks for one address at a time.

    `resolve` and `connect` are `socket.getaddrinfo` and `socket.create_connection`;
    tests put a network of their own in their place.
    """

    def __init__(
        self,
        user_agent: str,
        resolve=socket.getaddrinfo,
        connect=socket.create_connection,
    ):
        self.headers = {
            "User-Agent": user_agent,
            "Accept": "*/*",
            "Connection": "close",
        }
        self.resolve = resolve
        self.connect = connect

    def check(self, url: str) -> LinkAnswer:
        """Follow an address to its end. Never raises for what a server does."""
        moved_to, is_permanent = "", True
        for _hop in range(MAX_REDIRECTS + 1):
            try:
                status, location = self._ask(_parse(url))
            except _Failure as failure:
                return LinkAnswer(failure.state)
            if status not in REDIRECTS or not location:
                return LinkAnswer(_state_of(status), status, moved_to)
            try:
                url = urljoin(url, location)
            except ValueError:
                return LinkAnswer(LinkState.NOT_CHECKABLE, status)
            is_permanent = is_permanent and status in PERMANENT
            if is_permanent:
                moved_to = url
        return LinkAnswer(LinkState.TOO_MANY_REDIRECTS, status)

    def _ask(self, url: SplitResult) -> tuple[int, str]:
        """Return status and Location; by GET where the server minds HEAD."""
        addresses = self._addresses(url)
        # Some servers hang up, or hang, at a HEAD that they do not know.
        with suppress(_Failure):
            status, location = self._request("HEAD", url, addresses)
            if status < 400 or status == 429:
                return status, location
        return self._request("GET", url, addresses)

    def _addresses(self, url: SplitResult) -> list[str]:
        try:
            host = url.hostname.encode("idna").decode("ascii")
            found = self.resolve(host, PORTS[url.scheme], type=socket.SOCK_STREAM)
        except OSError:
            raise _Failure(LinkState.NO_HOST) from None
        except UnicodeError:
            raise _Failure(LinkState.NOT_CHECKABLE) from None
        addresses = list(dict.fromkeys(entry[4][0] for entry in found))
        if not addresses or not all(map(is_public, addresses)):
            raise _Failure(LinkState.NOT_PUBLIC if addresses else LinkState.NO_HOST)
        return addresses

    def _request(
        self, method: str, url: SplitResult, addresses: list[str]
    ) -> tuple[int, str]:
        path = quote(url._replace(scheme="", netloc="", fragment="").geturl(), SAFE)
        try:
            with closing(self._open(url, addresses)) as connection:
                deadline = threading.Timer(REQUEST_SECONDS, _hang_up, [connection.sock])
                deadline.daemon = True
                deadline.start()
                try:
                    connection.request(method, path or "/", headers=self.headers)
                    # The body is never read, so no answer can be too large.
                    response = connection.getresponse()
                    return response.status, response.headers.get("Location", "")
                finally:
                    deadline.cancel()
        except TimeoutError:
            raise _Failure(LinkState.TIMEOUT) from None
        except ssl.SSLError:
            raise _Failure(LinkState.NOT_SECURE) from None
        except (OSError, HTTPException, UnicodeError):
            raise _Failure(LinkState.NO_CONNECTION) from None

    def _open(self, url: SplitResult, addresses: list[str]) -> HTTPConnection:
        port = PORTS[url.scheme]
        connection = HTTPConnection(url.hostname.encode("idna").decode("ascii"), port)
        for place, address in enumerate(addresses, 1):
            try:
                connection.sock = self.connect((address, port), STEP_SECONDS)
                break
            except OSError:
                if place == len(addresses):
                    raise
        if url.scheme == "https":
            # The Host header leaves out the port that is usual.
            connection.default_port = port
            plain = connection.sock
            try:
                connection.sock = ssl.create_default_context().wrap_socket(
                    plain, server_hostname=connection.host
                )
            except OSError:
                plain.close()
                raise
        return connection


def _parse(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        raise _Failure(LinkState.NOT_CHECKABLE) from None
    if (
        url.scheme not in PORTS
        or not url.hostname
        or port not in (None, PORTS[url.scheme])
        or url.username is not None
        or url.password is not None
        # What a server leads to is stored, and PostgreSQL takes no such text.
        or "\0" in text
    ):
        raise _Failure(LinkState.NOT_CHECKABLE)
    return url


def _state_of(status: int) -> LinkState:
    if status in GONE:
        return LinkState.NOT_FOUND
    if status in REFUSALS:
        return LinkState.REFUSES
    return LinkState.WORKS if status < 400 else LinkState.SERVER_ERROR


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
