"""Ask the address of every source whether it still works."""

from django.core.management.base import BaseCommand, CommandError

from core.models import AddressCheck
from core.source_links import Run, make_checker


class Command(BaseCommand):
    help = (
        "Checks the addresses of all published sources, one at a time. What fails on two "
        "days stands in the report “Figures to look after”."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--due",
            type=int,
            metavar="DAYS",
            help="Only those not checked for so many days, and those that failed once.",
        )

    def handle(self, *, due: int | None, **options):
        if due is not None and due < 1:
            raise CommandError("--due needs a number of days, at least 1.")
        run = Run(make_checker(), only_due=due)
        for url, sources, answer in run:
            found = AddressCheck(
                state=answer.state, status=answer.status, moved_to=answer.moved_to
            )
            for source in sources:
                self.stdout.write(f"{url} ({source}): {found.words}")
        self.stdout.write(
            f"{sum(run.counts.values())} addresses: {run.counts['works']} work, "
            f"{run.counts['moved']} moved, {run.counts['refuses']} refuse programs, "
            f"{run.counts['fails']} fail."
        )
        if run.is_offline:
            self.stdout.write(
                "No server answered at all, so this machine seems to have no network: "
                "nothing was recorded."
            )
