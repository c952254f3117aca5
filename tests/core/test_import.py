"""Observations, imported from a spreadsheet by an editor in the admin."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from core.models import ImportedStatistic, ObservationImport, Source, Statistic, User
from core.models.imports import ImportState
from tests.core.import_files import (
    HEADER,
    PRISON_LIST,
    confirm,
    csv_bytes,
    errors,
    outcomes,
    row,
    undo,
    upload,
    uploaded,
    xlsx_bytes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def statistic():
    return Statistic.objects.get(slug="people-behind-bars")


@pytest.fixture
def staff(client):
    """Signs someone of a group in."""

    def sign_in(group):
        user = User.objects.create_user(f"one-of-{group}", password="a long password")
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return user

    return sign_in


def public(client, slug="people-behind-bars"):
    client.logout()
    return client.get(f"/facts/{slug}/").content.decode()


# The way of a file


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (csv_bytes(row()), "new.csv"),
        (xlsx_bytes(row(value=11500000, year=2026)), "new.xlsx"),
    ],
)
def test_a_value_is_compared_imported_and_shown(admin, data, name):
    record = uploaded(admin, data, name)
    assert outcomes(record) == {2: "new"}
    assert "12 million" not in admin.get("/").content.decode()
    response = confirm(admin, record)
    assert "Imported: 1 new" in response.content.decode()
    for address in ("/", "/facts/people-behind-bars/", "/facts/"):
        assert "12 million" in admin.get(address).content.decode()
    newest = admin.get("/facts/people-behind-bars.json").json()["observations"][0]
    assert (newest["value"], newest["year"]) == (11_500_000, 2026)


def test_the_comparison_says_what_each_row_does(admin, statistic):
    stored = statistic.headline
    record = uploaded(
        admin,
        csv_bytes(
            row(
                year="2024", value="10995000", locator=stored.locator, note=stored.note
            ),
            row(year="2025"),
            row(
                year="2016",
                value="10350000",
                source=str(statistic.series[-2].source),
                locator=statistic.series[-2].locator,
                note=statistic.series[-2].note,
            ),
        ),
    )
    assert outcomes(record) == {2: "changed", 3: "new", 4: "same"}
    assert record.rows.get(number=2).details == [["value", "10990000", "10995000"]]
    html = admin.get(reverse("observation_imports:detail", args=[record.pk]))
    text = html.content.decode()
    for words in ("New: 1", "Changed: 1", "As stored: 1", "published at once"):
        assert words in text
    changed = admin.get(html.request["PATH_INFO"] + "?show=changed").content.decode()
    assert "<del>10990000</del> → <ins>10995000</ins>" in changed


def test_our_own_file_comes_back_as_it_is(admin):
    data = admin.get("/facts.csv").content
    record = uploaded(admin, data)
    assert errors(record) == {}
    assert set(outcomes(record).values()) == {"same"}
    assert "not imported: figure, statement" in " ".join(record.notes)
    edited = data.replace(b",10990000,", b",10995000,")
    assert edited != data
    assert uploaded(admin, edited).counts["changed"] == 1


def test_a_column_that_is_not_there_leaves_its_field_alone(admin, statistic):
    stored = statistic.headline
    data = csv_bytes(
        ["people-behind-bars", "10995000", "2024"], header=["slug", "value", "year"]
    )
    confirm(admin, uploaded(admin, data))
    newest = Statistic.objects.get(pk=statistic.pk).headline
    assert newest.value == 10_995_000
    assert (newest.source, newest.locator, newest.note) == (
        stored.source,
        stored.locator,
        stored.note,
    )


def test_an_empty_cell_empties_its_field(admin, statistic):
    assert statistic.headline.note
    record = uploaded(admin, csv_bytes(row(value="10990000", year="2024")))
    confirm(admin, record)
    assert Statistic.objects.get(pk=statistic.pk).headline.note == ""


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_can_be_imported(admin, ending):
    response = admin.get(reverse("observation_imports:template", args=[ending]))
    assert f'filename="observations.{ending}"' in response["Content-Disposition"]
    record = uploaded(admin, response.content, f"observations.{ending}")
    assert list(outcomes(record).values()) == ["changed"]


def test_there_is_no_other_template(admin):
    assert (
        admin.get(reverse("observation_imports:template", args=["exe"])).status_code
        == 404
    )


def test_what_is_stored_already_is_not_imported_again(admin, statistic):
    confirm(admin, uploaded(admin, csv_bytes(row())))
    revisions = statistic.revisions.count()
    response = upload(admin, csv_bytes(row()))
    assert "there is nothing to import" in response.content.decode()
    assert statistic.revisions.count() == revisions


def test_an_import_needs_a_reason(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    response = confirm(admin, record, reason="")
    assert response.context["form"].errors["reason"]
    assert record.state == ImportState.READY
    assert statistic.headline.year == 2024


def test_one_revision_a_statistic_with_the_reason_in_its_history(admin, statistic):
    before = statistic.revisions.count()
    confirm(
        admin,
        uploaded(admin, csv_bytes(row(year="2025"), row(year="2026"))),
        "The 15th edition came out.",
    )
    assert statistic.revisions.count() == before + 1
    history = admin.get(
        reverse("wagtailsnippets_core_statistic:history", args=[statistic.pk])
    ).content.decode()
    assert "Imported from figures.csv" in history
    assert "The 15th edition came out." in history


def test_each_of_several_statistics_has_it_in_its_history(admin):
    slugs = ("people-behind-bars", "drug-offences")
    rows = [row(), row(slug=slugs[1], value="4", source="Justice for All")]
    record = uploaded(admin, csv_bytes(*rows))
    confirm(admin, record)
    undo(admin, record)
    for slug in slugs:
        pk = Statistic.objects.get(slug=slug).pk
        address = reverse("wagtailsnippets_core_statistic:history", args=[pk])
        history = admin.get(address).content.decode()
        assert "Imported from figures.csv" in history
        assert "Undone: the import from figures.csv" in history


def test_it_is_reached_from_the_list_and_the_first_screen(admin):
    address = reverse("observation_imports:upload")
    statistics = reverse("wagtailsnippets_core_statistic:list")
    for page in (statistics, reverse("wagtailadmin_home")):
        assert address in admin.get(page).content.decode()
    record = uploaded(admin, csv_bytes(row()))
    listed = admin.get(reverse("observation_imports:index")).content.decode()
    assert reverse("observation_imports:detail", args=[record.pk]) in listed
    assert "Waiting for you" in listed


def test_a_statistic_that_was_imported_can_be_deleted(admin, statistic):
    """Its import is no use of it."""
    statistic.slug = "copied"
    statistic.pk = None
    statistic.translation_key = "11111111-2222-4333-8444-555555555555"
    statistic.observations = []
    statistic.save()
    confirm(admin, uploaded(admin, csv_bytes(row(slug="copied"))))
    assert ImportedStatistic.objects.filter(slug="copied").exists()
    admin.post(reverse("wagtailsnippets_core_statistic:delete", args=[statistic.pk]))
    assert not Statistic.objects.filter(slug="copied").exists()
    record = ObservationImport.objects.get()
    response = undo(admin, record)
    assert "“copied” has been deleted since." in response.content.decode()


# Errors: nothing is half imported


def test_one_error_keeps_all_rows_out(admin, statistic):
    record = uploaded(
        admin, csv_bytes(row(), row(slug="people-behind-bar", year="2025"))
    )
    assert errors(record) == {
        3: {
            "slug": "There is no statistic “people-behind-bar”. Did you mean "
            "“people-behind-bars”?"
        }
    }
    assert record.state == ImportState.REFUSED
    assert (
        "nothing can be imported"
        in upload(admin, csv_bytes(row(slug="x"))).content.decode()
    )
    confirm(admin, record)
    assert record.state == ImportState.REFUSED
    assert Statistic.objects.get(pk=statistic.pk).headline.year == 2024


@pytest.mark.parametrize(
    ("cells", "column", "message"),
    [
        ({"value": ""}, "value", "must not be empty"),
        ({"year": ""}, "year", "must not be empty"),
        ({"slug": ""}, "slug", "does not say which"),
        ({"value": "-5"}, "value", "below zero"),
        ({"value": "9" * 16}, "value", "as large as"),
        ({"value": "1.23456"}, "value", "decimal places"),
        ({"year": "1400"}, "year", "1500"),
        ({"start_year": "2026"}, "start_year", "begins and ends in the same year"),
        ({"source": ""}, "source", "needs its source"),
        ({"source": "World Prison List"}, "source", "no source"),
        ({"source": "World Prison Population List"}, "source", "Several sources"),
        ({"locator": "x" * 101}, "locator", "100"),
        ({"note": "=1+1"}, "note", "formula"),
        ({"note": "#REF!"}, "note", "#REF!"),
        ({"slug": "drug-possession", "value": "130"}, "value", "between 0 and 100"),
        ({"slug": "drug-offences", "value": "2.5"}, "value", "whole number"),
        ({"slug": "growth-2000-2016", "value": "5"}, "start_year", "measured from"),
        (
            {"slug": "overcrowded-systems", "value": "80", "out_of": "79"},
            "value",
            "larger than its whole",
        ),
        ({"slug": "awaiting-trial", "value": "3.2"}, "value", "3200000"),
    ],
)
def test_what_the_form_refuses_is_refused_with_row_and_column(
    admin, cells, column, message
):
    record = uploaded(admin, csv_bytes(row(year="2025"), row(**cells)))
    assert message in errors(record)[3][column]


def test_a_period_stands_in_a_file_once(admin):
    record = uploaded(admin, csv_bytes(row(), row(value="5")))
    assert errors(record) == {3: {"year": "Row 2 has the same period."}}


def test_a_part_is_compared_with_the_whole_of_the_same_file(admin):
    part = row(slug="awaiting-trial", value="12000000", year="2026")
    alone = uploaded(admin, csv_bytes(part))
    assert "larger than its whole" in errors(alone)[2]["value"]
    together = uploaded(admin, csv_bytes(part, row(value="30000000")))
    assert errors(together) == {}


def test_a_statistic_has_no_more_observations_than_its_form_can_hold(admin):
    years = [row(year=str(year)) for year in range(1600, 2101)]
    record = uploaded(admin, csv_bytes(*years))
    assert "500 is the most" in errors(record)[2]["slug"]


def test_a_source_is_told_by_title_address_or_all_its_words(admin):
    source = Source.objects.get(title="Justice for All")
    for words in (source.title, str(source), source.title.upper()):
        record = uploaded(admin, csv_bytes(row(source=words)))
        assert record.rows.get().details[2] == ["source", "", str(source)]


def test_two_sources_of_one_title_are_told_apart_by_their_date(admin):
    header = [*HEADER, "published"]
    for published in ("2024-05-01", "01/05/2024"):
        cells = [*row(source="World Prison Population List"), published]
        record = uploaded(admin, csv_bytes(cells, header=header))
        assert record.rows.get().details[2][2] == PRISON_LIST


# Drafts and locks


def test_an_unpublished_draft_is_neither_published_nor_lost(admin, statistic):
    statistic.caveat = "A draft of somebody else."
    draft = statistic.save_revision()
    record = uploaded(admin, csv_bytes(row()))
    assert "changes that are not published yet" in errors(record)[2]["slug"]
    statistic.refresh_from_db()
    assert statistic.latest_revision_id == draft.pk


def test_what_is_not_public_stays_a_draft(admin, client, statistic):
    statistic.unpublish()
    record = uploaded(admin, csv_bytes(row()))
    assert "saved as a draft" in upload(admin, csv_bytes(row())).content.decode()
    confirm(admin, record)
    statistic.refresh_from_db()
    assert not statistic.live
    assert statistic.get_latest_revision_as_object().headline.year == 2026


def test_what_somebody_has_locked_is_left_alone(admin, statistic):
    Statistic.objects.filter(pk=statistic.pk).update(
        locked=True, locked_by=User.objects.create_user("someone")
    )
    assert "is locked" in errors(uploaded(admin, csv_bytes(row())))[2]["slug"]


def test_an_editor_imports_drafts(client, staff, statistic):
    staff("Editors")
    record = uploaded(client, csv_bytes(row()))
    assert (
        "a second person is asked" in upload(client, csv_bytes(row())).content.decode()
    )
    confirm(client, record)
    assert record.state == ImportState.IMPORTED
    statistic = Statistic.objects.get(pk=statistic.pk)
    assert statistic.has_unpublished_changes
    assert statistic.headline.year == 2024
    undo(client, record)
    assert record.state == ImportState.UNDONE
    statistic = Statistic.objects.get(pk=statistic.pk)
    assert not statistic.has_unpublished_changes
    assert statistic.get_latest_revision_as_object().headline.year == 2024


def test_only_who_may_change_statistics_imports(client, admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    addresses = [
        reverse("observation_imports:index"),
        reverse("observation_imports:upload"),
        reverse("observation_imports:template", args=["csv"]),
        reverse("observation_imports:detail", args=[record.pk]),
        reverse("observation_imports:undo", args=[record.pk]),
    ]
    client.logout()
    for address in addresses:
        assert "login" in client.get(address)["Location"]
    stranger = User.objects.create_user("stranger", password="a long password")
    stranger.groups.add(no_statistics())
    client.force_login(stranger)
    for address in addresses:
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302
    statistics = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("observation_imports:upload") not in statistics
    record.refresh_from_db()
    assert record.state == ImportState.READY


def no_statistics():
    """A group that may enter the admin and nothing else."""
    from django.contrib.auth.models import Permission

    group = Group.objects.create(name="Visitors of the admin")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def test_an_import_is_confirmed_by_who_saw_its_comparison(client, admin, staff):
    record = uploaded(admin, csv_bytes(row()))
    staff("Moderators")
    page = client.get(reverse("observation_imports:detail", args=[record.pk]))
    assert "editor uploaded this" in page.content.decode()
    confirm(client, record)
    assert record.state == ImportState.READY


# Undo


def test_an_import_is_undone_as_one(admin, statistic):
    other = Statistic.objects.get(slug="drug-offences")
    record = uploaded(
        admin,
        csv_bytes(
            row(), row(slug="drug-offences", value="4", source="Justice for All")
        ),
    )
    confirm(admin, record)
    assert "12 million" in admin.get("/facts/people-behind-bars/").content.decode()
    assert (
        "Undo this import"
        in admin.get(
            reverse("observation_imports:detail", args=[record.pk])
        ).content.decode()
    )
    question = admin.get(reverse("observation_imports:undo", args=[record.pk]))
    assert "drug-offences" in question.content.decode()
    response = undo(admin, record)
    assert record.state == ImportState.UNDONE
    assert "then undone by editor" in response.content.decode()
    html = admin.get("/facts/people-behind-bars/").content.decode()
    assert "11 million" in html
    assert "12 million" not in html
    assert Statistic.objects.get(pk=other.pk).headline.value == other.headline.value
    stored = Statistic.objects.get(pk=statistic.pk)
    assert [item.value for item in stored.series] == [
        item.value for item in statistic.series
    ]
    assert not stored.has_unpublished_changes


def test_what_somebody_has_changed_since_is_not_undone(admin, statistic):
    record = uploaded(
        admin,
        csv_bytes(
            row(), row(slug="drug-offences", value="4", source="Justice for All")
        ),
    )
    confirm(admin, record)
    changed = Statistic.objects.get(pk=statistic.pk)
    changed.caveat = "Written afterwards."
    changed.save_revision().publish()
    response = undo(admin, record)
    assert "“people-behind-bars” has been changed since." in response.content.decode()
    assert record.state == ImportState.IMPORTED
    assert Statistic.objects.get(slug="drug-offences").headline.value == 4
    assert Statistic.objects.get(pk=statistic.pk).headline.year == 2026


def test_an_import_is_undone_once(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    confirm(admin, record)
    undo(admin, record)
    revisions = statistic.revisions.count()
    undo(admin, record)
    assert statistic.revisions.count() == revisions
    assert (
        admin.get(reverse("observation_imports:undo", args=[record.pk])).status_code
        == 302
    )


def test_an_editor_does_not_undo_what_was_published(client, admin, staff):
    record = uploaded(admin, csv_bytes(row()))
    confirm(admin, record)
    staff("Editors")
    response = undo(client, record)
    assert "you may not publish" in response.content.decode()
    assert "12 million" in public(client)


def test_an_undone_import_needs_its_old_source(admin, statistic):
    old = Source.objects.create(publisher="A publisher", title="Withdrawn")
    cells = row(slug="drug-offences", value="5", year="2026", source="Withdrawn")
    confirm(admin, uploaded(admin, csv_bytes(cells)))
    cells = row(slug="drug-offences", value="4", year="2026", source="Justice for All")
    record = uploaded(admin, csv_bytes(cells))
    confirm(admin, record)
    old.delete()
    response = undo(admin, record)
    assert "has been deleted since" in response.content.decode()
    assert record.state == ImportState.IMPORTED


def test_what_would_no_longer_fit_together_is_not_undone(admin, statistic):
    whole = uploaded(admin, csv_bytes(row(value="12000000", year="2016")))
    confirm(admin, whole)
    cells = row(slug="awaiting-trial", value="11000000", year="2016")
    part = uploaded(admin, csv_bytes(cells))
    confirm(admin, part)
    html = undo(admin, whole).content.decode()
    assert "What “people-behind-bars” had before no longer fits, 2016:" in html
    assert "would no longer fit: 11,000,000 of 10,350,000" in html
    assert whole.state == ImportState.IMPORTED
    for record in (part, whole):
        undo(admin, record)
        assert record.state == ImportState.UNDONE


def test_a_whole_and_its_part_are_undone_together(admin, statistic):
    record = uploaded(
        admin,
        csv_bytes(
            row(value="12000000", year="2016"),
            row(slug="awaiting-trial", value="11000000", year="2016"),
        ),
    )
    confirm(admin, record)
    undo(admin, record)
    assert record.state == ImportState.UNDONE


# Between the comparison and the import


def test_a_stale_comparison_is_made_again(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    statistic.caveat = "Changed meanwhile."
    statistic.save_revision().publish()
    response = confirm(admin, record)
    assert (
        "These have changed since the rows were compared" in response.content.decode()
    )
    assert record.state == ImportState.READY
    stored = Statistic.objects.get(pk=statistic.pk)
    assert stored.headline.year == 2024
    confirm(admin, record)
    assert record.state == ImportState.IMPORTED
    stored = Statistic.objects.get(pk=statistic.pk)
    assert (stored.headline.year, stored.caveat) == (2026, "Changed meanwhile.")


def test_a_draft_that_came_meanwhile_is_not_published(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    statistic.caveat = "Not for readers yet."
    statistic.save_revision()
    confirm(admin, record)
    assert record.state == ImportState.REFUSED
    assert "Not for readers yet." not in public(admin)


def test_a_source_that_went_meanwhile_is_noticed(admin):
    source = Source.objects.create(publisher="A publisher", title="Withdrawn")
    record = uploaded(admin, csv_bytes(row(source="Withdrawn")))
    source.delete()
    response = confirm(admin, record)
    assert "nothing was imported" in response.content.decode()
    assert record.state == ImportState.REFUSED


def test_an_import_is_confirmed_once(admin, statistic):
    record = uploaded(admin, csv_bytes(row()))
    confirm(admin, record)
    revisions = statistic.revisions.count()
    response = confirm(admin, record)
    assert "was not waiting" in response.content.decode()
    assert statistic.revisions.count() == revisions


def test_an_error_in_the_middle_changes_nothing(admin, statistic, monkeypatch):
    record = uploaded(
        admin,
        csv_bytes(
            row(), row(slug="drug-offences", value="4", source="Justice for All")
        ),
    )

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("core.imports.jobs.update_references", fail)
    with pytest.raises(RuntimeError):
        confirm(admin, record)
    record.refresh_from_db()
    assert record.state == ImportState.READY
    assert Statistic.objects.get(pk=statistic.pk).headline.year == 2024
    assert not ImportedStatistic.objects.exists()
