"""Hard stops and reviews (rule book 2.8): conditions that forbid a prescription, and those a clinician looks at."""

from datetime import timedelta

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Diagnosis
from smartapp.core.concepts import Concept
from smartapp.core.dates import add_months
from smartapp.core.derive.dangers import is_recent, present, raise_or_trace
from smartapp.core.derive.facts import Facts, began_on, born_by, current_pain, is_live, name_words, sources_of
from smartapp.core.derive.fracture import Episode, Fractures, fracture_coding_of, is_lumbar_like
from smartapp.core.derive.healing import healing_of
from smartapp.core.derive.notes import Notes, alert, gap, rule_missed
from smartapp.core.derive.readings import note_habits
from smartapp.core.derive.surgery import fixed_after
from smartapp.core.fracture_coding import EncounterKind, Morphology
from smartapp.core.kinds import ClinicalStatus
from smartapp.core.states import Healing
from smartapp.core.thresholds import ThresholdName

# Conditions that stop while they are live, whatever their date; a suspected one stops as well.
STOPS: tuple[tuple[AlertCode, tuple[Concept, ...]], ...] = (
    (AlertCode.CAUDA_EQUINA, (Concept.CAUDA_EQUINA,)),
    (AlertCode.SPINAL_INFECTION, (Concept.SPINAL_INFECTION,)),
    (AlertCode.HARDWARE_FAILURE, (Concept.HARDWARE_FAILURE,)),
    (AlertCode.PSEUDARTHROSIS, (Concept.PSEUDARTHROSIS,)),
)
SECONDARY_CAUSES = (
    Concept.HYPERTHYROIDISM,
    Concept.HYPERPARATHYROIDISM,
    Concept.HYPERPARATHYROIDISM_PRIMARY,
    Concept.HYPERPARATHYROIDISM_SECONDARY,
    Concept.CUSHING,
    Concept.COELIAC,
    Concept.HYPOGONADISM,
    Concept.MONOCLONAL_GAMMOPATHY,
    Concept.MAST_CELL,
    Concept.OSTEOMALACIA,
    Concept.OSTEOGENESIS_IMPERFECTA,
    Concept.PAGET_SPINE,
    Concept.WEAKENS_BONE,
)
# Conditions a clinician looks at while they are live.
REVIEWS: tuple[tuple[AlertCode, tuple[Concept, ...]], ...] = (
    (AlertCode.CANCER_HISTORY, (Concept.CANCER_HISTORY, Concept.MYELOMA_REMISSION)),
    (
        AlertCode.MED_CLEARANCE,
        (
            Concept.ANGINA,
            Concept.AORTIC_STENOSIS,
            Concept.HEART_FAILURE,
            Concept.AORTIC_ANEURYSM,
            Concept.HYPERTENSION_UNCONTROLLED,
        ),
    ),
    (AlertCode.SECONDARY_CAUSE, SECONDARY_CAUSES),
    (AlertCode.SYNCOPE, (Concept.SYNCOPE, Concept.ORTHOSTATIC_HYPOTENSION)),
    (AlertCode.POSTPARTUM, (Concept.LACTATION,)),
    (AlertCode.LOW_ENERGY_AVAILABILITY, (Concept.MALNUTRITION, Concept.EATING_DISORDER)),
    (AlertCode.ALCOHOL_HIGH, (Concept.ALCOHOL_PROBLEM,)),
    (AlertCode.TOBACCO, (Concept.TOBACCO_USE,)),
)
# A cause of bone disease that may explain a fracture coded as pathological.
EXPLAINS = (
    Concept.OSTEOPOROSIS,
    Concept.OSTEOMALACIA,
    Concept.OSTEOGENESIS_IMPERFECTA,
    Concept.HYPERPARATHYROIDISM,
    Concept.HYPERPARATHYROIDISM_PRIMARY,
    Concept.HYPERPARATHYROIDISM_SECONDARY,
)
GLUCOCORTICOIDS = (Concept.GLUCOCORTICOID, Concept.GLUCOCORTICOID_INHALED)
GLUCOCORTICOID_DRUGS = frozenset({*GLUCOCORTICOIDS, "systemic-glucocorticoid"})  # concepts of a medication
FAINT_OF_CANCER = (Concept.ACTIVE_CANCER, Concept.SPINAL_METASTASIS, Concept.MYELOMA, Concept.NEOPLASTIC_FRACTURE)


