"""The name of a site, as a browser says it: pure, and strict, since anyone may send one.

Names follow RFC 1123 (section 2.1) and, in other scripts, IDNA in its ASCII form.
"""

import re
from urllib.parse import urlsplit

MAX_LENGTH = 253
NAME = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?",
    re.ASCII,
)
# Last labels that no site of the public has (RFC 6761, RFC 6762, RFC 8375, RFC 9476 and
# those that home routers use).
NOT_PUBLIC = {
    "alt",
    "arpa",
    "example",
    "home",
    "internal",
    "invalid",
    "lan",
    "local",
    "localhost",
    "test",
}


def clean_host(text: str) -> str:
    """
    Return a public host name in small ASCII letters: “news.example.org”.

    Raises ValueError for anything else: an IP address, a name without a dot, with a
    port, longer than 253 characters, or one that is only known inside a network.
    """
    if len(text) > MAX_LENGTH + 1:
        raise ValueError("too long")
    name = text.strip().lower().removesuffix(".")
    try:
        name = name.encode("idna").decode("ascii")
        for label in name.split("."):
            if label.startswith("xn--"):
                # Not with the codec “idna”: it knows the rules of 2003 only.
                label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        raise ValueError("not a host name") from None
    if len(name) > MAX_LENGTH or not NAME.fullmatch(name):
        raise ValueError("not a host name")
    if name.rpartition(".")[2] in NOT_PUBLIC:
        raise ValueError("not a public host name")
    return name


def host_of(text: str) -> str:
    """
    Return the public host name of an address, with “https://” or without, or of a name.

    Raises ValueError as clean_host does, and for an address that is not of the web.
    """
    text = text.strip()
    if "/" not in text:
        return clean_host(text)
    parts = urlsplit(text if "://" in text else f"//{text.removeprefix('//')}")
    if parts.scheme not in ("", "http", "https"):
        raise ValueError("not an address of the web")
    return clean_host(parts.hostname or "")


def owner_of(host: str, owners: dict):
    """What {domain: owner} says of a host; the longest domain decides. None if none does."""
    labels = host.split(".")
    for first in range(len(labels)):
        domain = ".".join(labels[first:])
        if domain in owners:
            return owners[domain]
    return None
