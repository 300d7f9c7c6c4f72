"""What is left out in decoding never shows: the chart is that of the whole Bundle, or the refusal is the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartapp.core.chart import Chart
from smartapp.errors import InputError
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import read_files
from smartapp.fhir.read.partial import decode_for_chart
from smartapp.knowledge import load as load_knowledge
from tests.bench.record import PATIENT, record
from tests.fuzz.shaped import nearly_json, share, spoilt

KNOWLEDGE = load_knowledge()
BUNDLE = record(34)
OURS = {"coding": [{"system": "http://loinc.org", "code": "39156-5"}]}


def chart(value: object) -> Chart | str:
    try:
        return read_chart([value], KNOWLEDGE)
    except InputError as refusal:
        return str(refusal)


def entries(text: str) -> int:
    return len(decode_for_chart(text, KNOWLEDGE, json.loads)["entry"])


def test_ordinary_results_visits_and_vaccinations_are_left_out():
    kept = decode_for_chart(json.dumps(BUNDLE), KNOWLEDGE, json.loads)["entry"]
    kinds = [entry["resource"]["resourceType"] for entry in kept]
    assert len(kept) < len(BUNDLE["entry"])
    assert "Immunization" in {entry["resource"]["resourceType"] for entry in BUNDLE["entry"]} - set(kinds)
    assert not any("Body Weight" in json.dumps(entry) for entry in kept)
    assert chart({"resourceType": "Bundle", "entry": kept}) == chart(BUNDLE)


def test_an_entry_without_an_address_is_given_none():
    """Not an empty one either: what is empty makes the whole be searched for emptiness."""
    entries = [{"resource": entry["resource"]} for entry in BUNDLE["entry"]]
    bundle = {"resourceType": "Bundle", "entry": entries}
    kept = decode_for_chart(json.dumps(bundle), KNOWLEDGE, json.loads)["entry"]
    assert kept and all(entry.keys() == {"resource"} for entry in kept)
    assert chart({"resourceType": "Bundle", "entry": kept}) == chart(bundle)


@share(8)
@given(spoilt(st.just(BUNDLE)))
def test_a_spoilt_record_reads_the_same(value):
    text = json.dumps(value)
    assert chart(decode_for_chart(text, KNOWLEDGE, json.loads)) == chart(json.loads(text))


@share(4)
@given(nearly_json(st.just(BUNDLE)))
def test_what_is_no_json_is_refused_in_the_same_words(raw):
    text = raw.decode("utf-8", "replace")
    try:
        expected = chart(json.loads(text))
    except (ValueError, RecursionError) as fault:
        with pytest.raises(type(fault)) as refused:
            decode_for_chart(text, KNOWLEDGE, json.loads)
        assert str(refused.value) == str(fault)
    else:
        assert chart(decode_for_chart(text, KNOWLEDGE, json.loads)) == expected


def weight(**changes: object) -> dict:
    found = next(e["resource"] for e in BUNDLE["entry"] if "Body Weight" in json.dumps(e))
    return {**found, **changes}


@pytest.mark.parametrize(
    "strange",
    [
        {"resource": weight(subject={"reference": "Patient/somebody-else"})},
        {"resource": weight(subject=None, patient={"reference": "Patient/somebody-else"})},
        {"resource": weight(meta={"lastUpdated": "2030-01-01"}, code=OURS)},  # two copies, one of them of ours
        {"resource": {"resourceType": "Patient", "id": "second"}},
        {"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}},
        {"resource": {"resourceType": "Bundle", "entry": [{"resource": weight(id="inside", code=OURS)}]}},
        {"resource": {"id": "of-no-kind"}},
        {"resource": {"resourceType": " ", "id": "of-no-kind"}},
        {"resource": weight(subject={"reference": ""}, patient={"reference": "Patient/somebody-else"})},
        {"resource": {}},
        {"resource": None},
        {"response": {"status": "404"}},
        "no entry",
    ],
)
def test_what_would_show_is_never_left_out(strange):
    bundle = {**BUNDLE, "entry": [strange, *BUNDLE["entry"]]}
    assert chart(decode_for_chart(json.dumps(bundle), KNOWLEDGE, json.loads)) == chart(bundle)
    assert entries(json.dumps(bundle)) == len(bundle["entry"])


@pytest.mark.parametrize(
    "odd",
    [
        {"code": [OURS]}, {"code": {"coding": OURS["coding"][0]}}, {"code": {"coding": [None]}},
        {"code": {"coding": [{"code": ["39156-5"]}]}}, {"code": None}, {"code": {"text": "Vitamin D, 25-OH"}},
        {"component": None}, {"contained": []}, {"hasMember": [{"reference": "Observation/1"}]},
        {"subject": [{"reference": f"Patient/{PATIENT}"}]}, {"id": 7}, {"contained": None}, {"hasMember": [None]},
    ],
)  # fmt: skip
def test_one_odd_resource_is_read_whole_and_alone(odd):
    odd = weight(**{"id": "odd", **odd})
    bundle = {**BUNDLE, "entry": [*BUNDLE["entry"], {"resource": odd}]}
    kept = decode_for_chart(json.dumps(bundle), KNOWLEDGE, json.loads)
    assert chart(kept) == chart(bundle)
    assert kept["entry"][-1]["resource"] == odd
    assert len(kept["entry"]) < len(bundle["entry"])


@pytest.mark.parametrize("nothing", [None, "", " ", {}, [], [None]])
@pytest.mark.parametrize("name", ["entry", "fullUrl", "resource", "subject", "id", "code", "component"])
def test_what_says_nothing_reads_the_same(name, nothing):
    odd = {"fullUrl": "urn:uuid:1", "resource": weight(id="odd"), **({name: nothing} if name == "fullUrl" else {})}
    if name == "resource":
        odd["resource"] = nothing
    elif name not in ("entry", "fullUrl"):
        odd["resource"] = weight(**{"id": "odd", name: nothing})
    bundle = {**BUNDLE, "entry": nothing if name == "entry" else [odd, *BUNDLE["entry"]]}
    assert chart(decode_for_chart(json.dumps(bundle), KNOWLEDGE, json.loads)) == chart(bundle)


def test_all_stories_read_the_same(tmp_path):
    from tests.fuzz.test_foreign_input import CHARTS

    for number, bundle in enumerate(CHARTS):
        (tmp_path / f"{number}.json").write_text(json.dumps(bundle))
        assert read_chart(read_files(tmp_path / f"{number}.json", knowledge=KNOWLEDGE).values, KNOWLEDGE) == chart(
            bundle
        )


@pytest.mark.shared
def test_third_party_records_read_the_same(shared):
    left_out = 0
    for path in sorted((shared / "data").glob("*/*.json")):
        text = path.read_text(encoding="utf-8-sig")
        value, whole = decode_for_chart(text, KNOWLEDGE, json.loads), json.loads(text)
        assert chart(value) == chart(whole), path.name
        left_out += len(whole.get("entry", ())) - len(value.get("entry", ()))
    assert left_out > 1000
