"""The code table: what it must hold, what it must not, and that the ICD-10-CM part is what the tabular list says."""

import csv
import io

import pytest

from smartapp.core.codes import CodeKind, CodeUse
from smartapp.core.concepts import Concept
from smartapp.core.fracture_coding import EncounterKind, Morphology, Region
from smartapp.core.kinds import Quantity
from smartapp.errors import KnowledgeError
from smartapp.knowledge import load, parse, texts
from smartapp.knowledge.rows import COLUMNS

TEXT = texts()["codes.csv"]
TABLE = load().codes
ROWS = list(csv.DictReader(io.StringIO(TEXT)))


def test_icd10cm_rows_are_those_of_the_tabular_list():
    pytest.importorskip("simple_icd_10_cm", reason="PyPI simple-icd-10-cm, the packaged tabular list, is not installed")
    from tests.codes.expand_icd10cm import expand

    assert [row for row in ROWS if row["system"] == "icd10cm"] == expand()


def test_lumbar_fracture_has_its_180_leaves():
    leaves = [row for row in TABLE.rows if row.system == "icd10cm" and row.code.startswith("S32.0") and not row.prefix]
    assert len(leaves) == 180
    assert all(row.region is Region.LUMBAR and row.encounter and row.morphology for row in leaves)
    assert {row.encounter for row in leaves} == set(EncounterKind) - {EncounterKind.MALUNION}


@pytest.mark.parametrize(
    ("code", "levels"), [("S32.010A", {"L1"}), ("S32.059D", {"L5"}), ("S32.000A", set()), ("S22.060A", {"T7-T8"})]
)
def test_a_fracture_code_names_its_vertebrae(code, levels):
    row = TABLE.find("http://hl7.org/fhir/sid/icd-10-cm", code)
    assert row.levels == levels


@pytest.mark.parametrize("family", ["M80.08", "M80.88"])
def test_osteoporotic_vertebral_fracture_has_every_seventh_character_but_open(family):
    rows = [row for row in TABLE.rows if row.code.startswith(f"{family}X")]
    assert {row.encounter for row in rows if row.encounter} == set(EncounterKind) - {EncounterKind.OPEN}


@pytest.mark.parametrize("code", ["S32.010P", "M48.56XK", "M48.56XP", "S32.8XXA"])
def test_codes_that_do_not_exist_have_no_row_of_their_own(code):
    assert not [row for row in TABLE.rows if row.code == code]


def test_a_pathological_fracture_in_neoplastic_disease_is_neoplastic():
    assert TABLE.find("http://hl7.org/fhir/sid/icd-10-cm", "M84.58XA").morphology is Morphology.NEOPLASTIC


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://hl7.org/fhir/sid/icd-10-cm", "icd10cm"),
        ("https://hl7.org/fhir/sid/icd-10-cm/", "icd10cm"),
        ("urn:oid:2.16.840.1.113883.6.90", "icd10cm"),
        ("2.16.840.1.113883.6.90", "icd10cm"),
        ("http://hl7.org/fhir/sid/icd-10", "icd10"),
        ("urn:oid:2.16.840.1.113883.6.96", "snomed"),
        ("http://snomed.info/sct/731000124108/version/20240301", "snomed"),
        ("urn:oid:2.16.840.1.113883.6.1", "loinc"),
        ("HTTP://LOINC.ORG", "loinc"),
        ("urn:oid:2.16.840.1.113883.6.12", "cpt"),
        ("urn:oid:2.16.840.1.113883.6.4", "icd10pcs"),
        ("http://www.cms.gov/Medicare/Coding/ICD10", "icd10pcs"),
        ("urn:oid:2.16.840.1.113883.6.103", "icd9cm"),
        ("urn:oid:2.16.840.1.113883.6.104", "icd9proc"),
        ("http://www.nlm.nih.gov/research/umls/rxnorm", "rxnorm"),
        ("urn:oid:2.16.840.1.113883.6.259", ""),
        ("http://example.org/local", ""),
        ("http://hl7.org/fhir/sid/icd-10-us", "icd10cm"),
        ("http://fhir.de/CodeSystem/dimdi/icd-10-gm", "icd10gm"),
        ("https://fhir.nhs.uk/Id/opcs-4", "opcs4"),
        ("LN", "loinc"),
        ("ICD-10", "icd10"),
        ("", ""),
    ],
)
def test_every_spelling_of_a_system_is_one_system(address, name):
    assert TABLE.systems.name_of(address) == name


