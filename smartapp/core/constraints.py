"""What the table of whole-patient constraints is made of (``knowledge/constraints.toml``), as the rules read it.

A row holds where any one of its triggers does; a trigger is a flat conjunction. What it removes and keeps is already
spelled out in ids of exercises here: named sets exist in the file only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from smartapp.core.alert_codes import AlertCode
from smartapp.core.kinds import AttestationName, Measure, OrderKind, ProcedureKind
from smartapp.core.signatures import Origin
from smartapp.core.states import Phase, Track
from smartapp.core.thresholds import ThresholdName

Window = int | ThresholdName  # days
Bound = Decimal | ThresholdName  # in the unit of the measure


@dataclass(frozen=True)
class Trigger:
    """A flat conjunction: every field that is set must hold. One of the first group leads; the rest narrow it."""

    concepts: tuple[str, ...] = ()  # a live diagnosis with one of these, confirmed or suspected
    procedures: tuple[ProcedureKind, ...] = ()  # one that was done
    orders: tuple[OrderKind, ...] = ()  # one of somebody else that still holds
    medicines: tuple[str, ...] = ()  # an active one
    spine_operation: str = ""  # after the fracture: ``uncleared``, or ``cleared-early``
    alert: str = ""  # an alert raised before the constraints
    measured: tuple[Measure, ...] = ()  # one of these, ``at_least`` or ``below`` a bound
    variant: str = ""  # only in this wording
    limits_at_least: int | None = None  # other rows under review that remove something
    track: Track | None = None  # what the other rows lead to
    # what narrows it
    at_least: Bound | None = None  # of what is measured
    below: Bound | None = None
    phases: tuple[Phase, ...] = ()  # the effective one
    weight: tuple[str, ...] = ()  # weight bearing (rule book 2c, CD10); leads where nothing else does
    side: str = ""  # of the weight bearing: ``both``
    within: Window | None = None  # days since; undated counts as recent
    after: Window | None = None  # more days than this since; undated does not
    asked_to: Window | None = None  # beyond ``within`` up to here it is only asked whether it still limits
    words: tuple[str, ...] = ()  # one of these in what the record says
    unless_words: tuple[str, ...] = ()  # none of these
    stands: tuple[str, ...] = ()  # with at most one helper: yes, no, not-said (rule book 2c, CD13)
    beside: tuple[str, ...] = ()  # another live diagnosis or active medicine with one of these
    without: tuple[str, ...] = ()  # and none with these

    @property
    def raised(self) -> str:
        """The alert it starts from, as :class:`~smartapp.core.derive.triggers.SeenLimits` names it."""
        return f"{self.alert}.{self.variant}" if self.variant else self.alert

    @property
    def leads_with_weight(self) -> bool:
        return not (self.concepts or self.procedures or self.orders)

    @cached_property
    def leads(self) -> frozenset[str]:
        """By name what it starts from: concepts, kinds, alerts, and what has no name of its own."""
        named = {*self.concepts, *self.procedures, *self.orders, *self.medicines, *self.measured, self.raised}
        special = {
            "weight": bool(self.weight) and self.leads_with_weight,
            "operation": bool(self.spine_operation),
        }
        return frozenset({*named, *(name for name, there in special.items() if there)} - {""})


@dataclass(frozen=True)
class ConstraintRule:
    """One row. Rows that share what stands before the dash are parts of one constraint: WP2-partial, WP2-tolerated."""

    name: str
    title: str
    when: tuple[Trigger, ...]
    removes: tuple[str, ...]  # ids of exercises, sorted
    keeps: tuple[str, ...]  # only these stay; empty where the row is no keep-set
    not_alone: tuple[str, ...]  # not part of the home set
    one_sided: tuple[str, ...]  # done with the leg that is not limited only
    leaves_out: tuple[str, ...]  # goals and advice that do not fit
    changes: tuple[str, ...]
    text: str
    patient_text: str
    patient_text_es: str  # empty where there is none in Spanish
    question: str  # asked while the row holds
    alert: AlertCode | None
    eased: bool  # the alert at its lower severity
    obeyed: bool  # the plan obeys it: the alert eases once nothing is new and nothing is asked (rule book 2a, NS24)
    closes_prone: bool
    months: int | None  # the longest programme it allows
    track: Track | None
    lifted_by: AttestationName | None  # given on or after the day of what triggers it
    origin: Origin

    @property
    def id(self) -> str:
        return self.name.partition("-")[0]

    @cached_property
    def leads(self) -> frozenset[str]:
        """What any of its triggers starts from: most rows start from nothing a chart has."""
        return frozenset().union(*(trigger.leads for trigger in self.when))

    @cached_property
    def counts_others(self) -> bool:
        """Whether it holds by what other rows do: how many there are, or which track they lead to."""
        return any(t.limits_at_least is not None or t.track is not None for t in self.when)


@dataclass(frozen=True)
class ConstraintTable:
    """All rows in their order, and which exercise takes the place of a removed one, in order of preference."""

    rules: tuple[ConstraintRule, ...]
    swaps: Mapping[str, tuple[str, ...]]
    origins: tuple[tuple[str, Origin], ...] = ()  # of sets, swaps and tracks, by name

    @cached_property
    def _by_lead(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            for lead in rule.leads:
                found.setdefault(lead, []).append(place)
        return {lead: tuple(places) for lead, places in found.items()}

    @cached_property
    def alerts(self) -> frozenset[str]:
        """What some rule starts from of what was raised before."""
        return frozenset(trigger.alert for rule in self.rules for trigger in rule.when if trigger.alert)

    @cached_property
    def counting(self) -> tuple[ConstraintRule, ...]:
        """The rules that hold by how many others do."""
        return tuple(rule for rule in self.rules if rule.counts_others)

    def starting_from(self, leads: frozenset[str]) -> tuple[ConstraintRule, ...]:
        """The rules that can hold where only these are there, in their order."""
        places = {place for lead in leads & self._by_lead.keys() for place in self._by_lead[lead]}
        return tuple(self.rules[place] for place in sorted(places))

    @cached_property
    def _by_name(self) -> Mapping[str, ConstraintRule]:
        return {rule.name: rule for rule in self.rules}

    def rule(self, name: str) -> ConstraintRule:
        return self._by_name[name]