def note_stops(fractures: Fractures, facts: Facts) -> Notes:
    """Raise every hard stop; the disposition is decided from what was raised."""
    for code, concepts in STOPS:
        yield from raise_or_trace(code, present(facts, *concepts), facts)
    yield from _note_pathological(facts)
    yield from _note_pregnancy(facts)
    yield from _note_unstable(fractures, facts)
    yield from _note_nonunion(fractures, facts)
    yield from _note_vessels(facts)
    yield from _note_age(facts)


def _note_pathological(facts: Facts) -> Notes:
    """Neoplastic fractures stop; other pathological ones stop unless a benign bone disease may explain them."""
    explained = facts.with_concepts(*EXPLAINS)
    for diagnosis in present(facts, Concept.NEOPLASTIC_FRACTURE, Concept.PATHOLOGICAL_FRACTURE):
        neoplastic = Concept.NEOPLASTIC_FRACTURE in diagnosis.concepts or (
            fracture_coding_of(diagnosis).morphology is Morphology.NEOPLASTIC
        )
        benign = explained and not neoplastic
        code = AlertCode.PATHOLOGICAL_CAUSE if benign else AlertCode.PATHOLOGICAL_FRACTURE
        yield alert(
            code,
            f"Recorded: {name_words(diagnosis, facts.today)}.",
            (diagnosis.source, *(sources_of(explained) if benign else ())),
        )


def _note_pregnancy(facts: Facts) -> Notes:
    """A current pregnancy stops; one without clinical status only for 300 days; a birth is reviewed for 6 months."""
    unclear = timedelta(days=facts.knowledge.whole(ThresholdName.PREGNANCY_UNCLEAR_AFTER))
    for diagnosis in present(facts, Concept.PREGNANCY):
        day = began_on(diagnosis, facts.today)
        over = diagnosis.clinical_status is ClinicalStatus.UNKNOWN and day is not None and facts.today - day > unclear
        if not over:
            yield alert(AlertCode.PREGNANCY, f"Recorded: {name_words(diagnosis, facts.today)}.", [diagnosis.source])
    months = facts.knowledge.whole(ThresholdName.POSTPARTUM_FOR)
    for diagnosis in facts.with_concepts(Concept.POSTPARTUM, Concept.PREGNANCY):
        ended = born_by(diagnosis, unclear, facts.today)
        if ended is not None and facts.today < add_months(ended, months):
            yield alert(AlertCode.POSTPARTUM, f"{name_words(diagnosis, facts.today)}, {ended}.", [diagnosis.source])


def _note_unstable(fractures: Fractures, facts: Facts) -> Notes:
    """Unstable burst or open lumbar fracture, neither fixed since nor healed (2.8)."""
    for episode in fractures.lumbar:
        unstable = _unstable_records(episode.records)
        if not unstable:
            continue
        if _is_mended(episode, facts):
            yield rule_missed(
                "alert.unstable-fracture", "Unstable, but fixed or healed since.", ("S43",), sources_of(unstable)
            )
            continue
        only_burst = {fracture_coding_of(record).morphology for record in unstable} == {Morphology.BURST}
        why = "A burst fracture no record calls stable" if only_burst else "Unstable or open"
        yield alert(AlertCode.UNSTABLE_FRACTURE, f"{why}, not fixed.", sources_of(unstable))
    suspected = _unstable_records(tuple(d for d in fractures.suspected if is_lumbar_like(d)))
    for diagnosis in suspected:
        yield alert(AlertCode.UNSTABLE_FRACTURE, f"Recorded: {name_words(diagnosis, facts.today)}.", [diagnosis.source])


def _unstable_records(records: tuple[Diagnosis, ...]) -> tuple[Diagnosis, ...]:
    """Unstable burst of any record, or a burst no record calls stable; open where none speaks of later healing."""
    coded = [(r, fracture_coding_of(r)) for r in records]
    stable = any(coding.morphology is Morphology.STABLE_BURST for _, coding in coded)
    kinds = (Morphology.UNSTABLE_BURST,) if stable else (Morphology.UNSTABLE_BURST, Morphology.BURST)
    burst = tuple(r for r, coding in coded if coding.morphology in kinds)
    followed = any(coding.encounter in (EncounterKind.ROUTINE, EncounterKind.MALUNION) for _, coding in coded)
    opened = tuple(r for r, coding in coded if coding.open or coding.encounter is EncounterKind.OPEN)
    return tuple(dict.fromkeys((*burst, *(() if followed else opened))))


def _is_mended(episode: Episode, facts: Facts) -> bool:
    """Fixed or healed since. Whether an operation came after a fracture without a day, nobody can tell."""
    fixed = episode.start is not None and fixed_after(episode, facts)
    return fixed or healing_of(episode, facts).status is Healing.HEALED


