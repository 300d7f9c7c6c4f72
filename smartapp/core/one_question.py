"""What a clinician could state -> what would follow from it, and the one question whose answer would change the most.

Every change is derived: the chart with the statement against the chart without it. Nothing is written by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment
from smartapp.core.chart import Attestation
from smartapp.core.derive import derive
from smartapp.core.kinds import CHOICES, WITH_VALUE, AttestationName
from smartapp.core.knowledge import Knowledge
from smartapp.core.states import AlertGroup, Disposition

# What settles an alert that no statement lifts, but one answers.
SETTLED_BY: Mapping[str, tuple[AttestationName, ...]] = MappingProxyType(
    {
        AlertCode.CONFIRM_STABILITY: (AttestationName.STABLE, AttestationName.HEALED),
        AlertCode.CONFIRM_HEALING: (AttestationName.HEALED,),
        AlertCode.HEALING_CONFLICT: (AttestationName.STABLE, AttestationName.HEALED),
        AlertCode.POST_FUSION_CLEARANCE: (AttestationName.SURGEON_CLEARANCE,),
    }
)
_ELSEWHERE = WITH_VALUE - {AttestationName.FRACTURE_LEVEL}  # stated at a limit, or entered as a result
MECHANISM = "mechanism"  # the gap that low trauma or high energy closes
CAUSES = (AttestationName.LOW_TRAUMA, AttestationName.HIGH_ENERGY)
# Gaps without which nothing is prescribed, the first one first.
_FIRST = ("records-of-another-patient", "fracture-confirmation", "fractured-bone")

ASKS: Mapping[AttestationName, str] = MappingProxyType(
    {
        AttestationName.STABLE: "Is the fracture stable by imaging or examination?",
        AttestationName.HEALED: "Has the fracture healed by imaging or examination?",
        AttestationName.FRAGILITY_RESOLVED: "Has fragility resolved, in your judgment?",
        AttestationName.SURGEON_CLEARANCE: "Has the operating surgeon cleared exercise?",
        AttestationName.BMD_IMPROVED: "Has bone density improved beyond the least significant change?",
        AttestationName.LOW_TRAUMA: "Was it a low-trauma fracture, from standing height or less?",
        AttestationName.HIGH_ENERGY: "Was it a high-energy fracture?",
        AttestationName.MALIGNANCY_EXCLUDED: "Has the work-up excluded a tumor of the spine?",
        AttestationName.INFECTION_EXCLUDED: "Is an infection of the spine excluded?",
        AttestationName.STABILITY_IMAGING: "Has a spine surgeon called the spine stable on CT or MRI?",
        AttestationName.MOTOR_INTACT: "Are leg strength, reflexes and the saddle area normal today?",
        AttestationName.FRACTURE_OLD: "Is the fracture 12 months old or more by earlier images?",
        AttestationName.PART_BODY: "Is the vertebral body broken?",
        AttestationName.PART_POSTERIOR: "Is only a posterior part of the vertebra broken?",
        AttestationName.HIP_PRECAUTIONS_LIFTED: "Have the hip precautions been lifted?",
        AttestationName.BRACE_WEANED: "Has the brace been taken off by whoever ordered it?",
        AttestationName.FRACTURE_LEVEL: "Is it known which lumbar vertebra is broken?",
        AttestationName.JUNCTION_APPLIES: "Should the lumbar rules be used for this fracture of T11 or T12?",
    }
)


@dataclass(frozen=True)
class Question:
    """``about``: the statement or gap that would answer it; ``alert``: the code of the alert it settles, if one."""

    about: str
    text: str
    effect: str
    alert: str = ""


def settles(now: Assessment, code: str) -> tuple[AttestationName, ...]:
    """What answers an alert of this chart."""
    lifts = next((alert.lifted_by for alert in now.alerts if alert.code == code), ())
    said = {each.name for each in now.chart.attestations}
    return tuple(n for n in (lifts or SETTLED_BY.get(code, ())) if n not in _ELSEWHERE and n not in said)


def answerable(now: Assessment) -> tuple[AttestationName, ...]:
    """Everything a clinician can state to settle something here, each once. Beside a stop only what lifts it."""
    stops = [alert for alert in now.alerts if now.group(alert) is AlertGroup.STOP]
    names = dict.fromkeys(name for alert in stops or now.alerts for name in settles(now, alert.code))
    if not stops and MECHANISM in {gap.concept for gap in now.gaps}:
        names |= dict.fromkeys(CAUSES)
    return tuple(names)


def if_stated(name: AttestationName, now: Assessment, knowledge: Knowledge, value: str = "") -> Assessment:
    """What would be derived today if it were stated today; of what has choices, the first where none is given."""
    said = Attestation(name, now.as_of, "", value=value or next(iter(CHOICES.get(name, ())), ""))
    return derive(replace(now.chart, attestations=(*now.chart.attestations, said)), now.as_of, knowledge)


def one_question(now: Assessment, knowledge: Knowledge) -> Question | None:
    """The question whose answer would change the most; None where nothing that can be answered changes anything.

    What must be known before anything is prescribed comes first; then a plan that becomes possible, then the phase,
    then how many limits would ease.
    """
    if now.disposition is Disposition.NOT_APPLICABLE:
        return None
    before = {gap.concept: gap for gap in now.gaps}
    if first := next((before[concept] for concept in _FIRST if concept in before), None):
        return Question(first.concept, first.question, first.effect)
    found = [(_weight(now, then), name, then) for name in answerable(now) if (then := if_stated(name, now, knowledge))]
    weight, name, then = max(found, key=lambda each: each[0], default=((0, 0, 0), None, now))
    if name is not None and any(weight):
        return Question(name.value, ASKS[name], _effect(now, then), _alert_of(name, now))
    return next(_left_over(now), None)


def _left_over(now: Assessment) -> Iterator[Question]:
    """What no statement settles: a limit that leaves no exercise until it is answered, and the day of the fracture."""
    if not now.disposition.prescribes:
        asking = sorted((c for c in now.constraints if c.question), key=lambda c: -len(c.removes))
        yield from (Question(limit.id, limit.question, "Nothing is prescribed until then.") for limit in asking)
    elif now.anchor is None:
        effect = next((other.changes for other in now.alternatives), "Until then the strictest phase holds.")
        yield Question("day-of-fracture", "When did the fracture happen?", effect)


def _weight(now: Assessment, then: Assessment) -> tuple[int, int, int]:
    plan = int(then.disposition.prescribes) - int(now.disposition.prescribes)
    phases = (then.effective_phase, now.effective_phase)
    raised, held = (phase.rank if phase else 0 for phase in phases)
    return plan, abs(raised - held), _changed_limits(now, then)


def _changed_limits(now: Assessment, then: Assessment) -> int:
    """Restrictions in another state or for another time, and limits that begin or end."""
    states = ({(r.id, r.state, r.until) for r in each.restrictions} for each in (now, then))
    limits = ({limit.id for limit in each.constraints} for each in (now, then))
    return len({id_ for id_, *_ in set.symmetric_difference(*states)}) + len(set.symmetric_difference(*limits))


def _effect(now: Assessment, then: Assessment) -> str:
    if then.disposition.prescribes and not now.disposition.prescribes:
        return "If so, a plan can be made today."
    if then.effective_phase is not now.effective_phase and then.effective_phase and now.effective_phase:
        return f"If so, the phase is {then.effective_phase} instead of {now.effective_phase}."
    changed = _changed_limits(now, then)
    return f"If so, {changed} {'limit changes' if changed == 1 else 'limits change'}."


def _alert_of(name: AttestationName, now: Assessment) -> str:
    return next((alert.code for alert in now.alerts if name in settles(now, alert.code)), "")
