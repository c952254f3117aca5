from core.models.contact import ContactFormField, ContactPage
from core.models.content_record import ContentRecord
from core.models.images import Image, Rendition
from core.models.library import FactsPage, RulesPage
from core.models.pages import HomePage, IssueIndexPage, IssuePage, Mark, StandardPage
from core.models.rules import Instrument, OfficialText, Rule
from core.models.settings import SiteSettings
from core.models.statistics import Observation, Source, Statistic, Status
from core.models.users import User

__all__ = [
    "ContactFormField",
    "ContactPage",
    "ContentRecord",
    "FactsPage",
    "HomePage",
    "Image",
    "Instrument",
    "IssueIndexPage",
    "IssuePage",
    "Mark",
    "Observation",
    "OfficialText",
    "Rendition",
    "Rule",
    "RulesPage",
    "SiteSettings",
    "Source",
    "StandardPage",
    "Statistic",
    "Status",
    "User",
]
