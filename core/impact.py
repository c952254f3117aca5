"""Where a statistic stands, and what readers will see there when it changes or goes."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from core.blocks.choosers import as_id
from core.impact_words import html_at, in_prose, shown
from core.models import FactsPage, HomePage, Statistic
from core.privacy import public
from core.sentences import MARK, sentences_with
from core.usage import references_in_drafts


@dataclass(frozen=True)
class Place:
    """Where a statistic stands: `kind` says how, before and after are words or ""."""

    kind: str
    label: str
    language: str
    url: str
    is_public: bool
    before: str
    after: str
    # Whether something besides the words changes.
    is_redrawn: bool = False
    is_own_page: bool = False
    # A part of it, or a figure that it supersedes.
    is_related: bool = False
    # On its own page: the statistic that stands there.
    statistic: Statistic | None = None
    # What refers to it, or the page of the facts.
    source: object = None

    @property
    def changes(self):
        return self.is_redrawn or self.before != self.after


class Impact:
    """
    The places where a statistic reads differently.

    `make_draft` returns the statistic as it will be, anew at each call; without it
    the statistics of `gone` (ids) are no longer published.
    """

    def __init__(self, statistic, make_draft=None, gone=()):
        self.statistic = statistic
        self.make_draft = make_draft
        self.gone = set(gone)
        self._by_language = {}

    @cached_property
    def _group(self):
        """It, its parts and what it supersedes, each in every language: {id: statistic}."""
        originals = [self.statistic]
        if self.statistic.is_original:
            originals += [
                *self.statistic.parts.all(),
                *self.statistic.supersedes.all(),
            ]
        keys = {item.translation_key for item in originals}
        found = Statistic.objects.filter(translation_key__in=keys)
        return {item.pk: item for item in found.select_related("locale")}

    def _states(self, language):
        """{id: (Shown before, Shown after)} in a language."""
        if language not in self._by_language:
            with translation.override(language):
                before = Statistic.fetch_for_display(self._group)
                after = self._afterwards()
                self._by_language[language] = {
                    pk: (shown(before[pk]), shown(after[pk])) for pk in self._group
                }
        return self._by_language[language]

    def _afterwards(self):
        found = Statistic.fetch_for_display(self._group)
        for item in found.values():
            if item.pk in self.gone:
                item.live = False
            if item.in_language.pk in self.gone:
                item.in_language = item
        if self.make_draft is None:
            return found
        draft = self.make_draft()
        draft.live = True
        draft.in_language = draft
        stored = found[draft.pk]
        if not draft.is_original:
            draft.facts = stored.facts
        elif stored.in_language.pk != draft.pk:
            draft.in_language = stored.in_language
        found[draft.pk] = draft
        for item in found.values():
            if draft.locale.language_code == translation.get_language() and (
                item.translation_key == draft.translation_key
            ):
                item.in_language = draft
            for face in (item, item.in_language):
                if face.facts.pk == draft.pk:
                    face.facts = draft
            for name in ("whole", "superseded_by"):
                if getattr(item.facts, f"{name}_id") == draft.pk:
                    setattr(item.facts, name, draft)
        return found

    @cached_property
    def places(self):
        """Every Place where it stands, in the order of the tree; own pages come first."""
        return [*self._own_pages(), *self._references()]

    @property
    def changed(self):
        """The public Places that change."""
        return [place for place in self.places if place.is_public and place.changes]

    @property
    def changed_statistics(self):
        """The originals whose own pages change, each once."""
        found = {
            place.statistic.pk: place.statistic
            for place in self.changed
            if place.statistic
        }
        return list(found.values())

    @property
    def changed_drafts(self):
        """The Places that change and that not everyone can see."""
        return [place for place in self.places if not place.is_public and place.changes]

    @cached_property
    def in_drafts(self):
        """The Places in drafts of published pages, where the page has no such place yet."""
        stored = {
            (place.source, place.kind, place.before, place.after)
            for place in self.places
        }
        return [
            replace(place, url=reverse("wagtailadmin_pages:edit", args=[page.pk]))
            for page, path, pk in references_in_drafts(Statistic, self._group)
            for place in self._uses(page, path, pk, is_public=False)
            if (page, place.kind, place.before, place.after) not in stored
        ]

    @property
    def unchanged(self):
        """Where it stands itself and reads as before."""
        return [
            place for place in self.places if not place.changes and not place.is_related
        ]

    def _own_pages(self):
        """The permanent addresses: each language shows its translation, or the original."""
        originals = [item for item in self._group.values() if item.is_original]
        by_locale = {
            (item.translation_key, item.locale_id): item.pk
            for item in self._group.values()
        }
        for page in public(FactsPage.objects.order_by("path")).select_related("locale"):
            states = self._states(page.locale.language_code)
            for item in originals:
                own = by_locale.get((item.translation_key, page.locale_id), item.pk)
                before, after = (
                    states[own][when] or states[item.pk][when] for when in (0, 1)
                )
                if before or after:
                    yield _place(
                        page,
                        _("Its own page, with data, share image and embeds"),
                        *(
                            " ".join([found.text, found.caveat]).strip()
                            if found
                            else ""
                            for found in (before, after)
                        ),
                        label=f"{page.url}{item.slug}/",
                        url=f"{page.url}{item.slug}/",
                        is_redrawn=bool(before and after and before != after),
                        is_own_page=True,
                        statistic=item,
                        is_related=self._is_related(item.pk),
                    )

    def _is_related(self, pk):
        return self._group[pk].translation_key != self.statistic.translation_key

    def _references(self):
        own_type = ContentType.objects.get_for_model(Statistic)
        rows = ReferenceIndex.objects.filter(
            to_content_type=own_type, to_object_id__in=[str(pk) for pk in self._group]
        ).exclude(base_content_type=own_type)
        by_type = {}
        for row in rows.order_by("pk"):
            uses = by_type.setdefault(row.base_content_type_id, {})
            paths = uses.setdefault(row.object_id, {})
            paths[row.content_path, int(row.to_object_id)] = None
        for type_id, uses in by_type.items():
            model = ContentType.objects.get_for_id(type_id).model_class()
            sources = model._default_manager.filter(pk__in=list(uses))
            if model is Page:
                visible = set(public(sources).values_list("pk", flat=True))
                sources = sources.specific().order_by("path")
                sources = sources.select_related("locale", for_specific_subqueries=True)
            for source in sources:
                is_public = (
                    source.pk in visible
                    if model is Page
                    else getattr(source, "live", True)
                )
                for path, pk in uses[str(source.pk)]:
                    yield from self._uses(source, path, pk, is_public)

    def _uses(self, source, path, pk, is_public):
        """The Places of one reference: one, or one for each sentence of a text."""
        locale = getattr(source, "locale", None)
        language = locale.language_code if locale else settings.LANGUAGE_CODE
        states = self._states(language)
        both = states[pk]
        common = {"is_public": is_public, "is_related": self._is_related(pk)}
        html = html_at(source, path)
        if html is not None:

            def as_now(attributes):
                before, _after = states.get(
                    as_id(attributes.get("id", "")), (None, None)
                )
                return before.figure if before else attributes.get("text", "")

            for sentence, attributes in sentences_with(html, pk, as_now):
                with translation.override(language):
                    texts = [
                        sentence.replace(MARK, in_prose(found, attributes))
                        for found in both
                    ]
                yield _place(source, _("A sentence"), *texts, **common)
        elif isinstance(source, HomePage) and path == "hero_statistic":
            texts = (
                f"{found.number} {source.hero_words}" if found else source.hero_words
                for found in both
            )
            kind = _("The heading of the home page")
            yield _place(source, kind, *texts, **common)
        else:
            before, after = both
            yield _place(
                source,
                _("A figure in a box"),
                *(found.text if found else "" for found in both),
                is_redrawn=bool(before and after and before.drawn != after.drawn),
                **common,
            )


def _place(source, kind, before, after, **others):
    locale = getattr(source, "locale", None)
    fields = {
        "label": str(source),
        "url": getattr(source, "url", None) or "",
        "is_public": True,
        "language": locale.get_display_name() if locale else "",
        "source": source,
    }
    return Place(kind=kind, before=before, after=after, **{**fields, **others})
