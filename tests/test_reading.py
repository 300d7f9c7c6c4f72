"""``smartapp read``: each entry of a file with what it was read as, by which row, or why not; as a list and as JSON."""

import json

import pytest

from smartapp.cli import main
from smartapp.fhir.systems import EXAMPLE
from tests.fhir.read.records import PATIENT, condition, observation, procedure, quantity

TODAY = "2026-03-01"
NAMED = PATIENT | {"name": [{"family": "Quirk", "given": ["Ada"]}]}
DUTCH = "http://hl7.org/fhir/sid/icd-10-nl"
RESOURCES = [
    condition("S32.02", DUTCH, display="Fractuur van lumbale wervel: L2", onsetDateTime="2025-11-20"),
    observation("38264-8", text="Total hip", **quantity(-2.1, "1")) | {"id": "t"},
    observation("VITD", "http://lab.example/codes", text="Serum ferritin", **quantity(18, "ng/mL")) | {"id": "v"},
    observation("38265-5", **quantity(0.7, "g/cm2")) | {"id": "h"},
    condition("S32.020D", subject={"reference": "Patient/other"}) | {"id": "b"},
    {"resourceType": "Immunization", "id": "i", "occurrenceDateTime": "2026-05-01"},
]


@pytest.fixture
def chart(tmp_path):
    def write(*resources, people=(NAMED,)):
        path = tmp_path / "chart.json"
        entries = [{"resource": resource} for resource in (*people, *resources)]
        path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))
        return str(path)

    return write