@pytest.mark.parametrize(
    ("system", "code", "expected"),
    [
        ("icd10cm", "s32010a", "S32.010A"),
        ("icd10cm", " S32.010A ", "S32.010A"),
        ("icd10cm", "M81", "M81"),
        ("icd10cm", "M80.08", "M80.08"),
        ("icd9cm", "73313", "733.13"),
        ("icd9cm", "e8889", "E888.9"),
        ("icd9cm", "V1351", "V13.51"),
        ("icd10pcs", "0qu03jz", "0QU03JZ"),
        ("snomed", " 426646004", "426646004"),
    ],
)
def test_every_spelling_of_a_code_is_one_code(system, code, expected):
    assert TABLE.systems.code_name(system, code) == expected


@pytest.mark.parametrize(
    ("address", "code", "system"),
    [
        ("http://hl7.org/fhir/sid/icd-10", "S32.010K", "icd10cm"),
        ("http://hl7.org/fhir/sid/icd-10", "s32010k", "icd10cm"),
        ("I10", "M80.08XA", "icd10cm"),
        ("http://hl7.org/fhir/sid/icd-10", "S32.01", "icd10"),
        ("http://hl7.org/fhir/sid/icd-10", "S32.0", "icd10"),
        ("http://hl7.org/fhir/sid/icd-10-ca", "S32.000", "icd10ca"),
        ("http://hl7.org/fhir/sid/icd-9-cm", "81.66", "icd9proc"),
        ("http://hl7.org/fhir/sid/icd-9-cm", "733.13", "icd9cm"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "0QU03JZ", "icd10pcs"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "xnu0356", "icd10pcs"),
        ("http://hl7.org/fhir/sid/icd-10", "0SG0070", "icd10pcs"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "S32010A", "icd10cm"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "X34XXXA", "icd10cm"),
        ("http://www.ama-assn.org/go/cpt", "C7504", "hcpcs"),
        ("http://terminology.hl7.org/CodeSystem/HCPCS-all-codes", "22514", "cpt"),
        ("http://terminology.hl7.org/CodeSystem/HCPCS-all-codes", "0274T", "cpt"),
        ("urn:local", "S32.010K", ""),
    ],
)
def test_the_shape_of_a_code_tells_a_system_the_address_does_not(address, code, system):
    assert TABLE.systems.of_code(address, code) == system


def test_a_national_version_falls_back_on_its_parent_as_far_as_they_agree():
    for address in ("http://hl7.org/fhir/sid/icd-10-nl", "http://fhir.de/CodeSystem/bfarm/icd-10-gm"):
        assert TABLE.find(address, "S32.0").system == "icd10"
    assert TABLE.find("http://hl7.org/fhir/sid/icd-10-nl", "S3200").code == "S32.0"


def test_a_code_of_an_unknown_system_has_no_row():
    assert TABLE.find("http://hospital.example/codes", "S32.010A") is None


def test_the_longest_row_wins():
    find = lambda code: TABLE.find("http://hl7.org/fhir/sid/icd-10-cm", code)  # noqa: E731
    assert find("C61").concepts == ("active-cancer",)
    assert find("C90.01").concepts == ("myeloma-remission",)
    assert find("E24.2").concepts == ("cushing", "glucocorticoid-use")
    assert find("E24.9").concepts == ("cushing",)
    assert find("S12.8XXA").excluded
    assert find("Q99.9") is None


