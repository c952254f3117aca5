"""
What a page may cost the database, for tests.

The 12 queries of a content page: the address with its surroundings (site and
tree) 2, the page's own row 1, the name and footer of the site 1, then one for
each model that its blocks choose: pages, statistics and their observations,
rules with those of the issue, sources, campaigns, documents, pictures with posters.
"""

from django.db import connection
from django.test.utils import CaptureQueriesContext

BUDGETS = {
    "/": 15,
    "/issues/": 12,
    "/issues/education/": 12,
    "/issues/women/": 12,
    "/the-crisis/": 12,
    "/about/": 12,
    "/contact/": 12,
    "/campaigns/": 12,
    "/campaigns/nightmare/": 12,
    "/partners/": 12,
    "/rules/": 12,
    "/rules/mandela/": 12,
    "/rules/mandela/43/": 12,
    "/facts/": 12,
    "/facts/?status=current": 12,
    "/facts/people-behind-bars/": 12,
    "/search/": 12,
    "/search/?q=43": 12,
    "/search/?q=prison": 12,
    "/feed/": 12,
    "/sitemap.xml": 12,
    "/robots.txt": 0,
    "/no-such-page/": 12,
    "/rules/mandela/43/embed/": 12,
    "/facts/people-behind-bars/embed/": 12,
    "/campaigns/nightmare/embed/": 12,
    "/campaigns/nightmare/share/": 12,
    "/facts/people-behind-bars/share/": 12,
}


def queries_of(client, address):
    """The SQL of a request, each statement with its values; the caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code in (200, 404)
    return [query["sql"] for query in queries]
