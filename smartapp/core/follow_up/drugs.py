"""What was started and stopped since the plan was signed (FU13). What was not read at signing is not called new, and
what is not read now not gone.
"""

from collections.abc import Iterator

from smartapp.core.assessment import Assessment
from smartapp.core.changes import ChangeName
from smartapp.core.chart import Chart, Medication
from smartapp.core.concepts import Concept
from smartapp.core.follow_up.comparison import Changes, Comparison, listed, spaced
from smartapp.core.treatment import Treatment, TreatmentState

# Classes of bone drugs, the first that fits: a record may call one drug by several names.
_BONE_DRUGS = (
    *(Concept.DENOSUMAB, Concept.ZOLEDRONATE, Concept.ROMOSOZUMAB),
    *(Concept.BONE_ANABOLIC, Concept.ANTIRESORPTIVE),
)
_STEROIDS = frozenset({Concept.GLUCOCORTICOID, "systemic-glucocorticoid"})


def drugs(seen: Comparison) -> Changes:
    """FU13, by class."""
    yield from _bone_drugs(seen)
    for key, name, wanted, but in (
        ("opioid", ChangeName.DRUG_STARTED, frozenset({Concept.OPIOID}), frozenset[str]()),
        ("sedative", ChangeName.DRUG_STARTED, frozenset({Concept.SEDATIVE}), frozenset({Concept.OPIOID})),
        ("glucocorticoid", ChangeName.STEROID, _STEROIDS, frozenset[str]()),
    ):
        before, after = (_taken(found.chart, wanted, but) for found in (seen.then, seen.today))
        words = {"drug": seen.word(key), "before": _names(before, seen), "after": _names(after, seen)}
        if after and not before:
            if seen.then.chart.medicines_unread:
                words["before"] = seen.word("unread")
            yield seen.change(name, [m.source for m in after], **words)
        elif before and not after and not seen.today.chart.medicines_unread:
            yield seen.change(ChangeName.DRUG_STOPPED, [m.source for m in before], **words)


def _taken(chart: Chart, wanted: frozenset[str], but: frozenset[str]) -> tuple[Medication, ...]:
    found = (m for m in chart.medications if m.active and m.concepts & wanted and not m.concepts & but)
    return tuple(sorted(found, key=lambda m: m.source.reference))


def _names(found: tuple[Medication, ...], seen: Comparison) -> str:
    said = (f"{m.text or m.source.display}{f', {m.started}' if m.started else ''}" for m in found)
    return listed(said) or seen.word("none")


def _bone_drugs(seen: Comparison) -> Changes:
    before, after = (dict(_by_class(found)) for found in (seen.then, seen.today))
    if not before and any(not m.concepts.isdisjoint(_BONE_DRUGS) for m in seen.then.chart.medications):
        return  # signed before treatments were told apart
    for concept in _BONE_DRUGS:
        then, now = before.get(concept), after.get(concept)
        if (then and then.state) is (now and now.state) or (now is None and seen.today.chart.medicines_unread):
            continue
        over = now is None or (now.state is not TreatmentState.ON and then is not None)
        name = ChangeName.DRUG_STOPPED if over else ChangeName.DRUG_STARTED
        if over and concept is Concept.DENOSUMAB:
            name = ChangeName.DENOSUMAB_STOPPED
        named = [each for each in (now, then) if each]
        sources = [source for each in named for source in each.sources]
        words = {"drug": named[0].drug.capitalize(), "before": _treated(then, seen.then.chart.medicines_unread, seen)}
        yield seen.change(name, sources, **words, after=_treated(now, False, seen))


def _by_class(found: Assessment) -> Iterator[tuple[Concept, Treatment]]:
    concepts = {m.source.reference: m.concepts for m in found.chart.medications}
    for each in found.treatment:
        known = frozenset[str]().union(*(concepts.get(source.reference, ()) for source in each.sources))
        yield next((concept for concept in _BONE_DRUGS if concept in known), Concept.ANTIRESORPTIVE), each


def _treated(found: Treatment | None, unread: bool, seen: Comparison) -> str:
    if found is None:
        return seen.word("unread" if unread else "none")
    known = (("since", found.since), ("last", found.last), ("due", found.due))
    said = (seen.word(key).format(day=day) for key, day in known if day)
    return ", ".join((spaced(found.state), *said)).capitalize()