# Every code the rule book names in sections 3.2 to 3.4, by system; a sample of each family of 3.1.
NAMED = {
    "snomed": "312894000 37605006 40308000 735616007 735615006 735613004 735614005 64859006 18040001 3345002 "
    "203438009 390833005 125608002 426646004 207957008 203450003 311890007 11311441000119109 50448004 "
    "42157000 42942008 84138006 274146004 240198002 443165006 11311601000119109 866087009 94602001 "
    "94389000 93878007 207938004 125607007 203451004 192970008 12454008 16846261000119106 203241002 "
    "203159006 203195003 66794005 14293000 36470004 11994002 49668003 23215003 51282000 50172003 "
    "277764006 34238000 448942003 449048009 448943008 448944002 55705006 359586003 427752004 86782006 "
    "608884004 312681000 82066000 428942009 129839007 279992002 161898004 1912002 34713006",
    "loinc": "38267-1 85394-5 24966-4 38264-8 80933-5 38261-4 80946-7 80938-4 46278-8 80945-9 80937-6 46279-6 "
    "38263-0 80934-3 24701-5 80948-3 80940-0 80954-1 80947-5 80939-2 80953-3 38265-5 80932-7 24890-6 "
    "80944-2 80936-8 80952-5 80943-4 80935-0 80951-7 83311-1 38269-7 38268-9 62292-8 1989-3 49054-0 "
    "14635-7 17861-6 98979-8 62238-1 69405-9 48642-3 48643-1 72514-3 38208-5 75893-8 38214-3 72166-2 "
    "74013-4 11287-0 72109-2 39156-5 73830-2 52552-7 57254-5 59460-6 90265-0 85354-9 8480-6 8459-0 8461-6 "
    "8460-8 8462-4 59408-5 2708-6 8310-5",
    "cpt": (
        "22510 22511 22512 22513 22514 22515 22520 22525 22310 22315 22325 22533 22558 22612 22614 22630 "
        "22632 22633 22634 22840 22845 22850 22852 22855 97161 97162 97163 97164"
    ),
    "icd10pcs": (
        "0QU03JZ XNU0356 0QS03ZZ 0QS004Z 0QH034Z 0SG0070 0SG1070 0SG3070 0RGA070 XRGA0R7 XRGD0R7 0SH004Z "
        "0QP004Z 0PU43JZ 0PS404Z 0RG6070 XNU4356 BR09ZZ1 BQ00ZZ1"
    ),
    "icd10cm": (
        "M85.80 M85.88 M81.0 M80.08XA M48.56XG M48.46XA M84.48XA S22.080A S32.10XA S32.9XXA Z87.310 Z98.1 "
        "T84.216A G83.4 S34.3XXA R33.9 C79.51 C61 M46.26 A18.01 Z33.1 Z34.00 O09.90 E55.9 E83.52 N20.0 N18.4 "
        "E21.0 N25.81 Z79.52 D47.2 R29.6 R55 F17.210 Z72.0 W01.0XXA W19.XXXA W17.89XA V43.52XA"
    ),
}


@pytest.mark.parametrize(("system", "code"), [(s, code) for s, codes in NAMED.items() for code in codes.split()])
def test_every_code_of_the_rule_book_is_read(system, code):
    row = TABLE.row(system, code)
    assert row is not None
    assert row.use is CodeUse.INPUT


@pytest.mark.parametrize(
    ("system", "code"),
    [("snomed", c) for c in ("276703007", "78441005", "109346000")]
    + [("loinc", c) for c in ("104938-6", "38266-3", "46383-6", "1990-1", "1649-3", "62290-2")]
    + [("icd10pcs", c) for c in ("0SH003Z", "0SH333Z", "0QB00ZX")],
)
def test_false_friends_are_rows_that_say_why(system, code):
    row = TABLE.row(system, code)
    assert row.excluded
    assert row.note


@pytest.mark.parametrize("code", ["392236004", "392010000", "429616001", "447766008"])
def test_a_code_seen_for_an_operation_of_the_spine_and_not_verified_is_asked(code):
    row = TABLE.row("snomed", code)
    assert (row.use, row.concepts) == (CodeUse.ASKED, ("operation",))
    assert row.note


@pytest.mark.parametrize("code", ["22841", "22846", "22847", "22848"])
def test_an_instrumentation_code_nobody_verified_is_asked(code):
    """Rule book 2a, CO18."""
    assert (TABLE.row("cpt", code).use, TABLE.row("cpt", code).concepts) == (CodeUse.ASKED, ("operation",))


@pytest.mark.parametrize(
    ("concept", "code"),
    [
        ("physical-therapy", "91251008"),
        ("care-plan", "734163000"),
        ("physiotherapy-care-plan", "773513001"),
        ("physical-therapy-referral", "444831000124102"),
        ("exercise-therapy", "229065009"),
        ("muscle-strength-exercise", "266741004"),
        ("strengthening-days", "82291-6"),
        ("pain", "72514-3"),
        ("25-oh-vitamin-d", "62292-8"),
        ("referral-to-dietitian", "103699006"),
    ],
)
def test_what_a_plan_writes_has_a_coding(concept, code):
    (system, written, display) = TABLE.codings(concept)[0]
    assert written == code
    assert system.startswith("http://")
    assert display


def test_the_general_practitioner_referral_is_never_written():
    written = {row.code for row in TABLE.rows if row.use is CodeUse.OUTPUT}
    assert not written & {"183561008", "386293009", "229072005"}


