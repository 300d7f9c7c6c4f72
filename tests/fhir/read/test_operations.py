"""Operations of the spine in the words of several countries, beside codes that say less, and recorded as problems."""

import pytest

from smartapp.core.concepts import Topic
from smartapp.core.fracture_coding import Region
from smartapp.core.kinds import ProcedureKind
from tests.fhir.read.records import CPT, ICD10CM, PCS, SNOMED, concept, condition, procedure, read, reasons

HCPCS = "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes"
AUGMENTATION, FUSION, FIXATION = ProcedureKind.AUGMENTATION, ProcedureKind.FUSION, ProcedureKind.FIXATION
DECOMPRESSION, REMOVAL = ProcedureKind.DECOMPRESSION, ProcedureKind.HARDWARE_REMOVAL


def topics(*resources):
    return [line.topic for line in read(*resources).unreadable]


@pytest.mark.parametrize(
    ("text", "kind", "region"),
    [
        ("Laminectomy, lumbar", DECOMPRESSION, Region.LUMBAR),
        ("Decompression of lumbar spine", DECOMPRESSION, Region.LUMBAR),
        ("L4/5 discectomy", DECOMPRESSION, Region.LUMBAR),
        ("Hemilaminektomie LWK 4", DECOMPRESSION, Region.LUMBAR),
        ("Bandscheiben-OP L5/S1", DECOMPRESSION, Region.LUMBAR),
        ("Fusion L4-L5 posterior", FUSION, Region.LUMBAR),
        ("Decompression and fusion L4/5", FUSION, Region.LUMBAR),
        ("Spondylodese", FUSION, Region.UNSPECIFIED),
        ("Artrodesis lumbar", FUSION, Region.LUMBAR),
        ("Arthrodèse lombaire", FUSION, Region.LUMBAR),
        ("Ostéosynthèse de la colonne vertébrale", FIXATION, Region.UNSPECIFIED),
        ("ACDF C5-C6", ProcedureKind.CERVICAL_SURGERY, Region.CERVICAL),
        ("Interspinous spacer L4-5", FIXATION, Region.LUMBAR),
        ("Instrumentation, posterior, T12-L2", FIXATION, Region.LUMBAR),
        ("Dorsale Stabilisierung LWK 1-3", FIXATION, Region.LUMBAR),
        ("Kyphoplasty", AUGMENTATION, Region.UNSPECIFIED),
        ("Kyphoplastie LWK 2", AUGMENTATION, Region.LUMBAR),
        ("Kyphoplastie BWK 8", AUGMENTATION, Region.THORACIC),
        ("vertebroplastie", AUGMENTATION, Region.UNSPECIFIED),
        ("CT-guided vertebroplasty L2", AUGMENTATION, Region.LUMBAR),
        ("Hardware removal, lumbar spine", REMOVAL, Region.LUMBAR),
    ],
)
def test_words_in_any_order_and_language(text, kind, region):
    (found,) = read(procedure(text=text)).procedures
    assert (found.kind, found.region) == (kind, region)


def test_of_several_operations_the_strictest_leads_and_cement_stays_known():
    kinds = [found.kind for found in read(procedure(text="Laminectomy L3 with kyphoplasty L2")).procedures]
    assert kinds == [DECOMPRESSION, AUGMENTATION]
    both = {"coding": [concept("22514", CPT)["coding"][0], concept("0SG00A0", PCS)["coding"][0]]}
    assert [found.kind for found in read(procedure() | {"code": both}).procedures] == [FUSION, AUGMENTATION]


@pytest.mark.parametrize(
    ("code", "text", "kinds", "line"),
    [
        ("22514", "Posterior fusion T12-L2", [FUSION, AUGMENTATION], "its code says augmentation, its words fusion"),
        ("63047", "Laminectomy with fusion L4-5", [FUSION], "its code says decompression, its words fusion"),
        ("22633", "Arthrodesis including laminectomy, lumbar", [FUSION], ""),
        ("22513", "Kyphoplasty L2", [AUGMENTATION], "its code says thoracic, its words lumbar: both count"),
    ],
)
def test_a_code_does_not_silence_the_words_beside_it(code, text, kinds, line):
    chart = read(procedure(code, text=text))
    assert [found.kind for found in chart.procedures] == kinds
    assert line in reasons(chart)
    assert bool(line) == bool(chart.unreadable)


def test_levels_beyond_those_of_the_site_are_told_and_count():
    chart = read(procedure("22514", text="Kyphoplasty L2", bodySite=[concept("66794005", SNOMED)]))
    assert chart.procedures[0].levels == {"L1", "L2"}
    assert "its site says L1, its words also L2: all count" in reasons(chart)


@pytest.mark.parametrize(
    "text",
    [
        "Kyphoplasty planned",
        "S/P lumbar fusion",
        "Zustand nach Kyphoplastie",
        "X-ray of lumbar spine after kyphoplasty",
        "MRI lumbar spine, kyphoplasty L2",
        "Back surgery",
        "Cirugía de columna",
        "Operation an der Lendenwirbelsäule",
        "Hardware removal",
        "Surgical procedure",
        "Scoliosis surgery",
        "Lumbar brace fitting",
    ],
)
def test_an_operation_that_may_have_been_is_asked_for(text):
    chart = read(procedure(text=text, performedDateTime="2026-01-20"))
    assert chart.procedures == ()
    (line,) = chart.unreadable
    assert (line.topic, line.where) == (Topic.OPERATION, "Procedure/x")
    assert line.reason.startswith(f"“{text}” (2026-01-20): ")
    assert line.reason.endswith("Was the spine operated on, and when?")


