"""A tumor? (rule book 2a, RF9-RF11, FC22): cancer and its treatment stop, signs that add up ask for a work-up first."""

from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Diagnosis, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import has_passed
from smartapp.core.derive.bone import BELOW_EXPECTED, Bone
from smartapp.core.derive.bone_scans import NORMAL
from smartapp.core.derive.cancer_drugs import TREATMENT, ask_how_often, cancer_drugs
from smartapp.core.derive.dangers import broken_on, present, raise_or_trace, readings_of, takes
from smartapp.core.derive.facts import Facts, Pain, began_on, is_live, name_words, sources_of
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Notes, alert, gap, rule_missed, unique
from smartapp.core.derive.red_flags import EXPLAINS, SECONDARY_CAUSES, takes_glucocorticoids
from smartapp.core.derive.tumor_laboratory import Sign, soft_signs, strong_signs
from smartapp.core.kinds import AttestationName
from smartapp.core.thresholds import ThresholdName

CANCERS = (Concept.ACTIVE_CANCER, Concept.SPINAL_METASTASIS, Concept.MYELOMA)
NEVER_EXCLUDED = frozenset({Concept.SPINAL_METASTASIS, Concept.MYELOMA, Concept.NEOPLASTIC_FRACTURE})


def note_cancer(fractures: Fractures, facts: Facts) -> Notes:
    """Active cancer and cancer treatment stop, until a tumor of the spine is excluded after the fracture (2c, CX35)."""
    found = present(facts, *CANCERS)
    for diagnosis in found:
        yield from _note_active(diagnosis, fractures, facts)
    if not found:
        yield from raise_or_trace(AlertCode.ACTIVE_CANCER, (), facts)
    for words, began, source in _treatments(facts):
        yield from _note_treatment(words, began, source, fractures, facts)
    yield from ask_how_often(facts)
    for diagnosis in present(facts, Concept.SERM):
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        yield alert(AlertCode.CANCER_HISTORY, why, [diagnosis.source], variant="serm")
    for source in takes(Concept.SERM, facts):
        yield alert(AlertCode.CANCER_HISTORY, f"Active medication: {source.display}.", [source], variant="serm")


def _excluded(began: date | None, fractures: Fractures, facts: Facts) -> bool:
    """Stated on or after the newest fracture and, where its day is known, the finding."""
    day = max(began or date.min, broken_on(fractures, facts))
    return facts.attestation_of(AttestationName.MALIGNANCY_EXCLUDED, day) is not None


def _note_active(diagnosis: Diagnosis, fractures: Fractures, facts: Facts) -> Notes:
    why = f"Recorded: {name_words(diagnosis, facts.today)}."
    if not diagnosis.concepts.isdisjoint(NEVER_EXCLUDED):
        yield alert(AlertCode.ACTIVE_CANCER, why, [diagnosis.source])
    elif _excluded(
        began_on(diagnosis, facts.today) or facts.today, fractures, facts
    ):  # without a day it may be of today
        yield alert(AlertCode.CANCER_HISTORY, f"{why} A tumor of the spine is excluded.", [diagnosis.source])
    else:
        yield alert(AlertCode.ACTIVE_CANCER, why, [diagnosis.source], variant="primary")


def _treatments(facts: Facts) -> tuple[tuple[str, date | None, Source], ...]:
    """Live, or ended within the last 6 months or on an unknown day; and medicines."""
    found = [d for d in facts.chart.diagnoses if not d.concepts.isdisjoint(TREATMENT) and _is_running(d, facts)]
    return (
        *((f"Recorded: {name_words(d, facts.today)}.", began_on(d, facts.today), d.source) for d in found),
        *cancer_drugs(facts),
    )


def _is_running(diagnosis: Diagnosis, facts: Facts) -> bool:
    if is_live(diagnosis, facts.today):
        return True
    ended, months = facts.day_of(diagnosis.abatement), facts.knowledge.whole(ThresholdName.CANCER_TREATMENT_WITHIN)
    return ended is None or not has_passed(ended, months, facts.today)


def _note_treatment(words: str, began: date | None, source: Source, fractures: Fractures, facts: Facts) -> Notes:
    """RF11. The treatment weakens bone whether or not it explains the fracture."""
    if _excluded(began, fractures, facts):
        yield rule_missed("alert.active-cancer", f"{words} A tumor of the spine is excluded.", (), [source])
    else:
        yield alert(AlertCode.ACTIVE_CANCER, words, [source], variant="treatment")
    yield alert(AlertCode.CANCER_HISTORY, words, [source])
    yield alert(AlertCode.SECONDARY_CAUSE, words, [source], variant="cancer-treatment")


# -- work-up first


