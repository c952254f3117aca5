"""The contact form as a visitor, a robot and another site meet it."""

import pytest
from django.core import mail
from wagtail.contrib.forms.models import FormSubmission

from core.models import SiteSettings, contact
from core.models.contact import ContactPage

pytestmark = pytest.mark.django_db

MESSAGE = {
    "name": "Ada",
    "email": "ada@example.org",
    "message": "Is the figure for 2024 right?",
    "website": "",
}


def test_a_message_is_stored_mailed_and_thanked_for(client):
    ContactPage.objects.update(to_address="office@example.org")
    response = client.post("/contact/", MESSAGE, follow=True)
    assert response.redirect_chain == [("/contact/?sent", 302)]
    assert "Thank you for your message." in response.content.decode()
    submission = FormSubmission.objects.get()
    assert submission.get_data()["message"] == MESSAGE["message"]
    assert "website" not in submission.get_data()
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
    response = client.post("/contact/", {**MESSAGE, "website": "https://spam.example"})
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
