"""Static files as `make run` collects them."""

import re
from pathlib import Path

import lightningcss
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from inn_site.static_files import BROWSERS, rebase_urls


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    from django.test import override_settings

    root = tmp_path_factory.mktemp("static")
    backend = "inn_site.static_files.BundledStaticFilesStorage"
    with override_settings(
        STATIC_ROOT=root, STORAGES={"staticfiles": {"BACKEND": backend}}
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    return root


def bundle(collected: Path) -> Path:
    (file,) = collected.glob("css/main.*.css")
    return file


def test_the_site_has_one_style_sheet(collected):
    css = bundle(collected).read_text(encoding="utf-8")
    assert "@import" not in css
    assert not list(collected.glob("css/*/*.css"))
    assert not list(collected.glob("css/tokens*.css"))


@pytest.mark.django_db
def test_who_reads_no_page_finds_the_icon(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Cache-Control"] == "public, max-age=86400"
    assert finders.find(response["Location"].removeprefix("/static/"))


def test_what_the_style_sheet_refers_to_exists(collected):
    file = bundle(collected)
    for address in re.findall(
        r"""url\(["']?([^"')]+)""", file.read_text(encoding="utf-8")
    ):
        if not address.startswith("data:"):
            assert (file.parent / address).is_file(), address


def test_files_are_compressed(collected):
    file = bundle(collected)
    for suffix in (".br", ".gz"):
        assert Path(f"{file}{suffix}").stat().st_size < file.stat().st_size


@pytest.mark.parametrize(
    ("css", "name", "expected"),
    [
        ("url(x.svg)", "css/main.css", 'url("x.svg")'),
        ("url(../img/x.svg)", "css/main.css", 'url("../img/x.svg")'),
        ('url("../../img/x.svg")', "css/blocks/a.css", 'url("../img/x.svg")'),
        ("url( 'x.svg' )", "css/blocks/a.css", 'url("blocks/x.svg")'),
        ("url(/static/x.svg)", "css/blocks/a.css", "url(/static/x.svg)"),
        ("url(#a)", "css/blocks/a.css", "url(#a)"),
        (
            'url("data:image/png;base64,A")',
            "css/a.css",
            'url("data:image/png;base64,A")',
        ),
        ('@import url("b.css")', "css/blocks/a.css", '@import url("b.css")'),
    ],
)
def test_addresses_are_seen_from_the_bundle(css, name, expected):
    assert rebase_urls(css, name) == expected


def test_newer_css_is_lowered():
    css = lightningcss.process_stylesheet(
        ".a { & .b { color: oklch(60% 0.1 20) } }", browsers_list=BROWSERS
    )
    assert ".a .b" in css
    assert "color:#" in css
