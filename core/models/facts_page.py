from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path, re_path

from core import data
from core.blocks.choosers import fetch_one
from core.models import citations
from core.models.library import LibraryPage, add_subject
from core.models.pages import IssuePage
from core.models.statistic_choices import Status
from core.models.statistics import Statistic
from core.privacy import public
from core.responses import shared
from core.usage import public_pages, references_to


class FactsPage(LibraryPage):
    """All published statistics, and a page, data and citations of each."""

    permanent_slug = "facts"

    class Meta:
        verbose_name = _("facts")

    @path("", name="index")
    def index(self, request):
        statistics = self.statistics()
        issues = self._issues(statistics)
        issue = request.GET.get("issue", "")
        status = request.GET.get("status", "")
        chosen = [
            statistic
            for statistic in statistics
            if (not issue or issue in statistic.issue_slugs)
            and (not status or statistic.facts.status == status)
        ]
        known = {"", *(page.slug for page in issues)}
        if issue not in known or status not in {"", *Status.values}:
            raise Http404
        return self.render(
            request,
            template="core/facts_index.html",
            context_overrides={
                "statistics": chosen,
                "csv_url": reverse("all_facts", args=["csv"]),
                "json_url": reverse("all_facts", args=["json"]),
                "schema_url": data.schema_url(request, "facts"),
                "issue_filters": self._filters(
                    request,
                    "issue",
                    issue,
                    [(page.slug, page.title) for page in issues],
                    status=status,
                ),
                "status_filters": self._filters(
                    request,
                    "status",
                    status,
                    [
                        (value, label)
                        for value, label in Status.choices
                        if any(item.facts.status == value for item in statistics)
                    ],
                    issue=issue,
                ),
                "is_filtered": bool(issue or status),
            },
        )

    @path("<slug:slug>/", name="statistic")
    def statistic(self, request, slug):
        return self.render(
            request,
            template="core/statistic.html",
            context_overrides=statistic_context(self.find_statistic(slug), self.locale),
        )

    @path("<slug:slug>.json/", name="statistic_json")
    def statistic_json(self, request, slug):
        statistic = self.find_statistic(slug)
        return data.facts_response(request, data.statistic_as_data(request, statistic))

    @path("<slug:slug>.csv/", name="statistic_csv")
    def statistic_csv(self, request, slug):
        return data.csv_response(request, slug, [self.find_statistic(slug)])

    @re_path(r"^(?P<slug>[-\w]+)\.(?P<extension>bib|ris|csl\.json)/$", name="citation")
    def citation(self, request, slug, extension):
        """The source of a statistic as a file for a reference manager."""
        work = citations.work_of_statistic(self.find_statistic(slug))
        if work is None:
            raise Http404
        _name, media_type, write = citations.FORMATS[extension]
        response = HttpResponse(
            write(work), content_type=f"{media_type}; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{slug}.{extension}"'
        return shared(request, response)

    def statistics(self):
        """Every published statistic, in this page's language where it is translated."""
        shown = Statistic.objects.shown_in(self.locale).values_list("pk", flat=True)
        statistics = Statistic.fetch_for_display(list(shown)).values()
        return [statistic for statistic in statistics if statistic.headline]

    def find_statistic(self, slug):
        """The published statistic in this page's language, or in the default one. Else Http404."""
        shown = Statistic.objects.shown_in(self.locale).filter(slug=slug)
        statistic = fetch_one(Statistic, shown.values_list("pk", flat=True).first())
        if statistic is None or not statistic.headline:
            raise Http404
        return statistic

    def _issues(self, statistics):
        """The issues that these statistics belong to, and on each statistic its slugs."""
        through = Statistic.issues.through
        pairs = through.objects.filter(
            statistic_id__in=[statistic.facts.pk for statistic in statistics]
        ).values_list("statistic_id", "issuepage_id")
        pages = public(
            IssuePage.objects.filter(pk__in={page for _statistic, page in pairs})
        ).order_by("path")
        slugs = {page.pk: page.slug for page in pages}
        for statistic in statistics:
            statistic.issue_slugs = {
                slugs[page]
                for owner, page in pairs
                if owner == statistic.facts.pk and page in slugs
            }
        return list(pages)

    def _filters(self, request, name, chosen, choices, **others):
        """Links that narrow the list by one property and keep the other's choice."""
        kept = {key: value for key, value in others.items() if value}
        links = []
        for value, label in [("", _("All")), *choices]:
            query = {**kept, **({name: value} if value else {})}
            address = self.get_url(request)
            if query:
                address += f"?{urlencode(query)}"
            links.append({"label": label, "url": address, "current": value == chosen})
        return links


def statistic_context(statistic, locale):
    """All that the page of a statistic shows in one language."""
    originals = {statistic.pk, statistic.facts.pk}
    pages = set().union(*references_to(Statistic, originals).values())
    return {
        "statistic": statistic,
        "used_on": public_pages(pages, locale),
        "citations": citations.of_statistic(statistic),
        "subject": {
            "title": statistic.cautious_title,
            "summary": f"{statistic.cautious_title}. {statistic.source_line}.",
            "path": statistic.url,
            "structured_data": statistic.structured_data,
            "item": statistic,
        },
        "crumbs": [
            {
                "title": statistic.spoken_figure,
                "url": "",
                "language": statistic.language,
            }
        ],
    }


def statistic_preview_context(request, statistic):
    page = FactsPage.objects.filter(locale=statistic.locale).first()
    page = page or FactsPage.objects.first()
    if page is None or not statistic.headline:
        return {"statistic": statistic}
    context = {**page.get_context(request), **statistic_context(statistic, page.locale)}
    add_subject(request, page, context)
    return context
