"""A trigger of constraints.toml and the facts -> the records that make it hold, each with its day and its last day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from smartapp.core.chart import ActivityOrder, Diagnosis, Medication, Procedure, Source
from smartapp.core.concepts import Concept
from smartapp.core.constraints import Bound, Trigger, Window
from smartapp.core.derive.facts import Facts, began_on, is_live, name_words
from smartapp.core.derive.falls import CountedReading
from smartapp.core.derive.measures import Measures
from smartapp.core.derive.notes import Raised
from smartapp.core.derive.orders import (
    NOT_STATED,
    LiveOrder,
    WeightBearing,
    limits_no_more,
    live_orders,
    weight_bearing,
)
from smartapp.core.derive.standing import Rising, rising_of
from smartapp.core.derive.surgery import Reset
from smartapp.core.frozen import frozen
from smartapp.core.kinds import Measure, ProcedureState
from smartapp.core.states import Phase, Track
from smartapp.core.thresholds import ThresholdName


class Hit(NamedTuple):
    """One record that limits. ``until``: last day it does by itself; None: until it is limits_no_more."""

    source: Source
    name: str
    day: date | None = None
    until: date | None = None
    side: str = ""
    said: str = ""  # everything the record says, in lower case
    ask: bool = False  # whether it still holds is asked, meanwhile it does
    only_asks: bool = False  # too old to limit by itself
    ours: bool = False  # ``name`` is a sentence of ours, and no words of the record


@frozen
class SeenLimits:
    """What triggers look at. ``awaits``: operations of the spine that wait for the surgeon; ``alerts``: by code, and by
    code and variant."""

    facts: Facts
    alerts: Mapping[str, Raised]
    awaits: tuple[tuple[Reset, bool], ...]  # with whether clearance was given
    broken_on: date | None  # a brace ordered before it only asks
    phase: Phase | None = None  # the effective one

    @cached_property
    def orders(self) -> tuple[LiveOrder, ...]:
        return live_orders(self.facts)

    @cached_property
    def weight(self) -> WeightBearing | None:
        return weight_bearing(self.orders, self.facts)

    @cached_property
    def standing(self) -> Rising:
        return rising_of(self.facts)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Of every live diagnosis and active medicine; falls also by their number."""
        facts = self.facts
        live = (d.concepts for d in facts.chart.diagnoses if is_live(d, facts.today))
        fell = {Concept.FALLS.value} if any(r.value > 0 for r in self.measures.readings(Measure.OTHER_FALLS)) else set()
        return frozenset(fell).union(*live, *(m.concepts for m in facts.chart.medications if m.active))

    @cached_property
    def measures(self) -> Measures:
        return Measures(self.facts, self.broken_on)

    @cached_property
    def leads(self) -> frozenset[str]:
        """By name all that a trigger may start from: most rows start from nothing that is here."""
        chart, here = self.facts.chart, {"weight": bool(self.weight), "operation": bool(self.awaits)}
        named = {*self.alerts, *(p.kind for p in chart.procedures), *(o.kind for o in chart.orders)}
        there = [name for name, there in here.items() if there]
        return self.facts.recorded.union(named, self.measures.there, self.facts.taken, there)


@frozen
class OtherLimits:
    """What the other rows come to: how many act, and the track they lead to."""

    count: int = 0
    track: Track = Track.STANDING

    def start(self, trigger: Trigger) -> bool:
        """Whether the trigger holds by them."""
        enough = trigger.limits_at_least is not None and self.count >= trigger.limits_at_least
        return enough or (trigger.track is not None and self.track is trigger.track)


NO_OTHERS = OtherLimits()


def hits(trigger: Trigger, seen: SeenLimits, others: OtherLimits = NO_OTHERS) -> tuple[Hit, ...]:
    """The records by which the trigger holds; empty where it does not, as where nothing it starts from is here."""
    if trigger.leads.isdisjoint(seen.leads) and not others.start(trigger):
        return ()
    bearing = seen.weight.state if seen.weight else NOT_STATED
    if trigger.weight and (bearing not in trigger.weight or (trigger.side and trigger.side != _side(seen))):
        return ()
    if trigger.phases and seen.phase not in trigger.phases:
        return ()
    if trigger.stands and seen.standing.state not in trigger.stands:
        return ()
    if (trigger.beside and seen.concepts.isdisjoint(trigger.beside)) or not seen.concepts.isdisjoint(trigger.without):
        return ()
    found = (_in_window(hit, trigger, seen.facts) for hit in _leading(trigger, seen, others) if _said(hit, trigger))
    asks = bool(trigger.without) and seen.facts.chart.medicines_unread  # asked, not concluded (rule book 2c, K8)
    return tuple([hit._replace(only_asks=True) if asks else hit for hit in found if hit])


def _side(seen: SeenLimits) -> str:
    return seen.weight.side if seen.weight else ""


