"""The site as `make run` serves it, and a browser that visits it."""

import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
# Beside other work a browser may be slow, and is not wrong for that.
expect.set_options(timeout=20_000)
START_SECONDS = 30
# Other sites, for the pages that our frames stand on.
ELSEWHERE = "--host-resolver-rules=MAP *.example.org 127.0.0.1"

# What an editor does to open the site in Arabic. The words are the page's own name.
ARABIC_HOME = """
from wagtail.models import Locale, Site
home = Site.objects.get(is_default_site=True).root_page.specific
arabic = home.copy_for_translation(Locale.objects.get(language_code="ar"))
arabic.title = "شبكة الأمم المسجونة"
arabic.save_revision().publish()
"""

# A second campaign, whose film is at a provider.
FILM_ELSEWHERE = """
from campaigns.models import CampaignIndexPage, CampaignPage
page = CampaignPage(title="Elsewhere", slug="elsewhere")
page.video_address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
page.transcript = "0:00 Loitering.\\n0:14 Begging."
CampaignIndexPage.objects.get(locale__language_code="en").add_child(instance=page)
page.save_revision().publish()
"""

PASSWORD = secrets.token_urlsafe(20)
EDITOR = f"""
from core.models import User
User.objects.create_superuser("editor", "editor@example.org", "{PASSWORD}")
"""


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, server: subprocess.Popen) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address).close()  # noqa: S310 - our own address
            return
        except URLError:
            time.sleep(0.2)
    pytest.fail(f"The site did not start in {START_SECONDS} seconds.")


@pytest.fixture(scope="session")
def directory(tmp_path_factory) -> Path:
    """Where the running site keeps its data."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(directory) -> str:
    """The address of the running site, without a last slash."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "VAR_DIR": str(directory),
        "SECRET_KEY": "browser-" + "0123456789" * 5,
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": origin,
        "PORT": str(port),
        "HTTPS_ONLY": "false",
        # Empty: what a .env file says is not for tests.
        "DEBUG": "false",
        "DATABASE_URL": "",
        "CACHE_URL": "",
        "EMAIL_URL": "dummymail://",
    }

    def manage(*arguments):
        command = [sys.executable, "manage.py", *arguments, "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)

    manage("migrate")
    manage("load_content")
    manage("shell", "--no-imports", "--command", ARABIC_HOME)
    manage("shell", "--no-imports", "--command", FILM_ELSEWHERE)
    manage("shell", "--no-imports", "--command", EDITOR)
    manage("collectstatic", "--no-input")
    with open(directory / "server.log", "w") as log:
        server = subprocess.Popen(
            ["gunicorn", "inn_site.wsgi"],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        wait_for(f"{origin}/healthz", server)
        yield origin
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Browser:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", ELSEWHERE]
        )
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser, site):
    """Make a new visitor: `visitor(width=390, java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def make(width=1366, height=844, **options) -> BrowserContext:
        contexts.append(
            browser.new_context(
                base_url=site, viewport={"width": width, "height": height}, **options
            )
        )
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(visitor) -> Page:
    """A page that is still empty, of a visitor with a wide window."""
    return visitor(reduced_motion="reduce").new_page()


@pytest.fixture
def untouched(site, directory):
    """Give the site its content back when the test is done with it."""
    live = sqlite3.connect(directory / "db.sqlite3", timeout=30)
    kept = sqlite3.connect(":memory:")
    live.backup(kept)
    yield
    kept.backup(live)
    kept.close()
    live.close()


@pytest.fixture
def desk(untouched, page) -> Page:
    """A page of someone who has signed in to the admin."""
    page.goto("/admin/login/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page
