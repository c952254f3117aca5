"""What staff see of who embeds us: the report, and the note before a change."""

import csv
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from campaigns.counting import Use, write
from campaigns.models import EmbedUse, Partner, PartnerDomain
from campaigns.usage_chart import HEIGHT, MOST_BARS, draw_days
from core.models import Rule, Statistic
from tests.core.admin_forms import change_form, edit_address
from tests.core.screens import look, row_of
from tests.core.staff import member

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/embeds/"
NOTE = "These sites show it in a frame"


@pytest.fixture
def rule():
    return Rule.objects.get(instrument__slug="mandela", number=43)


@pytest.fixture
def partner():
    partner = Partner.objects.get(slug="global-citizen")
    PartnerDomain.objects.create(partner=partner, name="partner.org", sort_order=0)
    return partner


def shows(subject, host, views=1, plays=0, ago=0, **version):
    """A site shows a subject this many days ago."""
    kinds = {"Statistic": "statistic", "Rule": "rule", "CampaignPage": "campaign"}
    use = Use(
        kinds[type(subject).__name__],
        subject.translation_key.hex,
        version.pop("language", "en"),
        host=host,
        day=timezone.localdate() - timedelta(days=ago),
        **version,
    )
    write({use: (views, plays)})


def rows(client, query=""):
    """The rows of the report as the CSV file has them."""
    response = client.get(f"{REPORT}?export=csv&{query}")
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture
def shown(statistic, rule, campaign, partner):
    shows(campaign, "www.partner.org", 50, 20)
    shows(campaign, "www.partner.org", 5, 1, ago=3)
    shows(statistic, "partner.org", 7, theme="dark", as_of="2024-05-01")
    shows(statistic, "notpartner.org", 9, ago=40)
    shows(rule, "school.example.org", 3, language="fr")
    shows(rule, "", 2)


def test_rows_are_added_up_by_site_and_version(admin, shown):
    text = look(admin, REPORT)
    film = row_of(text, "Nightmare", "www.partner.org")
    assert "www.partner.org Global Citizen English 55 21" in film
    figure = row_of(text, "dark")
    assert "about 11 million people" in figure
    assert "English · dark · pinned to 1 May 2024 7 0" in figure
    assert "French 3 0" in row_of(text, "school.example.org")
    assert "2 0" in row_of(text, "Sites not known by name")
    assert "76 views and 21 plays on 4 sites" in " ".join(text.split())


def test_rows_can_be_read_day_by_day(admin, shown):
    found = [row for row in rows(admin, "rows=day") if row["Item"] == "Nightmare"]
    assert [(row["Views"], row["Plays"]) for row in found] == [("50", "20"), ("5", "1")]
    assert len({row["Last seen"] for row in found}) == 2


def test_the_rows_can_be_narrowed(admin, shown, statistic, partner):
    def hosts(query):
        return {row["Site"] for row in rows(admin, query)}

    assert hosts("host=partner.org") == {"partner.org", "www.partner.org"}
    assert hosts("host=WWW.Partner.org.") == {"www.partner.org"}
    assert hosts(f"partner={partner.pk}") == {"partner.org", "www.partner.org"}
    key = statistic.translation_key.hex
    assert hosts(f"item=statistic:{key}") == {"partner.org", "notpartner.org"}
    month = timezone.localdate() - timedelta(days=30)
    assert "notpartner.org" not in hosts(f"day_from={month}")
    assert hosts(f"day_to={month}") == {"notpartner.org"}
    assert hosts("host=nobody.org") == set()
    assert "No site matches" in look(admin, f"{REPORT}?host=nobody.org")


@pytest.mark.parametrize(
    "query",
    [
        "item=statistic:zz",
        "item=x",
        "partner=0",
        "day_from=yesterday",
        "rows=week",
        "host=%00%27",
        "ordering=nothing",
        "p=9999",
    ],
)
def test_a_filter_that_means_nothing_does_no_harm(admin, shown, query):
    assert admin.get(f"{REPORT}?{query}").status_code == 200


def test_a_spreadsheet_runs_nothing_that_we_are_called(admin, campaign):
    campaign.title = '=HYPERLINK("https://evil.example","x")'
    campaign.save()
    shows(campaign, "a.example.org")
    (row,) = rows(admin)
    assert row["Item"].startswith("'=")


def test_the_report_has_a_chart_with_words(admin, shown):
    html = admin.get(REPORT).content.decode()
    assert 'role="img" aria-label="76 views and 21 plays from' in html
    assert "<path" in html
    assert "No other site has shown anything" not in html


def test_nothing_shown_is_said(admin):
    assert "No other site has shown anything of ours yet" in look(admin, REPORT)


def test_it_is_for_those_who_look_after_partners(admin):
    editor = member("writer", "Editors")
    assert editor.get(REPORT).status_code == 200
    assert "Who embeds us" in editor.get(reverse("wagtailadmin_home")).content.decode()
    change = Permission.objects.get(codename="change_partner")
    change.group_set.clear()
    assert editor.get(REPORT).status_code == 302


