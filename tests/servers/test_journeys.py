"""The whole journey with servers we did not write behind the sandbox's authorization server.

Each server holds the sandbox's own patients and the records of other people; every chart is launched, and where there
is a plan it is signed, signed again, and followed by a successor.
"""

from collections.abc import Callable, Container, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests

from smartapp.ehr.capabilities import parse_capabilities
from smartapp.fhir.read.searches import searches
from smartapp.knowledge import load
from tests.conftest import SHARED
from tests.journey.harness import ISSUERS, Harness, make_harness
from tests.journey.records import STORIES, TODAY, owner, stories, third_party
from tests.journey.test_referrals import enter, move
from tests.journey.whole import in_chart, nothing_left_out, nothing_to_sign, sign, through_the_door
from tests.servers.seed import seed
from tests.servers.sekmet import sekmet
from tests.servers.started import hapi, medplum

pytestmark = [pytest.mark.slow, pytest.mark.shared]
SERVERS = {"sekmet": sekmet, "hapi": hapi, "medplum": medplum}
# One record of each kind and origin; all of them go through the sandbox itself (tests/journey/test_third_party.py).
CHOSEN = ("Hallie_Hoeger", "Lonnie_Von", "Ned_Hintz", "us-core-scans")
EVERY_RECORD = tuple(third_party()) if (SHARED / "data").is_dir() else ()
GENERATED = next((record.name for record in EVERY_RECORD if record.name.startswith("pt-")), "")
RECORDS = tuple(record for record in EVERY_RECORD if record.name in (*CHOSEN, GENERATED))
CHARTS = {**STORIES, **{record.patient: record.plan for record in RECORDS}}
NAMES = {record.patient: record.name for record in RECORDS}


class Server(NamedTuple):
    """``base``: the FHIR base URL; a server that lives for one chart ends with the stack."""

    name: str
    base: Callable[[ExitStack], str]


# Three servers on one machine: slowness is no finding here.
PATIENT = {"read_seconds": 120.0}
# sekmet says so where it knows no search by patient: of Goal and of devices; there the sandbox filters.
IGNORED = "{label}: the EHR says: Unknown search parameter 'patient' for {kind}; parameter ignored"
DECLARES_BATCH = {"sekmet"}
# Medplum's memory is searched record by record: each chart gets a server of its own, which starts in a second.
ONE_CHART_EACH = {"medplum"}


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in SERVERS]
)  # fmt: skip
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Iterator[Server]:
    """A way to have a server with one more chart on it."""
    name, folder = request.param, tmp_path_factory.mktemp(request.param)
    with ExitStack() as running:
        if name in ONE_CHART_EACH:
            yield Server(name, lambda stack: stack.enter_context(SERVERS[name](folder)))
        else:
            base = running.enter_context(SERVERS[name](folder))
            yield Server(name, lambda stack: base)


@pytest.mark.parametrize("patient", CHARTS, ids=lambda patient: NAMES.get(patient, patient))
def test_the_journey(started: Server, tmp_path: Path, patient: str) -> None:
    walk = through_the_door if CHARTS[patient] else nothing_to_sign
    if (started.name, patient) == ("sekmet", "lindgren"):
        walk = an_earlier_goal_by_hand
    with ExitStack() as stack:
        base = started.base(stack)
        seed(base, chart_of(patient))
        harness = make_harness(tmp_path, TODAY, settings=PATIENT, proxy_fhir=base)
        walk(harness, patient, may_remark(base))


def test_the_chart_in_one_batch(started: Server, tmp_path: Path) -> None:
    """Nothing is missing, whether the server declares batch or not, and answers the searches in it or not."""
    wanted = ISSUERS.replace('client_id = "loadpath"', 'client_id = "loadpath"\nbatch = true')
    with ExitStack() as stack:
        base = started.base(stack)
        seed(base, chart_of("haddad"))
        harness = make_harness(tmp_path, TODAY, issuers=wanted, settings=PATIENT, proxy_fhir=base)
        page = harness.open(harness.browser(), "haddad")
        remarks = may_remark(base)
    nothing_left_out(page, remarks)
    assert page.heading.startswith("Day ") and page.form("/sign"), "a plan is offered, with the server's remarks"
    took = [s for s in harness.wire.seen if (s.method, s.path.rstrip("/")) == ("POST", "/fhir")]
    assert len(took) == (started.name in DECLARES_BATCH)


def test_a_coordinator_works_a_referral(started: Server, tmp_path: Path) -> None:
    """From the list to a booked visit, and of two at once only the first: the server's versions decide."""
    with ExitStack() as stack:
        base = started.base(stack)
        seed(base, chart_of("bergstrom"))
        harness = make_harness(tmp_path, TODAY, settings=PATIENT, proxy_fhir=base)
        clinician, coordinator, other = harness.browser(), harness.browser(), harness.browser()
        if not referrals(harness, "bergstrom"):  # a server that lives on has those of the journey
            sign(clinician, harness.open(clinician, "bergstrom"))
        (task,) = referrals(harness, "bergstrom")
        inbox = enter(harness, coordinator)
        assert "Bergstrom" in inbox.words, inbox.words[:3000]
        mine = coordinator.get(f"{inbox.url}/{task['id']}")
        theirs = other.get(f"{enter(harness, other).url}/{task['id']}")
        assert "Movement restrictions" in mine.words
        page = move(coordinator, mine, "accept")
        assert page.status == 200 and "Book the first visit" in page.words, page.words[:3000]
        late = move(other, theirs, "decline", reason="duplicate")
        assert late.status == 409, late.words[:3000]
        page = move(coordinator, page, "schedule", on=str(TODAY + timedelta(days=1)))
        assert "Booked, visit due" in page.words, page.words[:3000]
        task = next(each for each in in_chart(harness, "Task", "bergstrom") if each["id"] == task["id"])
        assert task["status"] == "in-progress"
        assert len(task["note"]) == 2, "what the second wanted is nowhere"


def referrals(harness: Harness, patient: str) -> list[dict[str, Any]]:
    """Those nobody has taken up yet."""
    tasks = in_chart(harness, "Task", patient)
    return [task for task in tasks if "restriction" not in task and task["status"] == "requested"]


def may_remark(base: str) -> Container[str]:
    """The lines a page may have at this server: it declares no search by patient for what they name."""
    statement = requests.get(f"{base}/metadata", headers={"Accept": "application/fhir+json"}, timeout=60).json()
    by_patient = {kind for kind, names in parse_capabilities(statement).search_parameters.items() if "patient" in names}
    return {
        IGNORED.format(label=one.label, kind=one.resource)
        for one in searches(load().codes) if one.resource not in by_patient
    }  # fmt: skip


def an_earlier_goal_by_hand(harness: Harness, patient: str, remarks: Container[str] = ()) -> None:
    """sekmet declares no write of Goal: the new plan lands, and ending the goal of the old one is left to a hand."""
    browser = harness.browser()
    page = harness.open(browser, patient)
    nothing_left_out(page, remarks)
    receipt = sign(browser, page)
    assert receipt.heading == "Signed, NOT in the chart as a whole: finish"
    assert receipt.words.count("To be done by hand") == 1
    (plan,) = (p for p in in_chart(harness, "CarePlan", patient) if p["status"] == "active")
    assert f"CarePlan/{plan['id']}" in receipt.words


def chart_of(patient: str) -> Iterator[dict[str, Any]]:
    """A patient's records, and of the sandbox's own those who work in its practice."""
    if patient in NAMES:
        return (r for record in RECORDS if record.patient == patient for r in record.resources)
    return (r for r in stories() if owner(r) in ("", patient))
