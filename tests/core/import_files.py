"""Spreadsheets to import, for tests that upload them."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from core.models import ObservationImport

HEADER = ["slug", "value", "out_of", "start_year", "year", "source", "locator", "note"]
PRISON_LIST = (
    "Institute for Crime & Justice Policy Research, World Prison Population List, "
    "14th edition, 2024-05-01"
)


def row(slug="people-behind-bars", value="11500000", year="2026", **others):
    cells = {
        "slug": slug,
        "value": value,
        "year": year,
        "source": PRISON_LIST,
        **others,
    }
    return [cells.get(name, "") for name in HEADER]


def csv_text(*rows, header=HEADER, delimiter=","):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def csv_bytes(*rows, **options):
    return csv_text(*rows, **options).encode()


def xlsx_bytes(*rows, header=HEADER):
    book = Workbook()
    for cells in [header, *rows]:
        book.active.append(cells)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client, data, name="figures.csv"):
    """The response to a file; `data` are bytes."""
    return client.post(
        reverse("observation_imports:upload"),
        {"file": SimpleUploadedFile(name, data)},
        follow=True,
    )


def refusal(client, data, name="figures.csv"):
    """The message beside the field, for a file that is not read at all."""
    response = upload(client, data, name)
    assert not ObservationImport.objects.exists()
    return " ".join(response.context["form"].errors["file"])


def uploaded(client, data, name="figures.csv"):
    """The import that a file has become."""
    response = upload(client, data, name)
    assert "record" in response.context, response.context["form"].errors
    return response.context["record"]


def outcomes(record):
    """{number of the row: outcome}"""
    return dict(record.rows.values_list("number", "outcome"))


def errors(record):
    """{number of the row: {column: message}}"""
    return {
        item.number: dict(item.details) for item in record.rows.filter(outcome="error")
    }


def confirm(client, record, reason="A new edition came out."):
    response = client.post(
        reverse("observation_imports:detail", args=[record.pk]),
        {"reason": reason},
        follow=True,
    )
    record.refresh_from_db()
    return response


def undo(client, record):
    response = client.post(
        reverse("observation_imports:undo", args=[record.pk]), follow=True
    )
    record.refresh_from_db()
    return response


def public(client, slug="people-behind-bars"):
    """What a visitor reads on the page of a figure."""
    client.logout()
    return client.get(f"/facts/{slug}/").content.decode()
