"""Vitamin D and calcium (rule book 2.7): the newest 25-OH result becomes a class; conditions become cautions."""

from decimal import Decimal

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Reason, VitaminD
from smartapp.core.chart import Measurement
from smartapp.core.concepts import Concept, Topic
from smartapp.core.dates import add_months
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.notes import Notes, Noting, alert, gap, rule_missed
from smartapp.core.derive.readings import is_above, is_below, is_stale, newest_reading, number_words
from smartapp.core.kinds import Quantity
from smartapp.core.threshold_words import shown_number
from smartapp.core.thresholds import ThresholdName

SEVERE, DEFICIENT, INSUFFICIENT = "severely-deficient", "deficient", "insufficient"
TARGET, ABOVE_TARGET, TOXIC = "target", "above-target", "possible-toxicity"

# What the calcium rule looks for: conditions that forbid it at any time, and those that must be present now.
EVER = (
    Concept.KIDNEY_STONES,
    Concept.HYPERPARATHYROIDISM_PRIMARY,
    Concept.SARCOIDOSIS,
)
NOW = (Concept.HYPERCALCAEMIA, Concept.CKD_4_5)


def vitamin_d_of(facts: Facts) -> Noting[VitaminD | None]:
    """Class of the newest dated result (undated only where nothing is dated), with alerts VITD_*."""
    found = [m for m in facts.measurements_of(Quantity.VITAMIN_D) if m.value is not None and m.value > 0]
    if not found:
        unread = facts.not_understood(Topic.VITAMIN_D)
        why = f"No 25-OH vitamin D result can be used (missing: 25-OH vitamin D). {unread}".strip()
        yield alert(AlertCode.VITD_MISSING, why, [facts.patient_source])
        asked = f"What is the 25-OH vitamin D? {unread}".strip()
        yield gap("25-oh-vitamin-d", asked, "Measure it; a deficiency is dosed by the clinician.")
        return None
    newest = _newest(found, facts)
    value, day = newest.value or Decimal(0), facts.day_of(newest.when)
    cls = vitamin_d_class(value, newest.comparator, facts)
    shown = f"25-OH vitamin D {newest.comparator}{shown_number(value)} ng/mL ({day or 'no date'})"
    reason = Reason(f"{shown}: {cls.replace('-', ' ')}.", ("S31", "S32"), (newest.source,), "vitamin-d.class")
    yield from _note_class(cls, reason)
    stale_from = add_months(day, facts.knowledge.whole(ThresholdName.VITD_STALE_AFTER)) if day else None
    if stale_from is None or facts.today > stale_from:
        yield alert(AlertCode.VITD_STALE, f"{shown}.", [newest.source])
        yield gap(
            "25-oh-vitamin-d", "What is the 25-OH vitamin D now?", "The result on record is old; it is still used."
        )
    else:
        yield rule_missed("alert.vitd-stale", f"{shown}.", ("S32",), [newest.source])
    return VitaminD(cls, value, day, newest.source, reason)


def _newest(found: list[Measurement], facts: Facts) -> Measurement:
    """Newest day; of the same day the lowest value."""
    days = [day for m in found if (day := facts.day_of(m.when))]
    same_day = [m for m in found if facts.day_of(m.when) == max(days, default=None)]
    return min(same_day, key=lambda m: (m.value or Decimal(0), m.source.reference))


def vitamin_d_class(value: Decimal, comparator: str, facts: Facts) -> str:
    """Half-open classes in ng/mL; “<20” is below 20 and “>100” above 100, other bounds count as the number."""
    number = facts.knowledge.number

    def below(limit: ThresholdName) -> bool:
        return value < number(limit) or (comparator == "<" and value <= number(limit))

    if below(ThresholdName.VITD_SEVERE_BELOW):
        return SEVERE
    if below(ThresholdName.VITD_DEFICIENT_BELOW):
        return DEFICIENT
    if below(ThresholdName.VITD_INSUFFICIENT_BELOW):
        return INSUFFICIENT
    toxic = number(ThresholdName.VITD_TOXIC_ABOVE)
    if value > toxic or (comparator == ">" and value >= toxic):
        return TOXIC
    return TARGET if value <= number(ThresholdName.VITD_TARGET_TO) else ABOVE_TARGET


def _note_class(cls: str, reason: Reason) -> Notes:
    if cls in (SEVERE, DEFICIENT):
        variant = "severe" if cls == SEVERE else ""
        yield alert(AlertCode.VITD_DEFICIENT, reason.text, reason.sources, variant=variant)
    elif cls == INSUFFICIENT:
        yield alert(AlertCode.VITD_INSUFFICIENT, reason.text, reason.sources)
    elif cls == TOXIC:
        yield alert(AlertCode.VITD_TOXICITY, reason.text, reason.sources)
    else:
        yield rule_missed("alert.vitd-insufficient", reason.text, ("S32",), reason.sources)


def note_calcium(facts: Facts) -> Notes:
    """CALCIUM_CAUTION: hypercalcaemia, stones, CKD 4-5, primary hyperparathyroidism, sarcoidosis."""
    found = (*facts.with_concepts(*EVER), *facts.live(*NOW))
    for diagnosis in found:
        yield alert(
            AlertCode.CALCIUM_CAUTION, f"Recorded: {diagnosis.text or diagnosis.source.display}.", [diagnosis.source]
        )
    kidney, serum = newest_reading(Quantity.EGFR, facts), newest_reading(Quantity.CALCIUM, facts)
    if kidney and is_below(kidney, ThresholdName.EGFR_CAUTION_BELOW, facts):
        yield from _caution("egfr", f"eGFR {number_words(kidney)}", kidney, facts)
    if serum and is_above(serum, ThresholdName.CALCIUM_SERUM_HIGH_ABOVE, facts):
        yield from _caution("serum-calcium", f"serum calcium {number_words(serum)} mg/dL", serum, facts)
    if not found:
        yield rule_missed("alert.calcium-caution", "No recorded condition speaks against calcium.", ("S30",))


def _caution(concept: str, said: str, reading: Measurement, facts: Facts) -> Notes:
    """A reading that speaks against calcium, however old: caution does not lapse by itself (ours)."""
    day = facts.day_of(reading.when)
    old = is_stale(day, facts)
    said = f"{said[0].upper()}{said[1:]} ({day or 'no date'}{', old' if old else ''})."
    yield alert(AlertCode.CALCIUM_CAUTION, said, [reading.source])
    if old:
        name = {"egfr": "kidney function (eGFR)"}.get(concept, "serum calcium")
        yield gap(concept, f"What is the {name} now?", "The result on record is old; the caution it gives still holds.")
