"""What must hold for every chart (Hypothesis): order, time, caution, reasons."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Attestation, Chart, Diagnosis, Measurement, Medication, Patient, Procedure, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import Precision, When
from smartapp.core.derive import derive
from smartapp.core.fracture_coding import EncounterKind, FractureCoding, Morphology, Region
from smartapp.core.kinds import (
    AttestationName,
    ClinicalStatus,
    DateKind,
    ProcedureKind,
    ProcedureState,
    Quantity,
    Sex,
    Site,
    Verification,
)
from smartapp.core.plan.guards import is_generic_prohibition
from smartapp.core.states import Disposition, Impact, Phase, Prone, UpperBack
from smartapp.knowledge import load
from tests.cases import assessed, cases

TODAY = date(2026, 3, 1)
KNOWLEDGE = load()

days = st.dates(date(2023, 1, 1), TODAY)
numbers = st.integers(0, 10_000)


def months(day: date) -> When:
    first = day.replace(day=1)
    last = (first + timedelta(days=40)).replace(day=1) - timedelta(days=1)
    return When(first, last, Precision.MONTH)


def whens(of=days):
    # A month that reaches beyond today is left out: the record could not have been written yet.
    return of.map(When.day) | of.filter(lambda day: months(day).latest <= TODAY).map(months)


def sources(kind):
    return numbers.map(lambda number: Source(f"{kind}/{number}", kind))


LUMBAR = [f"L{number}" for number in range(1, 6)]


@st.composite
def fractures(draw, of=days, confirmed=False, encounters=tuple(EncounterKind), lumbar=False):
    level = draw(st.sampled_from([*LUMBAR] if lumbar else [*LUMBAR, "T12", "", "S1"]))
    region = {"L": Region.LUMBAR, "T": Region.THORACIC, "S": Region.SACRAL}.get(level[:1]) or draw(
        st.sampled_from([Region.LUMBAR, Region.THORACOLUMBAR, Region.UNSPECIFIED])
    )
    onset = draw(st.none() | whens(of))
    recorded = draw(st.none() | of.map(When.day))
    resolved = draw(st.booleans())
    coding = FractureCoding(
        region,
        frozenset({level} - {""}),
        draw(st.sampled_from([None, *encounters])),
        draw(st.sampled_from([Morphology.COMPRESSION, Morphology.UNSPECIFIED, Morphology.STABLE_BURST])),
    )
    return Diagnosis(
        draw(sources("Condition")),
        frozenset({Concept.VERTEBRAL_FRACTURE}),
        Verification.CONFIRMED if confirmed else draw(st.sampled_from(Verification)),
        ClinicalStatus.RESOLVED if resolved else ClinicalStatus.ACTIVE,
        coding,
        onset,
        DateKind.DATE if onset else DateKind.ABSENT,
        recorded,
        abatement=draw(st.none() | of.map(When.day)) if resolved else None,
        encounter_diagnosis=draw(st.booleans()),
    )


@st.composite
def conditions(draw, of=days):
    return Diagnosis(
        draw(sources("Condition")),
        frozenset({draw(st.sampled_from([c for c in Concept if c is not Concept.VERTEBRAL_FRACTURE]))}),
        draw(st.sampled_from(Verification)),
        draw(st.sampled_from(ClinicalStatus)),
        recorded=draw(st.none() | of.map(When.day)),
    )


@st.composite
def procedures(draw, of=days):
    return Procedure(
        draw(sources("Procedure")),
        draw(st.sampled_from(ProcedureKind)),
        draw(st.sampled_from(Region)),
        draw(st.sampled_from(ProcedureState)),
        draw(st.none() | whens(of)),
    )


@st.composite
def measurements(draw, of=days):
    quantity = draw(st.sampled_from(Quantity))
    site = draw(st.sampled_from(Site)) if quantity in (Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD) else None
    return Measurement(
        draw(sources("Observation")),
        quantity,
        Decimal(draw(st.integers(-40, 1200))) / 10,
        draw(st.none() | whens(of)),
        draw(st.sampled_from(["", "<", ">"])),
        site,
        device=draw(st.sampled_from(["", "A", "B"])),
    )


attestations = st.builds(Attestation, st.sampled_from(AttestationName), days)
medications = st.builds(
    Medication, sources("MedicationRequest"), st.just(frozenset({"systemic-glucocorticoid"})), st.booleans()
)
patients = st.builds(
    Patient,
    st.just("Patient/1"),
    birth=st.none() | st.dates(date(1935, 1, 1), date(2012, 1, 1)).map(When.day),
    sex=st.sampled_from(Sex),
)


@st.composite
def charts(draw, patient=patients):
    return Chart(
        draw(patient),
        tuple(draw(st.lists(fractures() | conditions(), max_size=4))) + tuple(draw(st.lists(fractures(), max_size=2))),
        tuple(draw(st.lists(procedures(), max_size=2))),
        tuple(draw(st.lists(measurements(), max_size=4))),
        tuple(draw(st.lists(medications, max_size=1))),
        attestations=tuple(draw(st.lists(attestations, max_size=2))),
    )


@st.composite
def served(draw):
    """Charts that usually lead to a plan: an adult, a confirmed lumbar fracture, little else."""
    adult = st.builds(
        Patient,
        st.just("Patient/1"),
        birth=st.dates(date(1940, 1, 1), date(1990, 1, 1)).map(When.day),
        sex=st.sampled_from([Sex.MALE, Sex.FEMALE]),
    )
    calm = tuple(kind for kind in EncounterKind if kind not in (EncounterKind.OPEN, EncounterKind.NONUNION))
    return Chart(
        draw(adult),
        tuple(draw(st.lists(fractures(confirmed=True, encounters=calm, lumbar=True), min_size=1, max_size=3))),
        tuple(draw(st.lists(procedures(), max_size=1))),
        tuple(draw(st.lists(measurements(), max_size=3))),
        attestations=tuple(draw(st.lists(attestations, max_size=3))),
    )


def assess(chart: Chart, today: date = TODAY) -> Assessment:
    return derive(chart, today, KNOWLEDGE)


def looseness(found: Assessment) -> tuple[int, int, int]:
    """How far each gate is open; no gates at all (nothing prescribed) is the tightest."""
    gates = found.gates
    if gates is None:
        return (-1, -1, -1)
    return tuple(
        list(kind).index(state)
        for kind, state in ((Prone, gates.prone), (UpperBack, gates.upper_back), (Impact, gates.impact))
    )


def assert_not_looser(before: Assessment, after: Assessment) -> None:
    if before.gates is None:  # nothing was prescribed before: there was no gate to loosen
        return
    assert all(a <= b for a, b in zip(looseness(after), looseness(before), strict=True)), (
        before.gates,
        after.gates,
    )


@given(charts(), st.randoms(use_true_random=False))
@settings(max_examples=75, deadline=None)
def test_order_of_facts_is_irrelevant(chart, random):
    def shuffled(facts):
        mixed = list(facts)
        random.shuffle(mixed)
        return tuple(mixed)

    other = replace(
        chart,
        diagnoses=shuffled(chart.diagnoses),
        procedures=shuffled(chart.procedures),
        measurements=shuffled(chart.measurements),
        attestations=shuffled(chart.attestations),
    )
    assert assess(chart) == assess(other)


@given(served(), st.integers(0, 900))
@settings(max_examples=100, deadline=None)
def test_a_later_today_never_tightens_the_calendar_phase(chart, later):
    before, after = assess(chart), assess(chart, TODAY + timedelta(days=later))
    if before.calendar_phase and after.calendar_phase:
        assert after.calendar_phase.rank >= before.calendar_phase.rank


RED_FLAGS = (
    Concept.CAUDA_EQUINA,
    Concept.NEURO_DEFICIT,
    Concept.SPINAL_INFECTION,
    Concept.ACTIVE_CANCER,
    Concept.MYELOMA,
    Concept.PREGNANCY,
    Concept.HARDWARE_FAILURE,
    Concept.PSEUDARTHROSIS,
    Concept.NEOPLASTIC_FRACTURE,
)


@given(served(), st.sampled_from(RED_FLAGS))
@settings(max_examples=75, deadline=None)
def test_a_red_flag_refers(chart, concept):
    flag = Diagnosis(Source("Condition/flag"), frozenset({concept}), clinical_status=ClinicalStatus.ACTIVE)
    before, after = assess(chart), assess(replace(chart, diagnoses=(*chart.diagnoses, flag)))
    assert_not_looser(before, after)
    if before.disposition is not Disposition.NOT_APPLICABLE:
        assert after.disposition is Disposition.REFER_NO_PRESCRIPTION
        assert after.effective_phase is None


@given(served(), st.integers(0, 10), st.integers(1, 10))
@settings(max_examples=100, deadline=None)
def test_more_pain_never_loosens_a_gate(chart, score, more):
    def with_pain(value):
        pain = Measurement(Source("Observation/pain"), Quantity.PAIN, Decimal(value), When.day(TODAY))
        others = tuple(m for m in chart.measurements if m.quantity is not Quantity.PAIN)
        return assess(replace(chart, measurements=(*others, pain)))

    before, after = with_pain(score), with_pain(min(10, score + more))
    assert_not_looser(before, after)
    if before.effective_phase and after.effective_phase:
        assert after.effective_phase.rank <= before.effective_phase.rank


@given(served(), st.data())
@settings(max_examples=150, deadline=None)
def test_another_fracture_never_loosens_a_gate(chart, data):
    """At a vertebra not yet on record: a second record of the same vertebra may be the same fracture better dated."""
    another = data.draw(fractures(confirmed=True, lumbar=True))
    taken = {level for d in chart.diagnoses if d.fracture for level in d.fracture.levels}
    free = [level for level in LUMBAR if level not in taken]
    coding = replace(another.fracture, levels=frozenset({data.draw(st.sampled_from(free))}))
    another = replace(another, source=Source("Condition/another"), fracture=coding)
    before, after = assess(chart), assess(replace(chart, diagnoses=(*chart.diagnoses, another)))
    assert_not_looser(before, after)
    if before.effective_phase and after.effective_phase:
        assert after.effective_phase.rank <= before.effective_phase.rank


@given(served(), st.sampled_from(sorted(EncounterKind)), st.integers(1, 400), st.data())
@settings(max_examples=150, deadline=None)
def test_an_older_healing_record_never_loosens_a_gate(chart, encounter, older, data):
    """A follow-up record older than every record of its vertebra says nothing new."""
    first = data.draw(st.sampled_from(chart.diagnoses))
    same = [d for d in chart.diagnoses if d.fracture.levels == first.fracture.levels]
    dates = [when.earliest for d in same for when in (d.onset, d.recorded, d.abatement) if when]
    if not any(d.onset for d in same) or any(d.onset is None and d.recorded is None for d in chart.diagnoses):
        return  # without an onset the oldest record also dates the fracture
    if encounter in (EncounterKind.INITIAL, EncounterKind.OPEN):
        return  # these start a fracture, they do not tell how one heals
    old = replace(
        first,
        source=Source("Condition/old"),
        onset=None,
        recorded=When.day(min(dates) - timedelta(days=older)),
        fracture=replace(first.fracture, encounter=encounter),
        clinical_status=ClinicalStatus.ACTIVE,
        abatement=None,
    )
    assert_not_looser(assess(chart), assess(replace(chart, diagnoses=(*chart.diagnoses, old))))


@given(charts())
@settings(max_examples=100, deadline=None)
def test_every_item_has_a_reason_with_a_source_in_the_chart(chart):
    found = assess(chart)
    known = {"attestation", chart.patient.reference}
    for facts in (chart.diagnoses, chart.procedures, chart.measurements, chart.medications, chart.plans):
        known |= {fact.source.reference for fact in facts}
    reasons = [alert.reason for alert in found.alerts] + [r.reason for r in found.restrictions]
    reasons += [reason for _, reason in found.gates.reasons] if found.gates else []
    reasons += list(found.deciding) + ([found.phase_reason] if found.phase_reason else [])
    reasons += [item.reason for item in (found.anchor, found.bone_density, found.vitamin_d) if item]
    for reason in reasons:
        assert reason.text
        assert reason.sources or "missing" in reason.text, reason
        assert {source.reference for source in reason.sources} <= known, reason


@given(charts())
@settings(max_examples=100, deadline=None)
def test_what_every_assessment_keeps_to(chart):
    found = assess(chart)
    assert (found.effective_phase is not None) == found.disposition.prescribes
    assert (found.gates is None) == (found.disposition is Disposition.NOT_APPLICABLE)
    assert [r.id for r in found.restrictions] == (
        [] if found.gates is None else [f"R{number}" for number in range(1, 11)]
    )
    if found.calendar_phase and found.effective_phase:
        assert found.effective_phase.rank <= found.calendar_phase.rank
        assert len(found.deciding) == 3
        assert (found.phase_reason is None) == (found.effective_phase is found.calendar_phase)
    if found.gates and found.gates.upper_back is not UpperBack.BLOCKED:
        assert found.effective_phase is Phase.ADVANCED
    assert found.would_change
    for restriction in found.restrictions:
        for text in (restriction.text, restriction.patient_text):
            assert not is_generic_prohibition(text)


@given(served(), st.sampled_from(list(AttestationName)))
@settings(max_examples=50, deadline=None)
def test_a_withdrawn_attestation_leaves_no_mark(chart, name):
    said = Attestation(name, TODAY, "Dr. A")
    with_it = replace(chart, attestations=(*chart.attestations, said))
    withdrawn = replace(with_it, attestations=chart.attestations)
    assert assess(withdrawn) == assess(chart)


def test_an_end_still_to_come_ends_nothing():
    """Of every case, each record that is not over told as over from tomorrow on; what is asked about the date apart."""
    for case in cases():
        found = assessed(case)
        tomorrow = When.day(found.as_of + timedelta(days=1))
        ending = tuple(
            d
            if d.abatement or d.abated or d.clinical_status is ClinicalStatus.RESOLVED
            else replace(d, abatement=tomorrow)
            for d in found.chart.diagnoses
        )
        after = derive(replace(found.chart, diagnoses=ending), found.as_of, KNOWLEDGE)
        assert _concluded(after) == _concluded(found), case.id


def _concluded(found: Assessment):
    """Without words, and without what asks about a date that cannot be."""
    alerts = {(a.code, a.severity) for a in found.alerts if a.code not in ("future-date", "healing-conflict")}
    gates = found.gates and (found.gates.prone, found.gates.upper_back, found.gates.impact)
    limits = [(limit.id, limit.rows, limit.removes) for limit in found.constraints]
    moves = [(each.id, each.state) for each in found.restrictions]
    return found.effective_phase, alerts, gates, limits, moves, found.treatment
