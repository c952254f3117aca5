"""What the templates and static files promise, read from the files themselves."""

import re
from pathlib import Path

import brotli
import lightningcss
import pytest

from inn_site.static_files import BROWSERS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
KB = 1024

templates = sorted(TEMPLATES.rglob("*.html"))
style_sheets = sorted(STATIC.rglob("*.css"))
scripts = sorted(STATIC.rglob("*.js"))


def compressed(text: str) -> int:
    return len(brotli.compress(text.encode()))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("entry", ["main.css", "embed.css"])
def test_style_sheet_is_at_most_8_kb(entry):
    bundle = lightningcss.bundle_css(
        str(STATIC / "css" / entry), browsers_list=BROWSERS
    )
    assert compressed(bundle) <= 8 * KB


@pytest.mark.parametrize(
    ("names", "most"),
    [
        # Of a page, of the frame of a film, and of the page around a frame.
        (["main.js"], 3 * KB),
        (["main.js", "frame.js", "seen.js"], 4 * KB),
        (["embed.js"], KB),
    ],
)
def test_scripts_of_visitors_are_small(names, most):
    assert sum(compressed((STATIC / "js" / name).read_text()) for name in names) <= most


def test_every_script_of_visitors_has_a_budget():
    public = {script.name for script in scripts if script.parent.name != "admin"}
    assert public == {"main.js", "frame.js", "seen.js", "embed.js"}


def test_the_fonts_of_every_page_are_at_most_22_kb():
    fonts = ["archivo-display.woff2", "archivo-text.woff2"]
    assert sum((STATIC / "fonts" / font).stat().st_size for font in fonts) <= 22 * KB


@pytest.mark.parametrize("path", templates, ids=name)
def test_template_has_no_inline_style_or_script(path):
    html = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize("path", templates, ids=name)
def test_template_includes_only_what_exists(path):
    included = re.findall(r'{% (?:include|extends) "([^"]+)"', path.read_text())
    missing = [
        other
        for other in included
        if not (TEMPLATES / other).exists() and not other.startswith("wagtail")
    ]
    assert missing == []


@pytest.mark.parametrize(
    "path", sorted((TEMPLATES / "components").glob("*.html")), ids=name
)
def test_component_begins_with_what_it_takes(path):
    assert path.read_text().startswith("{% comment %}")


@pytest.mark.parametrize("path", style_sheets, ids=name)
def test_layout_is_logical_so_that_it_can_be_mirrored(path):
    physical = re.compile(
        r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b"
        r"|(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:"
        r"|(?:float|clear|text-align)\s*:\s*(?:left|right))",
        re.MULTILINE,
    )
    assert physical.findall(path.read_text()) == []


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*/*.css")), ids=name)
def test_style_sheet_is_bundled(path):
    bundled = f'"{path.relative_to(STATIC / "css")}"'
    entries = [
        (STATIC / "css" / entry).read_text() for entry in ("main.css", "embed.css")
    ]
    assert any(bundled in entry for entry in entries)


def test_classes_in_style_sheets_are_used():
    """A class nobody sets is dead weight on every page."""
    html = "".join(path.read_text() for path in templates)
    html += "".join(path.read_text() for path in (ROOT / "core").rglob("*.py"))
    css = "".join(
        re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S) for path in style_sheets
    )
    classes = set(re.findall(r"\.([a-z][a-z-]+)\b(?![^{]*;)", css))
    unused = {one for one in classes if not re.search(rf"\b{one}\b", html)}
    assert unused == set()


@pytest.mark.parametrize("template", templates, ids=name)
def test_a_picture_in_the_page_is_an_address(template):
    """A browser forgives a space in one; the standard, and its checker, do not."""
    for address in re.findall(r'"(data:[^"]*)"', template.read_text()):
        assert not re.search(r"\s", address)
