"""The outbox: what the receipt says is what is in the EHR, once, whatever the network does."""

import json

import pytest

from smartapp.ehr.deliver.choices import again, end_as_it_is
from smartapp.ehr.deliver.delivery import SENDS
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrConflict, EhrForbidden, EhrRejected, EhrUnavailable, SessionEnded
from smartapp.fhir.build.identifiers import business_identifier
from tests.ehr.deliver.engine import Desk, capabilities, states
from tests.ehr.deliver.samples import signed
from tests.storing_ehr import Fault, StoringEhr, holding

KINDS = ["Goal", "Goal", "Goal", "CarePlan", "ServiceRequest", "Provenance"]
ONE_BY_ONE = capabilities(transaction=False)
BOTH = pytest.mark.parametrize("declared", [capabilities(), ONE_BY_ONE], ids=["together", "one by one"])


def each_once(ehr):
    """Every artifact is in the EHR exactly once, and no reference is left temporary."""
    assert sorted(kind for kind, _ in ehr.stored) == sorted(KINDS)
    values = [business_identifier(resource) for resource in ehr.stored.values()]
    assert len(set(values)) == len(KINDS)
    assert "urn:uuid" not in json.dumps(list(ehr.stored.values()))
    return True


def truthful(progress, ehr):
    """Each line that claims a place names a resource of that identifier and version."""
    for line in (step.told for step in progress.steps):
        if line.state in ("written", "found"):
            kind, _, id_ = line.reference.partition("/")
            stored = ehr.stored[kind, id_]
            assert (business_identifier(stored), stored["meta"]["versionId"]) == (line.identifier, line.version)
    return True


def the(progress, kind):
    return next(step for step in progress.steps if step.kind == kind)


@BOTH
def test_a_plan_lands_whole(declared):
    ehr = StoringEhr()
    progress = Desk(ehr, declared=declared).go()
    assert [step.kind for step in progress.steps] == KINDS
    assert states(progress) == ["written"] * 6
    assert progress.complete
    assert each_once(ehr)
    assert truthful(progress, ehr)


def test_a_transaction_is_one_round_trip_where_the_ehr_shows_what_it_stored():
    ehr = StoringEhr()
    real = ehr.post_transaction

    def shown(bundle):
        answer = real(bundle)
        for entry, resource in zip(answer["entry"], list(ehr.stored.values()), strict=True):
            entry["resource"] = resource
        return answer

    ehr.post_transaction = shown
    assert Desk(ehr).go().complete
    assert ehr.calls == ["transaction"]


@BOTH
def test_signing_twice_writes_once(declared):
    ehr = StoringEhr()
    Desk(ehr, declared=declared).go()
    progress = Desk(ehr, declared=declared).go()
    assert states(progress) == ["found"] * 6
    assert progress.complete
    assert each_once(ehr)
    assert truthful(progress, ehr)


def test_a_lost_reply_is_looked_up_not_sent_again():
    ehr = StoringEhr(faults={1: "lost reply"})
    assert states(Desk(ehr).go()) == ["found"] * 6
    assert ehr.calls.count("transaction") == 1
    assert each_once(ehr)


def test_a_write_without_an_answer_is_sent_again_only_when_it_cannot_arrive_any_more():
    ehr = StoringEhr(faults={1: "never arrived"})
    desk = Desk(ehr)
    assert set(states(desk.until(59))) == {"unknown"}
    assert ehr.calls.count("transaction") == 1
    assert states(desk.go(1)) == ["written"] * 6
    assert ehr.calls.count("transaction") == 2


def test_a_person_need_not_wait_for_what_the_ehr_never_answered():
    """It is looked for first; what the EHR has accepted is not sent by this (tests/crash/test_misbehaving.py)."""
    ehr = StoringEhr(faults={1: "never arrived"})
    desk = Desk(ehr)
    desk.go()
    before = len(ehr.calls)
    assert states(desk.press(again)) == ["written"] * 6
    assert ehr.calls[before].startswith("search")
    assert ehr.calls.count("transaction") == 2


def test_a_write_that_stays_without_an_answer_ends_at_a_person():
    ehr = StoringEhr(faults=dict.fromkeys(range(1, 50), "never arrived"))
    desk = Desk(ehr)
    progress = desk.until(3600, every=5)
    assert set(states(progress)) == {"doubtful"}
    assert ehr.calls.count("transaction") == SENDS
    assert len(ehr.calls) < 100
    assert "plan-0001" in the(progress, "CarePlan").detail


