"""What was derived: phase, gates, restrictions, alerts and gaps, every one with its reasons.

Made by :func:`smartapp.core.derive.derive`, read by :mod:`smartapp.core.plan`. Values of enums: ``derive --json``.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property

from smartapp.core.chart import Chart, Source, Unreadable
from smartapp.core.dates import Precision
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName, Site
from smartapp.core.states import (
    AlertGroup,
    Concern,
    Disposition,
    Healing,
    Impact,
    Phase,
    Prone,
    Severity,
    State,
    Track,
    UpperBack,
    Urgency,
)
from smartapp.core.treatment import Treatment


@frozen
class Reason:
    """Why: one sentence for the clinician, the statements it rests on, the chart facts it used."""

    text: str
    statements: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    rule: str = ""  # name of the rule, e.g. ``anchor.onset``; the label of its origin is in knowledge


@frozen
class Anchor:
    """Day 0 of the calendar. ``day`` is the cautious (latest) reading, ``earliest`` the other end of doubt."""

    day: date
    earliest: date
    precision: Precision
    rule: str  # onset, recorded, encounter, augmentation, surgery, reset-date-unknown ...
    source: Source
    reason: Reason


@frozen
class Gates:
    prone: Prone
    upper_back: UpperBack
    impact: Impact
    reasons: tuple[tuple[str, Reason], ...] = ()  # gate name (prone, resisted-upper-back, high-impact) -> reason
    opens: tuple[tuple[str, date | None, str], ...] = ()  # gate name, earliest day it may open, what it waits for


@frozen
class Restriction:
    """One movement restriction; ``text`` always names movement, quality and what to do instead (GU1)."""

    id: str  # R1..R10
    state: State
    text: str  # for clinician and therapist
    patient_text: str
    until: date | None
    reason: Reason
    movement: str = ""
    quality: str = ""
    instead: str = ""
    patient_text_es: str = ""
    patient_text_id: str = ""  # R1.strict


@frozen
class Constraint:
    """What else about the patient limits the programme: one row of constraints.toml that holds (rule book 2a, 4)."""

    id: str  # WP16
    title: str  # Neck operation
    text: str  # for clinician and therapist
    patient_text: str
    removes: tuple[str, ...]  # ids of exercises, sorted
    changes: tuple[str, ...]  # how what stays is done, in sentences
    reason: Reason  # why it holds: text and chart facts
    question: str = ""  # empty where nothing is asked
    until: date | None = None  # last day it holds by itself; None: until answered
    keeps: tuple[str, ...] = ()  # where only these stay; empty where it is no keep-set
    rows: tuple[str, ...] = ()  # names of the rows of constraints.toml that hold: WP2-partial
    alerts: tuple[str, ...] = ()  # codes of the alerts with the same cause
    patient_text_es: str = ""  # where every part of it is there in Spanish
    one_sided: tuple[str, ...] = ()  # ids of exercises the limited leg does not take part in
    side: str = ""  # of the limited leg: left or right; empty where nobody says


@frozen
class Alert:
    code: str  # kebab, e.g. clinical-osteoporosis
    severity: Severity
    text: str
    reason: Reason
    action: str = ""  # what to do about it
    urgency: str = ""  # of a hard stop: emergency, urgent, ...
    work_up: tuple[str, ...] = ()  # what must be looked at first, by name
    lifted_by: tuple[AttestationName, ...] = ()  # what a clinician can state to answer it; empty: nothing lifts it
    concern: Concern = Concern.DANGER
    refer_to: str = ""  # who sees the patient where nothing is prescribed
    refer_within: Urgency | None = None


@frozen
class NotUnderstood:
    """One record of which no rule knows what it says."""

    reference: str
    what: str
    day: date | None
    recent: bool  # of the days in which an operation limits


@frozen
class WorkUpItem:
    name: str
    done: date | None  # None where nothing on record says so


@frozen
class WorkUp:
    """What an alert asks to be looked at before exercise, and what of it is on record."""

    alert: str
    items: tuple[WorkUpItem, ...]


@frozen
class BoneDensity:
    cls: str  # osteoporosis, osteopenia, normal, below-expected-range, within-expected-range
    value: Decimal | None
    site: Site | None
    on: date | None
    source: Source | None
    reason: Reason


@frozen
class VitaminD:
    cls: str  # severely-deficient, deficient, insufficient, target, above-target, possible-toxicity
    ng_per_ml: Decimal
    on: date | None
    source: Source
    reason: Reason


@frozen
class Gap:
    """A fact that is missing: the concept, the question to ask, what changes with the answer."""

    concept: str
    question: str
    effect: str


@frozen
class Alternative:
    """The phase under the other reading of an uncertain fact, and which fact would settle it."""

    fact: str
    calendar_phase: Phase | None
    effective_phase: Phase | None
    changes: str


@frozen
class Trace:
    """One line of the reasoning: a rule that fired, or nearly fired."""

    rule: str
    fired: bool
    text: str
    statements: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@frozen
class Assessment:
    as_of: date
    chart: Chart
    disposition: Disposition
    anchor: Anchor | None
    gates: Gates | None  # None where not applicable
    restrictions: tuple[Restriction, ...]
    alerts: tuple[Alert, ...]
    bone_density: BoneDensity | None
    vitamin_d: VitaminD | None
    gaps: tuple[Gap, ...]
    calendar_phase: Phase | None = None
    effective_phase: Phase | None = None
    healing: Healing = Healing.UNKNOWN
    pain: Decimal | None = None
    levels: frozenset[str] = frozenset()  # of the governing fracture
    broken_on: date | None = None  # its earliest day itself: no procedure moves it
    deciding: tuple[Reason, ...] = ()  # the three facts that decided the phase
    would_change: str = ""  # the single fact that would change it
    alternatives: tuple[Alternative, ...] = ()
    phase_reason: Reason | None = None  # why effective differs from calendar
    fracture: Source | None = None  # governing fracture Condition
    fractures: tuple[Source, ...] = ()  # every fracture Condition the episode rests on
    unreadable: tuple[Unreadable, ...] = ()
    trace: tuple[Trace, ...] = ()
    knowledge_version: str = ""
    site_changes: tuple[str, ...] = ()  # thresholds a site's own file has changed, in words
    constraints: tuple[Constraint, ...] = ()
    track: Track | None = None  # None without a plan
    treatment: tuple[Treatment, ...] = ()
    work_up: tuple[WorkUp, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    evidence_note: str = ""  # to whom the evidence applies, shown with every plan (OUT-OF-EVIDENCE)

    def has(self, code: str) -> bool:
        return any(alert.code == code for alert in self.alerts)

    @cached_property
    def lifted_by(self) -> frozenset[AttestationName]:
        """What a clinician can state to answer some alert of this chart."""
        return frozenset(name for alert in self.alerts for name in alert.lifted_by)

    def group(self, alert: Alert) -> AlertGroup:
        """Where the alert is shown; a limit that is asked about is decided before signing."""
        if alert.severity is Severity.STOP:
            return AlertGroup.STOP
        if alert.severity is Severity.REVIEW:
            limit = alert.concern is Concern.THERAPIST and alert.code not in self._asked
            return AlertGroup.THERAPIST if limit else AlertGroup.DECIDE
        return AlertGroup.THERAPIST if alert.concern is Concern.THERAPIST else AlertGroup.RECORD

    @cached_property
    def _asked(self) -> frozenset[str]:
        """Alerts whose limits wait for an answer."""
        return frozenset(code for limit in self.constraints if limit.question for code in limit.alerts)

    def restriction(self, id_: str) -> Restriction | None:
        return next((r for r in self.restrictions if r.id == id_), None)

    @cached_property
    def removed(self) -> dict[str, tuple[Constraint, ...]]:
        """Exercises some constraint takes out, by id, with every constraint that does."""
        ids = sorted({id_ for constraint in self.constraints for id_ in constraint.removes})
        return {id_: tuple(c for c in self.constraints if id_ in c.removes) for id_ in ids}
