"""Drugs and results -> causes of weak bone beside the recorded diseases, and what of the blood panel is missing
(rule book 2a, TX14-TX16)."""

from collections.abc import Iterator

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Measurement
from smartapp.core.concepts import Concept
from smartapp.core.derive.dangers import takes
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.laboratory import hemoglobin_limit, is_high, is_low, light_chain_limits, result, words
from smartapp.core.derive.notes import Notes, alert, rule_missed
from smartapp.core.derive.readings import is_above, is_below
from smartapp.core.derive.work_up import RESULTS, asked_of
from smartapp.core.kinds import Quantity, Sex
from smartapp.core.laboratory import LabMark
from smartapp.core.thresholds import ThresholdName


def note_secondary_causes(facts: Facts) -> Notes:
    """TX14, TX15: drugs; thyroid, testosterone and parathyroid hormone outside their range."""
    if facts.palliative:
        return
    for concept, variant in ((Concept.BONE_HARMING_DRUG, "drug"), (Concept.BONE_NOTED_DRUG, "noted")):
        for source in takes(concept, facts):
            why, noted = f"Active medication: {source.display}.", variant == "noted"
            yield alert(AlertCode.SECONDARY_CAUSE, why, [source], eased=noted, variant=variant)
    for found in _causes(facts):
        yield alert(AlertCode.SECONDARY_CAUSE, f"{words(found, facts)}.", [found.source], variant="laboratory")


def _causes(facts: Facts) -> Iterator[Measurement]:
    thyroid, hormone = result(Quantity.TSH, facts), result(Quantity.PTH, facts)
    if thyroid and (is_low(thyroid, facts, ThresholdName.TSH_BELOW) or is_high(thyroid, facts)):
        yield thyroid
    if hormone and is_high(hormone, facts):
        yield hormone
    male = result(Quantity.TESTOSTERONE, facts) if facts.patient.sex is Sex.MALE else None
    if male and is_below(male, ThresholdName.TESTOSTERONE_BELOW, facts):
        yield male


def note_labs(fragile: bool, facts: Facts) -> Notes:
    """TX16, after a fragility fracture at any age: one line with what is not found, and what is not normal."""
    if not fragile or facts.palliative:
        return
    asked = asked_of(RESULTS, facts)
    read = {name: [m for quantity in RESULTS[name] if (m := result(quantity, facts))] for name in asked}
    missing = [name for name, found in read.items() if not found]
    results = [m for found in read.values() for m in found]
    abnormal = [m for m in results if _is_abnormal(m, facts)]
    said = [f"Not found ({_windows(facts)}): {', '.join(missing)}."] if missing else []
    said += [f"Not normal: {', '.join(words(m, facts) for m in abnormal)}."] if abnormal else []
    if said:
        sources = [m.source for m in abnormal] or [facts.patient_source]
        yield alert(AlertCode.LABS_MISSING, " ".join(said), sources, variant="" if missing else "abnormal")
    else:
        yield rule_missed("alert.labs-missing", "The whole panel is on record.", (), [m.source for m in results])


def _windows(facts: Facts) -> str:
    soon, late = (facts.knowledge.span(name) for name in (ThresholdName.LAB_WITHIN, ThresholdName.LAB_SLOW_WITHIN))
    return f"{soon}; TSH, transglutaminase, testosterone {late}"


def _is_abnormal(found: Measurement, facts: Facts) -> bool:
    """By the laboratory's own mark or range, else by the limits the rules have. Vitamin D has its own alerts."""
    if found.mark is not None:
        return found.mark is not LabMark.NORMAL
    few, many = light_chain_limits(facts)
    below = {
        Quantity.HEMOGLOBIN: hemoglobin_limit(facts),
        Quantity.TSH: ThresholdName.TSH_BELOW,
        Quantity.TESTOSTERONE: ThresholdName.TESTOSTERONE_BELOW,
        Quantity.LIGHT_CHAIN_RATIO: few,
    }
    above = {
        Quantity.CALCIUM: ThresholdName.CALCIUM_SERUM_HIGH_ABOVE,
        Quantity.CRP: ThresholdName.CRP_ABOVE,
        Quantity.ESR: ThresholdName.ESR_ABOVE,
        Quantity.LIGHT_CHAIN_RATIO: many,
    }
    if found.quantity is Quantity.M_PROTEIN:
        return not is_below(found, ThresholdName.M_PROTEIN_FROM, facts)
    low, high = below.get(found.quantity), above.get(found.quantity)
    return (low is not None and is_below(found, low, facts)) or (high is not None and is_above(found, high, facts))
