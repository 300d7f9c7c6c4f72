"""The signed plan and today's -> what every rule of the follow-up compares, and how a difference is put into words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeAlias

from smartapp.core.assessment import Assessment
from smartapp.core.changes import Change, ChangeName
from smartapp.core.chart import (
    ActivityOrder,
    Chart,
    Diagnosis,
    ImagingReport,
    Measurement,
    Medication,
    Procedure,
    Source,
    Unrecognised,
)
from smartapp.core.derive import derive
from smartapp.core.derive.facts import Facts
from smartapp.core.kinds import ProcedureKind, ProcedureState
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.core.session_log import ProgressionLimits
from smartapp.core.therapy import NOTHING_KNOWN, Therapy

Changes = Iterator[Change]
Fact: TypeAlias = Diagnosis | Procedure | Measurement | Medication | ActivityOrder | Unrecognised | ImagingReport


@dataclass(frozen=True)
class Comparison:
    """``signed`` as it was signed, ``now`` as today's chart gives it, before any new edit."""

    signed: Proposal
    now: Proposal
    knowledge: Knowledge
    therapy: Therapy = NOTHING_KNOWN

    @property
    def then(self) -> Assessment:
        return self.signed.assessment

    @property
    def today(self) -> Assessment:
        return self.now.assessment

    @property
    def since(self) -> date:
        return self.then.as_of

    @property
    def day(self) -> date:
        return self.today.as_of

    @cached_property
    def facts_then(self) -> Facts:
        return Facts(self.then.chart, self.since, self.knowledge)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.today.chart, self.day, self.knowledge)

    def signed_again(self) -> Proposal:
        """The plan of the signed chart and day as today's knowledge makes it, before any edit."""
        then = derive(self.then.chart, self.since, self.knowledge)
        return plan(then, self.knowledge, continues=self.signed.continues)

    @property
    def prescribes(self) -> bool:
        return self.today.disposition.prescribes

    @cached_property
    def evaluations(self) -> tuple[tuple[date, Procedure], ...]:
        """By a therapist, since the plan was signed, the newest last."""
        done = (p for p in self.today.chart.procedures if p.kind is ProcedureKind.PT_EVALUATION)
        days = ((self.facts.day_of(p.performed), p) for p in done if p.state is ProcedureState.COMPLETED)
        found = [(day, p) for day, p in days if day and day >= self.since and not self._known(p)]
        return tuple(sorted(found, key=lambda each: (each[0], each[1].source.reference)))

    @cached_property
    def first_visit(self) -> date | None:
        """By the chart, the referral or the therapist, whoever names the earliest day."""
        days = [day for day, _ in self.evaluations]
        return min(filter(None, (*days, self.therapy.seen_on)), default=None)

    def _known(self, procedure: Procedure) -> bool:
        """Whether it was on record already; its record alone may have changed since."""
        return any(p.source.reference == procedure.source.reference for p in self.then.chart.procedures)

    def word(self, key: str) -> str:
        return self.knowledge.follow_up.words[key]

    @property
    def progression(self) -> ProgressionLimits:
        return self.knowledge.follow_up.progression

    def days(self, name: ChangeName) -> int:
        """How long the rule waits."""
        return self.knowledge.follow_up.rows[name].days or 0

    def least(self, name: ChangeName) -> int:
        return self.knowledge.follow_up.rows[name].least or 0

    def change(
        self, name: ChangeName, sources: Iterable[Source] = (), /, *, rule: object = "", **said: object
    ) -> Change:
        """The words of the row with what is said filled in."""
        row = self.knowledge.follow_up.rows[name]
        title, text, signed, now, consequence = (
            " ".join(words.format(**said).split())
            for words in (row.title, row.text, row.signed, row.now, row.consequence)
        )
        return Change(
            rule=str(rule) or name.value.partition("-")[0],
            name=name,
            severity=row.severity,
            kind=row.marked,
            title=title,
            text=text,
            signed=signed,
            now=now,
            consequence=consequence,
            sources=tuple(sorted({source.reference for source in sources})),
        )


def known_references(chart: Chart) -> frozenset[str]:
    """Of every record a fact was read from."""
    told: tuple[Iterable[Fact], ...] = (
        *(chart.diagnoses, chart.procedures, chart.measurements, chart.medications),
        *(chart.orders, chart.unrecognised, chart.reports),
    )
    return frozenset({fact.source.reference for facts in told for fact in facts})


def spaced(value: str) -> str:
    """``technique-only`` -> ``technique only``"""
    return value.replace("-", " ")


def listed(names: Iterable[str], most: int = 5) -> str:
    """At most so many names, and how many more."""
    found = list(dict.fromkeys(names))
    more = f" +{len(found) - most}" if len(found) > most else ""
    return f"{', '.join(found[:most])}{more}"
