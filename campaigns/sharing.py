"""The page with all that a partner needs to show a campaign, a figure or a rule."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

from csp.decorators import csp_update
from django import forms
from django.core.validators import MaxValueValidator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import (
    get_language,
    get_language_info,
    gettext,
    gettext_lazy as _,
)
from django.views.decorators.http import require_safe

from campaigns.embeds import embed_of
from campaigns.oembed import endpoint
from campaigns.providers import starts, wagtail_settings
from campaigns.views import embed_at, lead_to, moved_to
from core import cards
from core.blocks.choosers import object_batch
from core.dates import format_partial_date
from core.models.metadata import page_metadata
from core.pinned import statistic_on
from core.subjects import find_asked
from core.views import gone, serve_page

# Pixels: a column at the side, a column of text, a page of its own.
WIDTHS = (320, 480, 640)
FULL_WIDTH = "full"
AUTOMATIC = "auto"
# A second more than this is no second of a film.
LAST_SECOND = 24 * 60 * 60


class ShareForm(forms.Form):
    """What a partner may choose about a frame; the names are those of its address."""

    def __init__(self, embed, languages, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Words of a rule are those of one language.
        if len(languages) > 1 and embed.name != "quote":
            self.fields["lang"] = forms.ChoiceField(
                label=_("Language"),
                choices=[
                    (code, get_language_info(code)["name_local"]) for code in languages
                ],
            )
        self.fields["width"] = forms.ChoiceField(
            label=_("Width"),
            choices=[
                *((str(width), f"{width} px") for width in WIDTHS),
                (FULL_WIDTH, _("As wide as the place where it stands")),
            ],
        )
        if embed.kind == "rich":
            self.fields["theme"] = forms.ChoiceField(
                label=_("Colours"),
                choices=[
                    (AUTOMATIC, _("As the reader’s device prefers")),
                    ("light", _("Light")),
                    ("dark", _("Dark")),
                ],
            )
        if embed.name == "page":
            self.fields["start"] = forms.IntegerField(
                label=_("Begin at second"),
                min_value=0,
                max_value=LAST_SECOND,
                help_text=_("For example 90 to begin after a minute and a half."),
            )
        if embed.name == "statistic":
            self.fields["as-of"] = forms.DateField(
                label=_("As it stood on"),
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                input_formats=["%Y-%m-%d"],
                validators=[
                    MaxValueValidator(
                        timezone.localdate, _("Choose today or a day before it.")
                    ),
                    partial(check_was_public, embed.subject),
                ],
                help_text=_(
                    "Leave it empty, and the figure follows our corrections. A printed "
                    "or dated text may want the figure of its day."
                ),
            )
        if embed.name == "quote":
            for name in embed.subject.parameters:
                self.fields[name] = forms.CharField(widget=forms.HiddenInput)
        for field in self.fields.values():
            # A select always says something.
            field.required = isinstance(field, forms.ChoiceField)

    def chosen(self):
        """{name: value} of what was chosen and can be, as an address has it."""
        self.full_clean()
        found = {name: self.cleaned_data.get(name) for name in self.fields}
        return {
            name: str(value)
            for name, value in found.items()
            if value and value != AUTOMATIC
        }


def check_was_public(statistic, day):
    """Refuse a day (a date) on which readers did not see the figure."""
    if day <= timezone.localdate() and statistic_on(statistic, day) is None:
        words = format_partial_date(day.isoformat(), get_language())
        raise forms.ValidationError(
            _(
                "This figure was not published on %(date)s. Choose another day, or leave it "
                "empty."
            )
            % {"date": words}
        )


@require_safe
@csp_update({"frame-src": ["'self'"]})
def share(request, path):
    """
    The address, the code, a preview, and what to do with them, for one subject.

    `?lang=`, `?theme=`, `?width=`, `?start=` and `?as-of=` are chosen in its form,
    which needs no script; what cannot be is an error there, and left out. `?part=` and
    `?excerpt=` make words of a rule the subject, if they are its own.
    """
    try:
        subject = find_asked(request, path, request.GET)
    except Http404:
        subject = None
    found = embed_of(request, subject)
    if found is None:
        with suppress(Http404):
            # A page of ours may be named “share”.
            return serve_page(request, f"{path}share/")
        with suppress(Http404):
            old = request.path.removesuffix("share/")
            moved, _language = moved_to(request, old, request.GET)
            return lead_to(request, moved, "share/")
        answer = gone(request, path)
        if answer is None:
            raise Http404
        return answer
    context = surroundings(request, found)
    languages = [link["code"] for link in context["languages"] if link["translated"]]
    asked = {name: value for name, value in request.GET.items() if value}
    form = ShareForm(
        found, languages, usual(request, found) | asked, auto_id="share-%s"
    )
    embed = chosen_embed(request, found, form.chosen())
    context |= {
        "form": form,
        "embed": embed,
        "shown_at": shown_at(embed, found),
        # There is no picture of a past day.
        "downloads": [] if embed.is_pinned else downloads(embed),
        "tracks": getattr(subject, "tracks", []),
        "script": f'<script async src="{request.build_absolute_uri("/embed.js")}"></script>',
        **provider_context(request),
    }
    with object_batch():
        response = render(request, "campaigns/share.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def surroundings(request, found):
    """The context of the head, the navigation and the breadcrumbs, as far as the page goes."""
    tree = request.page_tree
    in_library = bool(tree.suffix)
    translated = tree.translations
    tree.suffix += "share/"
    subject = {
        "title": gettext("Put “%(title)s” on your site") % {"title": found.title},
        "summary": gettext(
            "The address, the code, the pictures, and what to do with them in WordPress, "
            "Ghost, Drupal, Wagtail, Notion and plain HTML."
        ),
        "item": found.subject,
        "structured_data": lambda request, address: {
            "@type": "WebPage",
            "@id": address,
            "url": address,
        },
    }
    context = page_metadata(request, tree.page, subject) | tree.context()
    crumbs = context["breadcrumbs"]
    if in_library:
        crumbs.append({"title": found.title, "url": found.asked_address})
    crumbs.append({"title": gettext("Put it on your site"), "url": ""})
    for link in context["languages"]:
        link["translated"] = link["code"] in translated
    # It is not for search engines.
    context["alternates"] = []
    return context


def usual(request, found):
    """What the form begins with."""
    return {
        "lang": request.LANGUAGE_CODE,
        "width": str(found.width),
        "theme": AUTOMATIC,
    }


def chosen_embed(request, found, chosen):
    """The Embed with what was chosen, in the language that was chosen."""
    width = chosen.get("width")
    if chosen.get("lang") == request.LANGUAGE_CODE:
        del chosen["lang"]
    asked = embed_of(request, found.subject, chosen)
    if "lang" in chosen:
        # A translation may lack the words or the day: then this language is offered.
        with suppress(Http404):
            asked, _language = embed_at(request, asked.asked_address)
    if width == FULL_WIDTH:
        return replace(asked, fills=True)
    return asked.as_wide_as(int(width)) if width else asked


def shown_at(embed, found):
    """The full address where readers see what is named: a past day stands in its frame."""
    if embed.is_pinned:
        return embed.frame_address
    return replace(embed, query=found.query).asked_address


def provider_context(request):
    """What an administrator types once, so that addresses are enough."""
    addresses = starts(request.build_absolute_uri("/"))
    return {
        "provider": {
            "endpoint": endpoint(request),
            "schemes": "\n".join(f"{address}*" for address in addresses),
        },
        "wagtail_settings": wagtail_settings(endpoint(request), addresses),
    }


def downloads(found):
    """The share image in each of its sizes: [{"url", "width", "height"}]."""
    card = found.card_address
    joint = "&" if "?" in card else "?"
    return [
        {
            "url": f"{card}{joint}width={width}",
            "width": width,
            "height": width * cards.HEIGHT // cards.WIDTH,
        }
        for width in cards.WIDTHS
    ]
