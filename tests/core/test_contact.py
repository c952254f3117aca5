"""The contact form as a visitor, a robot and another site meet it."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.contrib.forms.models import FormSubmission
from wagtail.test.utils.form_data import inline_formset

from core.models import SiteSettings, contact
from core.models.contact import ContactPage
from tests.core.admin_forms import page_form

pytestmark = pytest.mark.django_db

MESSAGE = {
    "name": "Ada",
    "email": "ada@example.org",
    "message": "Is the figure for 2024 right?",
    "web-site": "",
}


def test_a_message_is_stored_mailed_and_thanked_for(client):
    ContactPage.objects.update(to_address="office@example.org")
    response = client.post("/contact/", MESSAGE, follow=True)
    assert response.redirect_chain == [("/contact/?sent", 302)]
    assert "Thank you for your message." in response.content.decode()
    submission = FormSubmission.objects.get()
    assert submission.get_data()["message"] == MESSAGE["message"]
    assert "web-site" not in submission.get_data()
    assert mail.outbox[0].to == ["office@example.org"]
    assert MESSAGE["message"] in mail.outbox[0].body


def test_without_an_address_of_its_own_it_mails_to_that_of_the_site(client):
    SiteSettings.objects.update(contact_email="site@example.org")
    client.post("/contact/", MESSAGE)
    assert mail.outbox[0].to == ["site@example.org"]


def test_no_cookie_is_needed_or_set(client):
    page = client.get("/contact/")
    assert not page.cookies
    assert "csrf" not in page.content.decode()
    sent = client.post("/contact/", MESSAGE)
    assert sent.status_code == 302
    assert not sent.cookies
    assert "Cookie" not in sent.get("Vary", "")


def test_a_mistake_stands_at_its_field_and_nothing_is_lost(client):
    response = client.post("/contact/", {**MESSAGE, "email": "ada"})
    assert response.status_code == 422
    html = response.content.decode()
    assert "Is the figure for 2024 right?" in html
    assert 'aria-invalid="true"' in html
    assert not FormSubmission.objects.exists()


def test_a_robot_that_fills_every_field_is_thanked_and_dropped(client):
    response = client.post("/contact/", {**MESSAGE, "web-site": "https://spam.example"})
    assert response.status_code == 302
    assert not FormSubmission.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("header", ["HTTP_ORIGIN", "HTTP_REFERER"])
def test_another_sites_page_cannot_post(client, header):
    response = client.post("/contact/", MESSAGE, **{header: "https://evil.example/x"})
    assert response.status_code == 403
    assert not FormSubmission.objects.exists()


def test_an_opaque_origin_cannot_post(client):
    """A sandboxed frame says “null”."""
    response = client.post("/contact/", MESSAGE, HTTP_ORIGIN="null")
    assert response.status_code == 403


def test_its_own_page_can_post(client):
    response = client.post("/contact/", MESSAGE, HTTP_ORIGIN="http://testserver")
    assert response.status_code == 302


@pytest.mark.parametrize(
    "bad",
    [
        {"message": "x" * 5001},
        {"message": "nul \0 byte"},
        {"message": ""},
        {"name": "x" * 5000},
        {"email": "a@b@c"},
    ],
)
def test_bad_input_is_refused_with_the_form(client, bad):
    response = client.post("/contact/", {**MESSAGE, **bad})
    assert response.status_code == 422
    assert not FormSubmission.objects.exists()


def test_a_flood_is_stopped_and_the_message_kept_in_the_form(client, monkeypatch):
    monkeypatch.setattr(contact, "MAX_MESSAGES_AN_HOUR", 1)
    client.post("/contact/", MESSAGE)
    response = client.post("/contact/", MESSAGE)
    assert response.status_code == 429
    assert MESSAGE["message"] in response.content.decode()
    assert FormSubmission.objects.count() == 1


def test_a_mail_server_that_is_down_loses_no_message(client, settings):
    ContactPage.objects.update(to_address="office@example.org")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    response = client.post("/contact/", MESSAGE)
    assert response.status_code == 302
    assert FormSubmission.objects.count() == 1


# What staff make of it


def edit(admin, *fields):
    """Give the form these fields in place of its own, as the admin does."""
    page = ContactPage.objects.get()
    old = [
        {"id": one.pk, "label": one.label, "field_type": "email", "DELETE": "on"}
        for one in page.form_fields.all()
    ]
    new = [{"field_type": "singleline", "required": "on", **field} for field in fields]
    rows = [{"choices": "", "default_value": "", "help_text": "", **row} for row in old]
    rows += [
        {"choices": "", "default_value": "", "help_text": "", "id": "", **row}
        for row in new
    ]
    form = page_form(
        title="Contact",
        slug="contact",
        intro="",
        thank_you_text="",
        to_address="",
        from_address="",
        subject="",
        form_fields=inline_formset(rows, initial=len(old)),
    )
    return admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


def test_a_field_for_a_website_is_no_trap(admin, client):
    assert edit(admin, {"label": "Website"}).status_code == 302
    client.post("/contact/", {"website": "https://partner.example"})
    data = FormSubmission.objects.get().get_data()
    assert data["website"] == "https://partner.example"


@pytest.mark.parametrize("label", ["🙂", "اكتب لنا هنا كل ما تريد " * 8, "?!"])
def test_a_label_in_any_script_gives_a_field_that_can_be_filled(admin, client, label):
    assert edit(admin, {"label": label.strip()}).status_code == 302
    name = ContactPage.objects.get().form_fields.get().clean_name
    assert f'name="{name}"' in client.get("/contact/").text
    client.post("/contact/", {name: "An answer"})
    assert FormSubmission.objects.get().get_data()[name] == "An answer"


@pytest.mark.parametrize("kind", ["checkboxes", "dropdown", "multiselect", "radio"])
@pytest.mark.parametrize("choices", ["", " , \n"])
def test_a_choice_needs_something_to_choose_from(admin, kind, choices):
    field = {"label": "About", "field_type": kind, "choices": choices}
    response = edit(admin, field)
    assert response.status_code == 200
    assert "Write what readers can choose from" in response.text
    assert ContactPage.objects.get().form_fields.count() == 3


def test_a_form_has_a_field(admin):
    assert edit(admin).status_code == 200
    assert ContactPage.objects.get().form_fields.count() == 3


def test_every_kind_of_field_is_named_and_can_be_sent(admin, client):
    kinds = {
        "radio": "a",
        "checkboxes": ["a", "b"],
        "multiselect": ["b"],
        "dropdown": "b",
        "checkbox": "on",
        "date": "2026-03-01",
        "datetime": "2026-03-01T10:30",
        "number": "3",
        "hidden": "h",
    }
    fields = [
        {"label": kind, "field_type": kind, "choices": "a\nb", "help_text": "Help"}
        for kind in kinds
    ]
    assert edit(admin, *fields).status_code == 302
    html = client.get("/contact/").text
    assert 'for=""' not in html
    for group in ("radio", "checkboxes"):
        assert re.search(
            rf'<fieldset aria-describedby="contact-{group}_helptext">\s*'
            rf"<legend>\s*{group}\s*</legend>",
            html,
        )
    assert '<option value="" selected>Please choose</option>' in html
    assert 'type="date"' in html
    assert 'type="datetime-local"' in html
    wrong = client.post("/contact/", {**kinds, "radio": "c", "date": "tomorrow"})
    assert wrong.status_code == 422
    for target in re.findall(r'<li><a href="#([^"]*)">', wrong.text):
        assert f'id="{target}"' in wrong.text
    assert 'value="2026-03-01T10:30"' in wrong.text
    assert client.post("/contact/", kinds).status_code == 302
    data = FormSubmission.objects.get().get_data()
    assert data["checkboxes"] == ["a", "b"]
