"""What a clinician stated with a value -> the facts it stands for: which vertebra broke, how much the back hurts (rule
book 2c, CX60 and section 9). A statement answers what was on record by its day, and no later record.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from smartapp.core.chart import Diagnosis, Measurement
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.derive.dangers import answered
from smartapp.core.derive.facts import Facts, began_on
from smartapp.core.derive.fracture import fracture_coding_of, is_lumbar_like
from smartapp.core.fracture_coding import Morphology, Region
from smartapp.core.kinds import CHOICES, AttestationName, Quantity


def with_stated(facts: Facts) -> Facts:
    """The same facts with those the statements stand for."""
    chart = facts.chart
    if not chart.attestations:
        return facts
    placed = tuple(_placed(diagnosis, facts) for diagnosis in chart.diagnoses)
    # The chart of an assessment, which is derived again to see what a statement would change, has them already.
    pains = (pain for pain in _pains(facts) if pain not in chart.measurements)
    return replace(facts, chart=replace(chart, diagnoses=placed, measurements=(*chart.measurements, *pains)))


def _pains(facts: Facts) -> Iterator[Measurement]:
    scores = CHOICES[AttestationName.BACK_PAIN]
    for said in facts.chart.attestations:
        if said.name is AttestationName.BACK_PAIN and said.on <= facts.today and said.value in scores:
            yield Measurement(said.source, Quantity.PAIN, Decimal(said.value), When.day(said.on))


def _placed(diagnosis: Diagnosis, facts: Facts) -> Diagnosis:
    """FC23, and a lumbar fracture of no named vertebra: at the vertebra stated since. Of a posterior part, which may be
    stated of a bone nobody named, the rules of a part that is not known decide (FC2, FC7)."""
    unnamed = Concept.FRACTURE_SITE_UNNAMED in diagnosis.concepts and diagnosis.fracture is None
    coding = fracture_coding_of(diagnosis)
    without_level = diagnosis.fracture is not None and is_lumbar_like(diagnosis) and not coding.levels
    if not unnamed and not without_level:
        return diagnosis
    since = began_on(diagnosis, facts.today)
    level = answered(AttestationName.FRACTURE_LEVEL, since, facts)
    levels = frozenset({level.value} & {*CHOICES[AttestationName.FRACTURE_LEVEL]} if level else ())
    if levels:
        coding = replace(coding, region=Region.LUMBAR, levels=levels)
    if not unnamed:
        return replace(diagnosis, fracture=coding) if levels else diagnosis
    posterior = answered(AttestationName.PART_POSTERIOR, since, facts)
    if not levels and not posterior:
        return diagnosis
    coding = replace(coding, morphology=Morphology.OTHER if posterior else Morphology.OSTEOPOROTIC)
    concepts = diagnosis.concepts - {Concept.FRACTURE_SITE_UNNAMED} | {Concept.VERTEBRAL_FRACTURE.value}
    return replace(diagnosis, concepts=concepts, fracture=coding)
