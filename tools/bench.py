"""Measure the site with 100 and with 10,000 more pages: a report, not a test (make bench).

Everything happens in a scratch database, on SQLite or beside the one that DATABASE_URL
names. Times are of interleaved requests inside this process: the median, that as a
multiple of the control (a view that answers “ok” through the same middleware), and
the fastest, which other work on the machine disturbs least and growth is told by.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import path  # noqa: E402
from wagtail.models import Page  # noqa: E402

from inn_site.urls import urlpatterns as site_urlpatterns  # noqa: E402
from tools.many_pages import add_pages  # noqa: E402

ROUNDS = 21
SIZES = (100, 10_000)
CONTROL = "control"
ADDRESSES = {
    CONTROL: "/control/",
    "home": "/",
    "page (issue)": "/issues/education/",
    "page among the many": "/about/page-7/",
    "list of issues": "/issues/",
    "list of rules": "/rules/mandela/",
    "list of facts": "/facts/",
    "one rule": "/rules/mandela/43/",
    "search, empty": "/search/",
    "search, rare word": "/search/?q=quokka",
    "search, a word of every page": "/search/?q=prisoners",
    "search, two common words": "/search/?q=solitary+confinement",
    "search, a beginning": "/search/?q=cont",
    "search, a rule's number": "/search/?q=43",
    "search, nothing": "/search/?q=zzzz",
    "sitemap.xml": "/sitemap.xml",
    "feed": "/feed/",
}

# This module is the URL configuration while it runs.
urlpatterns = [path("control/", lambda request: HttpResponse("ok")), *site_urlpatterns]
handler404 = "core.views.page_not_found"


def main():
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False
    print(f"Making a scratch database on {connection.vendor} …")
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        call_command("load_content", verbosity=0)
        results, pages = {}, 0
        for size in SIZES:
            print(f"Adding pages, {size:,} in all …")
            add_pages(Page.objects.get(slug="about"), size - pages)
            pages = size
            results[size] = measure()
        report(results)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure():
    """The times of each address in milliseconds, one a round."""
    client = Client()
    times = {name: [] for name in ADDRESSES}
    for number in range(ROUNDS + 1):
        for name, address in ADDRESSES.items():
            start = time.perf_counter()
            response = client.get(address)
            took = time.perf_counter() - start
            if response.status_code != 200:
                print(f"  {address} answers {response.status_code}")
            # The first round fills caches that a running site has full.
            if number:
                times[name].append(took * 1000)
    return times


def report(results):
    titles = [f"{size:,} pages: median, fastest" for size in results]
    print(f"\n{'':30}" + "".join(f"{title:>34}" for title in titles) + f"{'growth':>9}")
    for name in ADDRESSES:
        line = f"{name:30}"
        for times in results.values():
            median = statistics.median(times[name])
            ratio = median / statistics.median(times[CONTROL])
            line += f"{median:10.1f} ms {ratio:6.1f} × {min(times[name]):8.1f} ms  "
        fastest = [min(times[name]) for times in results.values()]
        print(f"{line}{fastest[-1] / fastest[0]:7.2f}")
    print(f"\n{ROUNDS} rounds. × is the multiple of the control.")


if __name__ == "__main__":
    main()
