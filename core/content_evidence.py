"""The evidence that ships: sources, instruments, rules and statistics, from core/content."""

from core.content_loader import publish, read
from core.models import (
    Instrument,
    Observation,
    OfficialText,
    Rule,
    Source,
    Statistic,
)


def load_sources(loader):
    for shipped in read("sources.toml")["source"]:
        fields = {key: value for key, value in shipped.items() if key != "slug"}
        fields["authors"] = "; ".join(fields.get("authors", []))

        def write(source, fields=fields):
            for name, value in fields.items():
                setattr(source, name, value)
            publish(source)

        loader.place(
            f"source/{shipped['slug']}",
            shipped,
            Source.objects.none(),
            Source,
            write,
        )


def load_instruments(loader):
    for shipped in read("instruments.toml")["instrument"]:

        def write(instrument, shipped=shipped):
            for name in ("name", "full_name", "symbol", "adopted", "summary"):
                setattr(instrument, name, shipped[name])
            instrument.other_names = "\n".join(shipped["other_names"])
            instrument.official_texts = [
                OfficialText(
                    language="zh-hans" if code == "zh" else code, address=address
                )
                for code, address in shipped["addresses"].items()
            ]
            publish(instrument)

        loader.place(
            f"instrument/{shipped['slug']}",
            shipped,
            Instrument.objects.filter(slug=shipped["slug"]),
            lambda shipped=shipped: Instrument(slug=shipped["slug"]),
            write,
        )


def load_rules(loader):
    for slug in ("mandela", "bangkok"):
        instrument = loader.get(f"instrument/{slug}")
        if instrument is None:
            continue
        for shipped in read(f"rules-{slug}.toml")["rule"]:

            def write(rule, shipped=shipped):
                rule.topic = shipped["topic"]
                rule.section = shipped.get("section", "")
                rule.text = shipped.get("text", "").strip()
                rule.text_is_complete = shipped.get("text_is_complete", False)
                rule.issues = issues_of(loader, shipped)
                rule.full_clean(exclude=["locale"])
                publish(rule)

            loader.place(
                f"rule/{slug}/{shipped['number']}",
                shipped,
                Rule.objects.filter(instrument=instrument, number=shipped["number"]),
                lambda instrument=instrument, shipped=shipped: Rule(
                    instrument=instrument, number=shipped["number"]
                ),
                write,
            )


def issues_of(loader, shipped):
    """The pages of the issues that something belongs to, but for those staff deleted."""
    pages = (loader.get(f"page/issues/{slug}/") for slug in shipped.get("issues", []))
    return [page for page in pages if page is not None]


def load_statistics(loader):
    shipped_statistics = read("statistics.toml")["statistic"]
    # What others refer to comes first.
    order = {statistic["slug"]: statistic for statistic in shipped_statistics}
    targets = {item.get("whole") for item in shipped_statistics}
    targets |= {item.get("superseded_by") for item in shipped_statistics}
    for slug in sorted(order, key=lambda slug: slug not in targets):
        shipped = order[slug]
        loader.place(
            f"statistic/{slug}",
            shipped,
            Statistic.objects.filter(slug=slug),
            lambda slug=slug: Statistic(slug=slug),
            lambda statistic, shipped=shipped: write_statistic(
                loader, statistic, shipped
            ),
        )


def write_statistic(loader, statistic, shipped):
    plain = (
        "statement",
        "form",
        "qualifier",
        "significant_digits",
        "unit",
        "unit_singular",
        "status",
        "caveat",
    )
    for name in plain:
        if name in shipped:
            setattr(statistic, name, shipped[name])
    for name in ("whole", "superseded_by"):
        if name in shipped:
            setattr(statistic, name, loader.get(f"statistic/{shipped[name]}"))
    statistic.issues = issues_of(loader, shipped)
    statistic.observations = [
        Observation(
            value=row["value"],
            out_of=row.get("out_of"),
            start_year=row.get("start_year"),
            year=row["year"],
            source=loader.get(f"source/{row['source']}") if "source" in row else None,
            locator=row.get("locator", ""),
            note=row.get("note", ""),
            sort_order=position,
        )
        for position, row in enumerate(shipped["observation"])
    ]
    statistic.full_clean(exclude=["locale"])
    publish(statistic)
