"""One address of each kind of page, as the content that ships has it."""

PAGES = {
    "home": "/",
    "issues": "/issues/",
    "issue": "/issues/solitary-confinement/",
    "crisis": "/the-crisis/",
    "about": "/about/",
    "rules": "/rules/",
    "instrument": "/rules/mandela/",
    "rule": "/rules/mandela/43/",
    "facts": "/facts/",
    "fact": "/facts/people-behind-bars/",
    "campaigns": "/campaigns/",
    "campaign": "/campaigns/nightmare/",
    "contact": "/contact/",
    "search": "/search/",
    "results": "/search/?q=solitary",
    "no-results": "/search/?q=xyzzy",
    "not-found": "/nothing-here/",
    "arabic-home": "/ar/",
}
EMBEDS = {
    "embedded-fact": "/facts/people-behind-bars/embed/",
    "embedded-rule": "/rules/mandela/43/embed/",
    "embedded-campaign": "/campaigns/nightmare/embed/",
}
ALL = PAGES | EMBEDS
