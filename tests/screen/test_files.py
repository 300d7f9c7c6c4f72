"""Every form in which an export is handed over, and what is told of what cannot be read or is nobody's."""

import gzip
import json

import pytest

from smartapp.cli import main
from smartapp.errors import InputError
from smartapp.screen import screen
from tests.screen.charts import AS_OF, KNOWLEDGE, answer, of_row, row_as_derived, write_lines

ANN = {"resourceType": "Patient", "id": "ann", "gender": "female", "birthDate": "1950-01-01"}
BOB = {"resourceType": "Patient", "id": "bob", "gender": "male", "birthDate": "1955-01-01"}
MRN = "https://hospital.example/mrn"


def fracture(id_="f", reference="Patient/ann"):
    code = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S32.010A"}]}
    record = {"resourceType": "Condition", "id": id_, "code": code, "onsetDateTime": "2026-02-01"}
    return record | ({"subject": {"reference": reference}} if reference else {})


def screened(*paths):
    told = []
    rows = screen(paths, AS_OF, KNOWLEDGE, processes=1, told=told)
    return {row["patient"]: row["disposition"] for row in rows}, [(line.line, line.reason) for line in told]


BOTH = {"Patient/ann": "prescribe-with-review", "Patient/bob": "not-applicable"}


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/ann",
        "https://ehr.example/fhir/Patient/ann",
        "https://ehr.example/fhir/Patient/ann/_history/2",
        "Patient/ann/",
        "ann",
        "urn:uuid:ANN",
    ],
)
def test_a_patient_is_named_in_every_way(tmp_path, reference):
    write_lines(tmp_path / "x.ndjson", [ANN, BOB, fracture(reference=reference)])
    assert screened(tmp_path) == (BOTH, [])


