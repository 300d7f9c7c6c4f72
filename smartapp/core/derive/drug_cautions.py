"""Bone drugs on record and the rest of the chart -> what speaks against the next dose, what must follow a course, and
drugs that make falls likelier (rule book 2a, TX6, TX11-TX13). Nothing here prescribes.
"""

from collections.abc import Iterator

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import add_months, has_passed, months_between
from smartapp.core.derive.dangers import present, takes
from smartapp.core.derive.facts import Facts, began_on, name_words, sources_of
from smartapp.core.derive.laboratory import corrected_calcium, is_low, result, words
from smartapp.core.derive.notes import Notes, alert, rule_missed
from smartapp.core.derive.readings import is_below, newest_reading
from smartapp.core.derive.treatment import Found
from smartapp.core.kinds import Quantity
from smartapp.core.laboratory import LabMark
from smartapp.core.thresholds import ThresholdName
from smartapp.core.treatment import Treatment, TreatmentState

_ANABOLIC = (Concept.ROMOSOZUMAB, Concept.BONE_ANABOLIC)
_INJECTED = (Concept.DENOSUMAB, Concept.ZOLEDRONATE)
_ANTIRESORPTIVE = (*_INJECTED, Concept.ANTIRESORPTIVE)
_CANCER = (Concept.CANCER_TREATMENT, Concept.HORMONE_MODULATOR, Concept.IRRADIATION_HISTORY)
_UNSTEADY = (Concept.FALLS, Concept.FALL_RISK, Concept.SYNCOPE, Concept.ORTHOSTATIC_HYPOTENSION)
_HARM = frozenset({Concept.JAW_NECROSIS, Concept.ATYPICAL_FEMUR_FRACTURE})
_MANY = 2  # blood-pressure drugs that count beside falls (TX13)


def note_drug_cautions(found: Found, facts: Facts) -> Notes:
    """Silent where care is palliative (rule book 2c, CX15)."""
    if facts.palliative:
        return
    taken = {concept: each for concept, each in found.items() if each.state is not TreatmentState.STOPPED}
    yield from _note_courses(found, facts)
    yield from _note_companions(taken, facts)
    yield from _note_bone_and_jaw(taken, facts)
    yield from _note_minerals(taken, facts)
    yield from _note_kidney(taken, facts)
    yield from _note_falls(facts)
    yield from _note_nsaid(facts)


def _note_courses(found: Found, facts: Facts) -> Notes:
    """TX6: a course that is over, and nothing begun since."""
    for concept in _ANABOLIC:
        each = found.get(concept)
        if each is None:
            continue
        why = f"{each.drug} since {each.since or 'an unknown day'}."
        after = [t for other, t in found.items() if other not in _ANABOLIC and _follows(t, each)]
        if each.state is TreatmentState.FINISHED and not after:
            yield alert(
                AlertCode.DRUG_SEQUENCE, f"{why} Course ends {_ends(concept, each, facts)}.", each.sources, eased=True
            )
        else:
            told = f"Followed by {after[0].drug}." if after else "Its course is not over."
            yield rule_missed("alert.drug-sequence", f"{why} {told}", (), each.sources)


def _follows(other: Treatment, course: Treatment) -> bool:
    """Known to have been taken after the course began, and still on."""
    days = [day for day in (other.since, other.last) if day is not None]
    return other.state is TreatmentState.ON and any(course.since is None or day > course.since for day in days)


def _ends(concept: Concept, each: Treatment, facts: Facts) -> str:
    romosozumab = concept is Concept.ROMOSOZUMAB
    longest = ThresholdName.ROMOSOZUMAB_LONGEST if romosozumab else ThresholdName.ANABOLIC_LONGEST
    return str(add_months(each.since or facts.today, facts.knowledge.whole(longest)))  # what is over has begun


def _note_companions(taken: Found, facts: Facts) -> Notes:
    """TX6: romosozumab after an infarction or stroke, teriparatide beside cancer treatment or irradiation."""
    within = facts.knowledge.whole(ThresholdName.ROMOSOZUMAB_EVENT_WITHIN)
    if romosozumab := taken.get(Concept.ROMOSOZUMAB):
        for event in facts.with_concepts(Concept.MYOCARDIAL_INFARCTION, Concept.STROKE):
            day = began_on(event, facts.today)
            why = f"{romosozumab.drug}; {name_words(event, facts.today)}, {day or 'no date'}."
            sources = (*romosozumab.sources, event.source)
            if day is None or not has_passed(day, within, facts.today):
                yield alert(AlertCode.DRUG_SEQUENCE, why, sources, variant="vessels")
            else:
                yield rule_missed("alert.drug-sequence", why, (), sources)
    if anabolic := taken.get(Concept.BONE_ANABOLIC):
        treated = present(facts, *_CANCER)
        drugs = tuple(source for concept in _CANCER for source in takes(concept, facts))
        if treated or drugs:
            names = [*(name_words(d, facts.today) for d in treated), *(source.display for source in drugs)]
            sources = (*anabolic.sources, *sources_of(treated), *drugs)
            yield alert(AlertCode.DRUG_SEQUENCE, f"{anabolic.drug}; {', '.join(names)}.", sources, variant="cancer")


