import logging
from datetime import timedelta
from http import HTTPMethod
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponseForbidden
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.forms import FormBuilder, WagtailAdminFormPageForm
from wagtail.contrib.forms.models import (
    AbstractFormField,
    EmailFormMixin,
    FormMixin,
)
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.contrib.forms.views import SubmissionsListView

from core.data import disarm
from core.models.base import BasePage
from core.models.settings import SiteSettings
from core.page_forms import PageForm

logger = logging.getLogger(__name__)

MAX_MESSAGE_LENGTH = 5000
# Far above what an organisation of this kind receives, far below what fills a disk.
MAX_MESSAGES_AN_HOUR = 60
# No field that staff add can have this name: theirs have no hyphens.
HONEYPOT = "web-site"
INPUT_FORMATS = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M"}
CHOICE_FIELDS = ("checkboxes", "dropdown", "multiselect", "radio")


class ContactFormField(AbstractFormField):
    page = ParentalKey(
        "core.ContactPage", related_name="form_fields", on_delete=models.CASCADE
    )

    def get_field_clean_name(self):
        """Wagtail's, which may be empty (🙂) or longer than its column (Arabic)."""
        return super().get_field_clean_name()[:255] or "field"

    def clean(self):
        super().clean()
        if self.field_type in CHOICE_FIELDS and not self.choices.strip(", \n\r\t"):
            raise ValidationError(
                {
                    "choices": _(
                        "Write what readers can choose from, one a line – for example "
                        "“A figure” and “A campaign”."
                    )
                }
            )


class ContactPageForm(PageForm, WagtailAdminFormPageForm):
    pass


class ContactFormBuilder(FormBuilder):
    def create_dropdown_field(self, field, options):
        """Nothing is chosen until the reader chooses it."""
        choices = self.get_formatted_field_choices(field)
        options["choices"] = [("", gettext("Please choose")), *choices]
        return forms.ChoiceField(**options)

    def create_date_field(self, field, options):
        return forms.DateField(widget=_input("date"), **options)

    def create_datetime_field(self, field, options):
        return forms.DateTimeField(widget=_input("datetime-local"), **options)

    def create_multiline_field(self, field, options):
        options["max_length"] = MAX_MESSAGE_LENGTH
        return super().create_multiline_field(field, options)

    @property
    def formfields(self):
        fields = super().formfields
        fields[HONEYPOT] = forms.CharField(
            required=False,
            label=_("Leave this field empty"),
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )
        return fields


def _input(kind):
    """The browser's own calendar, which sends what Django understands everywhere."""
    widget = forms.DateInput if kind == "date" else forms.DateTimeInput
    return widget(format=INPUT_FORMATS[kind], attrs={"type": kind})


class ContactSubmissionsView(SubmissionsListView):
    def to_row_dict(self, item):
        row = super().to_row_dict(item)
        return {key: disarm(value) for key, value in row.items()}


class ContactPage(EmailFormMixin, FormMixin, BasePage):
    """
    A form that stores messages and mails them, without a cookie.

    There is nothing to forge: the form acts on no account. It refuses posts
    that come from another site's page, silently drops what fills the field that
    people do not see, and stops at a number of messages an hour.
    """

    parent_page_types = ["core.HomePage"]
    subpage_types = []
    template = "core/contact_page.html"
    landing_page_template = "core/contact_page_landing.html"
    base_form_class = ContactPageForm
    form_builder = ContactFormBuilder
    submissions_list_view_class = ContactSubmissionsView

    intro = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_(
            "What readers can write about – for example “a figure that is wrong”."
        ),
    )
    thank_you_text = models.TextField(
        _("thank-you text"),
        blank=True,
        help_text=_("What happens next – for example “We answer within a week.”"),
    )

    content_panels = [
        FormSubmissionsPanel(),
        *BasePage.content_panels,
        "intro",
        InlinePanel("form_fields", heading=_("Fields"), label=_("field"), min_num=1),
        FieldPanel("thank_you_text"),
        MultiFieldPanel(["to_address", "from_address", "subject"], heading=_("E-mail")),
    ]
    schema_type = "ContactPage"
    allowed_http_methods = [*BasePage.allowed_http_methods, HTTPMethod.POST]

    class Meta:
        verbose_name = _("contact form")

    def serve(self, request, *args, **kwargs):
        if request.method != "POST":
            if "sent" in request.GET:
                return self.render_landing_page(request)
            return self._form_response(request, self.get_form(page=self))
        if not is_from_here(request):
            return HttpResponseForbidden(
                gettext("This form can only be sent from its own page."),
                content_type="text/plain",
            )
        form = self.get_form(request.POST, page=self)
        if not form.is_valid():
            return self._form_response(request, form, status=422)
        if form.cleaned_data.pop(HONEYPOT):
            return redirect(f"{self.get_url(request)}?sent")
        if self._is_flooded():
            form.add_error(
                None,
                gettext(
                    "We are receiving too many messages. Please try again in an hour."
                ),
            )
            return self._form_response(request, form, status=429)
        self.process_form_submission(form)
        return redirect(f"{self.get_url(request)}?sent")

    def process_form_submission(self, form):
        if not self.to_address:
            self.to_address = SiteSettings.for_site(self.get_site()).contact_email
        return super().process_form_submission(form)

    def get_form_parameters(self):
        # Labels get ids of their own: “name” is also a property of every form element.
        return {"auto_id": "contact-%s"}

    def _form_response(self, request, form, status=200):
        context = self.get_context(request)
        context["form"] = form
        return TemplateResponse(
            request, self.get_template(request), context, status=status
        )

    def _is_flooded(self):
        since = timezone.now() - timedelta(hours=1)
        submissions = self.get_submission_class().objects.filter(
            page=self, submit_time__gt=since
        )
        return submissions.count() >= MAX_MESSAGES_AN_HOUR

    def send_mail(self, form):
        """A message that is stored is received, whatever the mail server says."""
        try:
            super().send_mail(form)
        except OSError:
            logger.exception("A contact message was not mailed.")


def is_from_here(request) -> bool:
    """Whether a post comes from a page of this site, or from what names no page at all."""
    origin = request.headers.get("origin") or request.headers.get("referer")
    if not origin:
        return True
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False
