"""Words of rules that quotations are compared with, and quotations that people wrote."""

from core.quotes import check_excerpt

RULE_4 = (
    "1. The purposes of a sentence of imprisonment or similar measures deprivative of "
    "a person’s liberty are primarily to protect society against crime and to reduce "
    "recidivism. Those purposes can be achieved only if the period of imprisonment is "
    "used to ensure, so far as possible, the reintegration of such persons into "
    "society upon release so that they can lead a law-abiding and self-supporting life."
)
RULE_24 = (
    "2. Health-care services should be organized in close relationship to the general "
    "public health administration and in a way that ensures continuity of treatment "
    "and care, including for HIV, tuberculosis and other infectious diseases, as well "
    "as for drug dependence."
)
RULE_43 = """\
1. In no circumstances may restrictions or disciplinary sanctions amount to torture or \
other cruel, inhuman or degrading treatment or punishment. The following practices, in \
particular, shall be prohibited:
(a) Indefinite solitary confinement;
(b) Prolonged solitary confinement;
(c) Placement of a prisoner in a dark or constantly lit cell;
(d) Corporal punishment or the reduction of a prisoner’s diet or drinking water;
(e) Collective punishment."""
RULE_44 = (
    "For the purpose of these rules, solitary confinement shall refer to the "
    "confinement of prisoners for 22 hours or more a day without meaningful human "
    "contact. Prolonged solitary confinement shall refer to solitary confinement for a "
    "time period in excess of 15 consecutive days."
)
RULE_104 = (
    "2. So far as practicable, the education of prisoners shall be integrated with the "
    "educational system of the country so that after their release they may continue "
    "their education without difficulty."
)
# Not the words of an instrument: the shapes that the five rules above do not have.
MADE_UP = """\
The first of two paragraphs
without a number.
1. A list of sentences:
(a) One stands here.
(b) Another stands “there”, and
(c) The last
2. It goes on (in brackets). No more."""

# As the present home page of the network quotes them.
HOME_EDUCATION = (
    "“So far as is practicable, the education of prisoners shall be integrated with "
    "the educational system of the country, so that after their release, they may "
    "continue their education without difficulty.”"
)
HOME_WOMEN = (
    '"Treating women [in prison] in the same way as men will not achieve gender '
    "equality. The circumstances in which women commit criminal offences are different "
    'from men."'
)
HOME_SOLITARY = (
    '"In no circumstances may restrictions or disciplinary sanctions amount to torture '
    "or other cruel, inhuman or degrading treatment or punishment. The following "
    "practices, in particular, shall be prohibited: (a) Indefinite solitary "
    'confinement; (b) Prolonged solitary confinement"'
)


def kinds(excerpt, text):
    """The problems of an excerpt, by their kinds."""
    return [problem.kind for problem in check_excerpt(excerpt, text).problems]
