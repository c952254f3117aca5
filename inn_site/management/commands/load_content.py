from django.core.management.base import BaseCommand
from django.db import transaction

import campaigns.content
from core import content, content_evidence
from core.content_loader import Loader, read
from core.groups import load_groups


class Command(BaseCommand):
    help = (
        "Load the content that ships (core/content). Run it as often as you like: it adds "
        "what is missing, renews what nobody has edited, and leaves all else alone."
    )

    @transaction.atomic
    def handle(self, **options):
        loader = Loader()
        steps = [
            ("languages", self._languages),
            ("staff groups", load_groups),
            ("pages", self._pages),
            ("sources", content_evidence.load_sources),
            ("instruments", content_evidence.load_instruments),
            ("rules", content_evidence.load_rules),
            ("statistics", content_evidence.load_statistics),
            ("partners", campaigns.content.load_partners),
            ("films", campaigns.content.fill_pages),
            ("what the pages say", content.fill_pages),
        ]
        for name, load in steps:
            if options["verbosity"]:
                self.stdout.write(f"  {name}")
            load(loader)
        if options["verbosity"]:
            self._summarise(loader)

    def _languages(self, loader):
        content.load_locales()

    def _pages(self, loader):
        site = content.load_home(loader)
        for name, model, address in content.PAGES:
            content.add_page(loader, model, address, read(f"pages/{name}.toml"))
        campaigns.content.add_pages(loader)
        for name, model, address in content.LAST_PAGES:
            content.add_page(loader, model, address, read(f"pages/{name}.toml"))
        content.load_settings(loader, site)

    def _summarise(self, loader):
        counts = loader.counts
        self.stdout.write(
            f"Content: {counts['created']} created, {counts['updated']} updated, "
            f"{counts['unchanged']} unchanged, {counts['kept']} left as staff have it."
        )
        for key in loader.kept:
            self.stdout.write(f"  left alone: {key}")
