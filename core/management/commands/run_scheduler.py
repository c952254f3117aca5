"""Publish on time, do large imports, look after figures, until told to stop."""

import logging
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from core.imports.jobs import run_waiting
from core.publishing import Retries, publish_due
from core.upkeep import Upkeep

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Publishes and unpublishes scheduled pages and snippets, does imports that are "
        "too large for a request, and looks after figures and the addresses of sources, "
        "until stopped."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--once",
            action="store_true",
            help="Look once and exit; the exit status is 1 if anything failed.",
        )

    def handle(self, *, once: bool, **options):
        if once:
            result = publish_due()
            self.stdout.write(
                f"Published {result.published}, unpublished {result.unpublished}, "
                f"failed {result.failed}."
            )
            failed = result.failed + run_waiting()
            raise SystemExit(1 if failed else 0)

        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(
            f"Looking every {settings.SCHEDULER_SECONDS} seconds for what is due."
        )
        Upkeep(stop).start()
        threading.Thread(target=self._import, args=[stop], daemon=True).start()
        retries = Retries()
        while not stop.is_set():
            close_old_connections()
            try:
                result = publish_due(retries)
            except DatabaseError:
                logger.exception("The database did not answer; trying again")
            else:
                if result.published or result.unpublished:
                    logger.info(
                        "Published %d, unpublished %d",
                        result.published,
                        result.unpublished,
                    )
                # Whoever watches the site reads the time of this file.
                settings.SCHEDULER_HEARTBEAT.touch()
            stop.wait(settings.SCHEDULER_SECONDS)

    def _import(self, stop: threading.Event) -> None:
        """
        Do imports in a thread of its own: a minute of work must not delay publishing.

        An import that the end of the process interrupts is rolled back, and done at
        the next start.
        """
        while not stop.is_set():
            close_old_connections()
            try:
                run_waiting()
            except DatabaseError:
                logger.exception("The database did not answer; trying again")
            close_old_connections()
            stop.wait(settings.SCHEDULER_SECONDS)