def _note_bone_and_jaw(taken: Found, facts: Facts) -> Notes:
    """TX12: what an antiresorptive drug may have done to jaw and thigh, also where it is only suspected."""
    antiresorptive = [each for concept, each in taken.items() if concept in _ANTIRESORPTIVE]
    harmed = [] if facts.recorded.isdisjoint(_HARM) else [d for d in facts.chart.diagnoses if d.concepts & _HARM]
    inflamed = present(facts, Concept.JAW_INFLAMMATION) if antiresorptive else ()
    for diagnosis in (*harmed, *inflamed):
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        yield alert(AlertCode.DRUG_CAUTION, why, [diagnosis.source])
    least = facts.knowledge.whole(ThresholdName.THIGH_PAIN_FROM)
    for each in antiresorptive:
        for pain in present(facts, Concept.THIGH_PAIN):
            why = f"{name_words(pain, facts.today)}; {each.drug} since {each.since or 'an unknown day'}."
            if each.since is None or months_between(each.since, facts.today) >= least:
                yield alert(AlertCode.DRUG_CAUTION, why, (pain.source, *each.sources), variant="thigh")
            else:
                yield rule_missed("alert.drug-caution", why, (), (pain.source, *each.sources))


def _note_minerals(taken: Found, facts: Facts) -> Notes:
    """TX12: a phosphatase below its range; calcium or vitamin D low before an injected antiresorptive drug."""
    phosphatase = result(Quantity.ALKALINE_PHOSPHATASE, facts)
    if phosphatase and phosphatase.mark is LabMark.LOW:
        yield alert(
            AlertCode.DRUG_CAUTION,
            f"{words(phosphatase, facts)}.",
            [phosphatase.source],
            eased=not taken,
            variant="phosphatase",
        )
    injected = [each for concept, each in taken.items() if concept in _INJECTED]
    low = [*_low_calcium(facts), *_low_vitamin_d(facts)] if injected else []
    if low:
        names = ", ".join(each.drug for each in injected)
        sources = (*(source for _, source in low), *(s for each in injected for s in each.sources))
        why = f"{', '.join(name for name, _ in low)}; {names} on record."
        yield alert(AlertCode.DRUG_CAUTION, why, sources, variant="mineral")


def _low_calcium(facts: Facts) -> Iterator[tuple[str, Source]]:
    for diagnosis in present(facts, Concept.HYPOCALCAEMIA):
        yield name_words(diagnosis, facts.today), diagnosis.source
    found = corrected_calcium(facts)
    if found is None:
        return
    value, read = found
    marked = len(read) == 1 and is_low(read[0], facts, ThresholdName.CALCIUM_SERUM_LOW_BELOW)
    if marked or (len(read) > 1 and value < facts.knowledge.number(ThresholdName.CALCIUM_SERUM_LOW_BELOW)):
        yield words(read[0], facts), read[0].source


def _low_vitamin_d(facts: Facts) -> Iterator[tuple[str, Source]]:
    found = result(Quantity.VITAMIN_D, facts)
    if found and is_below(found, ThresholdName.VITD_DEFICIENT_BELOW, facts):
        yield words(found, facts), found.source


def _note_kidney(taken: Found, facts: Facts) -> Notes:
    """TX11, by diagnosis or by the newest eGFR, however old: weak kidneys do not recover by themselves."""
    diseases, kidney = facts.live(Concept.CKD_4_5, Concept.DIALYSIS), newest_reading(Quantity.EGFR, facts)
    weak = kidney if kidney and is_below(kidney, ThresholdName.EGFR_CAUTION_BELOW, facts) else None
    if not diseases and weak is None:
        yield rule_missed("alert.ckd-mbd", "Neither kidney disease of stage 4 or 5 nor such an eGFR is recorded.")
        return
    denosumab = taken.get(Concept.DENOSUMAB)
    names = [*(name_words(d, facts.today) for d in diseases), *([words(weak, facts)] if weak else [])]
    sources = (*sources_of(diseases), *([weak.source] if weak else []), *(denosumab.sources if denosumab else ()))
    why = f"Recorded: {', '.join(names)}{f'; {denosumab.drug} on record' if denosumab else ''}."
    yield alert(AlertCode.CKD_MBD, why, sources, variant="denosumab" if denosumab else "")


def _note_falls(facts: Facts) -> Notes:
    """TX13: sedating drugs; blood-pressure drugs where falls or a drop of pressure are recorded."""
    if facts.taken.isdisjoint((Concept.SEDATIVE, Concept.BLOOD_PRESSURE_DRUG)):
        return
    active = [m for m in facts.chart.medications if m.active]
    drowsy = [m for m in active if Concept.SEDATIVE in m.concepts]
    pressure = [m for m in active if Concept.BLOOD_PRESSURE_DRUG in m.concepts]
    counted = pressure if len(pressure) >= _MANY and facts.live(*_UNSTEADY) else []
    found = [*drowsy, *counted]
    if found:
        names = dict.fromkeys(m.text or m.source.display for m in found)
        yield alert(AlertCode.FALL_DRUGS, f"On record: {', '.join(names)}.", [m.source for m in found])
    else:
        yield rule_missed(
            "alert.fall-drugs", "Blood-pressure drugs, without falls on record or fewer than two of them."
        )


def _note_nsaid(facts: Facts) -> Notes:
    """PM7: from an age on, and beside a weak kidney or an anticoagulant."""
    found = [m for m in facts.chart.medications if m.active and Concept.NSAID in m.concepts]
    if not found:
        return
    thinned = [m.source for m in facts.chart.medications if m.active and Concept.ANTICOAGULANT in m.concepts]
    illness = facts.live(Concept.CKD_3, Concept.CKD_4_5, Concept.ANTICOAGULANT)
    older = facts.age is not None and facts.age >= facts.knowledge.whole(ThresholdName.NSAID_FROM_AGE)
    age = "unknown" if facts.age is None else facts.age
    why = f"{', '.join(m.text or m.source.display for m in found)}; age {age}."
    sources = (*(m.source for m in found), *thinned, *sources_of(illness))
    if older or thinned or illness:
        yield alert(AlertCode.NSAID_CAUTION, why, sources)
    else:
        yield rule_missed("alert.nsaid-caution", why, (), sources)
