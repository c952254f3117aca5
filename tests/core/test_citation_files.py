"""The citation of a figure, on its page and as a file."""

import json
import re

import bibtexparser
import pytest
import rispy

from tests.core.cited_works import parsed_bibtex

ADDRESS = "/facts/people-behind-bars"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("extension", "media_type", "read"),
    [
        ("bib", "application/x-bibtex", lambda text: parsed_bibtex(text)["title"]),
        (
            "ris",
            "application/x-research-info-systems",
            lambda text: rispy.loads(text)[0]["title"],
        ),
        (
            "csl.json",
            "application/vnd.citationstyles.csl+json",
            lambda text: json.loads(text)[0]["title"],
        ),
    ],
)
def test_a_citation_is_a_file_for_a_reference_manager(
    client, extension, media_type, read
):
    response = client.get(f"{ADDRESS}.{extension}")
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"] == (
        f'attachment; filename="people-behind-bars.{extension}"'
    )
    assert response["Access-Control-Allow-Origin"] == "*"
    assert read(response.content.decode()) == "World Prison Population List"
    assert f'href="{ADDRESS}.{extension}"' in client.get(f"{ADDRESS}/").content.decode()
    assert client.get(f"/facts/awaiting-trial.{extension}").status_code == 404
    assert client.get(f"/facts/nothing.{extension}").status_code == 404


@pytest.mark.django_db
def test_the_files_of_all_facts_can_be_put_together(client):
    """Several facts have one source; each is an entry of its own."""
    slugs = [fact["slug"] for fact in client.get("/facts.json").json()["facts"]]
    files = [client.get(f"/facts/{slug}.bib") for slug in slugs]
    text = "".join(file.content.decode() for file in files if file.status_code == 200)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert len(library.entries) == text.count("@techreport") > 10
    assert "fair2024-people-behind-bars" in library.entries_dict
    (item,) = client.get(f"{ADDRESS}.csl.json").json()
    assert item["id"] == "fair2024-people-behind-bars"


@pytest.mark.django_db
def test_every_style_can_be_selected_and_copied_on_the_page(client):
    html = client.get(f"{ADDRESS}/").content.decode()
    cite = html[html.index('id="cite"') : html.index('id="embed"')]
    styles = re.findall(r"<summary>(.*?)</summary>", cite)
    assert styles == ["APA", "Chicago", "UN", "BibTeX", "RIS", "CSL-JSON"]
    assert cite.count("data-copy=") == cite.count("<pre ") == len(styles)
    assert "TY  - RPRT" in cite
    assert 'id="cite"' not in client.get("/facts/awaiting-trial/").content.decode()
