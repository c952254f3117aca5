"""Figures on pages in other languages: a whole phrase in one language, never a mixture."""

import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale

from core.models import StandardPage, Statistic
from tests.core.admin_forms import page_at

pytestmark = pytest.mark.django_db

LANGUAGES = ["ar", "es", "fr", "ru", "zh-hans"]
NOT_LATIN = re.compile(r"[\u0600-\u06ff\u0400-\u04ff\u3400-\u9fff]")


def opened(language, *pages):
    """Publish the home page and these pages (addresses) in a language, text as it is."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    for address in ("/", *pages):
        page_at(address).copy_for_translation(locale).save_revision().publish()
    return locale


def main(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content.decode(), "html.parser").main


def text_of(element):
    return " ".join(element.get_text().split())


def tag(slug):
    statistic = Statistic.objects.get(slug=slug, locale=Locale.get_default())
    return f'<embed embedtype="statistic" id="{statistic.pk}" text="some"/>'


def translate(slug, locale, **words):
    copy = Statistic.objects.get(slug=slug, locale=Locale.get_default())
    copy = copy.copy_for_translation(locale)
    for name, value in words.items():
        setattr(copy, name, value)
    copy.save()
    copy.save_revision().publish()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_translated_is_whole_in_its_own_language(client, language):
    opened(language, "/facts/")
    own = {"lang": "en", "dir": "ltr"}
    english = {
        row.td.a["href"]: row for row in main(client, "/facts/").tbody.find_all("tr")
    }
    index = main(client, f"/{language}/facts/")
    rows = index.tbody.find_all("tr")
    assert len(rows) == len(english)
    for row in rows:
        address = row.td.a["href"]
        original = english[address.removeprefix(f"/{language}")]
        assert text_of(row.th) == text_of(original.th)
        assert row.th.span.attrs.items() >= own.items()
        assert row.td.a.attrs.items() >= own.items()
        page = main(client, address)
        heading, said = page.h1, f"{text_of(row.th)} {text_of(row.td.a)}"
        assert text_of(heading).replace(" %", "%") == said
        assert len(heading.find_all(attrs=own)) == 2
        for drawing in page.find_all("svg", attrs={"aria-label": True}):
            assert drawing["lang"] == "en"
            assert not NOT_LATIN.search(drawing["aria-label"])
        marked = page.find_all(lang="en")
        # The way to it, the heading, the source, the exact value, a row of the table.
        assert len(marked) >= 5
        for element in marked:
            assert not NOT_LATIN.search(element.get_text()), element
        for part in page.find(class_="statistic-source").find_all(recursive=False):
            assert part["lang"] == "en"


def test_in_a_sentence_only_a_unit_makes_a_figure_foreign(client):
    locale = opened("ar")
    sentence = (
        f"<p>هناك {tag('people-behind-bars')} سجين، {tag('solitary-threshold')}.</p>"
    )
    page = StandardPage(
        title="نص", slug="text", locale=locale, body=[("paragraph", sentence)]
    )
    page_at("/").get_translation(locale).add_child(instance=page)

    def links():
        html = main(client, "/ar/text/")
        return [a for a in html.find_all("a") if "/facts/" in a["href"]]

    people, hours = links()
    assert text_of(people) == "حوالي ١١ مليون"
    assert not people.has_attr("lang")
    assert text_of(hours) == "22 of 24 hours"
    assert (hours["lang"], hours["dir"]) == ("en", "ltr")
    translate("solitary-threshold", locale, unit="ساعة", unit_singular="ساعة")
    people, hours = links()
    assert text_of(hours) == "٢٢ من أصل ٢٤ ساعة"
    assert not hours.has_attr("lang")


def test_what_is_translated_is_whole_in_the_language_of_the_page(client):
    locale = opened("ar", "/facts/")
    translate(
        "solitary-threshold",
        locale,
        unit="ساعة",
        unit_singular="ساعة",
        statement="دون اتصال إنساني ذي معنى",
    )
    page = main(client, "/ar/facts/solitary-threshold/")
    heading = page.h1
    assert text_of(heading) == "٢٢ من أصل ٢٤ ساعة دون اتصال إنساني ذي معنى"
    assert not heading.find(lang=True)
    assert "كل عمود: ساعة" in text_of(page.find(class_="statistic-source"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "أكثر من ٣٫٢ مليون (المصدر بحاجة إلى التحقق)"),
        ("es", "más de 3,2 millones (fuente por verificar)"),
        ("fr", "plus de 3,2 millions (source à vérifier)"),
        ("ru", "более 3,2 млн (источник требует проверки)"),
        ("zh-hans", "超过320万 (来源待核实)"),
    ],
)
def test_what_to_know_of_a_figure_is_said_in_the_language_of_the_sentence(
    client, language, expected
):
    locale = opened(language)
    page = StandardPage(
        title="Text",
        slug="text",
        locale=locale,
        body=[("paragraph", f"<p>{tag('awaiting-trial')}</p>")],
    )
    page_at("/").get_translation(locale).add_child(instance=page)
    prose = main(client, f"/{language}/text/").find("a", href=re.compile("/facts/"))
    assert text_of(prose.parent) == expected


@pytest.mark.parametrize(
    ("slug", "expected", "language"),
    [("justice-gap", "٤٫٥ مليار", None), ("prolonged-threshold", "15 days", "en")],
)
def test_the_heading_of_the_home_page(client, slug, expected, language):
    locale = opened("ar")
    home = page_at("/").get_translation(locale)
    home.hero_statistic = Statistic.objects.get(slug=slug, locale=Locale.get_default())
    home.hero_words = "كلمات"
    home.save_revision().publish()
    figure = main(client, "/ar/").h1.span
    assert text_of(figure) == expected
    assert figure.get("lang") == language


def test_a_result_of_the_search(client):
    opened("ar", "/facts/")
    html = main(client, "/ar/search/?q=meaningful+human+contact")
    (hit,) = html.find_all("a", href="/ar/facts/solitary-threshold/")
    assert text_of(hit).startswith("22 of 24 hours without meaningful")
    assert (hit["lang"], hit["dir"]) == ("en", "ltr")
