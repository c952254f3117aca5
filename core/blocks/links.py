from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks.choosers import DocumentChooserBlock, PageChooserBlock


class LinkValue(blocks.StructValue):
    @cached_property
    def address(self):
        """Where it leads; "" when the page is gone, unpublished or was never chosen."""
        page = self.get("page")
        if page:
            return page.url if page.live else ""
        return self.get("url") or ""

    @cached_property
    def text(self):
        page = self.get("page")
        return self.get("label") or (page.title if page else self.get("url"))


class LinkBlock(blocks.StructBlock):
    page = PageChooserBlock(
        required=False,
        label=_("Page of this site"),
        help_text=_(
            "Keeps working when the page moves. Leave empty for an address elsewhere."
        ),
    )
    url = blocks.URLBlock(required=False, label=_("Address elsewhere"))
    label = blocks.CharBlock(
        required=False,
        label=_("Words of the link"),
        help_text=_(
            "Say what it does – for example “Read the rule”. Empty: the page's title."
        ),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{label}"
        value_class = LinkValue

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        errors = {}
        if not value.get("page") and not value.get("url"):
            errors["page"] = ValidationError(_("Choose a page or enter an address."))
        if value.get("page") and value.get("url"):
            errors["url"] = ValidationError(
                _("Choose either a page or an address elsewhere, not both.")
            )
        if value.get("url") and not value.get("label"):
            errors["label"] = ValidationError(_("An address elsewhere needs words."))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Sentence"),
        help_text=_(
            "Why a reader should go on – for example “All facts, with sources.”"
        ),
    )
    link = LinkBlock(label=_("Link"))

    class Meta:
        icon = "arrow-right-full"
        label = _("Call to action")
        label_format = "{text}"
        description = _("One sentence and a button that leads on.")
        template = "core/blocks/call_to_action.html"
        preview_value = {
            "text": "Every figure here has a source.",
            "link": {
                "page": None,
                "url": "https://example.org/",
                "label": "See the facts",
            },
        }


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        required=False,
        label=_("Words of the link"),
        help_text=_("Empty: the document's title."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        label_format = "{title}"


class DocumentsBlock(blocks.StructBlock):
    documents = blocks.ListBlock(DocumentBlock(), min_num=1, label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Files to download, with their type and size.")
        template = "core/blocks/documents.html"
        preview_template = "core/blocks/documents_preview.html"
        preview_value = {"documents": []}
