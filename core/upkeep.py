"""What the scheduler does beside publishing, in a thread of its own.

Servers that do not answer and pages by the thousand must never hold up what is due
to be published.
"""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from wagtail import hooks

from core.findings import look_at_everything
from core.source_links import Run, make_checker

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_ROUNDS = 60 * 60


class Upkeep:
    """Looks after figures once a day and after links when they are due, until `stop`."""

    def __init__(self, stop: threading.Event):
        self.stop = stop
        self.looked_on = None

    def start(self) -> None:
        # A daemon, so that no server which keeps silent can hold up the end.
        threading.Thread(target=self._run, name="upkeep", daemon=True).start()

    def _run(self) -> None:
        while not self.stop.is_set():
            close_old_connections()
            self.go_round()
            close_old_connections()
            self.stop.wait(SECONDS_BETWEEN_ROUNDS)

    def go_round(self) -> None:
        """Do what is due. What fails is logged, and tried again in the next round."""
        try:
            today = timezone.localdate()
            if self.looked_on != today:
                look_at_everything()
                # What other apps look after: functions of the day.
                for look_after in hooks.get_hooks("look_after_daily"):
                    look_after(today)
                self.looked_on = today
            if settings.SOURCE_CHECK_DAYS:
                self._check_links()
        except Exception:
            logger.exception("Looking after figures and sources failed")

    def _check_links(self) -> None:
        run = Run(
            make_checker(), only_due=settings.SOURCE_CHECK_DAYS, wait=self.stop.wait
        )
        for _result in run:
            if self.stop.is_set():
                return
        if run.is_offline:
            logger.info("No server answered: the addresses of sources were not checked")
        elif any(run.counts.values()):
            logger.info("Checked the addresses of sources: %s", run.counts)
