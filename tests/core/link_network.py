"""A network of our own, for tests of the link check.

Names resolve to public addresses by a table, and a connection to any of them goes to a
server of the test.
"""

import socket
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from core.link_check import LinkAnswer, LinkChecker

PUBLIC = "93.184.215.14"
AGENT = "SourceLinkCheck/1.0 (+https://www.example.org)"


class Handler(BaseHTTPRequestHandler):
    """Answers by the first part of the path; keeps what it was asked."""

    def answer(self):
        host = self.headers["Host"]
        self.server.asked.append((self.command, host, self.path, self.headers))
        kind = self.path.split("?")[0].strip("/").split("/")[0]
        if kind == "no-head" and self.command == "HEAD":
            kind = "405"
        if kind == "hang-up-at-head" and self.command == "HEAD":
            self.close_connection = True
            return
        if kind == "nonsense":
            self.wfile.write(b"hello\r\n\r\n")
            self.close_connection = True
            return
        if kind == "trickle":
            self.trickle()
            return
        if kind == "slow":
            self.server.released.wait(10)
            self.close_connection = True
            return
        if kind == "circle":
            self.send_response(302)
            self.send_header("Location", "/circle")
        elif kind == "null":
            self.send_response(301)
            self.send_header("Location", "/a\0b")
        elif kind.isdigit():
            status, _slash, target = self.path.strip("/").partition("/")
            self.send_response(int(status))
            if target:
                self.send_header("Location", target)
        else:
            self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def trickle(self):
        self.close_connection = True
        with suppress(OSError):
            while not self.server.released.wait(0.05):
                self.wfile.write(b"H")

    do_GET = do_HEAD = answer

    def log_message(self, *args):
        pass


class Network:
    def __init__(self, server):
        self.server = server
        self.hosts = {"good.example": [PUBLIC], "other.example": [PUBLIC]}
        self.connections = []

    def resolve(self, host, port, **options):
        if host not in self.hosts:
            raise socket.gaierror("no such host")
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in self.hosts[host]
        ]

    def connect(self, address, timeout):
        self.connections.append(address)
        return socket.create_connection(self.server.server_address, timeout)

    @property
    def asked(self):
        return [(method, host, path) for method, host, path, _ in self.server.asked]

    def check(self, url) -> LinkAnswer:
        return LinkChecker(AGENT, self.resolve, self.connect).check(url)


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.asked, server.released = [], threading.Event()
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
