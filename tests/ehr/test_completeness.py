"""What a search did not bring is said, once; what it brought is read, in whatever encoding and page size."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Response

from smartapp.ehr.answer import HttpResponse
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetched_chart import FailureKind, FetchedChart
from smartapp.ehr.pages import LARGE_PAGE
from smartapp.errors import EhrUnavailable
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.searches import searches
from smartapp.knowledge import load
from smartapp.settings import table
from tests.fake_ehr import BASE, ISSUERS, ORIGIN, FakeEhr, an_empty_chart, fhir, page
from tests.fhir.read.records import PATIENT

from .launching import FixedToken, edge, fetch_chart

SEARCHES = [
    ("the patient", "Patient", {}),
    ("problems", "Condition", {"patient": "{patient}"}),
    ("procedures", "Procedure", {"patient": "{patient}"}),
    ("orders", "ServiceRequest", {"patient": "{patient}"}),
    ("goals", "Goal", {"patient": "{patient}"}),  # a server need not offer it
]


def match(id_: str, kind: str = "Condition", mode: str = "match") -> dict:
    resource = {"resourceType": kind, "id": id_, "subject": {"reference": "Patient/ann"}}
    return {"resource": resource, **({"search": {"mode": mode}} if mode else {})}


def remark(words: str, severity: str = "warning") -> dict:
    issue = {"severity": severity, "code": "processing", "diagnostics": words}
    return {"resource": {"resourceType": "OperationOutcome", "issue": [issue]}, "search": {"mode": "outcome"}}


@pytest.fixture
def server() -> FakeEhr:
    return FakeEhr(otherwise=an_empty_chart)


@pytest.fixture
def client(server: FakeEhr) -> FhirClient:
    return FhirClient(edge({ORIGIN: server}, ISSUERS).http_client, BASE, FixedToken("token"), pages=5)


@pytest.fixture(scope="module")
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as executor:
        yield executor


def fetched(client: FhirClient, pool: ThreadPoolExecutor) -> FetchedChart:
    return fetch_chart(client, "ann", SEARCHES, pool)


# -- Bundle.total


@pytest.mark.parametrize(
    ("entries", "total", "told"),
    [
        ([match("1"), match("2")], 3, True),
        ([], 4, True),
        ([match("1"), match("1")], 2, True),  # the same twice
        ([match("1"), match("m", "Medication", "include")], 2, True),
        ([match("1"), remark("for information", "information")], 2, True),
        ([match("1", mode=""), match("2", mode="")], 2, False),
        ([match("1"), match("m", "Medication", "include")], 1, False),
        ([match("1"), match("2")], 1, False),  # an estimate
        ([match("1")], "many", False),
        ([match("1")], None, False),
    ],
)
def test_fewer_than_the_ehr_counts_is_said(server, client, pool, entries, total, told) -> None:
    server.pages["/r4/Condition"] = page(*entries, total=total)
    lines = fetched(client, pool).partial
    assert [line.startswith("problems: the EHR counts") for line in lines] == [True] * told


def test_what_is_counted_is_counted_over_all_pages(server, client) -> None:
    def answer(args):
        if "page" in args:
            return page(match("2"), total=3)
        return page(match("1"), total=3, following=f"{BASE}/Condition?page=2")

    server.pages["/r4/Condition"] = answer
    found = client.find("Condition", {"patient": "ann"})
    assert found.partial == ["the EHR counts 3 and sent 2; the others were not read"]
    with pytest.raises(EhrUnavailable, match="counts 3"):
        client.search("Condition", {"patient": "ann"})


# -- pages


def paged(count: int, size: int, refused: str = "", most: int = 1000):
    """A server of ``count`` records in pages of ``size`` that takes ``_count`` up to ``most``, or refuses it."""

    def answer(args):
        if "_count" in args and refused == "nothing":
            return page(total=0)
        if "_count" in args and refused:
            return fhir({}, int(refused))
        asked = min(int(args.get("_count", args.get("size", size))), most)
        start = int(args.get("start", 0))
        following = f"{BASE}/Condition?patient=ann&size={asked}&start={start + asked}" if start + asked < count else ""
        return page(*(match(str(n)) for n in range(start, min(start + asked, count))), following=following, total=count)

    return answer


def test_an_ehr_of_small_pages_is_asked_for_large_ones(server, client) -> None:
    server.pages["/r4/Condition"] = paged(90, 10)
    found = client.find("Condition", {"patient": "ann"})
    assert (len(found.resources), found.partial) == (90, []), "five pages of ten would not do"
    assert len(server.asked) == 2
    assert len(client.find("Condition", {"patient": "ann"}).resources) == 90
    assert len(server.asked) == 3, "known by now"
    assert server.asked[-1].endswith(f"_count={LARGE_PAGE}")


def test_large_pages_have_next_ones(server, client) -> None:
    server.pages["/r4/Condition"] = paged(500, 10, most=100)
    assert len(client.find("Condition", {"patient": "ann"}).resources) == 500


def test_nobody_is_asked_for_more_where_one_page_does(server, client) -> None:
    server.pages["/r4/Condition"] = paged(9, 10)
    client.find("Condition", {"patient": "ann"})
    assert [path for path in server.asked if "_count" in path] == []


@pytest.mark.parametrize("refused", ["400", "403", "404", "500", "nothing"])
def test_an_ehr_that_takes_no_count_loses_nothing(server, client, refused) -> None:
    server.pages["/r4/Condition"] = paged(20, 5, refused)
    for _ in range(2):
        found = client.find("Condition", {"patient": "ann"})
        assert ({r["id"] for r in found.resources}, found.partial) == ({str(n) for n in range(20)}, [])
    assert len([path for path in server.asked if "_count" in path]) == 1, "asked once"


def test_an_ehr_that_takes_no_count_any_more_loses_nothing(server, client) -> None:
    server.pages["/r4/Condition"] = paged(20, 5)
    client.find("Condition", {"patient": "ann"})
    server.pages["/r4/Condition"] = paged(20, 5, "400")
    assert len(client.find("Condition", {"patient": "ann"}).resources) == 20


# -- said once


def test_searches_that_are_not_found_are_told_in_one_line(server, client, pool) -> None:
    for kind in ("Condition", "Procedure", "Goal"):
        server.pages[f"/r4/{kind}"] = fhir({}, 404)
    (line,) = fetched(client, pool).partial
    assert line.startswith("problems; procedures: not found (404)")


def test_a_remark_in_every_search_is_told_once_beside_what_is_missing(server, client, pool) -> None:
    for kind in ("Condition", "Procedure"):
        server.pages[f"/r4/{kind}"] = page(remark("This environment is slow"), remark("This environment is slow"))
    server.pages["/r4/ServiceRequest"] = page(remark("This environment is slow"), total=2)
    missing, said = fetched(client, pool).partial
    assert missing.startswith("orders: the EHR counts 2")
    assert said == "problems; procedures; orders: the EHR says: This environment is slow"


def test_a_remark_that_begins_with_not_is_told(server, client, pool) -> None:
    server.pages["/r4/Goal"] = page(remark("not all goals are shown"))
    assert fetched(client, pool).partial == ("goals: the EHR says: not all goals are shown",)


def test_of_two_copies_of_a_record_the_newer_one_counts(server, client, pool) -> None:
    def copy(updated: str) -> dict:
        entry = match("1")
        return {"resource": {**entry["resource"], "meta": {"lastUpdated": updated}}}

    copies = {"problems": "2026-03-01T10:00:00Z", "diagnoses": "2026-03-01T10:00:01Z", "others": "2026-02-01T10:00:00Z"}
    server.pages["/r4/Condition"] = lambda args: page(copy(copies[args["of"]]))
    searches = [SEARCHES[0], *((label, "Condition", {"of": label}) for label in copies)]
    (_, kept) = fetch_chart(client, "ann", searches, pool).resources
    assert kept["meta"]["lastUpdated"] == copies["diagnoses"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (lambda: fhir({}, 400), FailureKind.REFUSED),
        (lambda: fhir({}, 403), FailureKind.FORBIDDEN),
        (lambda: fhir({}, 404), FailureKind.NOT_FOUND),
        (lambda: fhir({}, 503), FailureKind.UNAVAILABLE),
        (lambda: fhir([]), FailureKind.UNAVAILABLE),
        (lambda: page(total=2), FailureKind.PARTIAL),
        (lambda: page(remark("slow today")), FailureKind.REMARK),
        (lambda: Response('{"resourceType": "Bundle", "id": "é"}'.encode("latin-1")), FailureKind.ENCODING),
    ],
)
def test_each_failure_has_its_kind_and_names_its_search(server, client, pool, answer, kind) -> None:
    server.pages["/r4/Condition"] = lambda args: answer()
    (failure,) = fetched(client, pool).failures
    assert (failure.kind, failure.searches) == (kind, ("problems",))
    assert str(failure).startswith("problems: ")


# -- bytes


def spoken(body: bytes, content_type: str = "application/fhir+json") -> HttpResponse:
    return HttpResponse(200, {"Content-Type": content_type}, body, "")


@pytest.mark.parametrize(
    ("body", "content_type", "text", "guessed"),
    [
        ("é −".encode(), "application/fhir+json", "é −", False),
        ("é".encode("utf-8-sig"), "application/fhir+json", "é", False),
        ("é".encode(), "application/json; charset=ISO-8859-1", "é", False),  # UTF-8 whatever the header says
        ("é".encode("latin-1"), 'application/json; charset="iso-8859-1"', "é", False),
        ("–2.7".encode("cp1252"), "application/json;charset=ISO-8859-1", "–2.7", False),
        ("骨".encode("shift_jis"), "application/json; charset=Shift_JIS", "骨", False),
        ('"骨"'.encode("utf-16"), "application/json", '"骨"', False),
        ("é".encode("latin-1"), "application/fhir+json", "é", True),
        ("–2.7".encode("cp1252"), "application/fhir+json", "–2.7", True),
        (b"\x81", "application/fhir+json", "\x81", True),
        ("é".encode("latin-1"), "application/json; charset=utf-8", "é", True),
        ("é".encode("latin-1"), "application/json; charset=us-ascii", "é", True),
        ("é".encode("latin-1"), "application/json; charset=klingon", "é", True),
        ("é".encode("latin-1"), "application/json; charset=zlib", "é", True),
        ("é".encode() + b"\xe9 " + "−".encode(), "application/json; charset=utf-8", "éé −", True),
    ],
)  # fmt: skip
def test_bytes_are_read_as_declared_else_as_latin_1(body, content_type, text, guessed) -> None:
    answer = spoken(body, content_type)
    assert (answer.text, answer.guessed) == (text, guessed)


def test_a_byte_order_mark_is_no_part_of_the_json() -> None:
    assert spoken('{"a": "é"}'.encode("utf-8-sig")).object() == {"a": "é"}
    assert spoken('{"a": "é"}'.encode("utf-16")).object() == {"a": "é"}


def test_a_guess_is_a_line_and_never_an_ehr_that_is_down(server, client, pool) -> None:
    condition = {**match("1")["resource"], "code": {"text": "Knochenbrüche"}}
    body = json.dumps({"resourceType": "Bundle", "entry": [{"resource": condition}]}, ensure_ascii=False)
    patient = json.dumps({"resourceType": "Patient", "id": "ann", "name": [{"family": "Müller"}]}, ensure_ascii=False)
    server.pages["/r4/Condition"] = Response(body.encode("latin-1"), mimetype="application/fhir+json")
    server.pages["/r4/Patient/ann"] = Response(patient.encode("latin-1"), mimetype="application/fhir+json")
    result = fetched(client, pool)
    assert [r.get("name", r.get("code")) for r in result.resources] == [
        [{"family": "Müller"}],
        {"text": "Knochenbrüche"},
    ]
    (line,) = result.partial
    assert line.startswith("the patient; problems: the EHR's answer is not in UTF-8")
    assert client.search("Condition", {"patient": "ann"}), "and nothing that is looked for before writing is lost"


def test_a_remark_repeated_in_a_file_is_told_once() -> None:
    entries = [remark("slow today"), remark("slow today"), remark("no labs"), {"resource": PATIENT}]
    chart = read_chart([{"resourceType": "Bundle", "entry": entries}], load())
    assert [line.reason for line in chart.unreadable] == ["the EHR says: slow today", "the EHR says: no labs"]


def test_all_searches_of_a_chart_and_the_users_record_go_at_once():
    """One more than there are connections would wait for an answer: a round trip more for every launch."""
    default = next(each.default for each in table() if each.name == "connections")
    assert len(searches(load().codes)) + 1 <= default