def note_unexplained(fractures: Fractures, bone: Bone, facts: Facts) -> Notes:
    """RF9, RF9b: a fracture stated to be without force, in bone that is not weak or in a young patient."""
    stated = facts.with_concepts(Concept.NO_FORCE)
    if not stated or not readings_of(fractures, facts):
        return
    yield gap("mechanism-detail", "How exactly did it happen?", "A fracture without force asks for its cause first.")
    why, sources = _unexplained(bone, facts), sources_of(stated)
    answer = _excluded(None, fractures, facts) or facts.attestation_of(AttestationName.HIGH_ENERGY) is not None
    if why and not answer:
        yield alert(AlertCode.WORK_UP_FIRST, why, sources, variant="unexplained")
    else:
        told = "Answered by a clinician." if why else "Weak bone, or a cause of it, is on record."
        yield rule_missed("alert.work-up-first", f"Stated to be without force. {told}", (), sources)


def _unexplained(bone: Bone, facts: Facts) -> str:
    """Why nothing on record explains it; empty if something does."""
    density, stated = bone.density, "Stated to be without force"
    if bone.osteoporosis or takes_glucocorticoids(facts) or facts.with_concepts(*EXPLAINS):
        return ""
    if density is not None and density.cls == NORMAL:
        return f"{stated}. {density.reason.text}"
    young = facts.age is None or facts.age < facts.knowledge.whole(ThresholdName.T_SCORE_FROM_AGE)
    caused = facts.live(*SECONDARY_CAUSES) or (density is not None and density.cls == BELOW_EXPECTED)
    return (
        f"{stated}, at {facts.age or 'an unknown age'}, and no cause of weak bone is on record."
        if young and not caused
        else ""
    )


def note_suspicion(fractures: Fractures, pain: Pain | None, rising: tuple[Source, ...], facts: Facts) -> Notes:
    """RF10: one strong sign, or two soft ones, until a tumor is excluded after the newest of fracture and signs."""
    high, strong = _high_levels(fractures, facts), strong_signs(pain, facts)
    soft = [*_soft_signs(pain, rising, facts), *soft_signs(facts)]
    if high:
        yield alert(AlertCode.LEVEL_ATYPICAL, f"Recorded: {', '.join(sorted(high))}.", high.values())
    strong = [*_named_by_images(facts), *strong]
    signs = (*strong, *soft)
    sources = (*high.values(), *(source for _, _, found in signs for source in found))
    days = [day for _, day, _ in signs if day]
    words = [*(f"fracture of {level}" for level in sorted(high)), *(name for name, _, _ in signs)]
    why = f"Signs: {', '.join(words) or 'none'}."
    enough = bool(high or strong) or len(soft) >= facts.knowledge.whole(ThresholdName.SOFT_SIGNS_FROM)
    if not enough or not readings_of(fractures, facts):
        yield rule_missed("alert.work-up-first", why, (), sources)
    elif _excluded(max(days, default=None), fractures, facts):
        yield rule_missed("alert.work-up-first", f"{why} A tumor is excluded.", (), sources)
    else:
        yield alert(AlertCode.WORK_UP_FIRST, why, sources, variant="tumor")


def _high_levels(fractures: Fractures, facts: Facts) -> dict[str, Source]:
    """FC22: vertebrae from T4 upward, unless a high-energy accident explains them."""
    if facts.with_concepts(Concept.HIGH_ENERGY) or facts.attestation_of(AttestationName.HIGH_ENERGY):
        return {}
    lowest = facts.knowledge.whole(ThresholdName.ATYPICAL_TO_LEVEL)
    found = ((level, e.records[0].source) for e in fractures.episodes for level in e.level.split("-"))
    return {level: source for level, source in found if level[:1] == "T" and int(level[1:]) <= lowest}


def _named_by_images(facts: Facts) -> list[Sign]:
    """RF10: a tumor an imaging report names and does not state (PH20)."""
    found = present(facts, Concept.MALIGNANCY_SUSPECTED)
    return [(name_words(d, facts.today), began_on(d, facts.today) or facts.today, (d.source,)) for d in found]


def _soft_signs(pain: Pain | None, rising: tuple[Source, ...], facts: Facts) -> list[Sign]:
    """Each row of the rule book counts once (2c, CD25)."""
    past = [d for d in facts.with_concepts(*CANCERS) if not is_live(d, facts.today)]
    history = tuple(dict.fromkeys((*facts.live(Concept.CANCER_HISTORY, Concept.MYELOMA_REMISSION), *past)))
    signs = present(facts, Concept.CANCER_SIGN)
    thin = tuple(d for d in present(facts, Concept.WEIGHT_LOSS) if d not in signs)
    found: list[Sign] = [("past cancer", None, sources_of(history))] if history else []
    for group in (signs, thin):
        if group:
            days = [day for d in group if (day := began_on(d, facts.today))]
            names = ", ".join(name_words(d, facts.today) for d in group)
            found.append((names, max(days, default=None), sources_of(group)))
    very = facts.knowledge.number(ThresholdName.PAIN_VERY_SEVERE_FROM)
    severe = pain if pain and pain.value >= very else None
    if severe or rising:
        day = severe.on if severe else None
        found.append(
            ("pain that is very severe or rises", day, unique((*rising, *([severe.source] if severe else []))))
        )
    return found
