"""What a clinician may confirm -> cards: what would change if it were recorded, and what changed when it was.

Every change is derived: the chart with the statement against the chart without it. Nothing is written by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment, Restriction
from smartapp.core.chart import Attestation
from smartapp.core.derive import derive
from smartapp.core.kinds import WITH_VALUE, AttestationName
from smartapp.core.knowledge import Knowledge
from smartapp.core.states import AlertGroup
from smartapp.web import words
from smartapp.web.limit_answers import value_words

# What settles an alert that no statement lifts, but one answers.
SETTLED_BY: Mapping[str, tuple[AttestationName, ...]] = MappingProxyType(
    {
        AlertCode.CONFIRM_STABILITY: (AttestationName.STABLE, AttestationName.HEALED),
        AlertCode.CONFIRM_HEALING: (AttestationName.HEALED,),
        AlertCode.HEALING_CONFLICT: (AttestationName.STABLE, AttestationName.HEALED),
        AlertCode.POST_FUSION_CLEARANCE: (AttestationName.SURGEON_CLEARANCE,),
    }
)
MECHANISM = "mechanism"  # the gap that low trauma or high energy closes
CAUSES = (AttestationName.LOW_TRAUMA, AttestationName.HIGH_ENERGY)


@dataclass(frozen=True)
class WouldChange:
    """One thing before and after a statement; ``was`` is empty where it was not there."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Confirmable:
    """A fact that can be recorded, with what would change today; empty where nothing would."""

    name: AttestationName
    button: str
    question: str
    changes: tuple[WouldChange, ...]

    @property
    def told(self) -> tuple[WouldChange, ...]:
        """The first, and the first after it that opens; the others are counted."""
        opens = [each for each in self.changes[1:] if each.now == "allowed"]
        return (*self.changes[:1], *opens[:1])


@dataclass(frozen=True)
class Recorded:
    name: AttestationName
    said: str
    on: date
    by: str
    value: str
    basis: str
    changes: tuple[WouldChange, ...]


def settles(now: Assessment, code: str) -> tuple[AttestationName, ...]:
    """What answers an alert of this chart."""
    lifts = next((alert.lifted_by for alert in now.alerts if alert.code == code), ())
    said = {each.name for each in now.chart.attestations}
    return tuple(n for n in (lifts or SETTLED_BY.get(code, ())) if n not in WITH_VALUE and n not in said)


def confirmables(now: Assessment, knowledge: Knowledge) -> Mapping[AttestationName, Confirmable]:
    """Everything a card of this page offers. Beside a stop only what lifts it."""
    stops = [alert for alert in now.alerts if now.group(alert) is AlertGroup.STOP]
    names = dict.fromkeys(name for alert in stops or now.alerts for name in settles(now, alert.code))
    if not stops and MECHANISM in {gap.concept for gap in now.gaps}:
        names |= dict.fromkeys(CAUSES)
    return {name: _confirmable(name, now, knowledge) for name in names}


def _confirmable(name: AttestationName, now: Assessment, knowledge: Knowledge) -> Confirmable:
    said = Attestation(name, now.as_of, "")
    after = derive(replace(now.chart, attestations=(*now.chart.attestations, said)), now.as_of, knowledge)
    told = words.ATTESTATIONS[name]
    return Confirmable(name, told.button, told.question, tuple(_changes(now, after)))


def recorded(now: Assessment, knowledge: Knowledge) -> tuple[Recorded, ...]:
    """What was stated, each with what it changed: today's plan against the same without it."""
    return tuple(_recorded(stated, now, knowledge) for stated in now.chart.attestations)


def _recorded(stated: Attestation, now: Assessment, knowledge: Knowledge) -> Recorded:
    others = tuple(each for each in now.chart.attestations if each is not stated)
    before = derive(replace(now.chart, attestations=others), now.as_of, knowledge)
    value = f": {told}" if (told := value_words(stated)) else ""
    said, changed = f"{words.ATTESTATIONS[stated.name].said}{value}", tuple(_changes(before, now))
    return Recorded(stated.name, said, stated.on, stated.by, stated.value, stated.source.note, changed)


def _changes(before: Assessment, after: Assessment) -> Iterator[WouldChange]:
    for what, of in (("Plan", _plan), ("Phase", _phase), ("Bone", _bone)):
        if (was := of(before)) != (now := of(after)):
            yield WouldChange(what, was, now)
    for then in before.restrictions:
        now_ = after.restriction(then.id)
        if (was := _state(then)) != (is_ := _state(now_)):
            yield WouldChange(words.RESTRICTION_NAMES.get(then.id, then.id), was, is_)
    had, has = ({limit.title for limit in each.constraints} for each in (before, after))
    yield from (WouldChange("Limit", title, "none") for title in sorted(had - has))
    yield from (WouldChange("Limit", "", title) for title in sorted(has - had))


def _plan(now: Assessment) -> str:
    return "can be made" if now.disposition.prescribes else "none"


def _phase(now: Assessment) -> str:
    return words.PHASES[now.effective_phase] if now.effective_phase else "none"


def _bone(now: Assessment) -> str:
    """Osteoporosis by the fracture itself counts beside the class of the scan."""
    counts = any(alert.code == AlertCode.CLINICAL_OSTEOPOROSIS for alert in now.alerts)
    by_fracture = counts and MECHANISM not in {gap.concept for gap in now.gaps}
    cls = now.bone_density.cls if now.bone_density else ""
    return "osteoporosis by the fracture" if by_fracture else words.BONE_CLASSES.get(cls, "no scan").lower()


def _state(restriction: Restriction | None) -> str:
    if restriction is None:
        return "none"
    look = words.STATES[restriction.state]
    word = "not yet" if look.tone == "forbid" else look.word.lower()
    return f"{word}, until {restriction.until}" if restriction.until else word
