"""Signing in, and what happens to those who try wrong passwords."""

import threading
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.utils import timezone

from core import upkeep
from core.models import User
from core.sign_in import client_address

pytestmark = pytest.mark.django_db

ADMIN, PRIVATE_PAGES = "/admin/login/", "/_util/login/"
PASSWORD = "a long test password"


@pytest.fixture(autouse=True)
def someone(db):
    return User.objects.create_superuser("someone", "someone@example.org", PASSWORD)


def sign_in(password=PASSWORD, door=ADMIN, name="someone", address="203.0.113.7"):
    """A visitor with neither cookie nor history, but with an address."""
    return Client(REMOTE_ADDR=address).post(
        door, {"username": name, "password": password, "next": "/admin/"}
    )


def fail(times, **others):
    for number in range(times):
        response = sign_in(f"wrong {number}", **others)
    return response


def is_signed_in(response):
    return response.status_code == 302 and "sessionid" in response.cookies


@pytest.mark.parametrize(
    ("door", "wrong"), [(ADMIN, "match"), (PRIVATE_PAGES, "enter a correct")]
)
def test_too_many_wrong_passwords_lock_the_address_out(door, wrong):
    ninth = fail(9, door=door)
    assert ninth.status_code == 200
    assert wrong in ninth.text
    assert "Wait" not in ninth.text
    tenth = fail(1, door=door)
    for response in (tenth, sign_in(door=door)):
        assert response.status_code == 429
        assert "Wait 15 minutes" in response.text
        assert wrong not in response.text
        assert 'value="someone"' in response.text
        assert 890 <= int(response["Retry-After"]) <= 900
        assert not response.cookies.get("sessionid")


def test_the_limit_is_one_for_both_forms_and_all_names():
    fail(5, name="someone")
    fail(5, name="nobody", door=PRIVATE_PAGES)
    assert sign_in().status_code == 429


def test_others_are_not_locked_out():
    fail(10)
    assert is_signed_in(sign_in(address="203.0.113.8"))


def test_whoever_is_signed_in_goes_on():
    client = Client(REMOTE_ADDR="203.0.113.7")
    client.post(ADMIN, {"username": "someone", "password": PASSWORD})
    fail(10)
    assert client.get("/admin/").status_code == 200


def test_a_few_mistakes_are_forgiven():
    fail(9)
    assert is_signed_in(sign_in())


def test_trying_again_does_not_make_the_wait_longer():
    fail(10)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    response = fail(3)
    assert response.status_code == 429
    assert "Wait 1 minute," in response.text
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert is_signed_in(sign_in())


def test_what_cannot_be_stored_is_counted_or_refused():
    hostile = {
        "username": "some\0one",
        "password": "\0" * 5000,
        "next": "\0" + "x" * 5000,
        "more": "\udce4".encode("utf-8", "surrogatepass"),
    }
    for username in (hostile["username"], "x" * 300, "", "ſomeone", "نزيل"):
        response = Client(
            REMOTE_ADDR="203.0.113.7",
            HTTP_USER_AGENT="\xff" * 3000,
            HTTP_ACCEPT="*" * 3000,
        ).post(f"{ADMIN}?next=%00&x={'y' * 2000}", {**hostile, "username": username})
        assert response.status_code == 200


def test_attempts_are_forgotten():
    fail(3)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    fail(1, name="another", address="203.0.113.9")
    upkeep.Upkeep(threading.Event()).go_round()
    assert [one.username for one in AccessAttempt.objects.all()] == ["another"]


def test_nobody_is_noted_who_signs_in(django_assert_num_queries):
    assert is_signed_in(sign_in())
    assert not AccessAttempt.objects.exists()
    with django_assert_num_queries(1):
        Client().get("/healthz")


@pytest.mark.parametrize(
    ("peer", "forwarded", "is_behind_proxy", "address"),
    [
        ("203.0.113.7", None, False, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", False, "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1", True, "198.51.100.1"),
        # What a visitor has sent stands before what the proxy adds.
        ("127.0.0.1", "192.0.2.66, 198.51.100.1", True, "198.51.100.1"),
        ("127.0.0.1", "garbage", True, "127.0.0.1"),
        ("127.0.0.1", None, True, "127.0.0.1"),
        ("", None, True, None),
        ("2001:db8:1:2:3:4:5:6", None, False, "2001:db8:1:2::"),
        ("127.0.0.1", "2001:db8:1:2:ffff::1", True, "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", None, False, "203.0.113.7"),
    ],
)
def test_the_address_is_one_that_nobody_can_make_up(
    settings, peer, forwarded, is_behind_proxy, address
):
    settings.HTTPS_ONLY = is_behind_proxy
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory(REMOTE_ADDR=peer).get("/", headers=headers)
    assert client_address(request) == address
