"""Say what this site is as an oEmbed provider: for the public list, or for a partner."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand

from campaigns.providers import as_yaml, provider, starts, wagtail_settings


class Command(BaseCommand):
    help = (
        "Prints this site's entry for the public list of oEmbed providers "
        "(https://github.com/iamcal/oembed), or the settings that another Wagtail "
        "site needs."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--format",
            choices=["yaml", "json", "wagtail"],
            default="yaml",
            help="yaml: a file of the list's folder “providers”; json: as in the list's "
            "providers.json; wagtail: settings for another Wagtail site.",
        )

    def handle(self, *, format, **options):
        base = settings.BASE_URL
        entry = provider(base)
        if format == "wagtail":
            endpoint = entry["endpoints"][0]["url"]
            self.stdout.write(wagtail_settings(endpoint, starts(base)))
        elif format == "json":
            self.stdout.write(json.dumps([entry], indent=4, ensure_ascii=False))
        else:
            self.stdout.write(as_yaml(entry), ending="")
