"""A record and today's assessment -> what was read from it, what rests on it, and what else could have been chosen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from smartapp.core.assessment import Assessment, Trace
from smartapp.core.chart import (
    ActivityOrder,
    CandidateValue,
    Chart,
    Diagnosis,
    ImagingReport,
    Measurement,
    Medication,
    PlanOnRecord,
    Procedure,
    Source,
    Unrecognised,
)
from smartapp.core.dates import When
from smartapp.core.kinds import Quantity
from smartapp.core.quotes import quoted
from smartapp.web import words
from smartapp.web.catalog import Lazy, _

Fact = (
    Diagnosis | Procedure | Measurement | Medication | PlanOnRecord | ActivityOrder | CandidateValue | ImagingReport
    | Unrecognised
)  # fmt: skip
_SHOWN_ABOVE = frozenset({
    "source", "summary", "text", "code", "value", "comparator", "recorded_value", "quote", "quantity", "when",
    "onset_kind", "resource_type", "fingerprint", "identifier", "version",
})  # fmt: skip
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")  # how concepts are called
_DATED_BY = ("when", "onset", "performed", "started", "given", "created", "recorded")  # the first that is there
_LABELS = {
    "concepts": Lazy("Read as"), "verification": Lazy("Certainty"), "recorded": Lazy("Recorded on"),
    "kind": Lazy("Read as"), "encounter_start": Lazy("Visit"), "abatement": Lazy("Ended on"),
    "abated": Lazy("Recorded as over"), "around": Lazy("Words of its notes"), "given": Lazy("Given"),
    "untold": Lazy("Which medicine is not told"), "last": Lazy("Last dose"), "every": Lazy("Days between doses"),
}  # fmt: skip
# How of several readings of one quantity one is chosen, where the rules choose (core/derive: bone, vitamin_d, facts).
CHOOSES = {
    Quantity.T_SCORE: Lazy("At each site the newest scan counts; of the sites, the lowest score."),
    Quantity.Z_SCORE: Lazy("At each site the newest scan counts; of the sites, the lowest score."),
    Quantity.VITAMIN_D: Lazy("The newest dated result counts; an undated one only where none is dated."),
    Quantity.PAIN: Lazy("The newest score of the last 14 days counts; of several on one day the highest."),
}


@dataclass(frozen=True)
class SourceUse:
    """One field of a fact that was read from a record."""

    name: str
    value: str


@dataclass(frozen=True)
class OtherRecord:
    """Another record that says the same kind of thing: its value and day, and why the plan does not rest on it."""

    reference: str
    title: str
    value: str
    on: str
    why: str


@dataclass(frozen=True)
class SourceFact:
    """``on``: empty where the record has no date. ``chosen``: how one of several is chosen, where a rule chooses."""

    title: str
    value: str
    on: str
    uses: tuple[SourceUse, ...]
    chosen: str
    others: tuple[OtherRecord, ...]


def source_facts(now: Assessment, reference: str) -> tuple[SourceFact, ...]:
    """Each fact read from the record, with the others of its kind in this chart."""
    return tuple(_shown(fact, now) for fact in _facts(now.chart) if fact.source.reference == reference)


def rests_on(now: Assessment, reference: str) -> tuple[str, ...]:
    """What today's plan concludes from the record, each sentence once. What a gate says, its restriction says."""
    named = {**_of_alerts(now), **_of_restrictions(now)}
    fired = (line for line in _asked(now, reference, fired=True) if not line.rule.startswith("gate."))
    return tuple(dict.fromkeys(named.get(line.rule, line.text) for line in fired))


def looked_at(now: Assessment, reference: str) -> tuple[str, ...]:
    """What was asked of the record too, without a consequence."""
    return tuple(dict.fromkeys(line.text for line in _asked(now, reference, fired=False)))


def not_used(now: Assessment, reference: str) -> tuple[str, ...]:
    """Why nothing, or not all, of the record could be used."""
    lines = (*now.chart.unreadable, *now.unreadable)
    return tuple(dict.fromkeys(line.reason for line in lines if line.where == reference))


def _asked(now: Assessment, reference: str, fired: bool) -> tuple[Trace, ...]:
    return tuple(t for t in now.trace if t.fired is fired and any(s.reference == reference for s in t.sources))


def _of_restrictions(now: Assessment) -> dict[str, str]:
    """By rule: movement, state and why."""
    return {
        f"restriction.{each.id}": f"{each.movement} – {words.STATES[each.state].word}: {each.reason.text}"
        for each in now.restrictions
    }


