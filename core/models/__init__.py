from core.models.contact import ContactFormField, ContactPage
from core.models.content_record import ContentRecord
from core.models.facts_page import FactsPage
from core.models.images import Image, Rendition
from core.models.observations import Observation
from core.models.pages import HomePage, IssueIndexPage, IssuePage, Mark, StandardPage
from core.models.rules import Instrument, OfficialText, Rule
from core.models.rules_page import RulesPage
from core.models.settings import SiteSettings
from core.models.sources import Source
from core.models.statistic_form import Status
from core.models.statistics import Statistic
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
