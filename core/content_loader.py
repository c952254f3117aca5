"""How shipped content meets what staff have made of it since."""

import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path

from core.models import ContentRecord

CONTENT_DIR = Path(__file__).resolve().parent / "content"


def read(name):
    """A TOML file of core/content as a dict. Raises tomllib.TOMLDecodeError."""
    with (CONTENT_DIR / name).open("rb") as file:
        return tomllib.load(file)


def digest_of(shipped):
    text = json.dumps(shipped, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class Loader:
    """
    Decides for each shipped thing whether it may be written, and counts what was done.

    Something is written when it has never been loaded, or when the shipped text
    has changed and nobody has edited it since. What staff have deleted stays
    deleted; what they have made under the same address is theirs.
    """

    def __init__(self):
        self.counts = Counter()
        self.kept = []
        self.records = {record.key: record for record in ContentRecord.objects.all()}
        self.loaded = {}

    def place(self, key, shipped, queryset, make, write):
        """
        Load one thing and return its object, or None if staff have deleted it.

        `queryset` finds it the first time, `make` returns a new unsaved object,
        `write` fills it from what is shipped and saves it, with a revision
        where its model has them.
        """
        record = self.records.get(key)
        digest = digest_of(shipped)
        if record is None:
            item = queryset.first()
            if item is None:
                item = make()
                write(item)
                self._remember(key, item, digest)
                self.counts["created"] += 1
            else:
                self._keep(key)
        else:
            item = queryset.model._default_manager.filter(pk=record.object_id).first()
            if item is None:
                self._keep(key)
            elif record.digest == digest:
                self.counts["unchanged"] += 1
            elif getattr(item, "latest_revision_id", None) != record.revision_id:
                self._keep(key)
            else:
                write(item)
                self._remember(key, item, digest)
                self.counts["updated"] += 1
        self.loaded[key] = item
        return item

    def get(self, key):
        """An object loaded before. Raises KeyError with the key when there is none."""
        return self.loaded[key]

    def _keep(self, key):
        self.counts["kept"] += 1
        self.kept.append(key)

    def _remember(self, key, item, digest):
        item.refresh_from_db()
        record, _made = ContentRecord.objects.update_or_create(
            key=key,
            defaults={
                "object_id": str(item.pk),
                "digest": digest,
                "revision_id": getattr(item, "latest_revision_id", None),
            },
        )
        self.records[key] = record


def publish(item):
    """Save a draftable snippet or page and publish it, so that its history begins here."""
    if item.pk is None:
        item.save()
    item.save_revision(clean=False).publish()