def _note_nonunion(fractures: Fractures, facts: Facts) -> Notes:
    for episode in fractures.episodes:
        if all(fracture_coding_of(record).encounter is not EncounterKind.NONUNION for record in episode.records):
            continue
        healing = healing_of(episode, facts)
        if healing.status is Healing.NONUNION:
            yield alert(AlertCode.NONUNION, healing.reason.text, healing.reason.sources)


def _note_vessels(facts: Facts) -> Notes:
    """RF13: a rupture or dissection, or a known aneurysm beside new and severe back pain."""
    for diagnosis in present(facts, Concept.AORTIC_EMERGENCY):
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        yield alert(AlertCode.VASCULAR_EMERGENCY, why, [diagnosis.source])
    aneurysms, pain = present(facts, Concept.AORTIC_ANEURYSM), current_pain(facts)
    if not aneurysms or pain is None or pain.value < facts.knowledge.number(ThresholdName.PAIN_SEVERE_FROM):
        return
    for back in present(facts, Concept.BACK_PAIN):
        if is_recent(began_on(back, facts.today), ThresholdName.SUDDEN_PAIN_WITHIN, facts):
            found = (*sources_of((*aneurysms, back)), pain.source)
            why = f"{name_words(back, facts.today)}, pain {pain.value} of 10, beside a known aneurysm."
            yield alert(AlertCode.VASCULAR_EMERGENCY, why, found)


def _note_age(facts: Facts) -> Notes:
    adult = facts.knowledge.whole(ThresholdName.ADULT_FROM_AGE)
    if facts.age is None:
        why = "No date of birth is recorded (missing: age)."
        yield alert(AlertCode.AGE_UNKNOWN, why, [facts.patient_source])
        effect = f"Under {adult} nothing is prescribed; age decides T or Z."
        yield gap("birth-date", "When was the patient born?", effect)
    elif facts.age < adult:
        yield alert(AlertCode.AGE_UNDER_18, f"The patient is {facts.age}.", [facts.patient_source])


def note_reviews(fractures: Fractures, facts: Facts) -> Notes:
    """Everything that asks for a look but stops nothing (2.8), nutrition and habits (S29, S34, S35)."""
    for code, concepts in REVIEWS:
        yield from raise_or_trace(code, facts.live(*concepts), facts)
    past = tuple(d for d in facts.with_concepts(*FAINT_OF_CANCER) if not is_live(d, facts.today))
    for diagnosis in past:
        why = f"No longer active: {name_words(diagnosis, facts.today)}."
        yield alert(AlertCode.CANCER_HISTORY, why, [diagnosis.source])
    yield from _note_infarction(facts)
    yield from _note_glucocorticoids(facts)
    yield from _note_burst(fractures, facts)
    yield from note_habits(facts)


def _note_infarction(facts: Facts) -> Notes:
    """A heart infarction asks for clearance for 12 weeks, also when the record calls it resolved."""
    first = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.INFARCTION_WITHIN))
    for diagnosis in facts.with_concepts(Concept.MYOCARDIAL_INFARCTION):
        day = began_on(diagnosis, facts.today)
        words = f"{name_words(diagnosis, facts.today)}, {day or 'no date'}."
        if day is None or day >= first:
            yield alert(AlertCode.MED_CLEARANCE, words, [diagnosis.source])
        else:
            yield rule_missed("alert.med-clearance", words, ("S43",), [diagnosis.source])


def takes_glucocorticoids(facts: Facts) -> bool:
    return bool(facts.live(*GLUCOCORTICOIDS)) or any(
        m.concepts & GLUCOCORTICOID_DRUGS and m.active for m in facts.chart.medications
    )


def _note_glucocorticoids(facts: Facts) -> Notes:
    yield from raise_or_trace(AlertCode.GC_USE, facts.live(*GLUCOCORTICOIDS), facts)
    for medication in facts.chart.medications:
        if medication.concepts & GLUCOCORTICOID_DRUGS and medication.active:
            name = medication.text or medication.source.display
            yield alert(AlertCode.GC_USE, f"Active medication: {name}.", [medication.source])


def _note_burst(fractures: Fractures, facts: Facts) -> Notes:
    for episode in fractures.lumbar:
        burst = tuple(r for r in episode.records if fracture_coding_of(r).morphology is Morphology.STABLE_BURST)
        yield from raise_or_trace(AlertCode.BURST_STABLE, burst, facts)
