"""axe-core finds nothing, on narrow and wide windows, on paper and at night."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .addresses import ALL

axe = Axe()


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_axe_finds_no_violation(page, address):
    page.goto(address)
    found = {}
    for width in (390, 1366):
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = axe.run(page, options={"resultTypes": ["violations"]})
            if results.violations_count:
                found[width, scheme] = results.generate_report()
    assert found == {}


@pytest.mark.parametrize("address", ALL.values(), ids=ALL)
def test_nothing_moves_for_who_asked_for_stillness(page, address):
    page.goto(address)
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_bars_of_the_home_page_part(visitor):
    page = visitor(reduced_motion="no-preference").new_page()
    # Noted from the first moment: on a busy machine it is over before one can look.
    page.add_init_script("addEventListener('animationstart', () => { moved = true; })")
    page.goto("/")
    page.wait_for_function("() => window.moved")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_counted_bars_differ_in_forced_colours(page, scheme):
    page.emulate_media(forced_colors="active", color_scheme=scheme)
    page.goto("/facts/people-behind-bars/")
    ground, bar, counted = page.evaluate(
        """() => {
          const fill = (path) => getComputedStyle(document.querySelector(path)).fill;
          const ground = getComputedStyle(document.body).backgroundColor;
          return [ground, fill(".statistic path:not(.counted)"), fill(".statistic .counted")];
        }"""
    )
    assert len({ground, bar, counted}) == 3


def test_the_rule_one_reads_stands_out_in_forced_colours(page):
    page.emulate_media(forced_colors="active")
    page.goto("/rules/mandela/43/")
    current, other = page.evaluate(
        """() => [".rule-index [aria-current]", ".rule-index a:not([aria-current])"].map(
          (path) => {
            const link = document.querySelector(path);
            return ["", "::before"].map(
              (part) => getComputedStyle(link, part).backgroundColor).join();
          })"""
    )
    assert current != other
