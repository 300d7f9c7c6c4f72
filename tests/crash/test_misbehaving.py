"""EHRs that do not do what they say: a minute later each artifact is there at most once, the EHR was asked a bounded
number of times, and the receipt is true.

Somebody looks at the receipt every second all the while, on the clock of this test.
"""

from dataclasses import replace
from typing import Any

import pytest

from smartapp.ehr.deliver.choices import again, is_not_there, is_there
from smartapp.ehr.deliver.delivery import Progress
from smartapp.ehr.deliver.pointing import TEMPORARY
from smartapp.fhir.build.identifiers import business_identifier
from tests.clock import Clock
from tests.crash.test_crash import folder, moments, run  # noqa: F401 -- the fixture
from tests.crash.world import Fuse, Fused, Installation
from tests.databases import empty_database
from tests.ehr.deliver.engine import Desk, capabilities, states
from tests.ehr.deliver.samples import signed
from tests.storing_ehr import ANSWERS, StoringEhr, error

# In the first minute: one transaction, four looks of four searches, one more look when nothing can arrive any more.
MOST_REQUESTS = 30
UNPLACED = tuple(name for name in ANSWERS if name != "usual")
ONE_BY_ONE = capabilities(transaction=False)
BOTH = pytest.mark.parametrize("declared", [capabilities(), ONE_BY_ONE], ids=["together", "one by one"])
DIABETES = {
    "resourceType": "CarePlan", "id": "diabetes", "status": "active", "intent": "plan", "title": "Diabetes",
    "subject": {"reference": "Patient/p1"}, "meta": {"versionId": "1"},
    "identifier": [{"system": "https://other.example", "value": "7"}],
}  # fmt: skip
WALK = {"resourceType": "Goal", "id": "walk", "lifecycleStatus": "active", "meta": {"versionId": "1"}}


class Minute:
    """A plan on its way into ``ehr``, its receipt open."""

    def __init__(self, ehr: StoringEhr, **desk: Any) -> None:
        self.ehr, self.desk = ehr, Desk(Fused(ehr, Fuse()), **desk)

    def on(self, seconds: float = 60.0, every: float = 1.0) -> Progress:
        end, progress = self.desk.now + seconds, self.step(0.0)
        while self.desk.now < end:
            progress = self.step(every)
        return progress

    def step(self, after: float) -> Progress:
        self.ehr.clock.now = self.desk.now + after
        return self.desk.go(after)

    def once(self) -> bool:
        values = [business_identifier(r) for r in self.ehr.stored.values() if business_identifier(r)]
        return len(values) == len(set(values))


def ehr_of(**wrong: Any) -> StoringEhr:
    made = StoringEhr(Clock(), **wrong)
    for resource in made.foreign.values():
        made.stored[resource["resourceType"], resource["id"]] = dict(resource)
    return made


@pytest.mark.parametrize("lag", [0.0, 20.0, 600.0], ids="lag {}".format)
@pytest.mark.parametrize("answer", UNPLACED)
def test_an_answer_without_places_is_looked_for_and_never_sent_again(answer, lag):
    minute = Minute(ehr_of(answer=answer, lag=lag, atomic=False))
    progress = minute.on(90)
    assert set(states(progress)) == {"found" if lag < 45 else "doubtful"}
    assert minute.ehr.writes == 1
    assert minute.once()
    assert len(minute.ehr.calls) <= MOST_REQUESTS
    if lag > 45:
        assert all(step.identifier in step.detail for step in progress.steps)
        assert states(minute.desk.press(again)) == states(progress)
        minute.on(600, 60)
        assert set(states(minute.desk.press(again))) == {"found"}, "the person looks again when the index has it"
        assert minute.ehr.writes == 1


@pytest.mark.parametrize("answer", UNPLACED)
def test_a_transaction_that_was_only_kept_is_written_part_by_part_once_a_person_says_that_nothing_is_there(answer):
    minute = Minute(ehr_of(answer=answer, processes=False, atomic=False))
    assert set(states(minute.on(60))) == {"doubtful"}
    assert (minute.ehr.writes, len(minute.ehr.stored)) == (1, 0)
    minute.desk.press(is_not_there("Dr Dana", "now"))
    progress = minute.on(60)
    assert progress.complete
    assert minute.once()
    assert "Not in the chart, says Dr Dana" in progress.steps[0].why


def test_what_a_person_has_found_in_the_chart_is_not_sent():
    minute = Minute(ehr_of(answer="status only", lag=9e9))
    minute.on(60)
    progress = minute.desk.press(is_there("Dr Dana", "now"))
    assert set(states(progress)) == {"confirmed"} and progress.complete
    assert minute.ehr.writes == 1