@pytest.mark.parametrize("second", ["never arrived", "lost reply"])
def test_two_silences_are_settled_by_a_later_look(second):
    ehr = StoringEhr(faults={1: "never arrived", 2: second})
    assert Desk(ehr).until(200, every=5).complete
    assert each_once(ehr)


def test_nothing_is_sent_again_while_the_ehr_cannot_be_asked():
    ehr = StoringEhr(faults={1: "lost reply"})
    ehr.searches_fail = 10_000
    desk = Desk(ehr)
    assert set(states(desk.until(600, every=1))) == {"unknown"}
    assert ehr.calls.count("transaction") == 1
    assert len(ehr.calls) < 20
    ehr.searches_fail = 0
    assert states(desk.go(300)) == ["found"] * 6


def test_an_ehr_that_asks_for_no_time_at_all_is_not_asked_without_end():
    busy = EhrUnavailable("busy")
    busy.http_status, busy.retry_after = 429, 0.0
    ehr = StoringEhr(faults=dict.fromkeys(range(1, 1000), Fault(lambda: busy)))
    progress = Desk(ehr).go()
    assert set(states(progress)) == {"waiting"}
    assert ehr.writes == 1
    assert "Nothing of this step was saved." in the(progress, "CarePlan").detail


def test_a_refusal_goes_one_rung_lower_and_a_fault_waits_for_a_person():
    ehr = StoringEhr(faults={1: Fault(lambda: EhrForbidden("no scope"))})
    progress = Desk(ehr).go()
    assert progress.complete
    assert {step.rung.value for step in progress.steps} == {"create"}
    ehr = StoringEhr(faults={1: Fault(lambda: EhrRejected("no"))})
    assert set(states(Desk(ehr).go())) == {"failed"}
    assert not ehr.stored


@pytest.mark.parametrize("step", range(1, 7))
@pytest.mark.parametrize("fault", ["lost reply", "never arrived"])
def test_one_by_one_one_silence_anywhere_changes_nothing(step, fault):
    ehr = StoringEhr(faults={step: fault})
    progress = Desk(ehr, declared=ONE_BY_ONE).until(120, every=5)
    assert progress.complete
    assert each_once(ehr)
    assert truthful(progress, ehr)


@pytest.mark.parametrize("step", range(1, 7))
@pytest.mark.parametrize("faults", [("422",), ("never arrived", "never arrived"), ("lost reply",)])
def test_one_by_one_a_stop_half_way_says_what_landed_and_goes_on(step, faults):
    ehr = StoringEhr(faults={step + n: fault for n, fault in enumerate(faults)})
    desk = Desk(ehr, declared=ONE_BY_ONE)
    progress = desk.go()
    assert truthful(progress, ehr)
    landed = [line for line in progress.steps if line.landing.value in ("written", "found")]
    assert len(landed) == len(ehr.stored)
    if not progress.complete:
        assert len(landed) == step - 1
        assert progress.steps[step - 1].detail
    ehr.faults = {}
    desk.press(again)
    assert desk.until(200, every=5).complete
    assert each_once(ehr)


def test_a_session_that_ends_half_way_leaves_a_receipt():
    ehr = StoringEhr(faults={4: Fault(lambda: SessionEnded("The session is over."))})
    desk = Desk(ehr, declared=ONE_BY_ONE)
    progress = desk.go()
    assert states(progress) == ["written"] * 3 + ["waiting"] * 3
    assert progress.problem.startswith("The session is over.")
    assert desk.go().complete


def test_one_by_one_the_plan_names_its_referral_by_identifier_and_the_referral_its_plan_by_id():
    ehr = StoringEhr()
    Desk(ehr, declared=ONE_BY_ONE).go()
    (plan,), (order,) = ehr.of("CarePlan"), ehr.of("ServiceRequest")
    assert plan["activity"][0]["reference"]["identifier"]["value"] == business_identifier(order)
    assert "reference" not in plan["activity"][0]["reference"]
    assert order["basedOn"][0]["reference"] == f"CarePlan/{plan['id']}"
    assert [goal["reference"] for goal in plan["goal"]] == [f"Goal/{goal['id']}" for goal in ehr.of("Goal")]
    assert {t["reference"] for t in ehr.of("Provenance")[0]["target"]} == {
        f"{kind}/{id_}" for kind, id_ in ehr.stored if kind != "Provenance"
    }


