"""Medicines -> those that treat a cancer now (rule book 2a, RF11), each with the day it began.

An order counts while it is active, a dose that was given for the months that cancer treatment counts after its end.
Zoledronic acid in the dose given in cancer is also a bone drug once a year: only more often it treats a cancer, as
ordered, or by two doses; where neither tells, it is asked.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from smartapp.core.chart import Medication, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import has_passed
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.notes import Notes, gap
from smartapp.core.thresholds import ThresholdName

TREATMENT = (Concept.CANCER_TREATMENT, Concept.HORMONE_MODULATOR)
CancerDrug = tuple[str, date | None, Source]


def cancer_drugs(facts: Facts) -> Iterator[CancerDrug]:
    """What the record says in words, since when, and which record."""
    found = [m for m in facts.chart.medications if not m.concepts.isdisjoint(TREATMENT) and m.active]
    first = min((day for m in found if m.given and (day := facts.day_of(m.last))), default=None)
    for m in found:
        if m.given and _is_over(m, facts):
            continue
        said = "Given" if m.given else "Active medication"
        yield f"{said}: {_named(m)}.", first if m.given else facts.day_of(m.started), m.source
    yield from _zoledronate(facts)


def _named(medicine: Medication) -> str:
    return medicine.text or medicine.source.display


def _is_over(medicine: Medication, facts: Facts) -> bool:
    """A dose without a day may be of today."""
    day = facts.day_of(medicine.last)
    return day is not None and has_passed(
        day, facts.knowledge.whole(ThresholdName.CANCER_TREATMENT_WITHIN), facts.today
    )


def _in_cancer_dose(facts: Facts) -> list[Medication]:
    return [m for m in facts.chart.medications if Concept.ZOLEDRONATE_CANCER_DOSE in m.concepts]


def _zoledronate(facts: Facts) -> Iterator[CancerDrug]:
    doses = _in_cancer_dose(facts)
    yearly = facts.knowledge.whole(ThresholdName.ZOLEDRONATE_YEARLY_FROM)
    for m in doses:
        if m.active and m.every is not None and m.every < yearly:
            yield f"{_named(m)}, every {m.every} days.", facts.day_of(m.started), m.source
    given = [(day, m) for m in doses if (day := _taken(m, facts))]
    given.sort(key=lambda each: (each[0], each[1].source.reference))
    for (earlier, _), (later, m) in pairwise(given):
        close = timedelta() < later - earlier < timedelta(days=yearly)
        if close and not has_passed(later, facts.knowledge.whole(ThresholdName.ZOLEDRONATE_DUE), facts.today):
            yield f"{_named(m)}, on {earlier} and on {later}.", earlier, m.source


def _taken(medicine: Medication, facts: Facts) -> date | None:
    """The day of a dose that is not still to come."""
    last = medicine.last
    return facts.day_of(last) if last is not None and last.earliest <= facts.today else None


def ask_how_often(facts: Facts) -> Notes:
    """Of zoledronic acid in the dose given in cancer, while nothing tells how often."""
    doses = [m for m in _in_cancer_dose(facts) if m.active]
    told = any(m.every is not None for m in doses) or len({_taken(m, facts) for m in doses} - {None}) > 1
    if doses and not told:
        question = f"How often is {_named(doses[0])} given?"
        yield gap("zoledronate-interval", question, "More often than yearly it is a treatment of cancer.")
