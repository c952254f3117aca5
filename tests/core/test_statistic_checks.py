"""Statistics that must fit together, as an editor enters them one after the other."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Observation, Source, Statistic, Status
from core.models.statistic_checks import find_problems, leads_back
from tests.core.admin_forms import confirm, errors_of, observation, statistic_form

pytestmark = pytest.mark.django_db

URL = "wagtailsnippets_core_statistic"


@pytest.fixture
def source():
    return Source.objects.get(title="Justice for All")


@pytest.fixture
def whole():
    return Statistic.objects.get(slug="people-behind-bars")


@pytest.fixture
def part():
    return Statistic.objects.get(slug="awaiting-trial")


def form_of(statistic, action="publish", rows=(), **fields):
    """Its form as the editor has it, with `rows` in place of its observations."""
    stored = [
        observation(
            item.value,
            item.year,
            item.source,
            id=str(item.pk),
            start_year=str(item.start_year or ""),
            out_of=str(item.out_of or ""),
        )
        for item in statistic.series
    ]
    return statistic_form(
        action,
        rows or stored,
        initial=len(stored),
        **{
            "slug": statistic.slug,
            "statement": statistic.statement,
            "form": statistic.form,
            "whole": str(statistic.whole_id or ""),
            "status": statistic.status,
            "superseded_by": str(statistic.superseded_by_id or ""),
            "change_reason": "A new edition came out.",
            **fields,
        },
    )


def save(admin, statistic, action="publish", **fields):
    """Fill in its form; the messages of what is refused, [] if it was taken."""
    address = reverse(f"{URL}:edit", args=[statistic.pk])
    response = admin.post(address, form_of(statistic, action, **fields))
    if action == "publish":
        confirm(admin, response)
    return [] if response.status_code == 302 else errors_of(response)


def with_value(statistic, year, value):
    """The rows of its form, the value of one year changed."""
    return [
        observation(
            value if item.year == year else item.value,
            item.year,
            item.source,
            id=str(item.pk),
        )
        for item in statistic.series
    ]


def test_a_whole_must_stay_larger_than_its_stored_parts(admin, whole, part):
    rows = with_value(whole, 2016, 2_000_000)
    (message,) = save(admin, whole, rows=rows)
    assert "are held without having been convicted" in message
    assert "3,200,000 of 2,000,000" in message
    # What the part is not compared with may change: it is of another year.
    assert save(admin, whole, rows=with_value(whole, 2024, 2_000_000)) == []


def test_a_part_is_compared_with_the_whole_of_its_own_year(admin, whole, part):
    assert part.out_of == 10_350_000
    between = [observation(10_500_000, 2016, id=str(part.series[0].pk))]
    assert "larger than its whole, 10,350,000" in " ".join(
        save(admin, part, rows=between)
    )


def test_a_million_that_is_missing_is_proposed(admin, part):
    rows = [observation("3.2", 2016, id=str(part.series[0].pk))]
    (message,) = save(admin, part, rows=rows)
    assert "enter it in full: 3200000 or 3200." in message


def test_a_whole_cannot_become_a_percentage(admin, whole):
    messages = " ".join(save(admin, whole, form="percent"))
    assert "is a share of this, so this must be a number" in messages
    assert "between 0 and 100" in messages


def test_a_whole_is_a_number(admin, part):
    percentage = Statistic.objects.get(slug="drug-possession")
    assert "same units" in " ".join(save(admin, part, whole=str(percentage.pk)))


def test_a_whole_is_not_typed_beside_the_one_that_is_chosen(admin, part):
    rows = [observation(3_200_000, 2016, id=str(part.series[0].pk), out_of="11000000")]
    assert "clear one of the two" in " ".join(save(admin, part, rows=rows))


def test_a_changed_form_is_checked_against_what_is_stored(admin):
    hours = Statistic.objects.get(slug="solitary-threshold")
    assert "Only a share has a whole" in " ".join(save(admin, hours, form="number"))


def test_what_a_share_refers_to_is_published_first(admin, client, whole, part):
    whole.unpublish()
    assert "Publish it first" in " ".join(save(admin, part))
    assert save(admin, part, "") == []
    # Meanwhile readers see the part alone.
    html = client.get("/facts/awaiting-trial/").content.decode()
    assert "3.2" in html
    assert "people are in prison worldwide" not in html


@pytest.fixture
def chain(source):
    """Three published numbers, none of which refers to another."""
    made = []
    for name in "abc":
        statistic = Statistic(
            slug=name, statement=name, form="share", status=Status.SUPERSEDED
        )
        statistic.locale = Statistic.objects.first().locale
        statistic.observations = [
            Observation(value=5, out_of=10, year=2019, source=source)
        ]
        statistic.save()
        statistic.save_revision(clean=False).publish()
        made.append(statistic)
    return made


NAMES = ["superseded_by", "whole"]


def link(admin, statistic, other, name, action):
    fields = {name: str(other.pk)}
    if name == "whole":
        rows = [observation(5, 2019, id=str(statistic.observations.get().pk))]
        fields |= {"rows": rows, "status": Status.NEEDS_CHECK}
    return " ".join(save(admin, statistic, action, **fields))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("action", ["publish", ""])
def test_a_chain_cannot_lead_back_to_itself_not_even_in_drafts(
    admin, chain, name, action
):
    first, second, third = chain
    if name == "superseded_by":
        assert "back to itself" in link(admin, first, first, name, action)
    else:
        assert "part of itself" in link(admin, first, first, name, action)
    assert link(admin, first, second, name, action) == ""
    assert link(admin, second, third, name, action) == ""
    refused = link(admin, third, first, name, action)
    assert ("back to itself" if name == "superseded_by" else "itself a part") in refused


def test_a_translation_made_before_does_not_close_a_chain(chain):
    first, second, _third = chain
    first.superseded_by = second
    first.save()
    french = first.copy_for_translation(
        Statistic.objects.model._meta.get_field("locale").related_model.objects.get(
            language_code="fr"
        )
    )
    french.save()
    first.superseded_by = None
    first.save()
    second.superseded_by = first
    assert not leads_back(second, "superseded_by")


def test_a_file_is_checked_like_a_form(whole, part):
    values = [
        Observation(statistic=whole, value=2_000_000, year=2016),
        Observation(statistic=whole, value=3_000_000, year=2016),
        Observation(statistic=whole, value=-1, year=2017, start_year=2018),
    ]
    found = [
        (values.index(item), name)
        for item, name, _message in find_problems(
            values, whole.form, parts=whole.shares
        )
    ]
    assert found == [(1, "year"), (2, "start_year"), (2, "value"), (1, "value")]


def test_what_ships_has_no_problem():
    for statistic in Statistic.objects.all():
        found = find_problems(
            statistic.series, statistic.form, statistic.whole, statistic.shares
        )
        assert found == [], statistic
        statistic.clean()


# Warnings


def saved(admin, statistic, **fields):
    """What an editor sees after “Publish”: the screen that asks to confirm it."""
    address = reverse(f"{URL}:edit", args=[statistic.pk])
    response = admin.post(address, form_of(statistic, **fields))
    shown = admin.get(response["Location"]).content.decode()
    confirm(admin, response)
    return shown


def test_a_figure_past_its_date_is_published_with_a_warning(admin, client, whole):
    yesterday = timezone.localdate() - timedelta(1)
    html = saved(admin, whole, next_expected=yesterday.isoformat())
    assert "readers see “as of 2024”" in html
    assert "As of 2024" in client.get(whole.url).content.decode()
    tomorrow = timezone.localdate() + timedelta(1)
    assert "readers see “as of 2024”" not in saved(
        admin, whole, next_expected=tomorrow.isoformat()
    )


@pytest.mark.parametrize("action", ["", "publish"])
@pytest.mark.parametrize("year", ["0001", "0226", "9999"])
def test_a_date_of_another_age_is_refused_beside_it(admin, whole, action, year):
    date = f"{year}-05-01"
    address = reverse(f"{URL}:edit", args=[whole.pk])
    response = admin.post(address, form_of(whole, action, next_expected=date))
    assert "Is the year right?" in response.context["form"].errors["next_expected"][0]
    assert f'value="{date}"' in response.content.decode()


@pytest.mark.parametrize(
    ("published", "message"),
    [
        ("2024-13", "is not a date"),
        ("0024-05-01", "Is the year right?"),
        ("2204", "Is the year right?"),
    ],
)
def test_the_date_of_a_source_is_checked(admin, source, published, message):
    address = reverse("wagtailsnippets_core_source:edit", args=[source.pk])
    form = {"publisher": "A publisher", "title": "A title", "published": published}
    errors = admin.post(address, form).context["form"].errors
    assert list(errors) == ["published"]
    assert message in errors["published"][0]


def test_a_draft_that_saves_itself_leaves_no_warning_behind(admin, whole):
    yesterday = timezone.localdate() - timedelta(1)
    form = form_of(whole, "", next_expected=yesterday.isoformat())
    address = reverse(f"{URL}:edit", args=[whole.pk])
    assert admin.post(address, form, headers={"accept": "application/json"}).json()[
        "success"
    ]
    assert "readers see “as of 2024”" not in admin.get(address).content.decode()


@pytest.mark.parametrize(
    ("slug", "fields", "sentence"),
    [
        ("people-behind-bars", {"superseded_by": "other"}, "not sent to the newer one"),
        ("awaiting-trial", {"year": 2030}, "The part is of 2030 and its whole of 2024"),
        (
            "people-behind-bars",
            {"value": 10_990},
            "differ by a factor of more than 100",
        ),
        ("people-behind-bars", {"year": 2150}, "The year 2150 has not come yet."),
    ],
)
def test_what_should_be_looked_at_again(admin, slug, fields, sentence):
    statistic = Statistic.objects.get(slug=slug)
    newest = statistic.headline
    rows = [
        observation(
            fields.get("value", item.value) if item == newest else item.value,
            fields.get("year", item.year) if item == newest else item.year,
            item.source,
            id=str(item.pk),
        )
        for item in statistic.series
    ]
    other = {}
    if "superseded_by" in fields:
        other["superseded_by"] = str(Statistic.objects.get(slug="drug-offences").pk)
    assert sentence in saved(admin, statistic, rows=rows, **other)
