from core.models.contact import ContactFormField, ContactPage
from core.models.content_record import ContentRecord
from core.models.facts_page import FactsPage
from core.models.home_page import HomePage
from core.models.images import Image, Rendition
from core.models.imports import ImportedRow, ImportedStatistic, ObservationImport
from core.models.instruments import Instrument, OfficialText
from core.models.observations import Observation
from core.models.pages import IssueIndexPage, IssuePage, Mark, StandardPage
from core.models.related_rules import RelatedRule
from core.models.rules import Rule
from core.models.rules_page import RulesPage
from core.models.second_person import SecondPersonTask
from core.models.settings import Framing, SiteSettings
from core.models.sources import Source
from core.models.statistic_choices import Status
from core.models.statistics import Statistic
from core.models.upkeep import AddressCheck, Finding, FindingKind, ProseNumber
from core.models.users import User

__all__ = [
    "AddressCheck",
    "ContactFormField",
    "ContactPage",
    "ContentRecord",
    "FactsPage",
    "Finding",
    "FindingKind",
    "Framing",
    "HomePage",
    "Image",
    "ImportedRow",
    "ImportedStatistic",
    "Instrument",
    "IssueIndexPage",
    "IssuePage",
    "Mark",
    "Observation",
    "ObservationImport",
    "OfficialText",
    "ProseNumber",
    "RelatedRule",
    "Rendition",
    "Rule",
    "RulesPage",
    "SecondPersonTask",
    "SiteSettings",
    "Source",
    "StandardPage",
    "Statistic",
    "Status",
    "User",
]
