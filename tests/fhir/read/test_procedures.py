"""Procedures: what was done to which part of the spine, and what does not count as done."""

from datetime import date

import pytest

from smartapp.core.dates import When
from smartapp.core.fracture_coding import Region
from smartapp.core.kinds import ProcedureKind, ProcedureState
from tests.fhir.read.records import CPT, PCS, SNOMED, concept, procedure, read, reasons


def only(*resources):
    (found,) = read(*resources).procedures
    return found


@pytest.mark.parametrize(
    ("code", "system", "kind", "region"),
    [
        ("22514", CPT, ProcedureKind.AUGMENTATION, Region.LUMBAR),
        ("22513", "urn:oid:2.16.840.1.113883.6.12", ProcedureKind.AUGMENTATION, Region.THORACIC),
        ("22310", CPT, ProcedureKind.CLOSED_TREATMENT, Region.UNSPECIFIED),
        ("22630", CPT, ProcedureKind.FUSION, Region.LUMBAR),
        ("22325", CPT, ProcedureKind.FIXATION, Region.LUMBAR),
        ("22852", CPT, ProcedureKind.HARDWARE_REMOVAL, Region.UNSPECIFIED),
        ("97161", CPT, ProcedureKind.PT_EVALUATION, Region.UNSPECIFIED),
        ("0QU03JZ", PCS, ProcedureKind.AUGMENTATION, Region.LUMBAR),
        ("0QS03ZZ", PCS, ProcedureKind.AUGMENTATION, Region.LUMBAR),
        ("0QS004Z", PCS, ProcedureKind.FIXATION, Region.LUMBAR),
        ("0sg10a0", "urn:oid:2.16.840.1.113883.6.4", ProcedureKind.FUSION, Region.LUMBAR),
        ("0SH034Z", PCS, ProcedureKind.FIXATION, Region.LUMBAR),
        ("0RG7070", PCS, ProcedureKind.FUSION, Region.THORACIC),
        ("50172003", SNOMED, ProcedureKind.FUSION, Region.LUMBAR),
        ("427752004", SNOMED, ProcedureKind.DECOMPRESSION, Region.LUMBAR),
    ],
)
def test_a_procedure_by_its_code(code, system, kind, region):
    found = only(procedure(code, system))
    assert (found.kind, found.region) == (kind, region)


@pytest.mark.parametrize(
    ("text", "kind", "region", "levels"),
    [
        ("Kyphoplasty (Balloon kyphoplasty under fluoroscopy)", ProcedureKind.AUGMENTATION, Region.UNSPECIFIED, set()),
        ("L1 vertebroplasty", ProcedureKind.AUGMENTATION, Region.LUMBAR, {"L1"}),
        ("Posterior lumbar interbody fusion L4-L5", ProcedureKind.FUSION, Region.LUMBAR, {"L4", "L5"}),
        ("Lumbar laminectomy", ProcedureKind.DECOMPRESSION, Region.LUMBAR, set()),
        ("Removal of spinal instrumentation", ProcedureKind.HARDWARE_REMOVAL, Region.UNSPECIFIED, set()),
        ("DEXA scan", ProcedureKind.DENSITOMETRY, Region.UNSPECIFIED, set()),
    ],
)
def test_a_procedure_by_its_words_where_it_has_no_code(text, kind, region, levels):
    found = only(procedure(text=text))
    assert (found.kind, found.region, found.levels) == (kind, region, levels)
    assert "text" in found.source.note


@pytest.mark.parametrize(
    "text",
    [
        "Kyphoplasty declined",
        "Kyphoplasty planned",
        "Consent for vertebroplasty",
        "Referral for kyphoplasty",
        "Kyphoplasty?",
        "History of lumbar fusion",
        "Discussed vertebroplasty",
        "No vertebral augmentation",
        "Ankle fusion",
        "ORIF of the wrist",
        "Image fusion",
    ],
)
def test_words_that_are_no_such_procedure(text):
    assert read(procedure(text=text)).procedures == ()


@pytest.mark.parametrize("status", ["not-done", "stopped", "entered-in-error"])
def test_what_was_not_done_is_ignored(status):
    assert read(procedure("22514", status=status)).procedures == ()


@pytest.mark.parametrize("status", ["preparation", "in-progress", "on-hold"])
def test_what_is_still_to_come_is_pending(status):
    assert only(procedure("22514", status=status)).state is ProcedureState.PENDING


def test_an_unknown_status_is_pending_and_said():
    chart = read(procedure("22514", status="unknown"))
    assert chart.procedures[0].state is ProcedureState.PENDING
    assert "status" in reasons(chart)


def test_removal_of_hardware_from_another_bone_is_not_ours():
    assert read(procedure("86782006", SNOMED, text="Removal of plate of ankle")).procedures == ()
    found = only(procedure("86782006", SNOMED, bodySite=[{"text": "Lumbar spine"}]))
    assert (found.kind, found.region) == (ProcedureKind.HARDWARE_REMOVAL, Region.LUMBAR)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"performedDateTime": "2026-01-25"}, date(2026, 1, 25)),
        ({"performedPeriod": {"start": "2026-01-20", "end": "2026-01-25"}}, date(2026, 1, 25)),
        ({"performedPeriod": {"start": "2026-01-20"}}, date(2026, 1, 20)),
    ],
)
def test_when_it_was_over(more, expected):
    assert only(procedure("22514", **more)).performed == When.day(expected)


def test_a_date_in_words_is_no_date():
    assert only(procedure("22514", performedString="January 2026")).performed is None


def test_levels_by_body_site():
    found = only(procedure("22514", bodySite=[concept("66794005", SNOMED), concept("14293000", SNOMED)]))
    assert found.levels == {"L1", "L2"}
