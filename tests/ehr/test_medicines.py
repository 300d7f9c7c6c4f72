"""Medicines named only by a reference: fetched after the searches, bounded, and said where they cannot be had."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Response

from smartapp.core.derive import derive
from smartapp.ehr.capabilities import parse_capabilities
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetched_chart import MOST_MEDICINES, FetchedChart
from smartapp.errors import SessionEnded
from smartapp.fhir.read import read_chart
from smartapp.knowledge import load
from tests.fake_ehr import BASE, ISSUERS, ORIGIN, FakeEhr, an_empty_chart, fhir, page, page_of
from tests.fhir.read.records import RXNORM, concept

from .launching import FixedToken, edge, fetch_chart

SEARCHES = [
    ("the patient", "Patient", {}),
    ("prescribed medicines", "MedicationRequest", {"patient": "{patient}"}),
    ("reported medicines", "MedicationStatement", {"patient": "{patient}"}),
]
PREDNISONE = {"resourceType": "Medication", "id": "m1", "code": {"text": "Prednisone 20 mg tablet"}}


def request(id_: str = "mr1", **more: object) -> dict:
    made = {"resourceType": "MedicationRequest", "id": id_, "status": "active", "intent": "order",
            "subject": {"reference": "Patient/ann"}, "authoredOn": "2026-09-29"}  # fmt: skip
    return made | more


def pointing(reference: str, id_: str = "mr1", **more: object) -> dict:
    return request(id_, medicationReference={"reference": reference, **more})


@pytest.fixture
def server() -> FakeEhr:
    return FakeEhr(otherwise=an_empty_chart)


def fetched(server: FakeEhr, *requests: object, **medications: object) -> FetchedChart:
    server.pages["/r4/MedicationRequest"] = page_of(*requests)
    for id_, answer in medications.items():
        server.pages[f"/r4/Medication/{id_}"] = answer
    client = FhirClient(edge({ORIGIN: server}, ISSUERS).http_client, BASE, FixedToken("token"))
    with ThreadPoolExecutor(4) as pool:
        return fetch_chart(client, "ann", SEARCHES, pool)


def chart(result: FetchedChart):
    kept = FetchedChart.from_json(result.to_json())
    return read_chart(
        [kept.bundle()], load(), "ann", kept.unreadable, kept.partial, medicines_unread=kept.medicines_unread
    )


def gaps(result: FetchedChart) -> list[str]:
    assessment = derive(chart(result), date(2026, 10, 10), load())
    return [gap.question for gap in assessment.gaps if gap.concept == "medicines"]


@pytest.mark.parametrize(
    "reference", ["Medication/m1", f"{BASE}/Medication/m1", "Medication/m1/_history/2", f"{BASE}/Medication/m1/"]
)
def test_a_medicine_named_only_by_reference_is_read(server, reference) -> None:
    result = fetched(server, pointing(reference), pointing(reference, "mr2"), m1=fhir(PREDNISONE))
    assert [m.concepts for m in chart(result).medications] == [{"glucocorticoid-use"}] * 2
    assert (result.partial, gaps(result)) == ((), [])
    assert [path for path in server.asked if "Medication/" in path] == ["/r4/Medication/m1"], "once"


@pytest.mark.parametrize(
    "one",
    [
        request(medicationCodeableConcept={"text": "Prednisone"}),
        pointing("Medication/m1", display="Prednisone 20 mg"),
        pointing("#m1") | {"contained": [PREDNISONE]},
    ],
)
def test_nobody_is_asked_for_a_medicine_that_is_told(server, one) -> None:
    assert [m.concepts for m in chart(fetched(server, one)).medications] == [{"glucocorticoid-use"}]
    assert not [path for path in server.asked if path.startswith("/r4/Medication/")]


def test_what_the_search_brought_along_is_not_read_again(server) -> None:
    server.pages["/r4/MedicationRequest"] = page(
        {"resource": pointing("urn:uuid:77")}, {"resource": pointing("Medication/m2", "mr2")},
        {"resource": PREDNISONE, "fullUrl": "urn:uuid:77", "search": {"mode": "include"}},
        {"resource": {**PREDNISONE, "id": "m2"}, "search": {"mode": "include"}}, total=2,
    )  # fmt: skip
    client = FhirClient(edge({ORIGIN: server}, ISSUERS).http_client, BASE, FixedToken("token"))
    with ThreadPoolExecutor(2) as pool:
        result = fetch_chart(client, "ann", SEARCHES, pool)
    assert len(chart(result).medications) == 2
    assert (result.partial, result.unreadable, gaps(result)) == ((), (), [])
    assert len(server.asked) == len(SEARCHES)


INCLUDES = {"MedicationRequest:medication"}


def included(server: FakeEhr, refused: Response | None = None, batch: bool = False) -> FetchedChart:
    """A reading at an EHR that declares _include for prescriptions, and refuses it where so said."""

    def answer(args):
        if "_include" in args and refused is not None:
            return refused
        along = [{"resource": PREDNISONE, "search": {"mode": "include"}}] if "_include" in args else []
        return page({"resource": pointing("Medication/m1")}, *along, total=1)

    server.pages["/r4/MedicationRequest"] = answer
    server.pages["/r4/Medication/m1"] = fhir(PREDNISONE)
    client = FhirClient(edge({ORIGIN: server}, ISSUERS).http_client, BASE, FixedToken("token"))
    with ThreadPoolExecutor(4) as pool:
        return fetch_chart(client, "ann", SEARCHES, pool, includes=INCLUDES, batch=batch)


@pytest.mark.parametrize("batch", [False, True])  # this server knows no batch
def test_where_it_is_declared_the_search_brings_the_medicine_along(server, batch) -> None:
    result = included(server, batch=batch)
    assert [m.concepts for m in chart(result).medications] == [{"glucocorticoid-use"}]
    assert (result.partial, result.unreadable) == ((), ())
    assert [path for path in server.asked if "Medication/m1" in path] == []
    assert [path for path in server.asked if "_include" in path] == [
        "/r4/MedicationRequest?patient=ann&_include=MedicationRequest%3Amedication"
    ], "not where it is not declared"


@pytest.mark.parametrize("status", [400, 403, 500])
def test_an_include_that_is_refused_after_all_costs_nothing(server, status) -> None:
    result = included(server, fhir({}, status))
    assert len(chart(result).medications) == 1
    assert result.partial == ()


def test_what_may_be_brought_along_is_what_the_ehr_declares() -> None:
    resource = {"type": "MedicationRequest", "searchInclude": ["MedicationRequest:medication", 7]}
    declared = parse_capabilities({"rest": [{"mode": "server", "resource": [resource, {"type": "Goal"}]}]})
    assert declared.includes == INCLUDES


@pytest.mark.parametrize(
    ("one", "answer", "why"),
    [
        (pointing("Medication/m1"), fhir({}, 404), "medicines named only by reference (1): could not be read."),
        (pointing("Medication/m1"), fhir({}, 403), "medicines named only by reference (1): not permitted."),
        (pointing("Medication/m1"), fhir({}, 500), "medicines named only by reference (1): could not be read."),
        (pointing("Medication/m1"), fhir({"resourceType": "Basic"}), "medicines named only by reference (1)"),
        (pointing("Medication/m1"), fhir({"resourceType": "Medication", "id": "m1"}), ""),
        (pointing("https://other.example/r4/Medication/m1"), fhir(PREDNISONE), ""),
        (pointing("urn:uuid:99"), fhir(PREDNISONE), ""),
        (pointing("#nowhere"), fhir(PREDNISONE), ""),
        (request(), fhir(PREDNISONE), ""),
        (request(medicationCodeableConcept={}), fhir(PREDNISONE), ""),
        (request(medicationCodeableConcept=concept("312617", RXNORM)), fhir(PREDNISONE), ""),
    ],
)
def test_what_cannot_be_told_is_a_line_and_a_question(server, one, answer, why) -> None:
    result = fetched(server, one, m1=answer)
    read = chart(result)
    (line,) = read.unreadable
    assert (line.where, line.of_another) == ("MedicationRequest/mr1", False)
    assert line.reason.startswith("it could not be told which medicine this is")
    (question,) = gaps(result)
    assert "MedicationRequest/mr1" in question and "glucocorticoid" in question
    assert [told[: len(why)] for told in read.partial] == ([why] if why else [])


@pytest.mark.parametrize("status", ["stopped", "completed"])
def test_a_medicine_no_longer_taken_is_a_line_and_no_question(server, status) -> None:
    result = fetched(server, pointing("urn:uuid:99") | {"status": status})
    assert len(chart(result).unreadable) == 1
    assert gaps(result) == []


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_what_was_never_taken_is_no_line(server, status) -> None:
    result = fetched(server, pointing("urn:uuid:99") | {"status": status})
    assert (chart(result).unreadable, gaps(result)) == ((), [])


def test_another_medicine_is_none_we_look_for(server) -> None:
    other = {**PREDNISONE, "code": {"text": "Metformin 500 mg"}}
    result = fetched(server, pointing("Medication/m1"), m1=fhir(other))
    assert (chart(result).medications, chart(result).unreadable, gaps(result)) == ((), (), [])


def test_the_ingredients_tell_a_medicine_without_a_name(server) -> None:
    made = {"resourceType": "Medication", "id": "m1", "ingredient": [{"itemCodeableConcept": {"text": "Prednisolone"}}]}
    assert len(chart(fetched(server, pointing("Medication/m1"), m1=fhir(made))).medications) == 1


def test_the_number_of_reads_is_bounded_and_the_rest_is_said(server) -> None:
    many = [pointing(f"Medication/x{n}", f"mr{n}") for n in range(MOST_MEDICINES + 3)]
    many[-1]["authoredOn"] = "2026-10-09"  # the newest
    result = fetched(server, *many)
    read = [path for path in server.asked if "Medication/" in path]
    assert len(read) == MOST_MEDICINES
    assert f"/r4/Medication/x{MOST_MEDICINES + 2}" in read
    assert "medicines named only by reference: 3 more were not read, at most 50 are" in result.partial
    (question,) = gaps(result)
    assert "and 48 more" in question


def test_an_end_of_the_session_while_medicines_are_read_is_the_end(server) -> None:
    with pytest.raises(SessionEnded):
        fetched(server, pointing("Medication/m1"), m1=fhir({}, 401))


def test_a_medicine_in_no_known_encoding_is_read_with_a_line(server) -> None:
    made = json.dumps({**PREDNISONE, "code": {"text": "Prednisone Brausetablette süß"}}, ensure_ascii=False)
    result = fetched(server, pointing("Medication/m1"), m1=Response(made.encode("latin-1")))
    assert [m.text for m in chart(result).medications] == ["Prednisone Brausetablette süß"]
    (line,) = result.partial
    assert line.startswith("medicines named only by reference: the EHR's answer is not in UTF-8")


def test_a_medicine_is_found_by_the_address_of_its_entry() -> None:
    for address in ("https://ehr.example/fhir/stock/5", "urn:uuid:5", "https://ehr.example/fhir/Medication/m1"):
        entries = [{"resource": {"resourceType": "Patient", "id": "ann"}},
                   {"resource": pointing(address)}, {"resource": PREDNISONE, "fullUrl": address}]  # fmt: skip
        read = read_chart([{"resourceType": "Bundle", "entry": entries}], load())
        assert (len(read.medications), read.unreadable) == (1, ())


@pytest.mark.parametrize(
    ("answer", "unread"),
    [
        (lambda: page_of(request(medicationCodeableConcept={"text": "Apixaban"})), False),
        (lambda: fhir({}, 403), True),
        (lambda: fhir({}, 404), True),
        (lambda: page_of(request(medicationCodeableConcept={"text": "Apixaban"}), "no record"), True),
        (lambda: page_of(request(medicationCodeableConcept={})), True),
        (lambda: page_of(pointing("Medication/gone")), True),
    ],
)
def test_whether_the_medicines_could_all_be_read_is_told_by_the_search_not_by_its_name(server, answer, unread):
    server.pages["/r4/MedicationRequest"] = answer()
    client = FhirClient(edge({ORIGIN: server}, ISSUERS).http_client, BASE, FixedToken("token"))
    searches = [(f"number {n}", kind, params) for n, (_, kind, params) in enumerate(SEARCHES)]
    with ThreadPoolExecutor(4) as pool:
        assert chart(fetch_chart(client, "ann", searches, pool)).medicines_unread is unread
