"""Assessment -> one patient's case as the choice of exercises sees it: session, keep-set, measured movement."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from smartapp.core.assessment import Assessment
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.standing import NO, YES, rising_of
from smartapp.core.derive.walking_aid import is_of_another_aid
from smartapp.core.kinds import AttestationName, Quantity
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Dose, Exercise
from smartapp.core.plan.limits import acting_rules, kept_ids
from smartapp.core.plan.patient_context import PatientContext, newest_value
from smartapp.core.sessions import KEPT, SessionSet, Template
from smartapp.core.states import Healing, Phase, Prone, Severity, Track, UpperBack
from smartapp.core.thresholds import ThresholdName

_DOUBTS = ("severe-collapse", "canal-compromise", "burst-stable")
_SETTLES_BURST = frozenset(
    {AttestationName.SURGEON_CLEARANCE, AttestationName.STABILITY_IMAGING, AttestationName.BRACE_WEANED}
)
_OF_A_LEG = frozenset({"WP1", "WP7"})
_PRONE = "E16"


@dataclass(frozen=True)
class Movement:
    """What tests told of how the patient moves; None where nothing new enough is on record (rule book 2c, CD7)."""

    chair_stands: Decimal | None = None  # in 30 s, without the arms
    timed_up_and_go: Decimal | None = None  # seconds
    semi_tandem: Decimal | None = None  # seconds, 10 at most
    tandem: Decimal | None = None


def movement_of(assessment: Assessment, knowledge: Knowledge) -> Movement:
    """The newest result of each test of the last 90 days."""
    first = assessment.as_of - timedelta(days=knowledge.whole(ThresholdName.TEST_WITHIN))

    def newest(quantity: Quantity) -> Decimal | None:
        found = newest_value(assessment.chart, quantity, assessment.as_of)
        fits = found and not is_of_another_aid(found, assessment.chart, assessment.as_of)
        return found.value if found and fits and found.when and found.when.latest >= first else None

    return Movement(newest(Quantity.CHAIR_STANDS), newest(Quantity.TIMED_UP_AND_GO))


@dataclass(frozen=True)
class PlanCase:
    assessment: Assessment
    knowledge: Knowledge
    facts: PatientContext

    @cached_property
    def phase(self) -> Phase:
        return self.assessment.effective_phase or Phase.INITIAL

    @cached_property
    def track(self) -> Track:
        return self.assessment.track or Track.STANDING

    @cached_property
    def seated_for_a_leg(self) -> bool:
        """In the chair for nothing but a leg that bears no weight, and open for prone exercise (rule book 2c, 7)."""
        because = {rule.id for rule in acting_rules(self.assessment, self.knowledge) if rule.track is Track.CHAIR}
        gates = self.assessment.gates
        opened = gates is not None and gates.prone is Prone.ALLOWED and _PRONE not in self.assessment.removed
        seated = self.track is Track.CHAIR and self.phase is not Phase.INITIAL
        return seated and opened and bool(because) and because <= _OF_A_LEG

    @cached_property
    def kept(self) -> frozenset[str] | None:
        return kept_ids(self.assessment)

    @cached_property
    def movement(self) -> Movement:
        return movement_of(self.assessment, self.knowledge)

    @cached_property
    def template(self) -> Template:
        return template_of(self.assessment, self.knowledge)

    def dose(self, exercise: Exercise) -> Dose:
        return exercise.dose(self.phase, self.track, self.template.pain)

    @cached_property
    def open_gates(self) -> frozenset[str]:
        gates = self.assessment.gates
        if gates is None:
            return frozenset()
        opened = {"prone": gates.prone is Prone.ALLOWED, "resisted-upper-back": gates.upper_back is UpperBack.ELIGIBLE}
        return frozenset(name for name, is_open in opened.items() if is_open)

    @cached_property
    def stands_with_one(self) -> bool:
        """Rises with at most one helper, as stated or said (rule book 2c, CD13); not stated is no."""
        return rising_of(Facts(self.assessment.chart, self.assessment.as_of, self.knowledge)).state == YES

    @cached_property
    def has_carer(self) -> bool:
        return _states(self.assessment, AttestationName.CARER)


def _states(assessment: Assessment, name: AttestationName) -> bool:
    """The newest statement of this name says yes; of two of one day the stricter one counts."""
    said = [a for a in assessment.chart.attestations if a.name is name and a.on <= assessment.as_of]
    newest = max(said, key=lambda a: (a.on, a.value == NO), default=None)
    return newest is not None and newest.value == YES


def template_of(assessment: Assessment, knowledge: Knowledge) -> Template:
    """The session of today: by keep-set, else by phase, track, pain, days and doubt (rule book 2c, CD4 and P6)."""
    phase = assessment.effective_phase or Phase.INITIAL
    library, kept = knowledge.library, kept_ids(assessment)
    if kept is not None:
        for few in KEPT:
            template = library.template(phase, None, few)
            if all(id_ in template.turns or library.twin_beside(id_, template.turns) for id_ in kept):
                return template
    early = phase is Phase.INITIAL and needs_early_set(assessment, knowledge)
    return library.template(phase, assessment.track, SessionSet.EARLY_PAIN if early else SessionSet.FULL)


def needs_early_set(assessment: Assessment, knowledge: Knowledge) -> bool:
    pain, anchor = assessment.pain, assessment.anchor
    if pain is not None and pain > knowledge.number(ThresholdName.PAIN_PERMITS_TO):
        return True
    days = (assessment.as_of - anchor.day).days if anchor else 0
    return days < knowledge.library.programme.early_until_day or stability_doubt(assessment)


def stability_doubt(assessment: Assessment) -> bool:
    """Rule book 2c, CD14: delayed healing, much height lost, bone in the canal, a burst nobody has settled."""
    if assessment.healing is Healing.DELAYED:
        return True
    open_ = {alert.code for alert in assessment.alerts if alert.severity is Severity.REVIEW}
    if any(a.name in _SETTLES_BURST and a.on <= assessment.as_of for a in assessment.chart.attestations):
        open_.discard("burst-stable")
    return not open_.isdisjoint(_DOUBTS)