@pytest.mark.parametrize("answer", UNPLACED)
def test_the_older_plan_does_not_end_before_the_new_one_is_known_to_be_there(answer):
    first = Minute(ehr_of())
    places = {step.kind: step.reference for step in first.on(1).steps}
    ehr = first.ehr
    ehr.answer, ehr.processes = answer, False
    successor = signed(plan_id="plan-0002", replaces=places["CarePlan"])
    minute = Minute(ehr, plan=successor)
    minute.on(120)
    assert ehr.stored["CarePlan", places["CarePlan"].partition("/")[2]]["status"] == "active"
    minute.desk.press(is_not_there("Dr Dana", "now"))
    progress = minute.on(120)
    assert progress.complete
    assert ehr.stored["CarePlan", places["CarePlan"].partition("/")[2]]["status"] == "revoked"


@BOTH
@pytest.mark.parametrize("foreign", [{"CarePlan": DIABETES}, {"CarePlan": DIABETES, "Goal": WALK}], ids=["plan", "all"])
def test_another_record_is_never_taken_for_ours(foreign, declared):
    minute = Minute(ehr_of(foreign=foreign), declared=declared)
    progress = minute.on(60)
    assert progress.complete
    assert minute.once()
    assert len(minute.ehr.calls) <= MOST_REQUESTS
    assert minute.ehr.stored["CarePlan", "diabetes"] == DIABETES
    for step in progress.steps:
        assert business_identifier(minute.ehr.stored[tuple(step.reference.split("/"))]) == step.identifier
    plan = next(step for step in progress.steps if step.kind == "CarePlan")
    assert "The EHR took CarePlan/diabetes for this one" in plan.why
    order = next(step for step in progress.steps if step.kind == "ServiceRequest")
    led_astray = "CarePlan/diabetes" in str(minute.ehr.of("ServiceRequest"))
    assert led_astray == declared.transaction
    assert led_astray == ("It points at CarePlan/diabetes, another record" in order.detail)


@BOTH
def test_an_ehr_that_keeps_nothing_of_ours_says_so(declared):
    ehr = ehr_of(foreign={"CarePlan": DIABETES})
    ehr.put = lambda resource, conditional: (  # type: ignore[method-assign]
        (dict(DIABETES), False)
        if resource["resourceType"] == "CarePlan"
        else StoringEhr.put(ehr, resource, conditional)
    )
    minute = Minute(ehr, declared=declared)
    progress = minute.on(60)
    plan = next(step for step in progress.steps if step.kind == "CarePlan")
    assert (plan.landing.value, plan.reference) == ("failed", "")
    assert "CarePlan/diabetes" in plan.detail
    assert len(minute.ehr.calls) <= MOST_REQUESTS


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("shown", [True, False], ids=["shown", "named"])
@BOTH
def test_a_record_that_is_said_to_be_new_and_is_another_one(declared, shown, status):
    """The status is no proof where the record that comes back is not ours."""
    ehr = ehr_of(foreign={"CarePlan": DIABETES})
    wire = Fused(ehr, Fuse())
    create, post = wire.create, wire.post_transaction

    def said(reply: Any) -> Any:
        return reply if reply.reference != "CarePlan/diabetes" else replace(
            reply, status=status, resource=reply.resource if shown else {}
        )  # fmt: skip

    def told(bundle: Any) -> Any:
        answer = post(bundle)
        for entry in answer["entry"]:
            if "CarePlan/diabetes" in entry["response"]["location"]:
                entry["response"]["status"] = str(status)
                entry.update({"resource": dict(DIABETES)} if shown else {})
        return answer

    wire.create = lambda *sent: said(create(*sent))  # type: ignore[method-assign]
    wire.post_transaction = told  # type: ignore[method-assign]
    minute = Minute(ehr, declared=declared)
    minute.desk.ehr = wire
    progress = minute.on(60)
    plan = next(step for step in progress.steps if step.kind == "CarePlan")
    if status == 200:
        assert progress.complete and plan.reference != "CarePlan/diabetes"
    elif shown or declared.transaction:
        assert (plan.landing.value, plan.reference) == ("doubtful", "")
    assert minute.once()
    assert len(ehr.calls) <= MOST_REQUESTS


@pytest.mark.parametrize("shown", [True, False], ids=["shown", "unshown"])
def test_references_left_temporary_are_told(shown):
    ehr = ehr_of(keeps_temporary=True)
    minute = Minute(ehr)
    if shown:
        post = minute.desk.ehr.post_transaction

        def with_bodies(bundle: Any) -> Any:
            answer = post(bundle)
            for entry in answer["entry"]:
                entry["resource"] = ehr.stored[tuple(entry["response"]["location"].split("/")[:2])]
            return answer

        minute.desk.ehr.post_transaction = with_bodies
    progress = minute.on(1)
    for step in progress.steps:
        left = TEMPORARY in str(ehr.stored[tuple(step.reference.split("/"))])
        assert left == ("its references (urn:uuid) lead nowhere" in step.detail)
    assert any(step.detail for step in progress.steps)


