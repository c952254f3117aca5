from django.db import models


class ContentRecord(models.Model):
    """
    What the loader of shipped content once made, so that it never does so twice.

    `digest` is that of the shipped text, `revision_id` the revision that the
    loader left as the latest: another one since then is the staff's work.
    """

    key = models.CharField(max_length=255, unique=True)
    object_id = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    revision_id = models.BigIntegerField(null=True)

    def __str__(self):
        return self.key