def predecessor(declared):
    ehr = StoringEhr()
    Desk(ehr, declared=declared).go()
    (plan,), (order,) = ehr.of("CarePlan"), ehr.of("ServiceRequest")
    successor = signed(
        plan_id="plan-0002", replaces=f"CarePlan/{plan['id']}", replaces_request=f"ServiceRequest/{order['id']}"
    )
    return ehr, plan["id"], order["id"], successor


@BOTH
def test_a_successor_withdraws_plan_goals_and_order(declared):
    ehr, plan, order, successor = predecessor(declared)
    progress = Desk(ehr, successor, declared).go()
    assert progress.complete
    assert len(progress.steps) == 6 + 5
    assert ehr.stored["CarePlan", plan]["status"] == "revoked"
    assert ehr.stored["ServiceRequest", order]["status"] == "revoked"
    old_goals = [g for g in ehr.of("Goal") if business_identifier(g).startswith("plan-0001")]
    assert {g["lifecycleStatus"] for g in old_goals} == {"cancelled"}
    (new,) = [p for p in ehr.of("CarePlan") if p["id"] != plan]
    assert (new["status"], new["replaces"][0]["reference"]) == ("active", f"CarePlan/{plan}")


@BOTH
def test_a_predecessor_somebody_changed_meanwhile_is_not_overwritten(declared):
    ehr, plan, _, successor = predecessor(declared)
    seen = ehr.read("CarePlan", plan)
    ehr.update(ehr.read("CarePlan", plan) | {"title": "changed by a colleague"})
    desk = Desk(ehr, successor, declared, previous=[seen])
    progress = desk.go()
    assert progress.steps[-1].landing.value == "conflict"
    assert "changed by a colleague" in progress.steps[-1].detail
    assert ehr.stored["CarePlan", plan]["status"] == "active"
    assert len(ehr.of("CarePlan")) == (1 if declared.transaction else 2)
    assert desk.press(end_as_it_is(ehr)).complete
    assert ehr.stored["CarePlan", plan]["title"] == "changed by a colleague"
    assert ehr.stored["CarePlan", plan]["status"] == "revoked"


def test_our_own_first_attempt_landing_late_is_no_conflict():
    """The first reply is lost and the EHR was still working: the second attempt meets what the first had done."""
    ehr, _plan, _, successor = predecessor(capabilities())
    first = ehr.writes + 1
    ehr.faults = {first: "never arrived"}
    real = ehr.post_transaction

    def late(bundle):
        if ehr.writes == first:  # the first attempt lands just before the second is looked at
            ehr.transaction(json.loads(json.dumps(bundle)))
        return real(bundle)

    ehr.post_transaction = late
    progress = Desk(ehr, successor).until(120, every=5)
    assert progress.complete
    assert set(states(progress)) == {"found"}
    assert len(ehr.of("CarePlan")) == 2


@BOTH
def test_a_plan_that_ended_in_the_ehr_is_not_reported_as_saved(declared):
    ehr = StoringEhr()
    Desk(ehr, declared=declared).go()
    ehr.of("CarePlan")[0]["status"] = "revoked"
    progress = Desk(ehr, declared=declared).go()
    assert the(progress, "CarePlan").landing.value == "failed"
    assert "revoked" in the(progress, "CarePlan").detail
    assert not progress.complete


def test_a_draft_found_where_active_was_signed_is_named():
    ehr = StoringEhr()
    Desk(ehr, signed(active=False)).go()
    line = the(Desk(ehr).go(), "CarePlan").told
    assert (line.state, line.detail) == ("found", "It was already in the EHR as draft, signed now as active.")


def test_a_server_that_returns_resources_instead_of_locations():
    ehr = StoringEhr()
    real = ehr.post_transaction

    def representation(bundle):
        answer = real(bundle)
        for entry, resource in zip(answer["entry"], list(ehr.stored.values()), strict=True):
            entry["response"] = {"status": "201"}
            entry["resource"] = resource
        return answer

    ehr.post_transaction = representation
    progress = Desk(ehr).go()
    assert progress.complete
    assert truthful(progress, ehr)


OTHER = {"resourceType": "CarePlan", "id": "diabetes", "meta": {"versionId": "1"}, "status": "active"}


