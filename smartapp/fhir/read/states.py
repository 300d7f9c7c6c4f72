"""A care or a device on record as done, used or ordered -> the Diagnosis it stands for (rule book 2a, 7).

Dialysis, home oxygen, hospice care and a wheelchair are recorded as what was done or given, and tell what the patient
has; no calendar starts by them.
"""

from collections.abc import Iterable, Iterator

from smartapp.core.chart import Diagnosis, Source
from smartapp.core.codes import CodeKind
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.kinds import ClinicalStatus, DateKind
from smartapp.fhir.json import Resource, get_str
from smartapp.fhir.read.context import Coded, where

_TOLD_BY_CARE = frozenset(
    {
        *(Concept.DIALYSIS, Concept.PALLIATIVE, Concept.LUNG_DISEASE, Concept.OXYGEN, Concept.WHEELCHAIR),
        *(Concept.ANTICOAGULANT, Concept.IMMUNOSUPPRESSION, Concept.CANCER_TREATMENT, Concept.HIP_REPLACEMENT),
    }
)
_RUNNING = {"active", "in-progress"}
_NOT_YET = {"preparation", "on-hold", "draft", "intended"}


def states_told(said: Coded) -> frozenset[str]:
    """Concepts its codes have as a diagnosis, of those a care or a device tells."""
    rows = (row for row in said.others if row.kind is CodeKind.CONDITION)
    return frozenset(concept for row in rows for concept in row.concepts if concept in _TOLD_BY_CARE)


def state(resource: Resource, said: Coded, on: When | None) -> Iterator[Diagnosis]:
    """None where it tells of no state. Whether it goes on is known only of what is running."""
    status = get_str(resource, "status").strip().lower()
    if status in _NOT_YET or not (concepts := states_told(said)):
        return
    yield Diagnosis(
        source=Source(where(resource), display=said.shown, date=str(on or "")),
        concepts=concepts,
        clinical_status=ClinicalStatus.ACTIVE if status in _RUNNING else ClinicalStatus.UNKNOWN,
        onset=on,
        onset_kind=DateKind.DATE if on else DateKind.ABSENT,
        code=said.code,
        text=said.text,
    )


def each_once(diagnoses: Iterable[Diagnosis]) -> Iterator[Diagnosis]:
    """Of care given again and again, as dialysis is, only the newest record; every Condition."""
    newest: dict[tuple[str, frozenset[str]], Diagnosis] = {}
    for made in diagnoses:
        kind = made.source.reference.partition("/")[0]
        key = (made.source.reference if kind == "Condition" else kind, made.concepts)
        before = newest.get(key)
        if before is None or kind == "Condition" or made.source.date > before.source.date:
            newest[key] = made
    yield from newest.values()