def test_more_rows_cost_no_more_queries(admin, shown, statistic, rule):
    def queries():
        with CaptureQueriesContext(connection) as found:
            admin.get(REPORT)
        return len(found)

    queries()
    before = queries()
    for number in range(30):
        shows(statistic, f"site-{number}.example.org")
    for other in Rule.objects.exclude(text="")[:20]:
        shows(other, "school.example.org")
    assert queries() == before


def test_the_form_shows_the_sites_and_links_to_the_days(admin, shown, statistic, rule):
    text = look(admin, edit_address(statistic))
    assert "Shown on other sites" in text
    assert "Global Citizen" in row_of(text, "English · dark · pinned to 1 May 2024")
    html = admin.get(edit_address(statistic)).content.decode()
    assert f"item=statistic%3A{statistic.translation_key.hex}" in html
    unused = Statistic.objects.exclude(pk=statistic.pk).first()
    assert "Shown on other sites" not in look(admin, edit_address(unused))


def test_rules_and_campaigns_show_them_too(admin, shown, rule, campaign):
    address = reverse("wagtailsnippets_core_rule:edit", args=[rule.pk])
    assert "school.example.org" in look(admin, address)
    address = reverse("wagtailadmin_pages:edit", args=[campaign.pk])
    assert "www.partner.org" in look(admin, address)


def test_long_ago_is_not_shown(admin, rule):
    shows(rule, "old.example.org", ago=91)
    address = reverse("wagtailsnippets_core_rule:edit", args=[rule.pk])
    assert "old.example.org" not in look(admin, address)


def test_the_sites_are_named_before_a_changed_figure_is_published(
    admin, shown, statistic
):
    form = change_form(statistic, value=12_000_000)
    response = admin.post(edit_address(statistic), form)
    text = look(admin, response["Location"])
    assert NOTE in text
    assert "notpartner.org" in text


def test_a_figure_that_changes_with_it_counts_too(admin):
    """A superseded figure names the newer one, so its frames change with that."""
    old = Statistic.objects.get(slug="extreme-injustice")
    shows(old, "old.example.org")
    new = old.superseded_by
    form = change_form(new, value=300_000_000)
    response = admin.post(edit_address(new), form)
    assert "old.example.org" in look(admin, response["Location"])


def test_without_a_draft_nothing_is_said_to_change(admin, shown, statistic):
    address = reverse("wagtailsnippets_core_statistic:changes", args=[statistic.pk])
    assert NOTE not in look(admin, address)


def test_the_sites_are_named_before_something_is_taken_down(
    admin, shown, statistic, rule, campaign
):
    for name, subject, host in [
        ("wagtailsnippets_core_statistic:unpublish", statistic, "notpartner.org"),
        ("wagtailsnippets_core_rule:unpublish", rule, "school.example.org"),
        ("wagtailadmin_pages:unpublish", campaign, "www.partner.org"),
    ]:
        text = look(admin, reverse(name, args=[subject.pk]))
        assert NOTE in text
        assert host in text
    page = reverse("wagtailadmin_pages:unpublish", args=[campaign.get_parent().pk])
    assert NOTE not in look(admin, page)


def test_a_translation_shows_the_sites_of_all_languages(admin, shown, rule):
    french = rule.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.save()
    french.save_revision().publish()
    address = reverse("wagtailsnippets_core_rule:edit", args=[french.pk])
    assert "school.example.org" in look(admin, address)


def test_what_was_deleted_stays_in_the_numbers(admin, rule):
    shows(rule, "school.example.org")
    EmbedUse.objects.update(item="0" * 32)
    assert "Deleted" in row_of(look(admin, REPORT), "school.example.org")


DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("days", "step", "bars"),
    [(1, 1, 1), (100, 1, 100), (101, 7, 15), (700, 7, 100), (3660, 91, 41)],
)
def test_a_chart_never_has_too_many_bars(days, step, bars):
    values = {DAY + timedelta(days=day): (4, 0) for day in range(days)}
    chart = draw_days(values)
    assert (chart.step, len(chart.drawing.bars)) == (step, bars)
    assert bars <= MOST_BARS
    # No day is named that has not come yet.
    assert (chart.first, chart.last) == (min(values), max(values))
    assert max(bar.height for bar in chart.drawing.bars) == HEIGHT
    assert chart.highest == 4 * min(days, step)


def test_the_last_bar_is_whole_and_the_first_need_not_be():
    days = 7 * MOST_BARS - 3
    chart = draw_days({DAY + timedelta(days=day): (4, 0) for day in range(days)})
    first, *others = (bar.height for bar in chart.drawing.bars)
    assert set(others) == {HEIGHT}
    assert first == round(HEIGHT * 4 / 7, 2)


def test_a_day_without_views_is_a_gap_and_bars_begin_at_zero():
    chart = draw_days({DAY: (10, 5), DAY + timedelta(days=3): (5, 0)})
    first, played, last = chart.drawing.bars
    assert (first.height, played.height, last.height) == (
        HEIGHT,
        HEIGHT / 2,
        HEIGHT / 2,
    )
    assert played.counted
    assert not last.counted
    assert all(bar.y + bar.height == HEIGHT for bar in chart.drawing.bars)
    assert last.x > 2 * first.width
    assert draw_days({}) is None
    assert draw_days({DAY: (0, 0)}) is None