def test_a_record_made_unseen_must_carry_our_identifier():
    """201 with the place of another record, and no body: nothing is called ours that was not."""
    ehr = holding(OTHER)
    real = ehr.create

    def elsewhere(resource, if_none_exist=""):
        reply = real(resource, if_none_exist)
        if resource["resourceType"] != "CarePlan":
            return Reply(reply.status, reply.reference, reply.version)
        del ehr.stored["CarePlan", reply.reference.rpartition("/")[2]]
        return Reply(201, "CarePlan/diabetes", "1")

    ehr.create = elsewhere
    progress = Desk(ehr, declared=ONE_BY_ONE).go()
    plan = the(progress, "CarePlan")
    assert plan.landing.value == "unknown" and not plan.reference
    assert "CarePlan/diabetes, which does not carry our identifier" in plan.detail
    assert {step.landing.value for step in progress.steps if step.kind == "Goal"} == {"written"}


@pytest.mark.parametrize("kind", ["CarePlan", "ServiceRequest"])
def test_what_people_act_on_is_read_back_where_a_transaction_shows_nothing(kind):
    ehr = holding({**OTHER, "resourceType": kind})
    real = ehr.post_transaction

    def elsewhere(bundle):
        answer = real(bundle)
        entry = answer["entry"][KINDS.index(kind)]["response"]
        del ehr.stored[kind, entry["location"].split("/")[1]]
        entry["location"] = f"{kind}/diabetes/_history/1"
        return answer

    ehr.post_transaction = elsewhere
    step = the(Desk(ehr).go(), kind)
    assert step.landing.value == "unknown" and not step.reference


@pytest.mark.parametrize("part", [None, True, "x", 7, [], ["x"], {"response": "201 Created"}, {"response": None}])
def test_a_part_of_an_answer_that_is_no_part_is_looked_for(part):
    """Everything else is believed; a part without a place is not claimed to be anywhere before it was seen."""
    ehr = StoringEhr()
    real = ehr.post_transaction

    def spoilt(bundle):
        answer = real(bundle)
        answer["entry"][0] = part
        return answer

    ehr.post_transaction = spoilt
    progress = Desk(ehr).go()
    assert states(progress) == ["found"] + ["written"] * 5
    assert truthful(progress, ehr)


@pytest.mark.parametrize(("status", "landing"), [("422", "failed"), ("403 Forbidden", "written"), ("500", "unknown")])
def test_a_part_refused_by_an_ehr_that_takes_the_others(status, landing):
    """A transaction carried out as a batch: each part has its own fate, and is not called saved."""
    ehr = StoringEhr()
    real = ehr.post_transaction

    def as_batch(bundle):
        answer = real(bundle)
        del ehr.stored[ehr.of("ServiceRequest")[0]["resourceType"], ehr.of("ServiceRequest")[0]["id"]]
        outcome = {"resourceType": "OperationOutcome", "issue": [{"details": {"text": "no such code"}}]}
        answer["entry"][4] = {"response": {"status": status, "outcome": outcome}}
        return answer

    ehr.post_transaction = as_batch
    step = the(Desk(ehr).go(), "ServiceRequest")
    assert step.landing.value == landing
    assert landing == "unknown" or "no such code" in f"{step.why} {step.detail}"


@pytest.mark.parametrize("meta", [None, [], "1", {"versionId": 7}, {"versionId": ["1"]}])
@pytest.mark.parametrize("identifiers", [None, 7, ["x"], [{"system": []}]])
def test_a_record_found_with_odd_parts_is_no_fault_of_ours(meta, identifiers):
    ehr = StoringEhr()
    Desk(ehr).go()
    ehr.search = lambda kind, params: [{**r, "meta": meta, "identifier": identifiers} for r in ehr.of(kind)]
    assert len(Desk(ehr).go().steps) == 6


def test_a_lock_inside_the_ehr_is_waited_for_and_then_shown():
    lock = EhrConflict("locked")
    lock.http_status = 409
    ehr = StoringEhr(faults=dict.fromkeys(range(1, 50), Fault(lambda: lock)))
    desk = Desk(ehr)
    assert set(states(desk.go())) == {"waiting"}
    assert set(states(desk.until(3000, every=30))) == {"failed"}
    assert ehr.calls.count("transaction") == 4
