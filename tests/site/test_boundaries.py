"""What may import what (see the first lines of the architecture)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Modules that know nothing of Django's models, templates and requests.
PURE = [
    "core/card_canvas.py",
    "core/card_text.py",
    "core/cards.py",
    "core/citation_data.py",
    "core/citations.py",
    "core/dates.py",
    "core/figures.py",
    "core/formats.py",
    "core/instrument_names.py",
    "core/limiting_words.py",
    "core/link_check.py",
    "core/linked_text.py",
    "core/locales.py",
    "core/number_words.py",
    "core/numerals.py",
    "core/phrases.py",
    "core/quote_layout.py",
    "core/quote_tokens.py",
    "core/quoted_text.py",
    "core/quotes.py",
    "core/resemblance.py",
    "core/rule_citation_words.py",
    "core/rule_citations.py",
    "core/rule_excerpt.py",
    "core/rule_lines.py",
    "core/rule_numbers.py",
    "core/rule_text.py",
    "core/video.py",
    "campaigns/ffmpeg.py",
    "campaigns/film_data.py",
    "campaigns/film_files.py",
    "campaigns/hosts.py",
    "campaigns/transcript.py",
    "campaigns/usage_chart.py",
]


def imports_of(path):
    """The dotted names that a module imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} has a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules_of(app):
    paths = (ROOT / app).rglob("*.py")
    return [path.relative_to(ROOT).as_posix() for path in paths]


def packages(path):
    return {name.partition(".")[0] for name in imports_of(ROOT / path)}


@pytest.mark.parametrize("path", modules_of("core"))
def test_core_knows_neither_campaigns_nor_the_site(path):
    assert not packages(path) & {"campaigns", "inn_site", "tests"}


@pytest.mark.parametrize("path", modules_of("campaigns"))
def test_campaigns_do_not_know_the_site(path):
    assert not packages(path) & {"inn_site", "tests"}


@pytest.mark.parametrize("path", PURE)
def test_a_pure_module_imports_only_pure_ones(path):
    # What they have to say to an editor can be translated.
    foreign = {
        name.partition(".")[0]
        for name in imports_of(ROOT / path)
        if not name.startswith("django.utils.translation.")
    }
    assert not foreign & {"django", "wagtail", "modelcluster", "taggit"}
    ours = {
        f"{name.replace('.', '/')}.py"
        for full in imports_of(ROOT / path)
        for name in (full, full.rpartition(".")[0])
        if full.startswith(("core.", "campaigns."))
    }
    assert {name for name in ours if (ROOT / name).exists()} <= set(PURE)
