"""The files in core/content/, read for the tests of what ships."""

import re
import tomllib
from pathlib import Path

from core.formats import figure_words

CONTENT = Path(__file__).resolve().parents[2] / "core" / "content"
ISSUES = ["education", "health", "women", "solitary-confinement", "reintegration"]


def load(name):
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def blocks_of(page):
    """Every block of a page, in order, its lead and those inside sections included."""
    found = [page["lead"]] if "lead" in page else []
    for block in page.get("body", []):
        found += [block, *block.get("content", [])]
    return found


def html_of(page):
    texts = [block["html"] for block in blocks_of(page) if "html" in block]
    return "\n".join([*texts, page.get("intro", ""), page.get("thank_you", "")])


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def address_of(name, page):
    parent = {"campaign-nightmare.toml": "/campaigns/"}.get(name, "/")
    if page["slug"] in ISSUES:
        parent = "/issues/"
    return "/" if name == "home.toml" else f"{parent}{page['slug']}/"


PAGE_FILES = sorted((CONTENT / "pages").glob("*.toml"))
INSTRUMENTS = {item["slug"]: item for item in load("instruments.toml")["instrument"]}
RULES = {
    f"{instrument}/{rule['number']}": rule
    for instrument in ("mandela", "bangkok")
    for rule in load(f"rules-{instrument}.toml")["rule"]
}
SOURCES = {item["slug"]: item for item in load("sources.toml")["source"]}
STATISTICS = {item["slug"]: item for item in load("statistics.toml")["statistic"]}
PARTNERS = {item["slug"]: item for item in load("partners.toml")["partner"]}
PAGES = {path.name: load(f"pages/{path.name}") for path in PAGE_FILES}
SETTINGS = PAGES.pop("settings.toml")
ADDRESSES = {address_of(name, page) for name, page in PAGES.items()}
CAMPAIGNS = {"nightmare": PAGES["campaign-nightmare.toml"]}


def spoken(statistic):
    """The figure as the site says it, from its newest observation."""
    newest = max(statistic["observation"], key=lambda item: item["year"])
    unit = statistic.get("unit", "")
    return figure_words(
        statistic["form"],
        newest["value"],
        out_of=newest.get("out_of"),
        qualifier=statistic.get("qualifier", ""),
        significant_digits=statistic.get("significant_digits"),
        unit="" if statistic["statement"].startswith(unit) else unit,
        unit_singular=statistic.get("unit_singular", ""),
    ).text
