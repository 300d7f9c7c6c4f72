"""The coordinator's inbox with 10,000 referrals: ``python -m tests.bench.inbox [sqlite|postgresql]``.

The EHR answers at once, from memory: what is measured is Loadpath's own part. In process, without sockets. The same
file measures a former state of the code: copy it into its tree.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from smartapp.ehr.client import FhirClient
from smartapp.ehr.pages import SearchResult
from smartapp.fhir.systems import EXAMPLE
from tests.journey import harness as journey
from tests.journey.test_referrals import enter
from tests.store.postgres import cluster

REFERRALS, PATIENTS, ROUNDS = 10_000, 6_000, 30
OUTPUTS = f"{EXAMPLE.base}/referral-day"
BSER = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
WAYS = (
    ("requested", "2.0"),
    ("accepted", "3.0"),
    ("in-progress", "5.1.1"),
    ("in-progress", "5.1.4"),
    ("completed", "7.0"),
)
ASKED = ("", "?page=2", "?queue=TO_BOOK", "?queue=NEW&urgency=urgent", "?mine=1", "?overdue=1", "?queue=CLOSED")
SEARCHED = ("p4711", "p4711 example", "person", "nobody", "1950-05-05")


def task(number: int) -> dict[str, Any]:
    """As Loadpath writes it, with a history of two lines."""
    status, business = WAYS[number % len(WAYS)]
    day, who = f"2026-02-{1 + number % 28:02}", {"reference": "Practitioner/brandt", "display": "Rosa Brandt"}
    notes = [{"authorReference": who, "time": f"{day}T10:00:00Z", "text": f"Contact: call {n}."} for n in (1, 2)]
    since = {"type": {"coding": [{"system": OUTPUTS, "code": "in-stage-since"}]}, "valueDateTime": day}
    return {
        "resourceType": "Task", "id": f"t{number}", "meta": {"versionId": "3", "lastUpdated": f"{day}T10:00:00Z"},
        "identifier": [{"system": EXAMPLE.plan, "value": f"{number:032x}.task"}], "status": status, "intent": "order",
        "businessStatus": {"coding": [{"system": BSER, "code": business}]}, "authoredOn": f"{day}T09:00:00Z",
        "priority": ("routine", "routine", "urgent")[number % 3], "for": {"reference": f"Patient/p{number % PATIENTS}"},
        "focus": {"reference": f"ServiceRequest/o{number}"}, "description": "Arrange supervised physical therapy.",
        "input": [{"type": {"text": "Plan"}, "valueReference": {"reference": f"CarePlan/c{number}"}}],
        "requester": {"display": "Dr. Ngozi Okafor"}, "note": notes, "output": [since],
        **({"owner": who} if number % 4 == 0 else {}),
    }  # fmt: skip


def person(id_: str) -> dict[str, Any]:
    name = [{"text": f"Person {id_} Example"}]
    return {"resourceType": "Patient", "id": id_, "name": name, "birthDate": "1950-05-05", "gender": "female"}


def _answers() -> Callable[..., SearchResult]:
    tasks = [task(number) for number in range(REFERRALS)]

    def find(self: FhirClient, kind: str, params: Any, first: Any = None) -> SearchResult:
        asked = dict(params)
        if kind == "Task":
            return SearchResult([] if "_lastUpdated" in asked else tasks)
        return SearchResult([person(id_) for id_ in asked["_id"].split(",")])

    return find


@contextmanager
def _database(kind: str) -> Iterator[None]:
    """The harness makes its app on this kind."""
    with cluster() if kind == "postgresql" else nullcontext() as made:
        if made is not None:
            journey.empty_database = lambda file: made.database()
        yield


def main(kind: str = "sqlite") -> None:
    with _database(kind), TemporaryDirectory() as folder:
        made = journey.make_harness(Path(folder))
        FhirClient.find = _answers()  # type: ignore[method-assign]
        browser = made.browser()
        began = time.perf_counter()
        inbox = enter(made, browser)
        print(f"{kind}: first look, every Task read: {time.perf_counter() - began:.1f} s, “{inbox.heading}”")
        made.clock.now += 1
        browser.get(f"{inbox.url}?refresh=1")
        gc.freeze()  # the 10,000 Tasks of the EHR in memory are not for Loadpath to look for garbage among
        for asked in ASKED:
            _tell(kind, asked or "all open", partial(browser.get, f"{inbox.url}{asked}"))
        for typed in SEARCHED:
            found = browser.press(inbox, inbox.form("/inbox/search"), typed=typed)
            _tell(kind, f"search “{typed}”: {found.heading}", partial(browser.get, found.url))
        made.app.extensions["loadpath"].store.close()


def _timed(ask: Callable[[], journey.Page]) -> float:
    began = time.perf_counter()
    page = ask()
    if page.status != 200:
        raise SystemExit(page.words[:300])
    return (time.perf_counter() - began) * 1000


def _tell(kind: str, what: str, ask: Callable[[], journey.Page]) -> None:
    before = time.process_time()
    times = [_timed(ask) for _ in range(ROUNDS)]
    busy = (time.process_time() - before) * 1000 / ROUNDS  # on a loaded machine the only figure that compares
    p95 = quantiles(times, n=20)[-1]
    print(f"{kind}: {what:26} median {median(times):6.0f} ms, p95 {p95:6.0f} ms, processor {busy:6.0f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
