"""Medicines on record -> what bone drugs the patient is on, what is late, and fractures a drug explains (rule book 2a,
section 5).

Nothing here prescribes: it says what is on record, since when, what is late, and who is asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Medication, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import When, add_months, has_passed, months_between
from smartapp.core.derive.dangers import Hold
from smartapp.core.derive.facts import Facts, sources_of
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Notes, Noting, alert, gap, rule_missed
from smartapp.core.frozen import frozen
from smartapp.core.states import Prone
from smartapp.core.thresholds import ThresholdName
from smartapp.core.treatment import Treatment, TreatmentState


@frozen
class _Kind:
    """A bone drug whose dose has a day, or a class of drugs taken all the time."""

    name: str
    due: ThresholdName | None = None
    late: ThresholdName | None = None
    longest: ThresholdName | None = None  # months of a course, or doses


# The first that fits; a drug is one of these at most.
_KINDS: Mapping[Concept, _Kind] = {
    Concept.DENOSUMAB: _Kind("denosumab", ThresholdName.DENOSUMAB_DUE, ThresholdName.DENOSUMAB_LATE_FROM),
    Concept.ZOLEDRONATE: _Kind("zoledronic acid", ThresholdName.ZOLEDRONATE_DUE, ThresholdName.ZOLEDRONATE_LATE_FROM),
    Concept.ROMOSOZUMAB: _Kind("romosozumab", longest=ThresholdName.ROMOSOZUMAB_LONGEST),
    Concept.BONE_ANABOLIC: _Kind("a bone-building drug", longest=ThresholdName.ANABOLIC_LONGEST),
    Concept.ANTIRESORPTIVE: _Kind("an antiresorptive drug"),
}


_COVER = "another bone drug on record"  # what ends the hold before its months are over
Found = Mapping[Concept, Treatment]


def treatment_of(fractures: Fractures, facts: Facts) -> Noting[tuple[Found, tuple[Hold, ...]]]:
    """Every bone drug on record with its state, and what a fracture after stopping one holds back.

    What is late, or explains the fracture, is raised.
    """
    found = dict(_treatments(facts))
    if not facts.palliative:  # no line on drugs then (rule book 2c, CX15)
        yield from _note_states(found)
    yield from _note_failure(found, fractures, facts)
    if Concept.DENOSUMAB not in found:
        return found, ()
    return found, (yield from _note_denosumab(found, fractures, facts))


def is_treated(found: Found) -> bool:
    """A dose that is late has its own alert; then too nobody is asked to think of a first drug."""
    return any(each.state in (TreatmentState.ON, TreatmentState.LATE) for each in found.values())


def note_treatment_gap(found: Found, fragile: bool, fractures: Fractures, facts: Facts) -> Notes:
    """``fragile``: the fracture counts, or would count, as one of osteoporosis."""
    if fragile and not is_treated(found) and not facts.palliative:
        named = "; ".join(f"{each.drug}: {each.state}" for each in found.values())
        drugs = tuple(source for each in found.values() for source in each.sources)
        sources = (*drugs, *sources_of(record for episode in fractures.episodes for record in episode.records))
        yield alert(AlertCode.TREATMENT_GAP, f"On record: {named or 'no bone drug'}.", sources)


def _treatments(facts: Facts) -> Iterator[tuple[Concept, Treatment]]:
    left = [m for m in facts.chart.medications if not m.concepts.isdisjoint(_KINDS)]
    if not left:
        return
    for concept, kind in _KINDS.items():
        ours = [m for m in left if concept in m.concepts]
        left = [m for m in left if concept not in m.concepts]
        if ours:
            yield concept, _treatment(kind, ours, facts)


def _treatment(kind: _Kind, records: Sequence[Medication], facts: Facts) -> Treatment:
    doses = [day for m in records if (day := _past(m.last, facts))]
    days = [*doses, *(day for m in records if (day := _past(m.started, facts)))]
    last = max(doses, default=None)
    named = sorted({m.text for m in records if m.text})
    return Treatment(
        drug=named[0] if len(named) == 1 else kind.name,
        state=_state(kind, records, last, max(days, default=None), facts),
        since=min(days, default=None),
        last=last,
        due=add_months(last, facts.knowledge.whole(kind.due)) if last and kind.due else None,
        sources=tuple(m.source for m in records),
    )


def _past(when: When | None, facts: Facts) -> date | None:
    """The latest day it can mean; None where there is none, or it is still to come."""
    return facts.day_of(when) if when is not None and when.earliest <= facts.today else None


def _state(
    kind: _Kind, records: Sequence[Medication], last: date | None, newest: date | None, facts: Facts
) -> TreatmentState:
    """Of a drug with a day for its dose the last dose decides, of a course its length, else the newest order."""
    if kind.longest is not None and _is_over(facts.knowledge.whole(kind.longest), records, facts):
        return TreatmentState.FINISHED
    if last is not None and kind.late is not None:
        late = months_between(last, facts.today) >= facts.knowledge.whole(kind.late)
        return TreatmentState.LATE if late else TreatmentState.ON
    if not any(m.active for m in records):
        return TreatmentState.STOPPED
    unknown = facts.knowledge.whole(ThresholdName.TREATMENT_UNKNOWN_AFTER)
    known = newest is not None and months_between(newest, facts.today) < unknown
    return TreatmentState.ON if known else TreatmentState.UNKNOWN


def _is_over(longest: int, records: Sequence[Medication], facts: Facts) -> bool:
    """Begun as many months ago, or as many doses given."""
    started = [day for m in records for when in (m.started, m.last) if (day := _past(when, facts))]
    given = {m.last for m in records if m.last is not None and _past(m.last, facts)}
    begun = min(started, default=facts.today)
    return months_between(begun, facts.today) >= longest or len(given) >= longest


def _note_states(found: Found) -> Notes:
    for concept, each in found.items():
        since = f" since {each.since}" if each.since else ""
        if each.state is TreatmentState.ON:
            yield alert(AlertCode.TREATED, f"On record: {each.drug}{since}.", each.sources)
        elif each.state is TreatmentState.LATE and concept is not Concept.DENOSUMAB:
            yield alert(AlertCode.DOSE_OVERDUE, f"{each.drug}: last {each.last}, due {each.due}.", each.sources)
        elif each.state is TreatmentState.UNKNOWN:
            question = f"Is {each.drug} still taken? It is on record{since}, and nothing since tells."
            yield gap(f"bone-drug: {concept}", question, "It decides whether treatment is missing or has failed.")
    if not found:
        yield rule_missed("alert.treated", "No bone drug is on record.")


def _note_denosumab(found: Found, fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """A late dose without a drug after it; a fracture in the months after the last dose and before another drug."""
    denosumab = found[Concept.DENOSUMAB]
    last, due = denosumab.last, denosumab.due
    if last is None or due is None:
        return ()
    after = [day for concept, each in found.items() if concept is not Concept.DENOSUMAB for day in _begun(each, last)]
    if denosumab.state is TreatmentState.LATE and not after and not facts.palliative:
        weeks = (facts.today - due).days // 7
        why = f"{denosumab.drug}: last {last}, due {due}, {weeks} weeks ago; no other bone drug since."
        yield alert(AlertCode.DENOSUMAB_GAP, why, denosumab.sources)
    holds: list[Hold] = []
    first, to = (facts.knowledge.whole(name) for name in (ThresholdName.REBOUND_FROM, ThresholdName.REBOUND_TO))
    for anchor, fractured in _dated(fractures):
        months = months_between(last, anchor)
        if first <= months < to and not any(day <= anchor for day in after):
            why = f"The fracture of {anchor} came {months} months after the last dose of {denosumab.drug} ({last})."
            sources = (*denosumab.sources, *fractured)
            yield alert(AlertCode.REBOUND_FRACTURE, why, sources)
            if not after and not has_passed(anchor, facts.knowledge.whole(ThresholdName.REBOUND_HOLD_FOR), facts.today):
                holds.append(Hold("TX4", why, sources, _COVER, initial=True, prone=Prone.BLOCKED))
    return tuple(holds)


def _begun(treatment: Treatment, after: date) -> Iterator[date]:
    """The days on which a drug is known to have been taken after a day."""
    yield from (day for day in (treatment.since, treatment.last) if day is not None and day > after)


def _dated(fractures: Fractures) -> Iterator[tuple[date, tuple[Source, ...]]]:
    for episode in fractures.episodes:
        if episode.start is not None:
            yield episode.start.day, sources_of(episode.records)


def _note_failure(found: Found, fractures: Fractures, facts: Facts) -> Notes:
    """A vertebra that broke on a drug taken for a year or more."""
    least = facts.knowledge.whole(ThresholdName.TREATMENT_FAILED_FROM)
    for each in (t for t in found.values() if t.state is TreatmentState.ON and t.since is not None):
        for anchor, sources in _dated(fractures):
            since = each.since or anchor
            if since < anchor and months_between(since, anchor) >= least:
                why = f"{each.drug} since {since}; the fracture is dated {anchor}."
                yield alert(AlertCode.TREATMENT_FAILURE, why, (*each.sources, *sources))
