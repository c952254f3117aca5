"""Settings through the door an operator uses: environment variables and commands."""

import os
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given, strategies as st

from inn_site import environment

PROJECT = Path(__file__).resolve().parents[2]
SECRET = "correct-horse-battery-staple-" * 2


@pytest.fixture
def run(tmp_path):
    """Run a Python command as production would, with some variables changed."""

    def run(*arguments, **variables):
        production = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "SECRET_KEY": SECRET,
            "ALLOWED_HOSTS": "www.example.org",
            "BASE_URL": "https://www.example.org",
            "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
            "DEFAULT_FROM_EMAIL": "site@example.org",
            "DATABASE_URL": "",
            "CACHE_URL": "",
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=PROJECT,
            env={**production, **variables},
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def assert_one_sentence(result, *words):
    assert result.returncode == 1
    message = result.stderr.strip()
    assert "Traceback" not in message
    assert len(message.splitlines()) == 1, message
    assert message.endswith(".")
    for word in words:
        assert word in message


def test_production_is_clean(run):
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("DEBUG", "maybe"),
        ("HTTPS_ONLY", "perhaps"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "https://www.example.org"),
        ("BASE_URL", ""),
        ("BASE_URL", "www.example.org"),
        ("BASE_URL", "https://www.example.org:port"),
        ("CSRF_TRUSTED_ORIGINS", "www.example.org"),
        ("DATABASE_URL", "garbage"),
        ("DATABASE_URL", "mysql://user:hunter2@host/name"),
        ("DATABASE_URL", "postgres://user:hunter2@host:port/name"),
        ("DATABASE_URL", "postgres://user:hunter2@host/"),
        ("CACHE_URL", "garbage"),
        ("CACHE_URL", "memcache://host"),
        ("CACHE_URL", "redis://:hunter2@host:port/0"),
        ("EMAIL_URL", "garbage"),
        ("EMAIL_URL", "smtp+tls://"),
        ("EMAIL_URL", "smtp+tls://user:hunter2@host:port"),
        ("SERVE_MEDIA", "sometimes"),
        ("SCHEDULER_SECONDS", "0"),
        ("SCHEDULER_SECONDS", "often"),
        ("VAR_DIR", "/proc/nowhere"),
    ],
)
def test_a_wrong_value_is_one_sentence(run, name, value):
    result = run("manage.py", "check", **{name: value})
    assert_one_sentence(result, name)
    assert "hunter2" not in result.stderr


def test_a_database_that_does_not_answer_is_one_sentence(run):
    result = run(
        "manage.py", "migrate", DATABASE_URL="postgres://user:hunter2@127.0.0.1:1/name"
    )
    assert result.returncode == 1
    assert result.stderr.startswith("The database of DATABASE_URL does not answer")
    assert "Traceback" not in result.stderr
    assert "hunter2" not in result.stderr


def test_wsgi_reports_a_wrong_value_too(run):
    assert_one_sentence(run("-c", "import inn_site.wsgi", DEBUG="maybe"), "DEBUG")


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8e3"])
def test_a_wrong_port_is_one_sentence(run, port):
    result = run("-m", "gunicorn", "--check-config", "inn_site.wsgi", PORT=port)
    assert_one_sentence(result, "PORT")


def test_the_key_may_come_from_a_file(run, tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    result = run("manage.py", "check", SECRET_KEY="", SECRET_KEY_FILE=str(file))
    assert result.returncode == 0, result.stderr
    result = run("manage.py", "check", SECRET_KEY="", SECRET_KEY_FILE="/nowhere")
    assert_one_sentence(result, "SECRET_KEY_FILE")


@pytest.mark.parametrize(
    ("variables", "identifier"),
    [
        ({"EMAIL_URL": ""}, "inn_site.W001"),
        ({"BASE_URL": "http://www.example.org"}, "inn_site.W002"),
        ({"BASE_URL": "https://elsewhere.example.org"}, "inn_site.W003"),
        ({"HTTPS_ONLY": "false"}, "security.W008"),
    ],
)
def test_what_is_unwise_is_a_warning(run, variables, identifier):
    result = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", **variables
    )
    assert result.returncode == 1
    assert identifier in result.stderr


def test_sqlite_waits_for_other_writers(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    expected = environment.SQLITE_OPTIONS
    assert expected["transaction_mode"] == "IMMEDIATE"
    for address in ("", f"sqlite:///{tmp_path}/db.sqlite3"):
        monkeypatch.setenv("DATABASE_URL", address)
        config = environment.database("DATABASE_URL", tmp_path / "db.sqlite3")
        assert config["NAME"] == str(tmp_path / "db.sqlite3")
        assert config["OPTIONS"] == expected


def test_postgresql_keeps_connections_and_checks_them(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://user:p%40ss@host:5433/name")
    config = environment.database("DATABASE_URL", Path("unused"))
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("host", 5433, "name")
    assert config["PASSWORD"] == "p@ss"
    assert config["CONN_MAX_AGE"] > 0
    assert config["CONN_HEALTH_CHECKS"] is True


def test_redis_that_is_down_is_a_miss(monkeypatch, settings):
    monkeypatch.setenv("CACHE_URL", "redis://127.0.0.1:1/0")
    settings.CACHES = {"default": environment.cache("CACHE_URL", Path("unused"))}
    from django.core.cache import cache

    cache.set("key", "value")
    assert cache.get("key") is None


@pytest.mark.parametrize("value", ["1", "true", "Yes", " on "])
def test_true(monkeypatch, value):
    monkeypatch.setenv("SWITCH", value)
    assert environment.boolean("SWITCH", default=False) is True


@pytest.mark.parametrize("value", ["0", "false", "No", " off "])
def test_false(monkeypatch, value):
    monkeypatch.setenv("SWITCH", value)
    assert environment.boolean("SWITCH", default=True) is False


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")))
def test_any_text_is_read_or_refused(value):
    with patch.dict(os.environ, {"ANY": value}):
        for read in (
            lambda: environment.boolean("ANY", default=True),
            lambda: environment.integer("ANY", default=1, minimum=1, maximum=9),
            lambda: environment.hosts("ANY", required=True),
            lambda: environment.origins("ANY"),
            lambda: environment.base_url("ANY", required=True, default=""),
            lambda: environment.database("ANY", Path("unused")),
            lambda: environment.cache("ANY", Path("unused")),
            lambda: environment.email("ANY", default="consolemail://"),
        ):
            try:
                read()
            except ImproperlyConfigured as error:
                assert "ANY" in str(error)


def test_only_django_csp_provides_csp():
    # wagtail-csp installs a module of the same name over it, and pip says nothing.
    assert set(packages_distributions()["csp"]) == {"django-csp"}
