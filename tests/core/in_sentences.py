"""Figures and rules inside sentences, as a rich text stores them, for tests."""

from wagtail.models import Locale

from core.models import Rule, Statistic


def tag(slug, text="some figure", **attributes):
    """A figure; `text` are the words of the day on which it was chosen."""
    pk = Statistic.objects.get(slug=slug, locale=Locale.get_default()).pk
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<embed embedtype="statistic" id="{pk}" text="{text}"{more}/>'


def rule_of(number, instrument="mandela", language="en"):
    return Rule.objects.get(
        number=number,
        instrument__slug=instrument,
        locale__language_code=language,
    )


def cite(number, words=None, part="", instrument="mandela"):
    """The link to a rule, as a rich text stores it; `part` is a paragraph like 1-b."""
    part = f' part="{part}"' if part else ""
    words = words or f"Rule {number}"
    pk = rule_of(number, instrument).pk
    return f'<a linktype="rule" id="{pk}"{part}>{words}</a>'


def translate(item, **fields):
    """The French translation of an instrument or rule, published."""
    copy = item.copy_for_translation(Locale.objects.get(language_code="fr"))
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save()
    copy.save_revision().publish()
    return copy
