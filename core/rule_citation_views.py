"""What the check of a text asks for while it is written: the rules that it cites."""

import json

from django.http import JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.blocks.choosers import as_id
from core.cited_rules import PlainText, look_up

NAME = "rule_citations"
# Characters of all texts together: several times those of a long page.
LONGEST = 100_000
# How much of the sentence is shown on either side, in characters.
AROUND = 40


@require_POST
def rule_citations(request):
    """
    The rules that texts cite in words.

    Posted as JSON: {"texts": [{"text", "rules"}]}, where an empty line separates the
    paragraphs of a text and `rules` are the ids of the rules it links. Answer:
    {"texts": [[{"start", "end", "words", "before", "after", "is_bare", "rules"}]]} in the
    same order, with `rules` a list of {"start", "end", "title", "notes", "entity"}.
    Places count code points of the text. `entity` is what the editor keeps of a link,
    or null if there is no such rule.

    400 for anything else than that, 413 for more than LONGEST characters; `error` says so.
    """
    try:
        texts = read_texts(request.body)
    except ValueError:
        return error_answer(_("The texts could not be read."), 400)
    if sum(len(text.text) for text in texts) > LONGEST:
        return error_answer(_("The page is too long to be checked."), 413)
    found = [
        [as_data(text.text, citation) for citation in citations]
        for text, citations in zip(texts, look_up(texts), strict=True)
    ]
    return JsonResponse({"texts": found})


def read_texts(body):
    """Raises ValueError for what is not as `rule_citations` says."""
    try:
        return [
            PlainText(text_of(posted), ids_of(posted))
            for posted in json.loads(body)["texts"]
        ]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError from error


def text_of(posted):
    if not isinstance(posted["text"], str):
        raise TypeError
    return posted["text"]


def ids_of(posted):
    return frozenset({as_id(str(pk)) for pk in posted["rules"]} - {None})


def error_answer(reason, status):
    return JsonResponse({"error": reason}, status=status)


def as_data(text, citation):
    """A citation in a text, as the answer has it."""
    return {
        "start": citation.start,
        "end": citation.end,
        "words": citation.words,
        "before": shortened(text[: citation.start].rpartition("\n\n")[2], -AROUND),
        "after": shortened(text[citation.end :].partition("\n\n")[0], AROUND),
        "is_bare": citation.is_bare,
        "rules": [
            {
                "start": found.cited.start,
                "end": found.cited.end,
                "title": found.known.title if found.known.rule else "",
                "notes": list(found.known.notes),
                "entity": found.known.entity if found.known.rule else None,
            }
            for found in citation.rules
        ],
    }


def shortened(text, length):
    """The end of a text (a negative length) or its beginning, cut between words."""
    if len(text) <= abs(length):
        return text
    if length < 0:
        return f"…{text[length:].partition(' ')[2]}"
    return f"{text[:length].rpartition(' ')[0]}…"


urlpatterns = [path("rule-citations/", rule_citations, name=NAME)]
