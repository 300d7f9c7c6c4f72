"""Facts -> everything the topics find: each topic runs once, before anything is decided about prescribing."""

from dataclasses import dataclass, replace

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
from smartapp.core.derive.notes import Finding, Note, Notes, Noting, Raised, alert, merge_notes, run
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
from smartapp.core.states import Impact


@dataclass(frozen=True)
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
    found = run(_find(facts), notes)
    if found.fractures.any_record:
        constraints = run(constraints_of(found.standings, tuple(notes), facts), notes)
        gates = found.gates and close_prone(found.gates, constraints, facts.knowledge.constraints)
        found = replace(found, gates=gates, constraints=constraints)
    return merge_notes(found, notes, facts.knowledge)


def _find(facts: Facts) -> Noting[Findings]:
    """Run every topic once; each yields its alerts, gaps and trace."""
    fractures = fractures_of(facts)
    yield from note_eligibility(fractures, facts)
    yield from note_plans(facts)
    stops = (*note_stops(fractures, facts), *note_cancer(fractures, facts))
    yield from stops
    bone = yield from bone_of(fractures, facts)
    vitamin_d = yield from vitamin_d_of(facts)
    pain = current_pain(facts)
    holds = yield from note_dangers(fractures, bone, pain, facts)
    yield from note_partial(facts)
    yield from note_medicines(facts)
    yield from note_reports(facts)
    treatment, rebound = yield from treatment_of(fractures, facts)
    holds = (*holds, *rebound)
    yield from _note_patient(fractures, treatment, facts)
    if not fractures.eligible:
        return Findings(fractures, pain, None, bone, vitamin_d, None, treatment)
    standings = fracture_statuses_of(fractures, facts, pain.value if pain else None, caps_of(holds))
    yield from _note_course(fractures, standings, pain, facts)
    yield from _note_fragility(standings, fractures, bone, treatment, stops, facts)
    yield from note_missing(standings, pain, facts)
    gates = gates_of(GateFacts(standings, pain, better_density(bone.density, fractures, facts), holds), facts)
    if gates.impact is Impact.CLINICIAN_DECISION:
        reason = dict(gates.reasons)["high-impact"]
        yield alert(AlertCode.IMPACT_DECISION, reason.text, reason.sources)
    return Findings(fractures, pain, standings, bone, vitamin_d, gates, treatment, holds)


def _note_patient(fractures: Fractures, treatment: Found, facts: Facts) -> Notes:
    """Of whoever has a fracture of the spine on record, also one these rules are not written for."""
    if fractures.eligible or fractures.any_record:
        yield from note_population(facts)
    if fractures.any_record:
        yield from note_unrecognised(facts)
        yield from note_drug_cautions(treatment, facts)
        yield from note_secondary_causes(facts)


def _note_course(fractures: Fractures, standings: FractureStatuses, pain: Pain | None, facts: Facts) -> Notes:
    """Of fractures these rules are written for: levels, dates, healing, surgery, pain, and what needs a look."""
    yield from note_levels(fractures)
    yield from note_dates(standings, facts)
    yield from note_healing(standings, facts)
    yield from note_procedures(fractures.episodes, facts)
    yield from note_pain(pain, facts)
    yield from note_reviews(fractures, facts)
    yield from note_calcium(facts)
    yield from note_probability(facts)


def _note_fragility(
    standings: FractureStatuses,
    fractures: Fractures,
    bone: Bone,
    treatment: Found,
    stops: tuple[Note, ...],
    facts: Facts,
) -> Noting[None]:
    """Whether the bone broke without force, and whether it is treated."""
    high_energy = yield from is_high_energy(fractures, facts)
    clinical = tuple(note_clinical_osteoporosis(fractures, bone.osteoporosis, high_energy, _cancer(stops), facts))
    yield from clinical
    fragile = bone.osteoporosis is not None or _raises(AlertCode.CLINICAL_OSTEOPOROSIS, clinical)
    yield from note_treatment_gap(treatment, fragile and not high_energy, fractures, facts)
    without_force = bool(facts.with_concepts(Concept.LOW_ENERGY, Concept.NO_FORCE))
    yield from note_labs((fragile or without_force) and not high_energy, facts)
    if standings.multiple and are_close(standings, facts):
        yield from note_cluster(treatment, facts)
    if not _cancer(stops):
        yield from note_risk(standings, fractures, bone, treatment, high_energy, facts)


def _cancer(stops: tuple[Note, ...]) -> bool:
    return any(_raises(code, stops) for code in (AlertCode.ACTIVE_CANCER, AlertCode.PATHOLOGICAL_FRACTURE))


def _raises(code: AlertCode, notes: tuple[Note, ...]) -> bool:
    return any(isinstance(note, Raised) and note.code is code for note in notes)