def _of_alerts(now: Assessment) -> dict[str, str]:
    return {
        each.reason.rule: each.text if each.reason.text in each.text else f"{each.text} {each.reason.text}"
        for each in now.alerts
    }


def _facts(chart: Chart) -> tuple[Fact, ...]:
    return (
        *chart.diagnoses, *chart.procedures, *chart.measurements, *chart.medications, *chart.plans, *chart.orders,
        *chart.offers, *chart.reports, *chart.unrecognised,
    )  # fmt: skip


def _shown(fact: Fact, now: Assessment) -> SourceFact:
    others = [each for each in _facts(now.chart) if _same_kind(each, fact)]
    chosen = CHOOSES.get(fact.quantity, "") if isinstance(fact, Measurement) else ""
    return SourceFact(
        fact.source.display or fact.source.reference, _value(fact), _on(fact), tuple(_uses(fact)), chosen,
        tuple(_other(each, fact, now) for each in others),
    )  # fmt: skip


def _same_kind(other: Fact, fact: Fact) -> bool:
    """Whether both could have answered the same question."""
    if other.source.reference == fact.source.reference:
        return False
    if isinstance(fact, Measurement) and isinstance(other, Measurement):
        return other.quantity is fact.quantity
    if isinstance(fact, Diagnosis) and isinstance(other, Diagnosis):
        return bool(other.concepts & fact.concepts)
    if isinstance(fact, Medication) and isinstance(other, Medication):
        return bool(other.concepts & fact.concepts)
    if isinstance(fact, Procedure) and isinstance(other, Procedure):
        return other.kind is fact.kind
    return False


def _other(other: Fact, fact: Fact, now: Assessment) -> OtherRecord:
    source = other.source
    return OtherRecord(source.reference, source.display or source.reference, _value(other), _on(other),
                       _why_not(other, fact, now))  # fmt: skip


def _why_not(other: Fact, fact: Fact, now: Assessment) -> str:
    """By what the two records say; the first that is so."""
    if concluded := rests_on(now, other.source.reference):
        return _("Used: %(concluded)s", concluded=concluded[0])
    when, mine = _when(other), _when(fact)
    if isinstance(other, Measurement) and other.value is None:
        return _("Not used: there is no number in it.")
    if when is None:
        return _("Not used: it has no date.")
    if when.earliest > now.as_of:
        return _("Not used: it is dated after today.")
    if mine is not None and when.latest < mine.earliest:
        return _("Not used: older than this record (%(mine)s).", mine=mine)
    return _("Not used: no conclusion of today's plan rests on it.")


def _value(fact: Fact) -> str:
    if isinstance(fact, Measurement):
        number = "" if fact.value is None else f"{fact.comparator}{fact.value}"
        return fact.recorded_value or number or fact.text
    if isinstance(fact, CandidateValue):
        return _("%(fact)s, in the words %(quote)s", fact=fact.value, quote=quoted(fact.quote))
    if isinstance(fact, ActivityOrder):
        return quoted(fact.quote)
    if isinstance(fact, Unrecognised):
        return fact.name
    return "" if isinstance(fact, PlanOnRecord | ImagingReport) else fact.text


def _when(fact: Fact) -> When | None:
    return next(filter(None, (getattr(fact, name, None) for name in _DATED_BY)), None)


def _on(fact: Fact) -> str:
    when = _when(fact)
    return str(when) if when else fact.source.date


def _uses(fact: Fact) -> Iterator[SourceUse]:
    dated_by = next((name for name in _DATED_BY if getattr(fact, name, None)), "")
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name not in {*_SHOWN_ABOVE, dated_by} and _says(value) and (said := _words(value)):
            yield SourceUse(_LABELS.get(field.name, field.name.replace("_", " ").capitalize()), said)


def _says(value: object) -> bool:
    """Zero says something."""
    return value is not False and value not in (None, "", (), frozenset())


def _words(value: object) -> str:
    if value is True:
        return "yes"
    if isinstance(value, Enum):
        return str(value.value).replace("-", " ")
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(map(_words, value)))
    if isinstance(value, str):
        return value.replace("-", " ") if _ID.fullmatch(value) else value
    if isinstance(value, Source):
        return value.display or value.reference
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return "; ".join(f"{name.replace('_', ' ')} {_words(each)}" for name, each in parts.items() if _says(each))
    return str(value)
