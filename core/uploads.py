"""Where uploaded files are kept, and under which names."""

import os
import secrets

from django.core.files.storage import FileSystemStorage

# Renditions in images/ are named after their original, and documents are given out by
# the document view alone.
UNGUESSABLE = ("captions", "media", "original_images")
# Of randomness: 16 letters of an address.
TOKEN_BYTES = 12


class UploadStorage(FileSystemStorage):
    """
    Puts letters that nobody can guess before the name of each new film, caption file and picture.

    A film that is still to be published has an address already, and a web server that
    serves it from the disk does not ask who may see it. In front, because a name that is
    too long is cut at its end.
    """

    def get_available_name(self, name, max_length=None):
        folder, file_name = os.path.split(name)
        if folder in UNGUESSABLE:
            token = secrets.token_urlsafe(TOKEN_BYTES)
            name = os.path.join(folder, f"{token}-{file_name}")
        return super().get_available_name(name, max_length)