def _leading(trigger: Trigger, seen: SeenLimits, others: OtherLimits) -> Iterator[Hit]:
    facts = seen.facts
    yield from _diagnoses(trigger.concepts, facts)
    yield from _procedures(trigger, facts)
    yield from _orders(trigger, seen)
    yield from (_medicine(m) for m in facts.chart.medications if m.active and m.concepts & set(trigger.medicines))
    for reset, cleared in seen.awaits:
        if trigger.spine_operation == ("cleared-early" if cleared else "uncleared"):
            yield _procedure(reset.procedure, facts)
    if trigger.raised in seen.alerts:
        raised = seen.alerts[trigger.raised]
        yield from (Hit(source, raised.why, ours=True) for source in raised.sources)
    for measure in trigger.measured:
        found = (r for r in seen.measures.readings(measure) if _within_bounds(r, trigger, facts))
        yield from (Hit(r.source, r.name, r.day, said=r.name.lower()) for r in found)
    if trigger.limits_at_least is not None and others.count >= trigger.limits_at_least:
        yield Hit(facts.patient_source, f"{others.count} limits", ours=True)
    if trigger.track is not None and others.track is trigger.track:
        said = seen.standing
        yield Hit(said.source, said.name, said.day)
    if trigger.weight and trigger.leads_with_weight and seen.weight:
        bears = seen.weight
        yield Hit(bears.source, bears.name, bears.day, bears.until, bears.side, bears.name.lower(), bears.ask)


def _within_bounds(reading: CountedReading, trigger: Trigger, facts: Facts) -> bool:
    """“<88” lies below 88 and is not at least it; “>200” is at least 200."""
    low = trigger.at_least is None or (
        reading.value >= _bound(trigger.at_least, facts) and reading.comparator not in ("<", "<=")
    )
    if trigger.below is None:
        return low
    most = _bound(trigger.below, facts)
    return low and (reading.value < most or (reading.comparator == "<" and reading.value <= most))


def _bound(bound: Bound, facts: Facts) -> Decimal:
    return facts.knowledge.number(bound) if isinstance(bound, ThresholdName) else bound


def _diagnoses(concepts: tuple[str, ...], facts: Facts) -> Iterator[Hit]:
    """A danger counts when it is only suspected (rule book 2a, DR1)."""
    if facts.recorded.isdisjoint(concepts):
        return
    for diagnosis in facts.chart.diagnoses:
        if not diagnosis.concepts.isdisjoint(concepts) and is_live(diagnosis, facts.today):
            yield _diagnosis(diagnosis, facts)


def _diagnosis(diagnosis: Diagnosis, facts: Facts) -> Hit:
    name = name_words(diagnosis, facts.today)
    said = _lower(name, diagnosis.source.display, diagnosis.source.note)
    return Hit(diagnosis.source, name, began_on(diagnosis, facts.today), said=said)


def _procedures(trigger: Trigger, facts: Facts) -> Iterator[Hit]:
    for procedure in facts.chart.procedures:
        if procedure.kind in trigger.procedures and procedure.state is ProcedureState.COMPLETED:
            yield _procedure(procedure, facts)


def _procedure(procedure: Procedure, facts: Facts) -> Hit:
    name = procedure.text or procedure.source.display or procedure.kind.replace("-", " ")
    said = _lower(name, procedure.source.display, procedure.source.note)
    return Hit(procedure.source, name, facts.day_of(procedure.performed), said=said)


def _orders(trigger: Trigger, seen: SeenLimits) -> Iterator[Hit]:
    for live in seen.orders:
        if live.order.kind in trigger.orders:
            yield _order(live, live.order, seen.broken_on)


def _order(live: LiveOrder, order: ActivityOrder, since: date | None) -> Hit:
    """A brace was ordered for an earlier injury where it is older than the fracture."""
    earlier = order.kind == "brace" and live.day is not None and since is not None and live.day < since
    said = _lower(order.quote, order.source.display, order.source.note)
    return Hit(order.source, order.quote, live.day, live.until, order.side, said, live.ask, only_asks=earlier)


def _medicine(medicine: Medication) -> Hit:
    return Hit(medicine.source, medicine.text or medicine.source.display or medicine.source.reference)


def _lower(*texts: str) -> str:
    return " ".join(texts).lower()


def _said(hit: Hit, trigger: Trigger) -> bool:
    if trigger.words and not _any_of(trigger.words, hit.said):
        return False
    return not _any_of(trigger.unless_words, hit.said)


def _any_of(words: Iterable[str], said: str) -> bool:
    return any(word in said for word in words)


def _in_window(hit: Hit, trigger: Trigger, facts: Facts) -> Hit | None:
    """Undated counts as recent: it never loosens (rule book 2a, DR6). The window ends on its day."""
    if limits_no_more(hit.source, hit.day, facts):
        return None
    if hit.day is None:
        return None if trigger.after is not None else hit._replace(ask=hit.ask or trigger.within is not None)
    age = (facts.today - hit.day).days
    if trigger.after is not None and age <= _days(trigger.after, facts):
        return None
    if trigger.within is None:
        return hit
    within = _days(trigger.within, facts)
    if age <= within:
        return hit._replace(until=hit.day + timedelta(days=within))
    asked = trigger.asked_to is not None and age <= _days(trigger.asked_to, facts)
    return hit._replace(only_asks=True) if asked else None


def _days(window: Window, facts: Facts) -> int:
    return window if isinstance(window, int) else facts.knowledge.whole(window)
