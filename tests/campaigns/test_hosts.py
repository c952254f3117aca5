"""Host names that strangers send."""

import pytest
from hypothesis import given, strategies as st

from campaigns.hosts import MAX_LENGTH, NAME, clean_host, owner_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("example.org", "example.org"),
        ("News.Example.ORG", "news.example.org"),
        ("news.example.org.", "news.example.org"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        # Only in the rules of 2008.
        ("xn--strae-oqa.de", "xn--strae-oqa.de"),
        ("例え.jp", "xn--r8jz45g.jp"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("a-b--c.example.org", "a-b--c.example.org"),
    ],
)
def test_a_name_is_written_in_one_way(text, name):
    assert clean_host(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "localhost",
        "printer",
        "printer.local",
        "wiki.internal",
        "site.test",
        "1.0.0.127.in-addr.arpa",
        "127.0.0.1",
        "127.1",
        "0x7f.0.0.1",
        "[::1]",
        "2001:db8::1",
        "example.org:443",
        "https://example.org",
        "example.org/page",
        "user@example.org",
        "exa mple.org",
        "example..org",
        "-example.org",
        "example-.org",
        "exa_mple.org",
        "example.org\r\nSet-Cookie: a=b",
        "=cmd|'/c calc'!a1.org",
        "<script>.org",
        "xn--\x80.org",
        "xn--a\ud800.org",
        "xn--.org",
        "a" * 64 + ".org",
        "a." * 126 + "org" * 2,
        "\x00.org",
    ],
)
def test_what_no_site_is_called_is_refused(text):
    with pytest.raises(ValueError):
        clean_host(text)


@given(st.text(max_size=300))
def test_whatever_is_sent_is_a_plain_name_or_refused(text):
    try:
        name = clean_host(text)
    except ValueError:
        return
    assert NAME.fullmatch(name)
    assert len(name) <= MAX_LENGTH
    assert clean_host(name) == name


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("example.org", "one"),
        ("www.example.org", "one"),
        ("a.b.example.org", "one"),
        ("news.example.org", "two"),
        ("www.news.example.org", "two"),
        ("badexample.org", None),
        ("example.org.evil.com", None),
        ("org", None),
        ("", None),
    ],
)
def test_the_longest_domain_says_whose_a_host_is(host, owner):
    assert owner_of(host, {"example.org": "one", "news.example.org": "two"}) == owner
