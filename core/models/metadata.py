"""What a page says of itself to search engines and to sites that link to it."""

from django.utils.translation import get_language

from core.models.settings import SiteSettings

SCHEMA = "https://schema.org"


def page_metadata(request, page, subject=None):
    """
    Return the context of the head of a page.

    `subject` is what a routable page shows below its own address: a dict with
    title and summary and, if it has them, path, card_url and structured_data (a
    function of the request and the full address).
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
    return {
        "canonical_url": address,
        "meta_title": title,
        "meta_description": " ".join(summary.split())[:300],
        "share_image_url": request.build_absolute_uri(
            subject.get("card_url") or page.card_url(request)
        ),
        "og_type": "article" if page.schema_type == "Article" else "website",
        "site_settings": settings,
        "structured_data": {
            "@context": SCHEMA,
            "@graph": [organisation(request, settings), describe(request, address)],
        },
    }


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
        found = {"@type": "Quotation", "text": value["excerpt"]}
        if value.address:
            found["isPartOf"] = {
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


def legislation(request, address, rule):
    """schema.org/Legislation"""
    instrument = rule.instrument
    found = {
        "@type": "Legislation",
        "@id": address,
        "url": address,
        "name": rule.citation,
        "about": rule.topic,
        "legislationIdentifier": f"{instrument.symbol}, rule {rule.number}",
        "isPartOf": {
            "@type": "Legislation",
            "name": instrument.full_name,
            "legislationIdentifier": instrument.symbol,
        },
        "inLanguage": rule.locale.language_code,
    }
    if instrument.adopted:
        found["legislationDate"] = instrument.adopted.isoformat()
    if rule.text:
        found["text"] = rule.text
    return found


def dataset(request, address, statistic):
    """schema.org/Dataset"""
    stem = address.rstrip("/")
    found = {
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": str(statistic),
        "description": (
            f"{statistic}. {statistic.source_line}. {statistic.caveat}".strip()
        ),
        "temporalCoverage": "/".join(
            str(year)
            for year in sorted(
                {
                    statistic.series[0].start_year or statistic.series[0].year,
                    statistic.headline.year,
                }
            )
        ),
        "inLanguage": statistic.locale.language_code,
        "publisher": {"@id": request.build_absolute_uri("/#organisation")},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": f"{stem}.csv",
            },
            {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": f"{stem}.json",
            },
        ],
    }
    sources = [row["source"] for row in statistic.rows if row["source"]]
    if sources:
        found["citation"] = [str(source) for source in dict.fromkeys(sources)]
    licences = {source.licence for source in sources if source.licence}
    if len(licences) == 1 and licences.pop().startswith("CC BY 4.0"):
        found["license"] = "https://creativecommons.org/licenses/by/4.0/"
    return found
