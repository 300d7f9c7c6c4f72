"""How likely the next fracture is (rule book 2a, TX9, TX17): very high risk by any of its criteria, FRAX on record."""

from collections.abc import Iterator
from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import add_months
from smartapp.core.derive.bone import Bone
from smartapp.core.derive.facts import Facts, sources_of
from smartapp.core.derive.falls import injurious_falls
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.fracture_notes import are_close
from smartapp.core.derive.fracture_status import FractureStatuses
from smartapp.core.derive.laboratory import result
from smartapp.core.derive.notes import Notes, alert, gap, rule_missed
from smartapp.core.derive.readings import is_below, number_words
from smartapp.core.derive.red_flags import takes_glucocorticoids
from smartapp.core.derive.treatment import Found
from smartapp.core.kinds import Quantity, Sex
from smartapp.core.thresholds import ThresholdName
from smartapp.core.treatment import TreatmentState

Criterion = tuple[str, tuple[Source, ...]]
_PROBABILITIES = (
    (Quantity.FRACTURE_PROBABILITY, "", ThresholdName.RISK_PROBABILITY_FROM),
    (Quantity.HIP_FRACTURE_PROBABILITY, " (hip fracture)", ThresholdName.RISK_HIP_PROBABILITY_FROM),
)


def note_cluster(found: Found, facts: Facts) -> Notes:
    """FC16, of several fractures close together: whether denosumab was stopped before them (TX3, TX4)."""
    if Concept.DENOSUMAB not in found and not facts.live(Concept.PALLIATIVE):
        effect = "Vertebrae that break in rows fit a late or last dose of it."
        yield gap("denosumab-before", "Was denosumab ever given, and when was the last dose?", effect)


def note_risk(
    standings: FractureStatuses, fractures: Fractures, bone: Bone, found: Found, high_energy: bool, facts: Facts
) -> Notes:
    """Of adults of an age at which T-scores apply; silent where care is palliative (rule book 2c, CX15)."""
    age = facts.knowledge.whole(ThresholdName.T_SCORE_FROM_AGE)
    if facts.palliative or facts.age is None or facts.age < age:
        return
    if high_energy:
        yield rule_missed("alert.very-high-risk", "The mechanism was of high energy.")
        return
    met = [
        *_criteria(are_close(standings, facts), fractures, bone, found, facts),
        *_of_falls(standings.broken_on, facts),
    ]
    if met:
        sources = [source for _, from_ in met for source in from_]
        variant = "" if facts.patient.sex is Sex.FEMALE else "men"
        yield alert(AlertCode.VERY_HIGH_RISK, f"{'; '.join(name for name, _ in met)}.", sources, variant=variant)
    else:
        yield rule_missed("alert.very-high-risk", "None of its criteria is on record.")


def _criteria(close: bool, fractures: Fractures, bone: Bone, found: Found, facts: Facts) -> Iterator[Criterion]:
    records = sources_of(record for episode in fractures.episodes for record in episode.records)
    months = facts.knowledge.whole(ThresholdName.RISK_FRACTURE_WITHIN)
    days = [episode.start.day for episode in fractures.episodes if episode.start]
    if days and facts.today <= add_months(max(days), months):
        yield f"a vertebral fracture of {max(days)}", records
    if len(fractures.episodes) > 1:
        many = "several vertebral fractures close together" if close else "more than one vertebral fracture"
        yield many, records
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
    for quantity, title, level in _PROBABILITIES:
        frax = result(quantity, facts)
        if frax and not is_below(frax, level, facts):
            yield f"FRAX {number_words(frax)} %{title}", (frax.source,)


def _of_falls(broken_on: date | None, facts: Facts) -> Iterator[Criterion]:
    """The fall that broke the bone never counts (rule book 2c, CX11)."""
    for fall in injurious_falls(facts, broken_on):
        yield f"a fall with an injury ({fall.name})", (fall.source,)