def test_folders_in_folders_compressed_and_not_in_thousands_of_files(tmp_path):
    write_lines(tmp_path / "a" / "Patient.000.ndjson", [ANN])
    for number in range(50):
        write_lines(tmp_path / "a" / "b" / f"{number}.ndjson", [BOB | {"id": f"bob{number}"}])
    with gzip.open(tmp_path / "a" / "Condition.ndjson.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(fracture()))
    (tmp_path / "manifest.json").write_text('{"transactionTime": "2026-01-01", "output": []}')
    rows, told = screened(tmp_path)
    assert (len(rows), rows["Patient/ann"], told) == (51, "prescribe-with-review", [])


def test_bundles_beside_lines(tmp_path):
    """Of one Bundle a chart, of another two; a Bundle in a line; the addresses of each hold inside it."""
    entries = [{"fullUrl": "urn:uuid:1", "resource": ANN}, {"resource": fracture(reference="urn:uuid:1")}]
    one = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    (tmp_path / "ann.json").write_text(json.dumps(one, indent=1))
    cyd = json.loads(json.dumps(one).replace('"ann"', '"cyd"'))
    write_lines(tmp_path / "lines.ndjson", [BOB, cyd])
    dee, eli = ({**ANN, "id": id_} for id_ in ("dee", "eli"))
    two = {"resourceType": "Bundle", "entry": [{"resource": r} for r in (dee, eli, fracture(reference="Patient/eli"))]}
    (tmp_path / "two.json").write_text(json.dumps(two))
    rows, told = screened(tmp_path)
    stopped = "prescribe-with-review"
    assert rows == BOTH | {"Patient/cyd": stopped, "Patient/dee": "not-applicable", "Patient/eli": stopped}
    assert told == []


def test_an_identifier_names_a_patient(tmp_path):
    known = {"identifier": [{"system": MRN, "value": "7"}]}
    mine, nobody = ({"identifier": {"system": MRN, "value": value}} for value in ("7", "8"))
    write_lines(tmp_path / "x.ndjson", [ANN | known, BOB, fracture(reference="") | {"subject": mine}])
    assert screened(tmp_path) == (BOTH, [])
    write_lines(tmp_path / "x.ndjson", [ANN | known, BOB, fracture(reference="") | {"subject": nobody}])
    rows, told = screened(tmp_path)
    assert rows["Patient/ann"] == "not-applicable"
    assert told == [(3, "Condition: it names no patient of this export")]


def test_a_record_of_nobody_is_told_and_of_one_patient_alone_it_is_that_one_s(tmp_path):
    write_lines(tmp_path / "x.ndjson", [ANN, BOB, fracture(reference=""), fracture(reference="Group/7")])
    rows, told = screened(tmp_path)
    assert rows == dict.fromkeys(BOTH, "not-applicable")
    assert [line for line, _ in told] == [3, 4]
    write_lines(tmp_path / "x.ndjson", [ANN, fracture(reference="")])
    assert screened(tmp_path) == ({"Patient/ann": "prescribe-with-review"}, [])


def test_a_patient_without_a_record_of_their_own_is_still_screened(tmp_path):
    write_lines(tmp_path / "x.ndjson", [ANN, BOB, fracture(reference="Patient/cyd")])
    rows, told = screened(tmp_path)
    assert rows["Patient/cyd"] not in ("not-applicable", "prescribe")
    assert told == []


def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_is_read(tmp_path):
    file = write_lines(tmp_path / "x.ndjson", [ANN, BOB, fracture()])
    file.write_text(file.read_text() + '\n{"resourceType": "Observation", \n[1]\n{"id": "x"}\n{"a": NaN}\n')
    rows, told = screened(tmp_path)
    assert rows == BOTH
    assert [line for line, _ in told] == [5, 6, 7, 8]
    assert told[0][1].startswith("not JSON: ")
    assert told[1][1] == "resourceType is missing, so this is not a FHIR resource"


def test_half_a_file_is_read_as_far_as_it_goes(tmp_path):
    write_lines(tmp_path / "Patient.ndjson", [ANN, BOB])
    others = ({"resourceType": "Immunization", "id": f"i{n}"} for n in range(2000))
    many = "".join(json.dumps(record) + "\n" for record in (fracture(), *others))
    (tmp_path / "Condition.ndjson.gz").write_bytes(gzip.compress(many.encode())[:-1000])
    rows, told = screened(tmp_path)
    assert (rows, told) == (BOTH, [(0, "only in part read: it breaks off, or is damaged")])


def test_a_file_that_is_not_utf_8_is_read_with_a_remark(tmp_path):
    (tmp_path / "x.ndjson").write_bytes(
        "\n".join(map(json.dumps, [ANN | {"name": [{"text": "NAME"}]}, BOB, fracture()]))
        .replace("NAME", "Åsa").encode("latin-1")
    )  # fmt: skip
    rows, told = screened(tmp_path)
    assert rows == BOTH
    assert "is not UTF-8" in told[0][1]


def test_what_the_server_says_of_the_export_is_told(tmp_path):
    issue = {"severity": "error", "code": "exception", "diagnostics": "Condition could not be exported"}
    write_lines(tmp_path / "errors.ndjson", [{"resourceType": "OperationOutcome", "issue": [issue]}])
    write_lines(tmp_path / "Patient.ndjson", [ANN, BOB])
    assert screened(tmp_path)[1] == [(1, "the EHR says: Condition could not be exported")]


def test_medicines_stand_in_records_of_nobody(tmp_path):
    drug = {"text": "Denosumab 60 mg", "coding": []}
    medicine = {"resourceType": "Medication", "id": "m1", "code": drug}
    order = {
        "resourceType": "MedicationRequest", "id": "o", "status": "active", "authoredOn": "2026-01-01",
        "subject": {"reference": "Patient/ann"}, "medicationReference": {"reference": "Medication/m1"},
    }  # fmt: skip
    write_lines(tmp_path / "x.ndjson", [ANN, BOB, medicine, order])
    rows = {row["patient"]: row for row in screen([tmp_path], AS_OF, KNOWLEDGE, processes=1)}
    assert of_row(rows["Patient/ann"]) == row_as_derived(answer([ANN, medicine, order]))
    assert rows["Patient/ann"]["treatment"] and not rows["Patient/bob"]["treatment"]


@pytest.mark.parametrize(
    ("name", "text"), [("LICENSE", "x"), ("x.ndjson", ""), ("x.ndjson", "no JSON"), ("x.json", "{}")]
)
def test_nothing_to_read_is_one_line_and_status_2(tmp_path, capsys, name, text):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text(text)
    assert main(["screen", str(tmp_path / "in"), "--out", str(tmp_path / "o.csv")]) == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith(str(tmp_path / "in"))
    assert not (tmp_path / "o.csv").exists()


def test_where_there_is_nothing_at_all_it_is_said_before_anything_else(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        screened(tmp_path / "nowhere")


@pytest.fixture
def tiny_parts(monkeypatch):
    monkeypatch.setattr("smartapp.screen.pieces._PIECE", 1500)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
def test_a_large_file_is_read_in_parts_that_lose_and_double_nothing(tmp_path, tiny_parts, end):
    people = [BOB | {"id": f"bob{number}", "name": [{"text": "x" * number}]} for number in range(40)]
    text = "\n".join(map(json.dumps, [ANN, *people, fracture()])) + end
    (tmp_path / "a.ndjson").write_text(text)
    rows, told = screened(tmp_path)
    assert (len(rows), rows["Patient/ann"], told) == (41, "prescribe-with-review", [])
    (tmp_path / "a.ndjson").unlink()
    with gzip.open(tmp_path / "a.ndjson.gz", "wt") as file:
        file.write(text)
    assert screened(tmp_path) == (rows, [])


def test_in_a_part_of_a_large_file_the_line_is_that_of_the_file(tmp_path, tiny_parts):
    people = [BOB | {"id": f"bob{number}"} for number in range(40)]
    lines = [*map(json.dumps, [ANN, *people]), "{", json.dumps(fracture())]
    (tmp_path / "a.ndjson").write_text("\n".join(lines))
    rows, told = screened(tmp_path)
    assert (len(rows), rows["Patient/ann"], [line for line, _ in told]) == (41, "prescribe-with-review", [42])
    (tmp_path / "a.ndjson").unlink()
    with gzip.open(tmp_path / "a.ndjson.gz", "wt") as file:
        file.write("\n".join(lines))
    assert [line for line, _ in screened(tmp_path)[1]] == [42]
