"""FHIR files: every form in which a chart may be handed over, and one clear line for each way it can be wrong."""

import json

import pytest

from smartapp.errors import InputError
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import read_files
from smartapp.knowledge import load as knowledge

PATIENT = {"resourceType": "Patient", "id": "p"}
OTHER = {"resourceType": "Patient", "id": "q"}
FRACTURE = {
    "resourceType": "Condition",
    "id": "c",
    "subject": {"reference": "Patient/p"},
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S32.010A"}]},
}
THEIRS = FRACTURE | {"id": "d", "subject": {"reference": "Patient/q"}}


def bundle(*resources, kind="collection"):
    entries = [{"resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "type": kind, "entry": entries})


def ndjson(*resources):
    return "\n".join(json.dumps(resource) for resource in resources) + "\n\n"


def codes(path, patient=None):
    return [d.source.reference for d in read_chart(read_files(path, patient).values, knowledge(), patient).diagnoses]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("collection.json", bundle(PATIENT, FRACTURE)),
        ("searchset.json", bundle(PATIENT, FRACTURE, kind="searchset")),
        ("transaction.json", bundle(PATIENT, FRACTURE, kind="transaction")),
        ("list.json", json.dumps([PATIENT, FRACTURE])),
        ("lines.ndjson", ndjson(PATIENT, FRACTURE)),
        ("lines.json", ndjson(PATIENT, FRACTURE)),
        ("bom.json", "\ufeff" + bundle(PATIENT, FRACTURE)),
        ("nested.json", bundle(json.loads(bundle(PATIENT, FRACTURE)))),
        ("no-suffix", bundle(PATIENT, FRACTURE)),
    ],
)
def test_every_form_gives_the_same_chart(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert codes(tmp_path / name) == ["Condition/c"]


def test_a_folder_is_read_as_one(tmp_path):
    (tmp_path / "Patient.ndjson").write_text(ndjson(PATIENT))
    (tmp_path / "Condition.ndjson").write_text(ndjson(FRACTURE))
    (tmp_path / "manifest.json").write_text('{"made": "by a generator"}')
    (tmp_path / "LICENSE").write_text("not JSON")
    assert codes(tmp_path) == ["Condition/c"]


def test_one_of_several_patients_is_chosen(tmp_path):
    path = tmp_path / "two.ndjson"
    path.write_text(ndjson(PATIENT, OTHER, FRACTURE, THEIRS))
    assert codes(path, "p") == ["Condition/c"]
    assert codes(path, "Patient/q") == ["Condition/d"]
    assert read_chart(read_files(path, "p").values, knowledge(), "p").unreadable == ()


def test_local_addresses_survive_the_choice(tmp_path):
    entries = [
        {"fullUrl": "urn:uuid:1", "resource": PATIENT},
        {"fullUrl": "urn:uuid:2", "resource": OTHER},
        {"fullUrl": "urn:uuid:3", "resource": FRACTURE | {"subject": {"reference": "urn:uuid:1"}}},
        {"fullUrl": "urn:uuid:4", "resource": THEIRS | {"subject": {"reference": "urn:uuid:2"}}},
    ]
    path = tmp_path / "two.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))
    assert codes(path, "q") == ["Condition/d"]


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "line 1", "empty"),
        ("   \n", "line 1", "empty"),
        ('{"resourceType": "Bundle",', "line 1 column 27", "not JSON"),
        ('{\n  "resourceType": Bundle\n}', "line 2 column 19", "not JSON"),
        ("<html>", "line 1 column 1", "not JSON"),
        ('{"made": "elsewhere"}', "resourceType", "not a FHIR resource"),
        ("42", "resourceType", "not a FHIR resource"),
        ("null", "resourceType", "not a FHIR resource"),
        ('{"resourceType": "Bundle", "total": NaN}', "content", "NaN"),
        ("[" * 100_000, "content", "nested too deeply"),
        (bundle(FRACTURE), "Patient", "there is none"),
        (bundle(PATIENT, OTHER), "Patient", "2 patients"),
    ],
)
def test_what_is_wrong_is_one_line_with_file_and_place(tmp_path, text, place, what):
    path = tmp_path / "chart.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_files(path)
    said = str(error.value)
    assert said.startswith(f"{path}: {place}")
    assert what in said
    assert "\n" not in said


def test_a_bad_line_of_ndjson_is_named_by_its_number(tmp_path):
    path = tmp_path / "chart.ndjson"
    path.write_text(ndjson(PATIENT) + "{broken\n")
    with pytest.raises(InputError, match=r"line 3 column 2: not JSON"):
        read_files(path)


def test_other_ways_to_fail(tmp_path):
    with pytest.raises(InputError, match=r"nosuch\.json: file: No such file"):
        read_files(tmp_path / "nosuch.json")
    with pytest.raises(InputError, match="folder: there is no"):
        read_files(tmp_path)


NAMED = '{"resourceType": "Patient", "id": "p", "name": [{"family": "Mu\u00f1oz"}]}'


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_file_that_is_not_utf8_is_read_and_told(tmp_path, encoding):
    path = tmp_path / "latin.json"
    path.write_bytes(NAMED.encode(encoding))
    values, (line,) = read_files(path)
    assert values[0]["name"] == [{"family": "Mu\u00f1oz"}]
    assert line.where == "latin.json" and "byte 62 is not UTF-8" in line.reason


def test_bytes_that_windows_has_no_letter_for_are_read_as_latin_1(tmp_path):
    path = tmp_path / "odd.json"
    path.write_bytes(b'{"resourceType": "Patient", "id": "p\x81"}')
    values, (line,) = read_files(path)
    assert (values[0]["id"], line.where) == ("p\x81", "odd.json")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(tmp_path, encoding):
    path = tmp_path / "marked.json"
    path.write_bytes(NAMED.encode(encoding))
    assert read_files(path) == ([json.loads(NAMED)], ())


@pytest.mark.parametrize("name", ["chart.json", "chart.ndjson"])
def test_null_among_resources_is_nobody(tmp_path, name):
    path = tmp_path / name
    text = f"null\n{NAMED}\nnull" if name == "chart.ndjson" else f"[null, {NAMED}]"
    path.write_text(text, encoding="utf-8")
    chart = read_chart(read_files(path).values, knowledge())
    assert (chart.patient.reference, chart.unreadable) == ("Patient/p", ())


def test_narrowing_to_one_patient_reads_nothing_into_empty_elements(tmp_path):
    theirs = {**FRACTURE, "id": "theirs", "subject": {"reference": ""}, "patient": {"reference": "Patient/q"}}
    path = tmp_path / "two.ndjson"
    path.write_text(ndjson(PATIENT, OTHER, FRACTURE, theirs))
    assert codes(path, "p") == ["Condition/c"]


def test_an_unknown_patient_is_told_who_is_there(tmp_path):
    path = tmp_path / "two.ndjson"
    path.write_text(ndjson(PATIENT, OTHER))
    with pytest.raises(InputError, match=r"--patient z: there is no such patient; it holds p, q"):
        read_files(path, "z")


def test_only_ten_patients_are_named(tmp_path):
    path = tmp_path / "many.ndjson"
    path.write_text(ndjson(*({"resourceType": "Patient", "id": f"p{n:02}"} for n in range(25))))
    with pytest.raises(InputError, match=r"25 patients; choose one with --patient: p00, .*p09 and 15 more$"):
        read_files(path)
