"""What a page says of itself to search engines and to sites that link to it."""

import re

from django.utils.translation import get_language

from core.cards import fingerprint
from core.formats import plain_number
from core.models.settings import SiteSettings

SCHEMA = "https://schema.org"


def page_metadata(request, page, subject=None):
    """
    Return the context of the head of a page.

    `subject` is what a routable page shows below its own address: a dict with
    title and summary and, if it has them, path, item (what has the share image, if
    it is not the page; None for no image) and structured_data (a function of the
    request and the full address).
    """
    subject = subject or {}
    path = subject.get("path") or page.get_url(request) or "/"
    if not subject.get("path") and getattr(request, "page_tree", None):
        path += request.page_tree.suffix
    address = request.build_absolute_uri(path)
    title = subject.get("title") or page.seo_title or page.title
    summary = subject.get("summary") or page.search_description or page.summary
    settings = SiteSettings.for_request(request)
    describe = subject.get("structured_data") or page.structured_data
    item = subject.get("item", page)
    card_url = page.card_url(request) if item is page else item and item.card_url
    return {
        "canonical_url": address,
        "meta_title": title,
        "meta_description": " ".join(summary.split())[:300],
        "share_image_url": item
        and share_image_url(request, card_url, item, settings.organisation_name),
        "og_type": "article" if page.schema_type == "Article" else "website",
        "site_settings": settings,
        "structured_data": {
            "@context": SCHEMA,
            "@graph": [organisation(request, settings), describe(request, address)],
        },
    }


def share_image_url(request, path, item, organisation_name):
    """The full address of an item's share image: another one when it changes."""
    picture = getattr(item, "share_image_id", None)
    version = picture or fingerprint(item.card(organisation_name))
    joint = "&" if "?" in path else "?"
    return request.build_absolute_uri(f"{path}{joint}v={version}")


def organisation(request, settings):
    """schema.org/Organization"""
    found = {
        "@type": "Organization",
        "@id": request.build_absolute_uri("/#organisation"),
        "name": settings.organisation_name,
        "url": request.build_absolute_uri("/"),
    }
    if settings.footer_text:
        found["description"] = settings.footer_text
    if settings.contact_email:
        found["email"] = settings.contact_email
    return found


def web_page(request, address, page):
    """schema.org/WebPage or one of its kinds, or an Article"""
    found = {
        "@type": page.schema_type,
        "@id": address,
        "url": address,
        "name": page.title,
        "description": page.summary,
        "inLanguage": get_language(),
        "publisher": {"@id": request.build_absolute_uri("/#organisation")},
    }
    if page.schema_type == "Article":
        found["headline"] = page.title
        found["mainEntityOfPage"] = address
    if page.first_published_at:
        found["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        found["dateModified"] = page.last_published_at.isoformat()
    return found


def quotation(request, block):
    """schema.org/Quotation for a block of a lead: the words of a rule or of a source"""
    value = block.value
    if block.block_type == "rule_quotation":
        found = {"@type": "Quotation", "text": value.words}
        if value.address:
            # Altered words are no part of the law.
            found["isPartOf" if value.is_exact else "isBasedOn"] = {
                "@type": "Legislation",
                "name": value["rule"].citation,
                "url": request.build_absolute_uri(value.address),
            }
        return found
    return {
        "@type": "Quotation",
        "text": value["text"],
        "creditText": value["attribution"],
    }


def legislation(request, address, rule, official_addresses=()):
    """schema.org/Legislation, a part of its instrument.

    `official_addresses` are as core.models.rules_page lists them.
    """
    instrument = rule.instrument
    symbol = instrument.symbol
    whole = {
        "@type": "Legislation",
        "name": instrument.full_name,
        "alternateName": instrument.name,
        "url": request.build_absolute_uri(instrument.url),
        "legislationIdentifier": symbol,
        "sameAs": [text["url"] for text in official_addresses],
    }
    found = {
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": rule.citation,
        "about": rule.topic,
        "legislationIdentifier": symbol and f"{symbol}, annex, rule {rule.number}",
        "isPartOf": {name: value for name, value in whole.items() if value},
        "inLanguage": rule.locale.language_code,
        "text": rule.text,
        "abstract": rule.note,
    }
    if instrument.adopted:
        found["legislationDate"] = instrument.adopted.isoformat()
    if symbol.startswith("A/RES/"):
        found["legislationPassedBy"] = {
            "@type": "Organization",
            "name": "United Nations General Assembly",
        }
    return {name: value for name, value in found.items() if value}


def dataset(request, address, statistic):
    """schema.org/Dataset, with what Google asks of one.

    https://developers.google.com/search/docs/appearance/structured-data/dataset
    """
    stem = address.rstrip("/")
    years = [
        year
        for observation in statistic.series
        for year in (observation.start_year, observation.year)
        if year
    ]
    found = {
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": statistic.cautious_title,
        "description": " ".join(
            filter(
                None,
                (
                    f"{statistic}.",
                    f"{statistic.source_line}.",
                    statistic.status_sentence,
                    statistic.caveat,
                ),
            )
        ),
        "temporalCoverage": "/".join(
            str(year) for year in sorted({min(years), max(years)})
        ),
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": statistic.statement,
            "value": plain_number(statistic.headline.value),
            **unit_of(statistic),
        },
        "inLanguage": statistic.locale.language_code,
        "isAccessibleForFree": True,
        "publisher": {"@id": request.build_absolute_uri("/#organisation")},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": f"{stem}.{extension}",
            }
            for extension, media_type in (
                ("csv", "text/csv"),
                ("json", "application/json"),
            )
        ],
    }
    if statistic.last_published_at:
        found["dateModified"] = statistic.last_published_at.isoformat()
    sources = list(
        dict.fromkeys(row["source"] for row in statistic.rows if row["source"])
    )
    if sources:
        found["creator"] = [
            {"@type": "Organization", "name": name}
            for name in dict.fromkeys(source.publisher for source in sources)
        ]
        found["citation"] = [str(source) for source in sources]
        found["isBasedOn"] = [document(source) for source in sources]
    licences = {licence_url(source.licence) for source in sources}
    if len(licences) == 1 and "" not in licences:
        found["license"] = licences.pop()
    return found


def unit_of(statistic):
    """What schema.org calls the unit of a value: P1 is UN/CEFACT's code of per cent."""
    if statistic.facts.form in ("percent", "change"):
        return {"unitCode": "P1", "unitText": "%"}
    return {"unitText": statistic.unit} if statistic.unit else {}


def document(source):
    """schema.org/CreativeWork"""
    found = {
        "@type": "CreativeWork",
        "name": source.title,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "version": source.edition,
        "datePublished": source.published,
        "url": source.address,
        "archivedAt": source.archived_address,
        "license": licence_url(source.licence),
    }
    return {name: value for name, value in found.items() if value}


def licence_url(words):
    """The address of a Creative Commons licence that is named first; "" of others."""
    found = re.match(r"CC (BY(?:-NC)?(?:-SA|-ND)?) ([0-9]\.[0-9])", words)
    if found:
        name, version = found[1].lower(), found[2]
        return f"https://creativecommons.org/licenses/{name}/{version}/"
    if words.startswith("CC0"):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return ""
