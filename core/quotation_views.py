"""What the editor of a quotation asks for while it is written, as JSON."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from core.models import Rule
from core.quotations import State, judge, sentence

NAME = "rule_words"


@require_POST
def rule_words(request, pk):
    """
    The text of a rule by its parts, and what an excerpt of it is worth.

    Posted: `paragraph` and `excerpt`, both may be empty. Answer: `citation`, `url`
    (where the rule is edited), `parts` ([{"reference", "label", "text"}]), `state` (of
    core.quotations.State, or "" without an excerpt), `message` and `problems`
    ([{"message", "differences": [{"kind", "words"}], "typed", "exact"}]).
    """
    rule = get_object_or_404(Rule.objects.select_related("instrument"), pk=pk)
    paragraph = request.POST.get("paragraph", "").strip()
    excerpt = request.POST.get("excerpt", "")
    adapted = bool(request.POST.get("adapted"))
    judgement = judge(rule, paragraph, excerpt, adapted=adapted)
    is_empty = not excerpt.strip()
    viewset = Rule.snippet_viewset
    return JsonResponse(
        {
            "citation": rule.citation,
            "url": reverse(viewset.get_url_name("edit"), args=[rule.pk]),
            "parts": list(lines_of(rule)),
            "state": "" if is_empty else judgement.state,
            "message": message_of(rule, judgement, is_empty=is_empty),
            "problems": []
            if is_empty
            else [
                {
                    "message": sentence(problem),
                    "differences": [vars(part) for part in problem.differences],
                    "typed": problem.typed,
                    "exact": problem.exact,
                }
                for problem in judgement.problems
            ],
        }
    )


def lines_of(rule):
    """Each line of the rule, and the paragraph or lettered item that it belongs to."""
    for paragraph in rule.paragraphs:
        number = paragraph.number
        label = f"{number}." if number else ""
        yield {"reference": number, "label": label, "text": paragraph.text}
        for item in paragraph.items:
            letter = f"({item.letter})"
            yield {"reference": f"{number}{letter}", "label": letter, "text": item.text}
        if paragraph.tail:
            yield {"reference": number, "label": "", "text": paragraph.tail}


def message_of(rule, judgement, *, is_empty):
    """What an editor reads beside the excerpt, in one sentence."""
    if not rule.text:
        return gettext(
            "The text of this rule is not stored, so the words cannot be verified. "
            "Readers are told so."
        )
    if judgement.no_paragraph:
        return judgement.no_paragraph
    if is_empty:
        return gettext("Choose a part, or select words in the text and use them.")
    if any(problem.reason == "not_stored" for problem in judgement.problems):
        return gettext("These words are not in what is stored of the rule:")
    return {
        State.EXACT: gettext("These are the words of the rule."),
        State.ADAPTED: gettext("Readers are told that the words are adapted."),
        State.UNVERIFIED: gettext(
            "This part of the rule is not stored, so the words cannot be verified. "
            "Readers are told so."
        ),
        State.BROKEN: gettext("These are not the words of the rule:"),
    }[judgement.state]


urlpatterns = [path("rule-words/<int:pk>/", rule_words, name=NAME)]