def answer(capsys, *arguments):
    assert main(["read", *arguments, "--as-of", TODAY, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def listed(capsys, *arguments):
    assert main(["read", *arguments, "--as-of", TODAY]) == 0
    return capsys.readouterr().out


def test_json_has_every_resource_with_the_stable_names(chart, capsys):
    said = answer(capsys, chart(*RESOURCES))
    assert said.keys() == {"asOf", "patient", "resources", "lines", "summary", "knowledgeVersion"}
    assert (said["asOf"], said["patient"]) == (TODAY, "Patient/p")
    by_reference = {each["reference"]: each for each in said["resources"]}
    assert list(by_reference) == [
        *("Patient/p", "Condition/c", "Observation/t", "Observation/v", "Observation/h", "Immunization/i")
    ]
    assert all(
        each.keys()
        == {*("reference", "type", "date", "afterAsOf", "codes", "words", "read", "beside", "rows", "signs", "told")}
        | {"quiet"}
        for each in said["resources"]
    )
    fracture = by_reference["Condition/c"]
    assert fracture["codes"] == [
        {"system": DUTCH, "knownAs": "icd10nl", "code": "S32.02", "hasRow": True,
         "display": "Fractuur van lumbale wervel: L2"},
    ]  # fmt: skip
    (diagnosis,) = fracture["read"]
    assert diagnosis == diagnosis | {
        "as": "diagnosis", "concepts": ["vertebral-fracture"], "region": "lumbar", "date": "2025-11-20",
    }  # fmt: skip
    assert fracture["rows"][0] == {
        "file": "codes.csv", "row": "icd10|S32.0*", "parentOf": "icd10nl", "kind": "condition", "use": "input",
        "means": ["vertebral-fracture"],
    }  # fmt: skip
    (score,) = by_reference["Observation/t"]["read"]
    assert score == {
        "as": "measurement", "quantity": "t-score", "value": -2.1, "site": "total-hip", "recorded": "-2.1 1",
        "date": "2026-01-15",
    }  # fmt: skip
    assert "areal bone density" in by_reference["Observation/h"]["told"][0]
    assert {row["kind"] for row in by_reference["Observation/t"]["signs"]} == {"sign"}
    assert by_reference["Immunization/i"]["quiet"] == "another resource type, not read"
    assert by_reference["Immunization/i"]["afterAsOf"]
    assert said["lines"] == [{"where": "Condition/b", "reason": "it is about another patient and was left out"}]


def test_the_summary_counts_by_type_and_names_unknown_systems(chart, capsys):
    summary = answer(capsys, chart(*RESOURCES))["summary"]
    assert summary["types"]["Observation"] == {"resources": 3, "read": 1, "told": 1, "notLookedFor": 1, "notUsed": 0}
    assert summary["types"]["Immunization"]["notLookedFor"] == 1
    unknown = summary["unknownSystems"]
    assert unknown == [{"system": "http://lab.example/codes", "count": 1, "examples": ["VITD"]}]


def test_an_offer_counts_as_told(chart, capsys):
    words = "Left femoral neck T-score -2.6."
    report = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "conclusion": words}
    counts = answer(capsys, chart(report))["summary"]["types"]["DiagnosticReport"]
    assert counts == {"resources": 1, "read": 0, "told": 1, "notLookedFor": 0, "notUsed": 0}


def test_the_list_is_for_people_and_in_file_order(chart, capsys):
    said = listed(capsys, chart(*RESOURCES))
    starts = [said.index(start) for start in ("Patient/p", "Condition/c", "Observation/t", "Observation/h")]
    assert starts == sorted(starts)
    for line in (
        "Condition/c  2025-11-20\n",
        f"  code  {DUTCH}|S32.02 “Fractuur van lumbale wervel: L2” (icd10nl)\n",
        "  read  diagnosis: concepts vertebral-fracture; region lumbar; ",
        "  row   codes.csv icd10|S32.0* (parent of icd10nl): condition vertebral-fracture\n",
        "  code  http://lab.example/codes|VITD (system not known)\n",
        "Immunization/i  2026-05-01 (after 2026-03-01)\n  quiet not looked for: another resource type, not read\n",
        "  Observation       3: 1 read, 1 told, 1 not looked for, 0 not used\n",
        "  Condition/b: it is about another patient and was left out\n",
        "systems.toml (docs/how-to-change-the-knowledge.md):\n       1  http://lab.example/codes  such as VITD\n",
    ):
        assert line in said, said


def test_a_status_that_is_not_used_says_so_beside_the_row(chart, capsys):
    said = listed(capsys, chart(procedure("22514", status="not-done")))
    assert "  row   codes.csv cpt|22514: procedure augmentation\n  quiet not used: its status is “not-done”\n" in said


def test_codes_without_a_row_and_without_a_system_say_so(chart, capsys):
    said = listed(capsys, chart(condition("999999999", "http://snomed.info/sct"), condition("X1", "") | {"id": "n"}))
    assert "http://snomed.info/sct|999999999 (snomed, no row)" in said
    assert "|X1 (no system)" in said
    assert "1  no system  such as X1" in said


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_no_name_and_no_birth_date_is_printed(chart, capsys, form):
    assert main(["read", chart(*RESOURCES), *form]) == 0
    said = capsys.readouterr().out
    assert "Quirk" not in said
    assert PATIENT["birthDate"] not in said


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        (
            {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": {"text": "DXA"},
             "conclusion": "Left femoral neck T-score -2.6."},
            "  read  offer: quantity t-score; value -2.6; site femoral-neck; quote Left femoral neck T-score -2.6\n",
        ),
        (
            {"resourceType": "MedicationStatement", "id": "m", "status": "completed", "effectiveDateTime": "2026-01",
             "medicationCodeableConcept": {"text": "Prednisone 10 mg oral tablet"}},
            "  read  medication: concepts glucocorticoid-use; state ended; date 2026-01\n",
        ),
        (
            {"resourceType": "CarePlan", "id": "k", "status": "active", "created": "2026-01-02", "title": "Plan",
             "identifier": [{"system": EXAMPLE.plan, "value": "1"}]},
            "  read  plan of ours: status active; date 2026-01-02\n",
        ),
        (
            {"resourceType": "Procedure", "id": "x", "status": "completed", "performedDateTime": "2026-01-02",
             "code": {"text": "Kyphoplasty L2"}},
            "  read  procedure: kind augmentation; region lumbar; levels L2; state completed; date 2026-01-02\n",
        ),
        (
            {"resourceType": "Observation", "id": "s", "status": "final",
             "code": {"coding": [{"system": "http://loinc.org", "code": "72166-2"}]},
             "valueCodeableConcept": {"text": "Former smoker"}},
            "  read  measurement: quantity smoking; text former; recorded Former smoker\n",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_fact_is_named_with_what_it_says(chart, capsys, resource, said):
    assert said in listed(capsys, chart(resource))


@pytest.mark.parametrize(
    ("text", "said"),
    [("{broken", "line 1 column 2: not JSON"), ('{"resourceType": "Bundle"}', "Patient: there is none"), ("", "empty")],
)
def test_input_that_cannot_be_read_is_one_line_and_status_2(tmp_path, capsys, text, said):
    path = tmp_path / "chart.json"
    path.write_text(text)
    assert main(["read", str(path)]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"{path}: ") and said in err


def test_of_several_patients_one_is_chosen_in_a_folder_of_ndjson_too(tmp_path, capsys):
    for id_ in ("p", "q"):
        resources = (
            PATIENT | {"id": id_},
            condition("S32.020D", subject={"reference": f"Patient/{id_}"}) | {"id": id_},
        )
        (tmp_path / f"{id_}.ndjson").write_text("\n".join(map(json.dumps, resources)))
    assert main(["read", str(tmp_path)]) == 2
    assert "choose one with --patient" in capsys.readouterr().err
    said = answer(capsys, str(tmp_path), "--patient", "q")
    assert [each["reference"] for each in said["resources"]] == ["Patient/q", "Condition/q"]


def test_what_a_clinician_states_is_nothing_of_the_record(chart, capsys):
    with pytest.raises(SystemExit):
        main(["read", chart(), "--attest", "stable=2026-02-20"])
    assert "--attest" in capsys.readouterr().err
