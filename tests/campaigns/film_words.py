"""Captions and a transcript of a film, as a form takes them, for tests."""

from django.core.files.uploadedfile import SimpleUploadedFile

VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nLoitering.\n"
TRANSCRIPT = "0:00 Loitering. Begging."


def captions(content=VTT, name="en.vtt"):
    """The fields of one row of captions."""
    return {"language": "en", "file": SimpleUploadedFile(name, content, "text/vtt")}
