"""What can only be judged of a statistic together with its values and its neighbours.

Nothing here needs a form: what staff type and what a file brings are checked alike.
"""

from itertools import pairwise

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from wagtail.models import Revision

from core.arithmetic import share_problems
from core.dates import format_partial_date
from core.formats import format_number
from core.models.observations import in_order, of_same_period
from core.models.sources import Source
from core.models.statistic_choices import Form, Status

# Years between a part and its whole from which on they may no longer fit together.
FAR_APART = 5
# Two values in a row differ so much only when a “thousand” is missing.
LEAP = 100


# Django reads no form with more fields than DATA_UPLOAD_MAX_NUMBER_FIELDS, and each
# observation has ten: with many more than this nobody could edit the statistic.
MAX_OBSERVATIONS = 500


def check_rows(
    rows, form, whole=None, parts=(), needs_sources=False, is_published=False
):
    """
    Add an error to each row that cannot be true beside the others.

    `rows` are all observations of a statistic: the forms of its formset, or what
    has their `instance`, `is_valid()` and `add_error(field, message)`. With
    `is_published` readers are to see them, and so their sources. The others are as in
    `find_problems`.
    """
    valid = {id(row.instance): row for row in rows if row.is_valid()}
    observations = [row.instance for row in valid.values()]
    if needs_sources:
        message = gettext(
            "A figure needs its source before it is published. If nobody knows it, set the "
            "status to “Source needs checking”: readers are then told."
        )
        for row in valid.values():
            if not row.instance.source_id:
                row.add_error("source", message)
    if is_published:
        hidden = _hidden_sources(observations)
        message = gettext(
            "This source is not published, so readers cannot be sent to it. Publish it first, "
            "or choose another."
        )
        for row in valid.values():
            if row.instance.source_id in hidden:
                row.add_error("source", message)
    for observation, name, message in find_problems(observations, form, whole, parts):
        valid[id(observation)].add_error(name, message)


def _hidden_sources(observations):
    """The ids of their sources that are not published, in one query."""
    ids = {observation.source_id for observation in observations} - {None}
    hidden = Source.objects.filter(pk__in=ids, live=False)
    return set(hidden.values_list("pk", flat=True))


def find_problems(observations, form, whole=None, parts=()):
    """
    Return (observation, field name, message) for all that cannot be true.

    `observations` are those that the statistic will have, saved or not; `whole` is
    what it is a part of, `parts` the statistics that are shares of it.
    """
    found, seen = [], set()
    for observation in observations:
        observation.statistic_form, observation.whole = form, whole
        for name, message in observation.problems().items():
            found.append((observation, name, message))
        if observation.years in seen:
            message = gettext("There is already an observation for this period.")
            found.append((observation, "year", message))
        seen.add(observation.years)
    return [*found, *_parts_that_no_longer_fit(observations, parts)]


def _parts_that_no_longer_fit(observations, parts):
    values = in_order(observations)
    for part in parts if values else ():
        for of_part in part.observations.all():
            own = of_same_period(of_part, values)
            if share_problems(of_part.value, own.value):
                message = gettext(
                    "“%(part)s” is a part of this and would no longer fit: %(value)s of "
                    "%(whole)s. Is this right? Then correct the part first."
                ) % {
                    "part": part,
                    "value": format_number(of_part.value, get_language()),
                    "whole": format_number(own.value, get_language()),
                }
                yield own, "value", message


def leads_back(statistic, name):
    """
    Whether a chain of statistics returns to where it began.

    `name` is the field that makes the chain, “superseded_by” or “whole”. Drafts
    count beside what is published: two of them could close the chain when they are
    published one after the other, where nobody is left to be told.
    """
    start = getattr(statistic, name)
    if start is None or not statistic.is_original:
        return False
    model = type(statistic)
    keys = dict(model.objects.values_list("pk", "translation_key"))
    # A translation may keep what its original said when it was made.
    originals = set(model.objects.originals().values_list("pk", flat=True))
    stored = model.objects.filter(**{f"{name}__isnull": False})
    drafts = Revision.objects.filter(
        Q(pk__in=model.objects.values("latest_revision"))
        | Q(approved_go_live_at__isnull=False),
        base_content_type=statistic.get_base_content_type(),
    )
    links = [
        *stored.values_list("pk", name),
        *drafts.values_list("object_id", f"content__{name}"),
    ]
    following = {}
    for pk, other in links:
        if int(pk) in originals and other in keys:
            following.setdefault(keys[int(pk)], set()).add(keys[other])
    following[statistic.translation_key] = set()
    seen, ahead = set(), {start.translation_key}
    while ahead:
        step = ahead.pop()
        seen.add(step)
        ahead |= following.get(step, set()) - seen
    return statistic.translation_key in seen


def _taken_down_in(statistic):
    """The languages in which an original has been public, and is so no more."""
    if not statistic.is_original:
        return []
    gone = statistic.get_translations().filter(
        live=False, first_published_at__isnull=False
    )
    return [str(item.locale) for item in gone.select_related("locale")]


def find_warnings(statistic):
    """Sentences on what may be true, but that an editor should look at again."""
    observations = in_order(statistic.observations.all())
    if not observations:
        return []
    newest = observations[-1]
    found = []
    if newest.year > timezone.localdate().year:
        found.append(
            gettext(
                "The year %(year)s has not come yet. If the figure is not a forecast, correct "
                "the year; if it is, say so in the statement."
            )
            % {"year": newest.year}
        )
    if statistic.is_overdue:
        date = format_partial_date(statistic.next_expected.isoformat(), get_language())
        found.append(
            gettext(
                "The next value was expected on %(date)s. Until there is one, readers see "
                "“as of %(year)s” beside this figure."
            )
            % {"date": date, "year": newest.year}
        )
    if languages := _taken_down_in(statistic):
        found.append(
            gettext(
                "It was taken down in %(languages)s too, and is not public there yet: until "
                "its translations are published, readers see it in the site’s own language."
            )
            % {"languages": ", ".join(languages)}
        )
    if statistic.status == Status.CURRENT and statistic.superseded_by_id:
        found.append(
            gettext(
                "A newer figure is chosen, but the status is “Current”: readers are not "
                "sent to the newer one. Set it to “Superseded”, or clear the newer figure."
            )
        )
    if statistic.form == Form.SHARE and statistic.whole_id:
        _number, year = newest.denominator(statistic.whole)
        if year and abs(newest.year - year) > FAR_APART:
            found.append(
                gettext(
                    "The part is of %(part)s and its whole of %(whole)s. If there are values "
                    "of the same year, enter them; if not, say so in the caveat."
                )
                % {"part": newest.year, "whole": year}
            )
    if statistic.form in (Form.NUMBER, Form.SHARE):
        for before, after in pairwise(observations):
            low, high = sorted((before.value, after.value))
            if low > 0 and high / low >= LEAP:
                found.append(
                    gettext(
                        "The values of %(before)s and %(after)s differ by a factor of more "
                        "than %(leap)d. Is a “thousand” or a “million” missing in one?"
                    )
                    % {"before": before.period, "after": after.period, "leap": LEAP}
                )
    return found
