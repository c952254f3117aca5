from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    NUMBER = "number", _("A number – 11 million people")
    PERCENT = "percent", _("A percentage – 83%")
    ONE_IN = "one_in", _("One in N – 1 in 5")
    SHARE = "share", _("A share of a whole – 22 of 24 hours")
    CHANGE = "change", _("A change between two years – +20%")


class Qualifier(models.TextChoices):
    EXACT = "", _("exactly")
    ABOUT = "about", _("about")
    MORE_THAN = "more_than", _("more than")
    ALMOST = "almost", _("almost")
    AT_LEAST = "at_least", _("at least")
    LESS_THAN = "less_than", _("less than")
    UP_TO = "up_to", _("up to")


class Status(models.TextChoices):
    CURRENT = "current", _("Current")
    HISTORIC = "historic", _("Historic")
    SUPERSEDED = "superseded", _("Superseded")
    NEEDS_CHECK = "needs_check", _("Source needs checking")
