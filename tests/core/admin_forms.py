"""What the admin's forms post, for tests that fill them in."""

import re

from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)


def list_block(values):
    data = {"count": str(len(values))}
    for index, value in enumerate(values):
        data[str(index)] = {
            "value": value,
            "order": str(index),
            "deleted": "",
            "id": "",
        }
    return data


def prose(html="<p>Some prose.</p>"):
    return rich_text(html, features=["bold", "italic", "ol", "ul", "link", "rule"])


def section(heading, *content):
    return ("section", {"heading": heading, "content": streamfield(list(content))})


def quotation_of(rule, excerpt, **others):
    return (
        "rule_quotation",
        {"rule": rule.pk, "paragraph": "", "excerpt": excerpt, **others},
    )


def link(page="", url="", label=""):
    return {"page": page, "url": url, "label": label}


def table(caption, columns, rows):
    """A typed table of words."""
    data = {
        "caption": caption,
        "column-count": str(len(columns)),
        "row-count": str(len(rows)),
    }
    for place, heading in enumerate(columns):
        data[f"column-{place}-type"] = "text"
        data[f"column-{place}-heading"] = heading
        data[f"column-{place}-order"] = str(place)
        data[f"column-{place}-deleted"] = ""
    for number, row in enumerate(rows):
        data[f"row-{number}-order"] = str(number)
        data[f"row-{number}-deleted"] = ""
        for place, words in enumerate(row):
            data[f"cell-{number}-{place}"] = words
    return data


def page_form(action="publish", lead=(), body=(), **fields):
    """The form of a page; `action` is publish, submit, or "" for a draft."""
    data = {
        "title": "Work in prison",
        "slug": "work",
        "summary": "",
        "seo_title": "",
        "search_description": "",
        "lead": streamfield(list(lead)),
        "body": streamfield(list(body)),
        "comments": inline_formset([]),
        **fields,
    }
    return _posted(data, action)


def issue_form(action="publish", **fields):
    return page_form(action, **{"campaign_title": "", "mark": "neutral", **fields})


def observation(value, year, source=None, **others):
    return {
        "value": str(value),
        "year": str(year),
        "source": str(source.pk) if source else "",
        "out_of": "",
        "start_year": "",
        "locator": "",
        "note": "",
        **others,
    }


def statistic_form(action="publish", observations=(), initial=0, **fields):
    data = {
        "statement": "people work in prison",
        "slug": "people-at-work",
        "form": "number",
        "qualifier": "",
        "significant_digits": "",
        "unit": "people",
        "unit_singular": "person",
        "whole": "",
        "status": "current",
        "superseded_by": "",
        "next_expected": "",
        "caveat": "",
        "observations": inline_formset(list(observations), initial=initial),
        **fields,
    }
    return _posted(data, action)


def change_form(statistic, action="publish", value=None, **fields):
    """The form of a stored statistic; `value` is another one for its newest year."""
    rows = [
        observation(
            item.value if item != statistic.headline or value is None else value,
            item.year,
            item.source,
            id=str(item.pk),
            start_year=str(item.start_year or ""),
            out_of=str(item.out_of or ""),
            locator=item.locator,
            note=item.note,
        )
        for item in statistic.series
    ]
    names = ("statement", "slug", "form", "qualifier", "unit", "unit_singular")
    stored = {name: getattr(statistic, name) for name in (*names, "status", "caveat")}
    stored |= {
        "significant_digits": str(statistic.significant_digits or ""),
        "whole": str(statistic.whole_id or ""),
        "superseded_by": str(statistic.superseded_by_id or ""),
        "change_reason": "A new edition came out.",
    }
    return statistic_form(action, rows, initial=len(rows), **{**stored, **fields})


def edit_address(statistic):
    return reverse("wagtailsnippets_core_statistic:edit", args=[statistic.pk])


def publish_change(client, statistic, alone=True, **fields):
    """
    Fill in the form, choose “Publish”, and confirm it on the screen that follows.

    Returns the last answer: to the form if that leads nowhere, else to the
    confirmation. `alone` ticks that nobody else has approved it.
    """
    form = change_form(statistic, **fields)
    return confirm(client, client.post(edit_address(statistic), form), alone)


def confirm(client, response, alone=True):
    """Publish on the screen that the form leads to, if it does."""
    address = response.headers.get("Location", "")
    if "publish=" not in address:
        return response
    ticks = {"publish": "1"} | ({"alone": "on"} if alone else {})
    return client.post(address, ticks)


def approve(client, statistic, screen=None):
    """
    Choose “Approve” on “What readers will see”, as `screen` (HTML) or anew.

    Returns the answer, or None where there is no such button.
    """
    address = reverse("wagtailsnippets_core_statistic:changes", args=[statistic.pk])
    html = screen or client.get(address).content.decode()
    found = re.search(r'name="approve" value="([^"]+)"', html)
    if found is None:
        return None
    return client.post(address, {"approve": found[1], "comment": "Agreed."})


def _posted(data, action):
    posted = nested_form_data(data)
    if action:
        posted[f"action-{action}"] = "1"
    return posted


def errors_of(response):
    """Every message of an invalid form, in order, as text."""
    form = response.context["form"]
    found = []

    def collect(error):
        if hasattr(error, "block_errors"):
            errors = error.block_errors
            values = errors.values() if isinstance(errors, dict) else errors
            for inner in values:
                if inner is not None:
                    collect(inner)
            for inner in getattr(error, "non_block_errors", None) or []:
                found.append(str(inner))
        elif hasattr(error, "as_data"):
            for inner in error.as_data():
                collect(inner)
        else:
            found.extend(error.messages)

    for errors in form.errors.values():
        collect(errors)
    for formset in form.formsets.values():
        found.extend(str(error) for error in formset.non_form_errors())
        for row in formset.forms:
            for errors in row.errors.values():
                collect(errors)
    return found


def page_at(path):
    """The page at an address such as “/issues/health/”."""
    return Page.objects.get(url_path=f"/home{path}").specific


def rule_form(rule, **fields):
    """The form of a rule as it is stored, but for these fields."""
    data = {
        "instrument": str(rule.instrument_id),
        "number": str(rule.number),
        "section": rule.section,
        "topic": rule.topic,
        "text": rule.text,
        "note": rule.note,
        "issues": [],
        "related_rules": inline_formset([]),
        "action-publish": "1",
        **fields,
    }
    if rule.text_is_complete:
        data.setdefault("text_is_complete", "on")
    return nested_form_data(data)


def a_document():
    return get_document_model().objects.create(
        title="A document", file=ContentFile(b"Text", name="paper.txt")
    )