def test_every_snomed_and_loinc_code_passes_its_check_digit_or_is_excluded_for_it():
    wrong = [r.code for r in TABLE.rows if r.system == "snomed" and not _verhoeff(r.code)]
    wrong += [r.code for r in TABLE.rows if r.system == "loinc" and r.code[0].isdigit() and not _mod10(r.code)]
    assert wrong == ["447766008"]


# In the words of an imaging report only.
REPORT_WORDS = (*("malignant-lesion", "malignancy-suspected", "spinal-infection-suspected"),)


def test_concepts_of_the_rules_can_all_be_met_by_a_code_or_are_known_to_come_from_elsewhere():
    by_code = TABLE.concepts(CodeKind.CONDITION, CodeKind.MEDICATION)
    # words only; D47.2 is monoclonal gammopathy, and no listed code means a mast cell disorder
    # an orthosis is read as an order
    assert {c.value for c in Concept} - by_code == {
        "fracture-dislocation",
        "mast-cell",
        "spinal-orthosis",
        "zoledronate",
        *("zoledronate-cancer-dose", "sulfonylurea", "stands-with-help", "two-helpers"),
        "spontaneous-mechanism",
        *REPORT_WORDS,
        "bone-harming-drug",
        # what broke and how badly, and since when
        *("process-fracture", "arch-fracture", "spinal-ligament-injury", "canal-compromise", "collapse-progress"),
        *("fracture-old", "fracture-new", "fracture-age-unknown"),
    }


SEARCHED = (
    "loinc,30,exact,observation,bmi,x,,,,,,,input,IPS,",
    "loinc,20,exact,observation,pain,x,,,,,,,input,IPS,",
    "loinc,10,exact,observation,pain,x,,,,,,,input,IPS,",
    "loinc,2,prefix,observation,pain,x,,,,,,,input,IPS,",
    "loinc,40,exact,output,pain,x,,,,,,,output,IPS,",
    "loinc,50,exact,observation,,x,,,,,,,excluded,IPS,a false friend",
    "snomed,60,exact,observation,pain,x,,,,,,,input,IPS,",
    "loinc,70,exact,observation,t-score,x,,,,,,,input,IPS,",
)


@pytest.mark.parametrize(
    ("concepts", "codes"), [(("pain",), ("20", "10")), (("bmi", "pain"), ("30", "20", "10")), ((), ())]
)
def test_a_search_asks_for_the_codes_of_one_system_that_are_read_as_they_stand(concepts, codes):
    table = parse(texts() | {"codes.csv": "\n".join([",".join(COLUMNS), *SEARCHED])}).codes
    assert table.codes("loinc", *concepts) == codes


def test_other_columns_are_refused():
    with pytest.raises(KnowledgeError, match="columns"):
        parse(texts() | {"codes.csv": "system,code\n"})


def test_a_goal_is_measured_by_one_code():
    """Two codes in one measure would say that two things are measured: the left hip and the right one, for instance."""
    for goal in load().library.goals:
        for measure in filter(None, (goal.measure, goal.spine_measure)):
            assert len(load().codes.codings(measure)) == 1, measure


_D = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
]
_P = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
]


def _verhoeff(code):
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = _D[check][_P[place % 8][int(digit)]]
    return check == 0


def _mod10(code):
    number, check = code.split("-")
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return (10 - total % 10) % 10 == int(check)


def test_an_observation_of_one_number_names_its_quantity():
    row = load().codes.find("http://loinc.org", "72514-3")
    assert row is not None and row.quantity is Quantity.PAIN
    group = load().codes.find("http://hl7.org/fhir/sid/icd-10-cm", "M81.0")
    assert group is not None and group.quantity is None


@pytest.mark.parametrize(
    ("system", "code"), [("http://loinc.org", "00000-0"), ("http://hl7.org/fhir/sid/icd-10-cm", "Q99.9")]
)
def test_a_code_that_is_in_no_row_is_unknown(system, code):
    assert load().codes.find(system, code) is None


@pytest.mark.parametrize(
    ("system", "code", "quiet", "operation"),
    [
        ("cpt", "71046", True, False),
        ("cpt", "99213", True, False),
        ("cpt", "27447", False, True),
        ("icd10pcs", "BW03ZZZ", True, False),
        ("icd10pcs", "0SG0071", False, True),
        ("icd10cm", "Z12.31", False, False),
    ],
)
def test_what_needs_no_line_and_what_always_does(system, code, quiet, operation):
    """Rule book 2a, NS13: pictures, tests and visits are quiet, operations never."""
    assert TABLE.systems.is_quiet(system, code) is quiet
    assert TABLE.systems.is_operation(system, code) is operation