def test_a_known_code_leaves_what_is_only_spoken_of_a_question():
    chart = read(procedure("97161", text="Physical therapy evaluation, s/p lumbar fusion"))
    assert [found.kind for found in chart.procedures] == [ProcedureKind.PT_EVALUATION]
    assert [line.topic for line in chart.unreadable] == [Topic.OPERATION]


@pytest.mark.parametrize("text", ["Kyphoplasty planned", "S/P kyphoplasty L2"])
def test_words_that_may_deny_what_the_code_says_are_shown(text):
    chart = read(procedure("22514", text=text))
    assert [found.kind for found in chart.procedures] == [AUGMENTATION]
    assert f"coded as done, and its words “{text}” may not say so: it counts" in reasons(chart)


def test_a_title_that_says_without_denies_nothing():
    titled = concept("63005", CPT, "Laminectomy without facetectomy, foraminotomy or discectomy, lumbar")
    assert read(procedure() | {"code": titled}).unreadable == ()


@pytest.mark.parametrize(
    ("made", "asked"),
    [
        (procedure(text="Interventional radiology procedure"), [Topic.OPERATION]),
        (procedure("72148"), [Topic.OPERATION]),
        (procedure("22513"), [Topic.OPERATION]),
        (procedure("63047"), [Topic.OPERATION]),
        (procedure("22612"), []),
    ],
)
def test_a_note_that_names_a_stricter_operation_is_asked_for(made, asked):
    assert topics(made | {"note": [{"text": "Fusion L1-L3 in 2026."}]}) == asked


@pytest.mark.parametrize(
    ("made", "topic"),
    [
        (procedure("12345", "urn:local"), Topic.UNKNOWN),
        (procedure(), Topic.UNKNOWN),
        (procedure(text="手術"), Topic.UNKNOWN),
        (procedure("29881"), Topic.UNKNOWN),
        (procedure("22868"), Topic.OPERATION),
        (procedure("C7505", HCPCS), Topic.OPERATION),
        (procedure("C7508", HCPCS), Topic.OPERATION),
        (procedure("V49.1", "opcs-4"), Topic.OPERATION),
        (procedure("0QW004Z", PCS), Topic.OPERATION),
        (procedure("392236004", SNOMED), Topic.OPERATION),
        (procedure("86782006", SNOMED), Topic.OPERATION),
        (procedure("S32.020A", ICD10CM), Topic.OPERATION),
        (procedure("98941"), Topic.SPINE),
        (procedure("L0999", HCPCS), Topic.SPINE),
        (procedure("S2360", HCPCS), Topic.OPERATION),
        (procedure(text="Spondyloplastie d'une vertèbre"), Topic.OPERATION),
        (procedure(text="Open reduction of fracture of radius"), Topic.FRACTURE),
        (procedure("99024", text="Postoperative visit after back surgery"), Topic.OPERATION),
    ],
)
def test_a_procedure_that_is_not_understood_leaves_a_line(made, topic):
    assert topics(made) == [topic]


@pytest.mark.parametrize(
    "made",
    [
        procedure("72148"),
        procedure("85025"),
        procedure("99213", text="Office visit"),
        procedure("B039ZZZ", PCS),
        procedure("3E0U33Z", PCS),
        procedure("0QB03ZX", PCS),
        procedure("86782006", SNOMED, text="Removal of plate of ankle"),
        procedure(text="MRI of lumbar spine"),
        procedure("123", SNOMED, text="Plain X-ray of lumbar vertebrae"),
        procedure(text="Spinal anesthesia"),
        procedure(text="Lumbar puncture"),
        procedure("73761001", SNOMED, text="Colonoscopy"),
        procedure(text="Vaccination for tetanus"),
        procedure(text="Physical therapy, lumbar spine"),
        procedure(text="Back surgery", status="not-done"),
    ],
)
def test_what_is_no_operation_is_not_told(made):
    chart = read(made)
    assert (chart.procedures, chart.unreadable) == ((), ())


@pytest.mark.parametrize(
    "made",
    [
        condition(text="Status post kyphoplasty L2 2026-01"),
        condition(text="S/P lumbar fusion"),
        condition(text="History of vertebroplasty"),
        condition(text="Zustand nach Spondylodese LWK 1-3"),
        condition(text="History of back surgery"),
        condition("Z98.890", text="Postprocedural state: lumbar laminectomy"),
        condition("S32.020D", text="L2 compression fracture, s/p kyphoplasty"),
        condition("22514", CPT),
        condition("C7505", HCPCS),
        condition("81.66", "http://hl7.org/fhir/sid/icd-9-cm"),
        condition("426243004", SNOMED),
        condition("Z98.1", text="S/P fusion L4-5 and kyphoplasty L2"),
        condition("S32.020D", note=[{"text": "Seen today."}, {"text": "Kyphoplasty of L2 in January."}]),
    ],
)
def test_an_operation_recorded_as_a_problem_is_asked_for(made):
    chart = read(made | {"recordedDate": "2026-01-25"})
    assert Topic.OPERATION in [line.topic for line in chart.unreadable]
    assert "(2026-01-25): recorded as a problem, not as an operation" in reasons(chart)


@pytest.mark.parametrize(
    "made",
    [
        condition("Z98.1", text="Status post lumbar fusion"),
        condition("M96.0", text="Pseudarthrosis after fusion or arthrodesis, lumbar"),
        condition("M54.5", note=[{"text": "Rest advised."}]),
        condition("Z98.890"),
    ],
)
def test_a_status_the_rules_know_is_read_as_such(made):
    assert Topic.OPERATION not in topics(made)


def test_two_readers_do_not_ask_the_same_of_the_same_words():
    assert topics(condition(text="S/P kyphoplasty L2")).count(Topic.OPERATION) == 1
