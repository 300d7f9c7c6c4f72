"""What the papers are made from: the signed plan, the knowledge, and what the site says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Patient
from smartapp.core.dates import day_in_words, us_date
from smartapp.core.kinds import Sex
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal, Role, SignedPlan, Signer
from smartapp.document.drawings import Style
from smartapp.document.fitted import PatientDrawings

SEXES = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.OTHER: "other sex", Sex.UNKNOWN: "sex not recorded"}


@dataclass(frozen=True)
class Clinic:
    """What the site's settings say; what is empty is printed as a line to fill in."""

    name: str = ""
    phone: str = ""
    fax: str = ""
    npi: str = ""  # of the clinician who refers


# Settings of a site -> fields of Clinic.
CLINIC = {"clinic_name": "name", "clinic_phone": "phone", "clinic_fax": "fax", "referrer_npi": "npi"}


def clinic_of(settings: Mapping[str, object]) -> Clinic:
    """Of the values of a site's settings by name."""
    return Clinic(**{field: str(settings.get(name) or "") for name, field in CLINIC.items()})


def unsigned(proposal: Proposal) -> SignedPlan:
    """A proposal nobody has signed, as of its day: papers made of it say so."""
    day = datetime.combine(proposal.assessment.as_of, time(), UTC)
    return SignedPlan(proposal, (), Signer("", "", Role.NONE), day, active=False, plan_id="")


@dataclass(frozen=True)
class Given:
    signed: SignedPlan
    knowledge: Knowledge
    clinic: Clinic = Clinic()
    basis: tuple[str, ...] = ()  # on which rules the plan rests and who has reviewed them, in sentences
    style: Style = Style.PAPER  # of drawings

    @property
    def drawings(self) -> PatientDrawings:
        return PatientDrawings(self.plan, self.knowledge, self.style)

    @property
    def plan(self) -> Proposal:
        return self.signed.proposal

    @property
    def now(self) -> Assessment:
        return self.signed.proposal.assessment

    @property
    def patient(self) -> Patient:
        return self.now.chart.patient

    @property
    def author(self) -> str:
        """Who signed or saved it; empty while nobody has."""
        return self.signed.signer.name or self.signed.signer.reference

    def words(self, paper: str, language: str = "en") -> dict[str, str]:
        return dict(self.knowledge.papers.texts[paper].words(language))


def born(given: Given, language: str = "en") -> str:
    """As precise as it is recorded."""
    birth = given.patient.birth
    if birth is None:
        return "date not in chart"
    if birth.earliest != birth.latest:
        return str(birth)
    return us_date(birth.latest) if language == "en" else day_in_words(birth.latest, spanish=True)


def short_name(name: str, most: int) -> str:
    """A person's name of at most so many characters: its beginning and its end, where the family name is."""
    if len(name) <= most:
        return name
    end = most // 2
    return f"{name[: most - end - 1].rstrip()}…{name[-end:].lstrip()}"


def clipped(text: str, most: int) -> str:
    """At most so many characters: what a chart holds may be of any length, and a page is not."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
