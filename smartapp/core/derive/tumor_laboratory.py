"""Signs of a tumor in laboratory results (rule book 2a, RF10; 2c, CD24, CD25): strong ones, and soft."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from smartapp.core.chart import Measurement, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import add_months
from smartapp.core.derive.dangers import new, present
from smartapp.core.derive.facts import Facts, Pain, began_on, name_words, sources_of
from smartapp.core.derive.laboratory import (
    corrected_calcium,
    hemoglobin_limit,
    is_high,
    light_chain_limits,
    result,
    words,
)
from smartapp.core.derive.readings import is_above, is_below
from smartapp.core.kinds import Quantity
from smartapp.core.laboratory import LabMark
from smartapp.core.threshold_words import shown_number
from smartapp.core.thresholds import ThresholdName

Sign = tuple[str, date | None, tuple[Source, ...]]  # its name, its day, where it was read
# What explains a low hemoglobin.
# Without any of these there is no strong sign.
_STRONG = (Quantity.M_PROTEIN, Quantity.LIGHT_CHAIN_RATIO, Quantity.CALCIUM, Quantity.PSA)
_EXPLAIN_ANEMIA = (Concept.ANAEMIA_CAUSE, Concept.CKD_4_5, Concept.DIALYSIS)


def strong_signs(pain: Pain | None, facts: Facts) -> list[Sign]:
    """Each of them alone asks for a work-up first."""
    if not facts.has_measured(*_STRONG):
        return []
    return [*_monoclonal(facts), *_high_calcium(facts), *_prostate(pain, facts)]


def soft_signs(facts: Facts) -> list[Sign]:
    """Of the last 90 days; each counts once."""
    return [*_anemia(facts), *_sedimentation(facts), *_phosphatase(facts), *_coded_calcium(facts)]


def _sign(found: Measurement, facts: Facts, beside: str = "") -> Sign:
    return f"{words(found, facts)}{beside}", facts.day_of(found.when), (found.source,)


def _monoclonal(facts: Facts) -> Iterator[Sign]:
    protein = result(Quantity.M_PROTEIN, facts)
    if protein and not is_below(protein, ThresholdName.M_PROTEIN_FROM, facts):
        yield _sign(protein, facts)
    if ratio := result(Quantity.LIGHT_CHAIN_RATIO, facts):
        low, high = light_chain_limits(facts)
        if is_below(ratio, low, facts) or is_above(ratio, high, facts):
            yield _sign(ratio, facts)


def _high_calcium(facts: Facts) -> Iterator[Sign]:
    """Unless PTH is measured and not low: then the parathyroid glands may explain it."""
    found = corrected_calcium(facts)
    if found is None:
        return
    value, read = found
    calcium = read[0]
    if not is_above(replace(calcium, value=value), ThresholdName.CALCIUM_SERUM_HIGH_ABOVE, facts):
        return
    pth = result(Quantity.PTH, facts)
    if pth is not None and pth.mark in (LabMark.NORMAL, LabMark.HIGH):
        return
    corrected = f", {shown_number(value)} corrected for albumin" if len(read) > 1 else ""
    beside = "PTH low or not judged by the laboratory" if pth else "PTH unknown"
    sources = tuple(m.source for m in (*read, *([pth] if pth else [])))
    yield f"{words(calcium, facts)}{corrected}, {beside}", facts.day_of(calcium.when), sources


def _prostate(pain: Pain | None, facts: Facts) -> Iterator[Sign]:
    """A high or rising PSA, in somebody whose bones hurt."""
    newest = result(Quantity.PSA, facts)
    hurts = (pain is not None and pain.value > 0) or bool(new(facts, Concept.BACK_PAIN))
    if newest is None or newest.value is None or not hurts:
        return
    first = add_months(facts.today, -facts.knowledge.whole(ThresholdName.LAB_WITHIN))
    before = [
        m.value
        for m in facts.measurements_of(Quantity.PSA)
        if m.value is not None and (day := facts.day_of(m.when)) and first <= day < (facts.day_of(newest.when) or day)
    ]
    rise = newest.value - min(before, default=newest.value)
    if is_above(newest, ThresholdName.PSA_ABOVE, facts):
        yield _sign(newest, facts, " beside pain")
    elif rise >= facts.knowledge.number(ThresholdName.PSA_RISE):
        yield _sign(newest, facts, f", up by {shown_number(rise)}, beside pain")


def _anemia(facts: Facts) -> Iterator[Sign]:
    """Hemoglobin low without a cause on record; without a result the diagnosis of the last 90 days."""
    if facts.live(*_EXPLAIN_ANEMIA):
        return
    found = result(Quantity.HEMOGLOBIN, facts, ThresholdName.LAB_SIGN_WITHIN)
    if found is None:
        for diagnosis in new(facts, Concept.ANAEMIA):
            yield name_words(diagnosis, facts.today), began_on(diagnosis, facts.today), (diagnosis.source,)
            return
        return
    if is_below(found, hemoglobin_limit(facts), facts):
        yield _sign(found, facts, " without a cause on record")


def _sedimentation(facts: Facts) -> Iterator[Sign]:
    found = result(Quantity.ESR, facts, ThresholdName.LAB_SIGN_WITHIN)
    if found and is_above(found, ThresholdName.ESR_SIGN_ABOVE, facts):
        yield _sign(found, facts)


def _phosphatase(facts: Facts) -> Iterator[Sign]:
    """High by the laboratory's own mark, and vitamin D not so low that it explains it."""
    found = result(Quantity.ALKALINE_PHOSPHATASE, facts, ThresholdName.LAB_SIGN_WITHIN)
    vitamin_d = result(Quantity.VITAMIN_D, facts)
    if found is None or vitamin_d is None or not is_high(found, facts):
        return
    if not is_below(vitamin_d, ThresholdName.VITD_DEFICIENT_BELOW, facts):
        name, day, sources = _sign(found, facts, ", which a healing fracture raises too")
        yield name, day, (*sources, vitamin_d.source)


def _coded_calcium(facts: Facts) -> Iterator[Sign]:
    """A diagnosis of high calcium that no result since then has settled."""
    coded = present(facts, Concept.HYPERCALCAEMIA)
    if not coded:
        return
    calcium = result(Quantity.CALCIUM, facts, ThresholdName.LAB_SIGN_WITHIN)
    measured = facts.day_of(calcium.when) if calcium else None
    left = [d for d in coded if measured is None or measured < (began_on(d, facts.today) or measured)]
    if left:
        days = [day for d in left if (day := began_on(d, facts.today))]
        names = ", ".join(name_words(d, facts.today) for d in left)
        yield names, max(days, default=None), sources_of(left)
