"""What is proposed, decided and signed: the middle of the line, as values.

Assessment --plan--> Proposal --approve(decisions, signer)--> SignedPlan --deliver--> Receipt (ehr/deliver/receipt.py)
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from smartapp.core.assessment import Assessment, Reason
from smartapp.core.patient_texts import PatientTexts
from smartapp.core.program import (
    BlockCode,
    Continued,
    DatedReview,
    Fitt,
    HomeSet,
    OutcomeMeasure,
    Ramp,
    TherapyPriority,
    Turn,
    Visits,
)


class ActivityKind(StrEnum):
    EXERCISE = "exercise"
    RESTRICTION = "restriction"  # a movement to avoid or change: written with doNotPerform where it forbids
    NUTRITION = "nutrition"
    EDUCATION = "education"
    FOLLOW_UP = "follow-up"  # checks and orders suggested: 25-OH vitamin D, DXA, re-evaluation
    REFERRAL = "referral"  # a suggestion to refer elsewhere; the PT referral itself is ``Referral``


class Component(StrEnum):
    """Exercise components; an exercise may have two, the first is the leading one."""

    EXTENSOR = "extensor"
    CORE = "core"
    RESISTANCE = "resistance"
    BALANCE = "balance"
    POSTURE = "posture"
    AEROBIC = "aerobic"
    EXTRA = "extra"
    IMPACT = "impact"


@dataclass(frozen=True)
class Timing:
    """How often: ``frequency`` to ``frequency_max`` times per ``period_days`` days, each ``minutes`` long."""

    frequency: int
    frequency_max: int | None = None
    period_days: int = 7
    minutes: int | None = None
    days: tuple[str, ...] = ()  # mon, wed, fri
    minutes_max: int | None = None
    count: int | None = None  # how many times in all


@dataclass(frozen=True)
class Activity:
    """One line of the plan. ``id`` is stable across derivations (E01, R1, X03, N-CALCIUM, ED1 ...)."""

    id: str
    kind: ActivityKind
    title: str
    description: str  # for clinician and therapist; starts with ``AVOID:`` where do_not_perform
    patient_text: str
    reason: Reason
    component: tuple[Component, ...] = ()
    dose: str = ""
    position: str = ""
    do_not_perform: bool = False
    status: str = "not-started"
    status_reason: str = ""
    timing: Timing | None = None
    concept: str = ""  # of knowledge/codes.csv, resolved to codings when written
    options: tuple[str, ...] = ()  # ids of exercises this may be changed to
    cautious: bool = False  # changing or (save an exercise) dropping it loosens a precaution: a reason is asked
    locked: bool = False  # may be changed, not dropped
    original: str = ""  # what was proposed, where the clinician has changed it
    edit_reason: str = ""
    fitt: Fitt | None = None  # of an exercise
    block: BlockCode | None = None  # of the supervised session; None: in the home set only, or waiting
    home_set: HomeSet | None = None
    home_note: str = ""  # ``with-helper``
    variant: tuple[str, ...] = ()  # how limits change it: slide, no-arms ...
    turn: Turn = Turn.EVERY  # in which sessions


@dataclass(frozen=True)
class Block:
    """One block of a session."""

    title: str
    minutes: int
    exercises: tuple[str, ...] = ()  # activity ids
    odd: tuple[str, ...] = ()  # those of every second session only, from the first
    even: tuple[str, ...] = ()
    code: BlockCode | None = None  # None for what has no exercise


@dataclass(frozen=True)
class ProposedGoal:
    id: str  # GS3, GS9-falls
    description: str
    patient_text: str
    due: date | None
    reason: Reason
    measure: str = ""  # concept of the measured quantity, resolved to a coding when written
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""  # UCUM, of low and high
    row: str = ""  # GS9 of GS9-falls
    measure_text: str = ""  # what is measured, where no code says it
    baseline: Decimal | None = None
    baseline_on: date | None = None
    at_evaluation: bool = False  # without a baseline: the target is set with the first result


@dataclass(frozen=True)
class Referral:
    """The order for supervised physical therapy: the evaluation and the visits of at most 90 days (VI4).

    The program of the year is :attr:`Proposal.program`, what is done at home stands in the activities.
    """

    reason_text: str
    note: str  # precautions for the therapist: restrictions first
    patient_instruction: str
    timing: Timing  # of the visits
    start: date
    end: date
    performer_text: str
    priority: str = "routine"
    quantity: int = 0  # visits, the evaluation included


@dataclass(frozen=True)
class Proposal:
    """What would be written if signed as it stands. ``fingerprint`` covers chart, knowledge, edits and content."""

    assessment: Assessment
    title: str
    description: str
    start: date
    end: date
    activities: tuple[Activity, ...]
    goals: tuple[ProposedGoal, ...]
    session: tuple[Block, ...]
    referral: Referral | None
    warnings: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()  # names of output guards that hold, in order
    fingerprint: str = ""
    content_hash: str = ""  # of the content alone: equal content gives the same plan identifier
    months: int = 0  # length of the programme
    notes: tuple[str, ...] = ()  # exercises left out or exchanged, and why
    removed: tuple[str, ...] = ()  # what was proposed and the clinician has dropped, in words
    decisions: tuple["Decision", ...] = ()  # the edits that stand
    waived: tuple[tuple[Component, str], ...] = ()  # components that limits of the patient leave empty, and why
    program: Timing | None = None  # sessions a week of the year, at home and supervised; minutes: the target
    ramp: Ramp | None = None
    visits: Visits | None = None
    priority: TherapyPriority | None = None
    reviews: tuple[DatedReview, ...] = ()
    measures: tuple[OutcomeMeasure, ...] = ()
    patient_texts: PatientTexts | None = None
    overrides: tuple[tuple[str, str], ...] = ()  # output guard -> the clinician's reason to go beyond it (S19)
    continues: Continued | None = None  # the signed plan that still runs

    def activity(self, id_: str) -> Activity | None:
        return next((a for a in self.activities if a.id == id_), None)

    @property
    def year_from(self) -> date:
        """The first day of its year: its own, or that of the plan it goes on from."""
        return (self.continues.year_from if self.continues else None) or self.start


class Choice(StrEnum):
    DROP = "drop"
    CHANGE = "change"


@dataclass(frozen=True)
class Decision:
    """One edit of the clinician on one item. A ``reason`` is required only where a restriction is loosened.

    ``signed_on``: the day it was signed first, of one carried on from an earlier plan.
    """

    item: str  # activity, goal or restriction id; or ``dose`` fields such as ``dose.frequency``
    choice: Choice
    value: str = ""  # new description, dose or exercise id, by item
    reason: str = ""
    signed_on: date | None = None

    @property
    def said(self) -> tuple[str, str, str, str]:
        """What was decided, whenever."""
        return (self.item, self.choice.value, self.value, self.reason)


class Role(StrEnum):
    """What this person may do here; from fhirUser and the site's configuration."""

    SIGNER = "signer"  # may sign: artifacts active where the signer chooses so
    DRAFTER = "drafter"  # may prepare and write drafts only
    COORDINATOR = "coordinator"
    NONE = "none"


