"""What readers see of a rule in the active language, and how many are fetched at once."""

from django.apps import apps
from django.conf import settings
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.utils.functional import cached_property
from django.utils.translation import get_language


def shown_for(model, ids):
    """The condition (Q) for the rules of these ids, their originals and translations."""
    keys = model.objects.filter(pk__in=ids).values("translation_key")
    return Q(pk__in=ids) | Q(
        live=True,
        translation_key__in=keys,
        locale__language_code__in=[settings.LANGUAGE_CODE, get_language()],
    )


def with_what_display_needs(rules):
    """A queryset of rules with instrument, its name in the rule's language, official text."""
    instruments = apps.get_model("core", "Instrument").objects.filter(
        live=True,
        locale=OuterRef("locale"),
        translation_key=OuterRef("instrument__translation_key"),
    )
    texts = apps.get_model("core", "OfficialText").objects.filter(
        instrument=OuterRef("instrument")
    )
    preferred = Case(
        When(language=get_language(), then=0),
        When(language=settings.LANGUAGE_CODE, then=1),
        default=2,
    )
    return rules.select_related("instrument", "locale").annotate(
        instrument_name=Subquery(instruments.values("name")[:1]),
        official_address=Subquery(texts.order_by(preferred).values("address")[:1]),
    )


def made_ready(rules):
    """The rules of `with_what_display_needs` as a list; each knows its `in_language`."""
    rules, language = list(rules), get_language()
    by_language = {}
    for rule in rules:
        if rule.instrument_name:
            rule.instrument.name = rule.instrument_name
        if rule.live:
            by_language[rule.translation_key, rule.locale.language_code] = rule
    for rule in rules:
        key = rule.translation_key
        original = by_language.get((key, settings.LANGUAGE_CODE), rule)
        rule.in_language = by_language.get((key, language), original)
    return rules


class RuleDisplay:
    """What readers see of a rule."""

    # In the active language if there is one; known of what `fetch_for_display` returns.
    official_address = None

    @classmethod
    def fetch_for_display(cls, ids):
        """{id: rule} with its instrument and its `in_language`, in one query."""
        ids = list(ids)
        rules = cls.objects.filter(shown_for(cls, ids))
        found = {rule.pk: rule for rule in made_ready(with_what_display_needs(rules))}
        return {pk: found[pk] for pk in ids if pk in found}

    @cached_property
    def in_language(self):
        """What to show for it: its translation where `made_ready` found one."""
        return self

    @property
    def is_shown(self):
        """Whether readers may see it, in whatever language."""
        return self.in_language.live and self.instrument.live
