"""Publish and unpublish on time, until told to stop."""

import logging
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from core.publishing import Retries, publish_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publishes and unpublishes scheduled pages and snippets, until stopped."

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
            raise SystemExit(1 if result.failed else 0)

        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(
            f"Looking every {settings.SCHEDULER_SECONDS} seconds for what is due."
        )
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
