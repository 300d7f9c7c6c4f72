"""How likely the next fracture is (rule book 2a, TX9, TX17): very high risk by any of its criteria, FRAX on record."""

from collections.abc import Iterator

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import add_months
from smartapp.core.derive.bone import Bone
from smartapp.core.derive.facts import Facts, sources_of
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.laboratory import result
from smartapp.core.derive.notes import Notes, alert, rule_missed
from smartapp.core.derive.readings import is_below, number_words
from smartapp.core.derive.red_flags import takes_glucocorticoids
from smartapp.core.derive.treatment import Found
from smartapp.core.kinds import Quantity, Sex
from smartapp.core.thresholds import ThresholdName
from smartapp.core.treatment import TreatmentState

Criterion = tuple[str, tuple[Source, ...]]


def note_risk(fractures: Fractures, bone: Bone, found: Found, high_energy: bool, facts: Facts) -> Notes:
    """Of adults of an age at which T-scores apply; silent where care is palliative (rule book 2c, CX15)."""
    age = facts.knowledge.whole(ThresholdName.T_SCORE_FROM_AGE)
    if facts.palliative or facts.age is None or facts.age < age:
        return
    if high_energy:
        yield rule_missed("alert.very-high-risk", "The mechanism was of high energy.")
        return
    met = list(_criteria(fractures, bone, found, facts))
    if met:
        sources = [source for _, from_ in met for source in from_]
        variant = "" if facts.patient.sex is Sex.FEMALE else "men"
        yield alert(AlertCode.VERY_HIGH_RISK, f"{'; '.join(name for name, _ in met)}.", sources, variant=variant)
    else:
        yield rule_missed("alert.very-high-risk", "None of its criteria is on record.")


def _criteria(fractures: Fractures, bone: Bone, found: Found, facts: Facts) -> Iterator[Criterion]:
    records = sources_of(record for episode in fractures.episodes for record in episode.records)
    months = facts.knowledge.whole(ThresholdName.RISK_FRACTURE_WITHIN)
    days = [episode.start.day for episode in fractures.episodes if episode.start]
    if days and facts.today <= add_months(max(days), months):
        yield f"a vertebral fracture of {max(days)}", records
    if len(fractures.episodes) > 1:
        yield "more than one vertebral fracture", records
    for each in found.values():
        since = each.since
        if each.state is TreatmentState.ON and since and any(day > since for day in days):
            yield f"a fracture on {each.drug}", each.sources
    yield from _of_bone(bone, facts)
    if takes_glucocorticoids(facts):
        yield "glucocorticoids beside a fracture", records
    hips = facts.with_concepts(Concept.FRACTURE_HIP_FEMUR)
    if hips:
        yield "fractures of hip and spine", sources_of(hips)


def _of_bone(bone: Bone, facts: Facts) -> Iterator[Criterion]:
    density, limit = bone.density, facts.knowledge.number(ThresholdName.RISK_T_SCORE)
    if (
        density
        and density.source
        and density.value is not None
        and density.value <= limit
        and density.cls == "osteoporosis"
    ):
        yield f"T-score {density.value}", (density.source,)
    frax = result(Quantity.FRACTURE_PROBABILITY, facts)
    if frax and not is_below(frax, ThresholdName.RISK_PROBABILITY_FROM, facts):
        yield f"FRAX {number_words(frax)} %", (frax.source,)
