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
    "quoted-rule": "/rules/mandela/43/?part=1-b",
    "misquoted-rule": "/rules/mandela/43/?excerpt=In+all+circumstances+may",
    "facts": "/facts/",
    "fact": "/facts/people-behind-bars/",
    "campaigns": "/campaigns/",
    "campaign": "/campaigns/nightmare/",
    "share-film": "/campaigns/nightmare/share/",
    "share-fact": "/facts/people-behind-bars/share/",
    "partners": "/partners/",
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
    "embedded-quote": "/rules/mandela/43/embed/?part=1-b",
    "embedded-campaign": "/campaigns/nightmare/embed/",
}
ALL = PAGES | EMBEDS
