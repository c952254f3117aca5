"""Look for stale figures in everything that is published."""

from django.core.management.base import BaseCommand

from core.findings import look_at_everything
from core.models import Finding


class Command(BaseCommand):
    help = (
        "Reads every published page and figure again, as the scheduler does once a day, "
        "for the report “Figures to look after”."
    )

    def handle(self, **options):
        look_at_everything()
        count = Finding.objects.filter(accepted_at=None).count()
        self.stdout.write(f"Figures to look after: {count}.")
