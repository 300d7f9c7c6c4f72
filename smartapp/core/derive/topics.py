"""Facts -> everything the topics find: each topic runs once, before anything is decided about prescribing."""

from collections.abc import Iterable
from dataclasses import replace

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Constraint, Gates, VitaminD
from smartapp.core.concepts import Concept
from smartapp.core.derive.all_dangers import note_dangers
from smartapp.core.derive.bone import Bone, bone_of
from smartapp.core.derive.bone_scans import better_density
from smartapp.core.derive.constraints import close_prone, constraints_of
from smartapp.core.derive.dangers import Hold, caps_of
from smartapp.core.derive.disposition import (
    note_eligibility,
    note_plans,
    note_population,
)  # fmt: skip
from smartapp.core.derive.drug_cautions import note_drug_cautions
from smartapp.core.derive.facts import Facts, Pain, current_pain
from smartapp.core.derive.fracture import Fractures, fractures_of
from smartapp.core.derive.fracture_notes import are_close, note_dates, note_healing, note_levels
from smartapp.core.derive.fracture_risk import note_cluster, note_risk
from smartapp.core.derive.fracture_status import FractureStatus, FractureStatuses, fracture_statuses_of
from smartapp.core.derive.gates import GateFacts, gates_of
from smartapp.core.derive.mechanism import is_high_energy, note_clinical_osteoporosis
from smartapp.core.derive.notes import Finding, Note, Raised, alert, merge_notes, run
from smartapp.core.derive.readings import note_pain, note_probability
from smartapp.core.derive.red_flags import note_reviews, note_stops
from smartapp.core.derive.report_findings import note_reports
from smartapp.core.derive.secondary_causes import note_labs, note_secondary_causes
from smartapp.core.derive.surgery import note_procedures
from smartapp.core.derive.treatment import Found, note_treatment_gap, treatment_of
from smartapp.core.derive.tumor import note_cancer
from smartapp.core.derive.uncertainty import (
    note_medicines,
    note_missing,
    note_partial,
)  # fmt: skip
from smartapp.core.derive.unrecognised import note_unrecognised
from smartapp.core.derive.vitamin_d import note_calcium, vitamin_d_of
from smartapp.core.frozen import frozen
from smartapp.core.states import Impact


@frozen
class Findings:
    """What the topics found, before anything is decided about prescribing."""

    fractures: Fractures
    pain: Pain | None
    standings: FractureStatuses | None
    bone: Bone
    vitamin_d: VitaminD | None
    gates: Gates | None
    treatment: Found
    holds: tuple[Hold, ...] = ()
    constraints: tuple[Constraint, ...] = ()

    @property
    def governing(self) -> FractureStatus | None:
        return self.standings.governing if self.standings else None


def findings_of(facts: Facts) -> Finding[Findings]:
    """Every topic, then what else about the patient limits the programme; it may shut the prone gate."""
    notes: list[Note] = []
    found = _find(facts, notes)
    if found.fractures.any_record:
        constraints = run(constraints_of(found.standings, tuple(notes), facts), notes)
        gates = found.gates and close_prone(found.gates, constraints, facts.knowledge.constraints)
        found = replace(found, gates=gates, constraints=constraints)
    return merge_notes(found, notes, facts.knowledge)


def _find(facts: Facts, notes: list[Note]) -> Findings:
    """Run every topic once; each appends its alerts, gaps and trace."""
    fractures = fractures_of(facts)
    notes.extend(note_eligibility(fractures, facts))
    notes.extend(note_plans(facts))
    stops = (*note_stops(fractures, facts), *note_cancer(fractures, facts))
    notes.extend(stops)
    bone = run(bone_of(fractures, facts), notes)
    vitamin_d = run(vitamin_d_of(facts), notes)
    pain = current_pain(facts)
    holds = note_dangers(fractures, bone, pain, facts, notes)
    notes.extend(note_partial(facts))
    notes.extend(note_medicines(facts))
    notes.extend(note_reports(facts))
    treatment, rebound = run(treatment_of(fractures, facts), notes)
    holds = (*holds, *rebound)
    _note_patient(fractures, treatment, facts, notes)
    if not fractures.eligible:
        return Findings(fractures, pain, None, bone, vitamin_d, None, treatment)
    standings = fracture_statuses_of(fractures, facts, pain.value if pain else None, caps_of(holds))
    _note_course(fractures, standings, pain, facts, notes)
    _note_fragility(standings, fractures, bone, treatment, _raises_cancer(stops), facts, notes)
    notes.extend(note_missing(standings, pain, facts))
    gates = gates_of(GateFacts(standings, pain, better_density(bone.density, fractures, facts), holds), facts)
    if gates.impact is Impact.CLINICIAN_DECISION:
        reason = dict(gates.reasons)["high-impact"]
        notes.append(alert(AlertCode.IMPACT_DECISION, reason.text, reason.sources))
    return Findings(fractures, pain, standings, bone, vitamin_d, gates, treatment, holds)


def _note_patient(fractures: Fractures, treatment: Found, facts: Facts, notes: list[Note]) -> None:
    """Of whoever has a fracture of the spine on record, also one these rules are not written for."""
    if fractures.eligible or fractures.any_record:
        notes.extend(note_population(facts))
    if fractures.any_record:
        notes.extend(note_unrecognised(facts))
        notes.extend(note_drug_cautions(treatment, facts))
        notes.extend(note_secondary_causes(facts))


def _note_course(
    fractures: Fractures, standings: FractureStatuses, pain: Pain | None, facts: Facts, notes: list[Note]
) -> None:
    """Of fractures these rules are written for: levels, dates, healing, surgery, pain, and what needs a look."""
    notes.extend(note_levels(fractures))
    notes.extend(note_dates(standings, facts))
    notes.extend(note_healing(standings, facts))
    notes.extend(note_procedures(fractures.episodes, facts))
    notes.extend(note_pain(pain, standings.latest_day, facts))
    notes.extend(note_reviews(fractures, facts))
    notes.extend(note_calcium(facts))
    notes.extend(note_probability(facts))


def _note_fragility(
    standings: FractureStatuses,
    fractures: Fractures,
    bone: Bone,
    treatment: Found,
    cancer: bool,
    facts: Facts,
    notes: list[Note],
) -> None:
    """Whether the bone broke without force, and whether it is treated."""
    high_energy = run(is_high_energy(fractures, facts), notes)
    clinical = tuple(note_clinical_osteoporosis(fractures, bone.osteoporosis, high_energy, cancer, facts))
    notes.extend(clinical)
    fragile = bone.osteoporosis is not None or AlertCode.CLINICAL_OSTEOPOROSIS in _raised(clinical)
    notes.extend(note_treatment_gap(treatment, fragile and not high_energy, fractures, facts))
    without_force = bool(facts.with_concepts(Concept.LOW_ENERGY, Concept.NO_FORCE))
    notes.extend(note_labs((fragile or without_force) and not high_energy, facts))
    if standings.multiple and are_close(standings, facts):
        notes.extend(note_cluster(treatment, facts))
    if not cancer:
        notes.extend(note_risk(standings, fractures, bone, treatment, high_energy, facts))


def _raises_cancer(stops: Iterable[Note]) -> bool:
    return not _raised(stops).isdisjoint((AlertCode.ACTIVE_CANCER, AlertCode.PATHOLOGICAL_FRACTURE))


def _raised(notes: Iterable[Note]) -> frozenset[AlertCode]:
    return frozenset([note.code for note in notes if isinstance(note, Raised)])