@pytest.mark.parametrize("status", [400, 412])
@BOTH
def test_a_weak_etag_that_is_refused_is_sent_once_as_a_strong_one(declared, status):
    first = Minute(ehr_of(), declared=declared)
    places = {step.kind: step.reference for step in first.on(1).steps}
    first.ehr.strict = status
    successor = signed(
        plan_id="plan-0002", replaces=places["CarePlan"], replaces_request=places["ServiceRequest"]
    )  # fmt: skip
    progress = Minute(first.ehr, plan=successor, declared=declared).on(1)
    assert progress.complete, states(progress)
    assert first.ehr.stored["CarePlan", places["CarePlan"].partition("/")[2]]["status"] == "revoked"


def test_an_update_that_is_accepted_and_changes_nothing_is_not_called_done():
    first = Minute(ehr_of(), declared=ONE_BY_ONE)
    places = {step.kind: step.reference for step in first.on(1).steps}
    ehr = first.ehr
    ehr.change = lambda resource, if_match: ehr.stored["CarePlan", resource["id"]]  # type: ignore[method-assign]
    successor = signed(plan_id="plan-0002", replaces=places["CarePlan"])
    old = ehr.stored[tuple(places["CarePlan"].split("/"))]
    progress = Minute(ehr, plan=successor, declared=ONE_BY_ONE, previous=[old]).on(1)
    assert states(progress)[-1] == "failed"
    assert "the record is as it was" in progress.steps[-1].detail


def test_an_etag_that_is_refused_in_every_form_is_told():
    first = Minute(ehr_of())
    places = {step.kind: step.reference for step in first.on(1).steps}
    ehr = first.ehr
    real = ehr.change

    def refuses(resource: Any, if_match: str) -> Any:
        ehr.strict = 412
        return real(resource, if_match.replace('W/"', '"W/').replace('"1"', '"W/1"'))

    ehr.change = refuses  # type: ignore[method-assign]
    minute = Minute(ehr, plan=signed(plan_id="plan-0002", replaces=places["CarePlan"]))
    before, progress = len(ehr.calls), minute.on(60)
    refused = [step for step in progress.steps if step.ends_something and "412" in step.detail]
    assert {step.landing.value for step in refused} == {"failed"}
    assert len(ehr.calls) - before <= 60
    assert len(ehr.valid("CarePlan")) == 2, "the new plan is there; the older one could not be ended, and that is told"


def test_412_without_a_reason_means_that_nothing_arrived_and_each_part_goes_by_itself():
    from smartapp.errors import EhrConflict

    ehr = ehr_of()
    minute = Minute(ehr)

    def refused(bundle: Any) -> Any:
        raise error(EhrConflict, 412)

    minute.desk.ehr.post_transaction = refused
    progress = minute.on(1)
    assert progress.complete
    assert {step.rung.value for step in progress.steps} == {"create"}
    assert all("Nothing of this step was saved." in step.why for step in progress.steps)
    assert minute.once()


WRONG = {
    "stored as a Bundle": {"answer": "stored as a Bundle", "processes": False},
    "echoed, lagging": {"answer": "echoed", "lag": 30.0},
    "status only, lagging for minutes": {"answer": "status only", "lag": 300.0, "atomic": True},
    "another record": {"foreign": {"CarePlan": DIABETES}},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_death_at_every_moment_with_an_ehr_that_misbehaves(name, folder):  # noqa: F811
    def installation(number: int) -> Installation:
        ehr = ehr_of(**{"atomic": "foreign" in WRONG[name], **WRONG[name]})
        return Installation(
            empty_database(folder / f"{name}{number}.db"), ehr, ehr.clock, capabilities(), sees_death=number % 2 > 0
        )

    fuse = Fuse()
    installation(0).process(fuse)
    for at in range(1, fuse.count + 1):
        made = installation(at)
        run(made, (at,))
        there = [business_identifier(r) for r in made.ehr.stored.values() if business_identifier(r)]
        assert len(there) == len(set(there))


def test_a_second_copy_is_found_even_where_the_index_shows_nothing_for_minutes(folder):  # noqa: F811
    """Everything at once: the process dies, nothing holds a condition, and the index lags: the first copy is shown when
    the second is there already, and not shown yet."""
    ehr = ehr_of(atomic=False, answer="status only", lag=150.0)
    made = Installation(empty_database(folder / "all.db"), ehr, ehr.clock, capabilities(), sees_death=True)
    undisturbed = Fuse()
    Installation(empty_database(folder / "count.db"), ehr_of(), ehr.clock, capabilities()).process(undisturbed)
    run(made, (undisturbed.count - 6,))
    assert len(ehr.of("CarePlan")) == 2, "it came to that"
    for kind in ("CarePlan", "ServiceRequest", "Goal", "Task"):
        values = [business_identifier(r) for r in ehr.valid(kind)]
        assert len(values) == len(set(values))
