"""Import the words of an instrument's rules from a file."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale

from core.imports.files import FileError
from core.models import Instrument
from core.models.imports import Outcome
from core.rule_imports.files import MAX_BYTES, read_bytes
from core.rule_imports.run import Stale, compare_text, import_text


class Command(BaseCommand):
    help = (
        "Imports the rules of one instrument in one language from a file: plain text "
        "(“Rule 43” alone on a line, then one paragraph a line), CSV, or JSON as the site "
        "offers it. All of it is imported or nothing; see docs/editing.md."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--instrument", required=True, help="The end of its address: mandela."
        )
        parser.add_argument(
            "--language", required=True, help="The code of a language: en, zh-hans."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, no more."
        )
        parser.add_argument(
            "--parts",
            action="store_true",
            help="The file has parts of rules: paragraphs may be missing.",
        )
        parser.add_argument(
            "--add",
            action="store_true",
            help="Add rules that the instrument does not have yet (CSV and JSON).",
        )
        parser.add_argument(
            "--reason", default="", help="Stands in the history of each rule."
        )

    def handle(self, *, file: Path, dry_run: bool, reason: str, **options):
        instrument = find_instrument(options["instrument"])
        locale = find_locale(options["language"])
        data = read_file(file)
        try:
            text, notes = read_bytes(data, locale.language_code)
            given = (text, file.name, instrument, locale)
            choices = {"whole": not options["parts"], "add": options["add"]}
            comparison = compare_text(*given, **choices)
            for note in [*notes, *comparison.notes]:
                self.stdout.write(note)
            self.write_rows(comparison)
            if comparison.errors:
                count = len(comparison.errors)
                errors = f"{count} error{'' if count == 1 else 's'}"
                raise CommandError(f"Nothing was imported: {errors}.")
            if not comparison.changes:
                self.stdout.write("All of this is stored already.")
            elif dry_run:
                self.stdout.write(f"Nothing was imported yet: {comparison.summary}.")
            else:
                import_text(*given, reason=reason, seen=comparison.digest, **choices)
                self.stdout.write(f"Imported: {comparison.summary}.")
        except FileError as error:
            raise CommandError(" ".join(error.args)) from error
        except Stale as error:
            raise CommandError(
                "Nothing was imported: somebody has changed a rule just now. Try again."
            ) from error

    def write_rows(self, comparison):
        for row in comparison.rows:
            if row.outcome == Outcome.ERROR:
                self.stderr.write(f"{row.place}: {row.message}")
                continue
            label = Outcome(row.outcome).label.lower()
            draft = (
                "" if row.outcome == Outcome.SAME or row.publish else " (as a draft)"
            )
            self.stdout.write(f"Rule {row.number}: {label}{draft}")
            for name, old, new in row.details:
                self.stdout.write(f"  {name}")
                for sign, words in (("-", old), ("+", new)):
                    for line in words.splitlines():
                        self.stdout.write(f"    {sign} {line}")


def find_instrument(slug: str) -> Instrument:
    instruments = Instrument.objects.originals()
    try:
        return instruments.get(slug=slug)
    except Instrument.DoesNotExist:
        known = ", ".join(instruments.values_list("slug", flat=True)) or "none"
        raise CommandError(
            f"There is no instrument “{slug}”. There is: {known}."
        ) from None


def find_locale(code: str) -> Locale:
    try:
        return Locale.objects.get(language_code=code)
    except Locale.DoesNotExist:
        known = ", ".join(code for code, _name in settings.LANGUAGES)
        raise CommandError(
            f"There is no language “{code}”. There are: {known}."
        ) from None


def read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One more than allowed says that there is more.
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(f"{path} cannot be read: {reason}.") from error
