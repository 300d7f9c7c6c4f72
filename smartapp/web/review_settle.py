"""What a clinician may confirm -> cards: what would change if it were recorded, and what changed when it was.

Every change is derived: the chart with the statement against the chart without it. Nothing is written by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment, Restriction
from smartapp.core.chart import Attestation, Chart
from smartapp.core.derive import derive
from smartapp.core.kinds import CHOICES, AttestationName
from smartapp.core.knowledge import Knowledge
from smartapp.core.one_question import MECHANISM, answerable, if_stated
from smartapp.web import words
from smartapp.web.catalog import Lazy, _
from smartapp.web.limit_answers import value_words


@dataclass(frozen=True)
class WouldChange:
    """One thing before and after a statement; ``was`` is empty where it was not there."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Confirmable:
    """A fact that can be recorded, with what would change today, whichever of ``choices`` it is."""

    name: AttestationName
    button: str
    question: str
    changes: tuple[WouldChange, ...]
    choices: tuple[str, ...] = ()

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


def confirmables(now: Assessment, knowledge: Knowledge) -> Mapping[AttestationName, Confirmable]:
    """Everything a card of this page offers. Beside a stop only what lifts it."""
    return {name: _confirmable(name, now, knowledge) for name in answerable(now)}


def _confirmable(name: AttestationName, now: Assessment, knowledge: Knowledge) -> Confirmable:
    told, choices = words.ATTESTATIONS[name], CHOICES.get(name, ())
    first, *others = (tuple(_changes(now, if_stated(name, now, knowledge, value))) for value in choices or ("",))
    whatever = tuple(change for change in first if all(change in other for other in others))
    return Confirmable(name, told.button, told.question, whatever, choices)


def recorded(now: Assessment, chart: Chart, knowledge: Knowledge) -> tuple[Recorded, ...]:
    """What was stated, each with what it changed: today's plan against the same without it. ``chart``: as it was read
    and stated, because that of an assessment holds what statements stand for, too."""
    return tuple(_recorded(stated, now, chart, knowledge) for stated in chart.attestations)


def _recorded(stated: Attestation, now: Assessment, chart: Chart, knowledge: Knowledge) -> Recorded:
    others = tuple(each for each in chart.attestations if each is not stated)
    before = derive(replace(chart, attestations=others), now.as_of, knowledge)
    value = f": {told}" if (told := value_words(stated)) else ""
    said, changed = f"{words.ATTESTATIONS[stated.name].said}{value}", tuple(_changes(before, now))
    return Recorded(stated.name, said, stated.on, stated.by, stated.value, stated.source.note, changed)


def _changes(before: Assessment, after: Assessment) -> Iterator[WouldChange]:
    for what, of in ((Lazy("Plan"), _plan), (Lazy("Phase"), _phase), (Lazy("Bone"), _bone)):
        if (was := of(before)) != (now := of(after)):
            yield WouldChange(what, was, now)
    for then in before.restrictions:
        now_ = after.restriction(then.id)
        if (was := _state(then)) != (is_ := _state(now_)):
            yield WouldChange(words.RESTRICTION_NAMES.get(then.id, then.id), was, is_)
    had, has = ({limit.title for limit in each.constraints} for each in (before, after))
    yield from (WouldChange(Lazy("Limit"), title, "none") for title in sorted(had - has))
    yield from (WouldChange(Lazy("Limit"), "", title) for title in sorted(has - had))


def _plan(now: Assessment) -> str:
    return _("can be made") if now.disposition.prescribes else _("none")


def _phase(now: Assessment) -> str:
    return words.PHASES[now.effective_phase] if now.effective_phase else _("none")


def _bone(now: Assessment) -> str:
    """Osteoporosis by the fracture itself counts beside the class of the scan."""
    counts = any(alert.code == AlertCode.CLINICAL_OSTEOPOROSIS for alert in now.alerts)
    by_fracture = counts and MECHANISM not in {gap.concept for gap in now.gaps}
    cls = now.bone_density.cls if now.bone_density else ""
    return _("osteoporosis by the fracture") if by_fracture else words.BONE_CLASSES.get(cls, "not classified").lower()


def _state(restriction: Restriction | None) -> str:
    if restriction is None:
        return "none"
    look = words.STATES[restriction.state]
    word = _("not yet") if look.tone == "forbid" else look.word.lower()
    return _("%(word)s, until %(until)s", word=word, until=restriction.until) if restriction.until else word
