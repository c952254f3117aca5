"""Files of rules to import, for tests that upload them or name them to the command."""

import csv
import io
import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from core.models import Rule

PLAIN = """\
Rule 43
1. No sanction may amount to torture. These are prohibited:
(a) Indefinite solitary confinement;
(b) Collective punishment.
Nothing in this list is exhaustive.
2. Instruments of restraint shall never be applied.

Rule 45
Solitary confinement shall be used only in exceptional cases.
"""
# As it is stored.
RULE_43 = PLAIN.split("\n\n")[0].removeprefix("Rule 43\n")
RULE_45 = PLAIN.split("Rule 45\n")[1].strip()


def rule(number, slug="mandela", language="en"):
    return Rule.objects.get(
        number=number, instrument__slug=slug, locale__language_code=language
    )


def revisions():
    """{pk of a rule: pk of its newest revision}"""
    return dict(Rule.objects.values_list("pk", "latest_revision_id"))


def run(path, data, *options, instrument="mandela", language="en"):
    """What the command prints for a file with these bytes or words."""
    file = path / "rules.txt"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    out = io.StringIO()
    call_command(
        "import_rules",
        str(file),
        "--instrument",
        instrument,
        "--language",
        language,
        *options,
        stdout=out,
        stderr=out,
    )
    return out.getvalue()


def as_csv(rows, delimiter=","):
    """`rows` are dicts with the same names."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_json(rules):
    return json.dumps(rules, ensure_ascii=False)


ADDRESS = "rule_imports:index"


def post(client, data=None, name="rules.txt", **fields):
    """The answer to a file (bytes or words), or to the form without one."""
    form = {
        "instrument": "mandela",
        "language": "en",
        "text": "",
        "is_whole": "on",
        **fields,
    }
    if data is not None:
        data = data if isinstance(data, bytes) else data.encode()
        form["file"] = SimpleUploadedFile(name, data)
    return client.post(reverse(ADDRESS), form)


def confirm(client, response, reason="From the official text.", **fields):
    """The answer to what stands in the form of a comparison, and a reason."""
    form = response.context["form"]
    return client.post(
        reverse(ADDRESS),
        {
            "instrument": form["instrument"].value(),
            "language": form["language"].value(),
            "text": form["text"].value(),
            "file_name": form["file_name"].value() or "",
            "seen": form["seen"].value(),
            "reason": reason,
            "import": "1",
            **({"is_whole": "on"} if form["is_whole"].value() else {}),
            **({"add": "on"} if form["add"].value() else {}),
            **fields,
        },
    )
