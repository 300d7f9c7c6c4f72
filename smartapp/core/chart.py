"""What the record says: typed facts, each with its source, and what is missing.

The edge (``smartapp.fhir.read``) turns FHIR JSON into a :class:`Chart`; from here on no code, no foreign unit and no
FHIR resource is seen. All dates are calendar dates. Numbers are ``Decimal`` in the unit of the concept.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from smartapp.core.concepts import Topic
from smartapp.core.dates import When
from smartapp.core.fracture_coding import FractureCoding, Region


@dataclass(frozen=True)
class Source:
    """Where a fact was read: ``reference`` as in the EHR (``Condition/123``), the words shown, the recorded date."""

    reference: str
    display: str = ""
    date: str = ""
    note: str = ""


class Verification(StrEnum):
    CONFIRMED = "confirmed"  # also when the EHR says nothing: the element is optional in R4
    UNCONFIRMED = "unconfirmed"  # unconfirmed, provisional, differential


class ClinicalStatus(StrEnum):
    ACTIVE = "active"  # active, recurrence, relapse
    RESOLVED = "resolved"  # resolved, inactive, remission
    UNKNOWN = "unknown"  # absent or not a known code


class DateKind(StrEnum):
    """How the onset was recorded; decides which rule of the anchor ladder applies."""

    DATE = "date"
    PERIOD = "period"
    AGE = "age"
    RANGE = "range"
    TEXT = "text"  # never parsed
    ABSENT = "absent"


@dataclass(frozen=True)
class Diagnosis:
    """One Condition. ``concepts`` are concept ids of knowledge/codes.csv, e.g. ``osteopenia``, ``cauda-equina``."""

    source: Source
    concepts: frozenset[str]
    verification: Verification = Verification.CONFIRMED
    clinical_status: ClinicalStatus = ClinicalStatus.UNKNOWN
    fracture: FractureCoding | None = None
    onset: When | None = None
    onset_kind: DateKind = DateKind.ABSENT
    recorded: When | None = None
    encounter_start: When | None = None
    abatement: When | None = None
    abated: bool = False
    encounter_diagnosis: bool = False
    code: str = ""  # as recorded, for display and tracing only
    text: str = ""


class ProcedureKind(StrEnum):
    AUGMENTATION = "augmentation"  # vertebroplasty, kyphoplasty
    FUSION = "fusion"
    FIXATION = "fixation"  # ORIF, instrumentation, open reduction
    DECOMPRESSION = "decompression"
    HARDWARE_REMOVAL = "hardware-removal"
    CLOSED_TREATMENT = "closed-treatment"  # brace: no reset
    DENSITOMETRY = "densitometry"
    PT_EVALUATION = "pt-evaluation"
    # elsewhere than the thoracic, lumbar and sacral spine: what they limit is in knowledge/constraints.toml
    CERVICAL_SURGERY = "cervical-surgery"
    HIP_REPLACEMENT = "hip-replacement"
    KNEE_REPLACEMENT = "knee-replacement"
    SHOULDER_REPLACEMENT = "shoulder-replacement"
    FEMUR_FIXATION = "femur-fixation"
    STERNOTOMY = "sternotomy"
    ABDOMINAL_SURGERY = "abdominal-surgery"
    EYE_SURGERY = "eye-surgery"
    BREAST_SURGERY = "breast-surgery"
    SPINAL_INJECTION = "spinal-injection"
    NEUROSTIMULATOR = "neurostimulator"


class ProcedureState(StrEnum):
    COMPLETED = "completed"
    PENDING = "pending"  # preparation, in-progress, on-hold


@dataclass(frozen=True)
class Procedure:
    source: Source
    kind: ProcedureKind
    region: Region
    state: ProcedureState = ProcedureState.COMPLETED
    performed: When | None = None  # end of a performedPeriod; None when missing or text only
    levels: frozenset[str] = frozenset()
    code: str = ""
    text: str = ""


class Quantity(StrEnum):
    """What was measured, with the one unit core knows it in."""

    T_SCORE = "t-score"  # standard deviations
    Z_SCORE = "z-score"  # standard deviations
    AREAL_BMD = "areal-bmd"  # g/cm2
    VITAMIN_D = "25-oh-vitamin-d"  # ng/mL, total 25-hydroxyvitamin D
    CALCIUM = "calcium"  # mg/dL
    EGFR = "egfr"  # mL/min/1.73 m2
    PAIN = "pain"  # 0-10 numeric rating scale
    BMI = "bmi"  # kg/m2
    ALCOHOL = "alcohol"  # drinks per day
    SMOKING = "smoking"  # value None; ``text`` is a concept: current, former, never
    FALL_RISK = "fall-risk"
    FRACTURE_PROBABILITY = "fracture-probability"  # percent, 10-year major osteoporotic


class Site(StrEnum):
    LUMBAR_SPINE = "lumbar-spine"
    TOTAL_HIP = "total-hip"
    FEMORAL_NECK = "femoral-neck"
    FEMUR = "femur"  # proximal femur, part not stated
    RADIUS_THIRD = "radius-third"
    FOREARM = "forearm"
    OTHER = "other"


@dataclass(frozen=True)
class Measurement:
    """One observed value. ``comparator`` is as recorded (``<``, ``<=``, ``>``, ``>=``) or empty."""

    source: Source
    quantity: Quantity
    value: Decimal | None
    when: When | None
    comparator: str = ""
    site: Site | None = None
    levels: frozenset[str] = frozenset()  # vertebrae in the region of interest, where the report says so
    device: str = ""  # scanner, where the report says so
    recorded_value: str = ""  # number and unit as recorded, for display
    text: str = ""
    notes: tuple[str, ...] = ()  # what the reader had to interpret, in words for the clinician
    collected: str = ""  # groups D2 and D3 of one specimen before they are summed
    confirmed_by: str = ""  # who confirmed a value found in a report's words, and when; empty for a result


@dataclass(frozen=True)
class Medication:
    source: Source
    concepts: frozenset[str]  # e.g. systemic-glucocorticoid
    active: bool = True
    started: When | None = None
    text: str = ""
    untold: bool = False  # the record does not say, in words or codes we know, which medicine it is
    last: When | None = None  # a dose that was given, handed out or reported: what an order alone does not tell


@dataclass(frozen=True)
class PlanOnRecord:
    """A CarePlan or ServiceRequest of ours already in the chart, recognised by its business identifier."""

    source: Source
    resource_type: str
    identifier: str
    status: str
    version: str = ""
    fingerprint: str = ""  # of the plan content, as we wrote it
    created: When | None = None
    summary: tuple[str, ...] = ()  # activity descriptions, for the difference shown


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Patient:
    reference: str
    name: str = ""
    birth: When | None = None
    sex: Sex = Sex.UNKNOWN
    deceased: bool = False
    record_number: str = ""
    language: str = ""
    phone: str = ""


class OrderKind(StrEnum):
    """What somebody else ordered of how the patient may move (rule book 2a, NS9; 2c, CD10 and CX49)."""

    NO_WEIGHT = "no-weight"
    TOE_TOUCH = "toe-touch"
    PARTIAL_WEIGHT = "partial-weight"
    WEIGHT_AS_TOLERATED = "weight-as-tolerated"
    FULL_WEIGHT = "full-weight"
    BRACE = "brace"  # of the trunk
    COLLAR = "collar"
    BED_REST = "bed-rest"
    LOG_ROLL = "log-roll"
    HIP_PRECAUTIONS = "hip-precautions"
    STERNAL_PRECAUTIONS = "sternal-precautions"
    SPINAL_PRECAUTIONS = "spinal-precautions"
    NO_BENDING_LIFTING_TWISTING = "no-bending-lifting-twisting"
    LIFT_LIMIT = "lift-limit"
    NO_EXERCISE = "no-exercise"


@dataclass(frozen=True)
class ActivityOrder:
    """An order or precaution by somebody else, quoted. ``side`` is left, right, both or empty (not stated)."""

    source: Source
    kind: OrderKind
    quote: str
    side: str = ""
    given: When | None = None
    until: When | None = None  # as stated; None where no end is


class AttestationName(StrEnum):
    STABLE = "stable"
    HEALED = "healed"
    FRAGILITY_RESOLVED = "fragility-resolved"
    SURGEON_CLEARANCE = "surgeon-clearance"
    BMD_IMPROVED = "bmd-improved"
    LOW_TRAUMA = "low-trauma"
    HIGH_ENERGY = "high-energy"
    # the work-up is done (rule book 2a, 0.2): each lifts only the rows that name it (2c, P3)
    MALIGNANCY_EXCLUDED = "malignancy-excluded"
    INFECTION_EXCLUDED = "infection-excluded"
    STABILITY_IMAGING = "stability-imaging"  # CT or MRI seen by a spine surgeon
    MOTOR_INTACT = "motor-intact"
    FRACTURE_OLD = "fracture-old"  # 12 months or more
    PART_BODY = "part-body"
    PART_POSTERIOR = "part-posterior"
    JUNCTION_APPLIES = "junction-applies"
    # what limits the whole patient (rule book 2a, section 4)
    WEIGHT_BEARING = "weight-bearing"  # value: none, toe-touch, partial, tolerated, each with a side; full
    HIP_PRECAUTIONS_LIFTED = "hip-precautions-lifted"
    BRACE_WEANED = "brace-weaned"
    LIMIT_NONE = "limit-none"  # value: the record that limits no more: Condition/12


# What these state is in their value; without one they say nothing.
WITH_VALUE = frozenset({AttestationName.WEIGHT_BEARING, AttestationName.LIMIT_NONE})
# Offered only to whom an alert asks for them: each answers one kind of alert, and nothing else.
ANSWERS = frozenset(
    {
        AttestationName.MALIGNANCY_EXCLUDED,
        AttestationName.INFECTION_EXCLUDED,
        AttestationName.STABILITY_IMAGING,
        AttestationName.MOTOR_INTACT,
        AttestationName.FRACTURE_OLD,
        AttestationName.PART_BODY,
        AttestationName.PART_POSTERIOR,
        AttestationName.JUNCTION_APPLIES,
    }
)


@dataclass(frozen=True)
class Attestation:
    """What a clinician states from own knowledge; ``on`` is the day it became true, ``by`` who said it."""

    name: AttestationName
    on: date
    by: str = ""
    source: Source = field(default_factory=lambda: Source("attestation"))
    value: str = ""  # of those that have one: partial-left


@dataclass(frozen=True)
class Unreadable:
    """A resource, entry or query that could not be used, shown to the clinician; never silence."""

    where: str  # reference, or position such as ``entry[3]``
    reason: str
    of_another: bool = False  # left out because it names another patient
    topic: Topic | None = None  # what it may be about, where it is a record that was not understood


@dataclass(frozen=True)
class CandidateValue:
    """A value found in free text: shown to be confirmed by the clinician, never used by itself."""

    source: Source
    quantity: Quantity
    value: Decimal
    site: Site | None
    when: When | None
    quote: str  # the words it was found in
    levels: frozenset[str] = frozenset()  # vertebrae in the region of interest, where the words name them


@dataclass(frozen=True)
class Chart:
    patient: Patient
    diagnoses: tuple[Diagnosis, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    medications: tuple[Medication, ...] = ()
    plans: tuple[PlanOnRecord, ...] = ()
    orders: tuple[ActivityOrder, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    partial: tuple[str, ...] = ()  # queries that did not complete, in words: what may be missing
    offers: tuple[CandidateValue, ...] = ()  # values found in report text, waiting for confirmation
    left_out: int = 0  # records that name another patient, where none of this one is left that could name a fracture

    @property
    def names_another(self) -> str:
        """The sentence for a chart that says nothing of its patient because its records name another one."""
        if not self.left_out:
            return ""
        return f"The records in this chart are about another patient than the one opened: {self.left_out} left out."
