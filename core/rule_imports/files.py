"""A file of rules, of whichever layout, as its entries."""

import re
from pathlib import PurePath

from django.utils.translation import gettext as _

from core.imports.csv_file import decode
from core.imports.files import OLE, ZIP, FileError
from core.rule_imports.data import read_data
from core.rule_imports.entries import RuleFile
from core.rule_imports.plain import HEADING, LINE_BREAK, read_plain
from core.rule_imports.table import looks_like_table, read_table

# The 122 rules of the largest instrument have about 100 kB in English.
MAX_BYTES = 1024 * 1024
MAX_RULES = 1000
MARKUP = re.compile(r"\s*(<!doctype html|<html|\{\\rtf)", re.IGNORECASE)
# Windows-1252 has the letters of these.
WESTERN = {"en", "es", "fr"}


def read_bytes(data: bytes, language: str) -> tuple[str, list[str]]:
    """Return the text of a file and notes for whoever chose it. Raises FileError."""
    if len(data) > MAX_BYTES:
        raise FileError(
            _("The file is larger than %(limit)d MB: these cannot be rules only.")
            % {"limit": MAX_BYTES // 1024 // 1024}
        )
    if data.startswith((OLE, ZIP, b"%PDF")):
        raise FileError(
            _(
                "This is an Office document or a PDF. Copy its words into a plain text file, "
                "or save a spreadsheet as CSV."
            )
        )
    text, notes = decode(data)
    if "\0" in text:
        raise FileError(_("This file has bytes that are not text."))
    if notes and language not in WESTERN:
        raise FileError(_("The letters of this file cannot be read. Save it in UTF-8."))
    return text.removeprefix("\ufeff"), notes


def read_rules(text: str, name: str, whole: bool) -> RuleFile:
    """
    Read a file by what it looks like, and by its name where that says nothing.

    `whole` says that a rule is complete where the file does not say it. Raises
    FileError.
    """
    if not text.strip():
        raise FileError(_("The file is empty."))
    if MARKUP.match(text):
        raise FileError(
            _(
                "This is the code of a page or of a formatted text. Copy its words into a "
                "plain text file."
            )
        )
    found = reader_of(text, name)(text, whole)
    if not (found.entries or found.problems):
        raise FileError(_("The file is empty."))
    if len(found.entries) > MAX_RULES:
        raise FileError(
            _("The file has more than %(limit)d rules.") % {"limit": MAX_RULES}
        )
    return found


def reader_of(text: str, name: str):
    """How to read a text: as what it looks like, else as what its name says."""
    ending = PurePath(name).suffix.lower()
    if text.lstrip().startswith(("{", "[")):
        return read_data
    if looks_like_table(text):
        return read_table
    if any(HEADING.fullmatch(line.strip()) for line in LINE_BREAK.split(text)):
        return read_plain
    return {".json": read_data, ".csv": read_table, ".tsv": read_table}.get(
        ending, read_plain
    )
