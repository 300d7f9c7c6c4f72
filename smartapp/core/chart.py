"""What the record says: typed facts, each with its source, and what is missing.

The edge (``smartapp.fhir.read``) turns FHIR JSON into a :class:`Chart`; from here on no code, no foreign unit and no
FHIR resource is seen. All dates are calendar dates. Numbers are ``Decimal`` in the unit of the concept.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from smartapp.core.concepts import Topic
from smartapp.core.dates import When
from smartapp.core.fracture_coding import NOT_MEASURED, Collapse, FractureCoding, Region
from smartapp.core.frozen import frozen
from smartapp.core.imaging import ReportFinding
from smartapp.core.kinds import (
    AttestationName,
    ClinicalStatus,
    DateKind,
    OrderKind,
    ProcedureKind,
    ProcedureState,
    Quantity,
    Sex,
    Site,
    Untold,
    Verification,
)
from smartapp.core.laboratory import LabMark


@frozen
class Source:
    """Where a fact was read: ``reference`` as in the EHR (``Condition/123``), the words shown, the recorded date."""

    reference: str
    display: str = ""
    date: str = ""
    note: str = ""


@frozen
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
    collapse: Collapse = NOT_MEASURED
    code: str = ""  # as recorded, for display and tracing only
    text: str = ""
    around: str = ""  # the words of its notes, of what may be told in numbers there: falls, frailty, an aneurysm


@frozen
class Procedure:
    source: Source
    kind: ProcedureKind
    region: Region
    state: ProcedureState = ProcedureState.COMPLETED
    performed: When | None = None  # end of a performedPeriod; None when missing or text only
    levels: frozenset[str] = frozenset()
    code: str = ""
    text: str = ""


@frozen
class Measurement:
    """One observed value. ``comparator`` is as recorded (``<``, ``<=``, ``>``, ``>=``) or empty."""

    source: Source
    quantity: Quantity
    value: Decimal | None
    when: When | None
    comparator: str = ""
    site: Site | None = None
    levels: frozenset[str] = frozenset()  # vertebrae in the region of interest, where the report says so
    device: str = (
        ""  # the scanner, or of a walking test the aid (none, cane, crutches, walker), where the record says so
    )
    recorded_value: str = ""  # number and unit as recorded, for display
    text: str = ""
    notes: tuple[str, ...] = ()  # what the reader had to interpret, in words for the clinician
    side: str = ""  # left or right, where code or words tell it
    collected: str = ""  # groups D2 and D3 of one specimen before they are summed
    confirmed_by: str = ""  # who confirmed a value of a report's words, or entered it, and when
    mark: LabMark | None = None  # the laboratory's own; None where it says nothing


@frozen
class Medication:
    source: Source
    concepts: frozenset[str]  # e.g. systemic-glucocorticoid
    active: bool = True
    started: When | None = None
    text: str = ""
    untold: bool = False  # the record does not say, in words or codes we know, which medicine it is
    last: When | None = None  # a dose that was given, handed out or reported: what an order alone does not tell
    given: bool = False  # one dose, or what was handed out: no order, and not whether it goes on
    every: int | None = None  # days from one dose to the next as ordered; of what is told apart by it alone


@frozen
class PlanOnRecord:
    """A CarePlan or ServiceRequest of ours already in the chart, recognised by its business identifier."""

    source: Source
    resource_type: str
    identifier: str
    status: str
    version: str = ""
    fingerprint: str = ""  # of the plan content, as we wrote it
    created: When | None = None


@frozen
class Patient:
    reference: str
    name: str = ""
    birth: When | None = None
    sex: Sex = Sex.UNKNOWN
    deceased: bool = False
    record_number: str = ""
    language: str = ""
    phone: str = ""


@frozen
class ActivityOrder:
    """An order or precaution by somebody else, quoted. ``side`` is left, right, both or empty (not stated)."""

    source: Source
    kind: OrderKind
    quote: str
    side: str = ""
    given: When | None = None
    until: When | None = None  # as stated; None where no end is


@dataclass(frozen=True)
class Attestation:
    """What a clinician states from own knowledge; ``on`` is the day it became true, ``by`` who said it."""

    name: AttestationName
    on: date
    by: str = ""
    source: Source = field(default_factory=lambda: Source("attestation"))
    value: str = ""  # of those that have one: partial-left


@frozen
class Unreadable:
    """A resource, entry or query that could not be used, shown to the clinician; never silence."""

    where: str  # reference, or position such as ``entry[3]``
    reason: str
    of_another: bool = False  # left out because it names another patient
    topic: Topic | None = None  # what it may be about, where it is a record that was not understood
    said: str = ""  # of such a record: what it says, as recorded
    on: When | None = None  # and when


@frozen
class Unrecognised:
    """What was done, is planned, ordered or in use, that no rule knows and no row calls quiet (rule book 2a, NS2)."""

    source: Source
    kind: Untold
    name: str
    when: When | None = None
    surgical: bool = False  # code or words name an operation, an implant, a fracture or a joint
    changed: date | None = None  # when the record was last written: an answer from before does not hold


@frozen
class CandidateValue:
    """A value found in free text: shown to be confirmed by the clinician, never used by itself."""

    source: Source
    quantity: Quantity
    value: Decimal
    site: Site | None
    when: When | None
    quote: str  # the words it was found in
    levels: frozenset[str] = frozenset()  # vertebrae in the region of interest, where the words name them


@frozen
class ImagingReport:
    """A radiology report. ``denied``: dangers it calls absent; ``unread``: the files no word of which could be read."""

    source: Source
    when: When | None
    spine: bool
    findings: tuple[ReportFinding, ...] = ()
    denied: frozenset[str] = frozenset()
    unread: str = ""


@frozen
class Chart:
    patient: Patient
    diagnoses: tuple[Diagnosis, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    medications: tuple[Medication, ...] = ()
    plans: tuple[PlanOnRecord, ...] = ()
    orders: tuple[ActivityOrder, ...] = ()
    unrecognised: tuple[Unrecognised, ...] = ()
    attestations: tuple[Attestation, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    partial: tuple[str, ...] = ()  # queries that did not complete, in words: what may be missing
    offers: tuple[CandidateValue, ...] = ()  # values found in report text, waiting for confirmation
    medicines_unread: bool = False  # a search for medicines did not complete, or a record of one could not be used
    reports: tuple[ImagingReport, ...] = ()
    left_out: int = 0  # records that name another patient, where none of this one is left that could name a fracture

    @property
    def names_another(self) -> str:
        """The sentence for a chart that says nothing of its patient because its records name another one."""
        if not self.left_out:
            return ""
        return f"The records in this chart are about another patient than the one opened: {self.left_out} left out."
