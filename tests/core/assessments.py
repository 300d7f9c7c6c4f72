"""Assessments built by hand: what derivation would hand on, with only the parts a plan depends on."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import smartapp.knowledge
from smartapp.core.assessment import Alert, Anchor, Assessment, Gates, Reason, Restriction
from smartapp.core.chart import Chart, Diagnosis, Patient, Source
from smartapp.core.dates import Precision, When
from smartapp.core.kinds import Sex
from smartapp.core.knowledge import Knowledge
from smartapp.core.states import Disposition, Healing, Impact, Phase, Prone, Severity, State, UpperBack

AS_OF = date(2026, 3, 1)
FRACTURE = Source("Condition/fracture", "Wedge compression fracture of L1", "2026-02-01")
OSTEOPENIA = Diagnosis(Source("Condition/osteopenia", "Osteopenia"), frozenset({"osteopenia"}))
PATIENT = Patient("Patient/1", "Pat Example", When.day(date(1961, 5, 4)), Sex.MALE)

# Restriction states of a phase as derivation gives them (rule book 2.5), the gates apart.
BY_PHASE: Mapping[Phase, Mapping[str, State]] = {
    Phase.INITIAL: {"R1": State.STRICT, "R2": State.STRICT, "R8": State.STRICT, "R9": State.PROHIBITED},
    Phase.INTERMEDIATE: {"R1": State.STRICT, "R2": State.STRICT, "R8": State.MODIFY, "R9": State.PROHIBITED},
    Phase.ADVANCED: {"R1": State.MODIFY, "R2": State.MODIFY, "R8": State.MODIFY, "R9": State.TECHNIQUE_ONLY},
}
PRONE_STATE = {Prone.BLOCKED: State.BLOCKED, Prone.CONDITIONAL: State.CONDITIONAL, Prone.ALLOWED: State.ALLOWED}
UPPER_STATE = {
    UpperBack.BLOCKED: State.BLOCKED,
    UpperBack.PENDING: State.PENDING,
    UpperBack.ELIGIBLE: State.ELIGIBLE,
}
IMPACT_STATE = {
    Impact.PROHIBITED: State.PROHIBITED,
    Impact.CLINICIAN_DECISION: State.CLINICIAN_DECISION,
}


@cache
def knowledge() -> Knowledge:
    return smartapp.knowledge.load()


def restrictions(phase: Phase, gates: Gates) -> tuple[Restriction, ...]:
    states = dict(BY_PHASE[phase]) | {"R3": State.PROHIBITED, "R5": State.MODIFY, "R10": State.STRICT}
    states |= {"R4": IMPACT_STATE[gates.impact], "R6": PRONE_STATE[gates.prone], "R7": UPPER_STATE[gates.upper_back]}
    return tuple(restriction(id_, states[id_]) for id_ in sorted(states, key=lambda id_: int(id_[1:])))


def restriction(id_: str, state: State) -> Restriction:
    row = knowledge().restrictions[id_]
    clinician, patient = row.texts[state]
    reason = Reason(row.title, row.origin.statements, (FRACTURE,))
    named, spanish = row.spanish[state]
    return Restriction(
        id_, state, clinician, patient, None, reason, row.movement, row.quality, row.instead, spanish, named
    )


def alert(code: str, source: Source = FRACTURE) -> Alert:
    return Alert(code, Severity.REVIEW, code, Reason(code, (), (source,)))


def with_concepts(assessment: Assessment, *concepts: str) -> Assessment:
    """The same with one active, confirmed diagnosis per concept."""
    added = tuple(Diagnosis(Source(f"Condition/{c}", c), frozenset({c})) for c in concepts)
    chart = replace(assessment.chart, diagnoses=(*assessment.chart.diagnoses, *added))
    return replace(assessment, chart=chart)


def assessment(
    phase: Phase = Phase.INITIAL,
    prone: Prone = Prone.BLOCKED,
    upper_back: UpperBack = UpperBack.BLOCKED,
    impact: Impact = Impact.PROHIBITED,
    pain: int | None = None,
    alerts: Iterable[str] = (),
    disposition: Disposition = Disposition.PRESCRIBE,
    patient: Patient = PATIENT,
    as_of: date = AS_OF,
) -> Assessment:
    opens = (("prone", date(2026, 4, 26), "stability evidence"),) if prone is Prone.CONDITIONAL else ()
    reasons = tuple((name, Reason(f"{name} by rule")) for name in ("prone", "resisted-upper-back", "high-impact"))
    gates = Gates(prone, upper_back, impact, reasons, opens)
    prescribes = disposition.prescribes
    day = date(2026, 2, 1)
    return Assessment(
        as_of=as_of,
        chart=Chart(patient, (OSTEOPENIA,)),
        disposition=disposition,
        calendar_phase=phase if prescribes else None,
        effective_phase=phase if prescribes else None,
        anchor=Anchor(day, day, Precision.DAY, "onset", FRACTURE, Reason("onset")) if prescribes else None,
        gates=gates if prescribes else None,
        restrictions=restrictions(phase, gates) if prescribes else (),
        alerts=tuple(alert(code) for code in alerts),
        bone_density=None,
        vitamin_d=None,
        gaps=(),
        healing=Healing.HEALED if prescribes and phase is Phase.ADVANCED else Healing.UNKNOWN,
        pain=None if pain is None else Decimal(pain),
        fracture=FRACTURE,
        fractures=(FRACTURE,),
        knowledge_version=knowledge().version,
    )


INITIAL = assessment()
INTERMEDIATE = assessment(Phase.INTERMEDIATE, Prone.ALLOWED)
ADVANCED = assessment(Phase.ADVANCED, Prone.ALLOWED, UpperBack.ELIGIBLE, Impact.CLINICIAN_DECISION)