class Office(StrEnum):
    """What a site entrusts to a named person beside, or without, a role in care; from the site's configuration."""

    PRIVACY_OFFICER = "privacy-officer"  # sees what everybody did here
    ADMINISTRATOR = "administrator"  # sees how the installation fares; no patient


@dataclass(frozen=True)
class Signer:
    reference: str  # fhirUser relative to the FHIR base, e.g. Practitioner/12; empty if the EHR did not say
    name: str
    role: Role
    subject: str = ""  # issuer|sub of the id_token


class SignatureKind(StrEnum):
    """What of the proposal a signature writes."""

    PLAN = "plan"  # all of it
    ORDER = "order"  # the next visits of a plan that goes on as it is (VI6)
    END = "end"  # nothing: the plan ends with its outcome (FU18)


@dataclass(frozen=True)
class SignedPlan:
    """What a person signed: exactly what they saw (``proposal.fingerprint``), as whom, when, and as draft or active."""

    proposal: Proposal
    decisions: tuple[Decision, ...]
    signer: Signer
    signed_at: datetime
    active: bool  # ServiceRequest and CarePlan active (True) or draft (False)
    plan_id: str  # business identifier value, stable for equal content and patient
    replaces: str = ""  # reference of the CarePlan this one replaces
    replaces_request: str = ""  # reference of the ServiceRequest it replaces
    left_open: tuple[str, ...] = ()  # points to settle that the signer saw and left open, as sentences
    signs: SignatureKind = SignatureKind.PLAN
    care_plan: str = ""  # reference of the CarePlan that goes on or ends; empty where a plan is written
    outcome: tuple[str, ...] = ()  # of a plan that ends, in words
