"""Writing: what the receipt says is what is in the EHR, once, whatever the network does."""

import json

import pytest

from smartapp.ehr.write import write, write_in_order
from smartapp.ehr.write.identity import business_identifier
from smartapp.errors import EhrConflict, EhrForbidden, EhrRejected, SessionEnded
from tests.ehr.write.fakes import LOST_REPLY, NEVER_ARRIVED, REFUSED, FakeEhr, Fault
from tests.ehr.write.samples import BASE, KNOWLEDGE, signed

KINDS = ["Goal", "Goal", "Goal", "CarePlan", "ServiceRequest", "Provenance"]
BOTH = pytest.mark.parametrize("send", [write, write_in_order])


def states(receipt):
    return [line.state for line in receipt.artifacts]


def each_once(ehr):
    """Every artifact is in the EHR exactly once, and no reference is left temporary."""
    assert sorted(kind for kind, _ in ehr.stored) == sorted(KINDS)
    values = [business_identifier(resource) for resource in ehr.stored.values()]
    assert len(set(values)) == len(KINDS)
    assert "urn:uuid" not in json.dumps(list(ehr.stored.values()))
    return True


def truthful(receipt, ehr):
    """Each line that claims a place names a resource of that identifier and version."""
    for line in receipt.artifacts:
        if line.state in ("written", "found"):
            kind, _, id_ = line.reference.partition("/")
            stored = ehr.stored[kind, id_]
            assert (business_identifier(stored), stored["meta"]["versionId"]) == (line.identifier, line.version)
    return True


@BOTH
def test_a_plan_lands_whole(send):
    ehr = FakeEhr()
    receipt = send(ehr, signed(), KNOWLEDGE, BASE)
    assert [line.kind for line in receipt.artifacts] == KINDS
    assert states(receipt) == ["written"] * 6
    assert receipt.complete
    assert receipt.patient == "Patient/p1"
    assert receipt.signed_by == "Dr Dana Example"
    assert each_once(ehr)
    assert truthful(receipt, ehr)


def test_a_transaction_is_one_round_trip():
    ehr = FakeEhr()
    write(ehr, signed(), KNOWLEDGE, BASE)
    assert ehr.calls == ["transaction"]


@BOTH
def test_signing_twice_writes_once(send):
    ehr = FakeEhr()
    send(ehr, signed(), KNOWLEDGE, BASE)
    receipt = send(ehr, signed(), KNOWLEDGE, BASE)
    assert states(receipt) == ["found"] * 6
    assert receipt.complete
    assert each_once(ehr)
    assert truthful(receipt, ehr)


def test_a_lost_reply_is_looked_up_not_sent_again():
    ehr = FakeEhr(faults={1: LOST_REPLY})
    receipt = write(ehr, signed(), KNOWLEDGE, BASE)
    assert states(receipt) == ["found"] * 6
    assert ehr.calls.count("transaction") == 1
    assert each_once(ehr)


def test_a_write_that_never_arrived_is_sent_once_more():
    ehr = FakeEhr(faults={1: NEVER_ARRIVED})
    receipt = write(ehr, signed(), KNOWLEDGE, BASE)
    assert states(receipt) == ["written"] * 6
    assert ehr.calls.count("transaction") == 2
    assert each_once(ehr)


@pytest.mark.parametrize("second", [NEVER_ARRIVED, LOST_REPLY])
def test_two_silences_are_unknown_and_a_later_call_settles_it(second):
    ehr = FakeEhr(faults={1: NEVER_ARRIVED, 2: second})
    receipt = write(ehr, signed(), KNOWLEDGE, BASE)
    assert states(receipt) == ["unknown"] * 6
    assert not receipt.complete
    assert write(ehr, signed(), KNOWLEDGE, BASE).complete
    assert each_once(ehr)


def test_nothing_is_sent_again_while_the_ehr_cannot_be_asked():
    ehr = FakeEhr(faults={1: LOST_REPLY})
    ehr.lookups_fail = True
    assert states(write(ehr, signed(), KNOWLEDGE, BASE)) == ["unknown"] * 6
    assert ehr.calls.count("transaction") == 1


@pytest.mark.parametrize("error", [EhrForbidden("no scope"), EhrRejected("no"), EhrConflict("changed")])
def test_a_refusal_of_the_whole_is_an_error_and_nothing_landed(error):
    ehr = FakeEhr(faults={1: Fault(error)})
    with pytest.raises(type(error)):
        write(ehr, signed(), KNOWLEDGE, BASE)
    assert not ehr.stored


@pytest.mark.parametrize("step", range(1, 7))
@pytest.mark.parametrize("fault", [LOST_REPLY, NEVER_ARRIVED])
def test_in_order_one_silence_anywhere_changes_nothing(step, fault):
    ehr = FakeEhr(faults={step: fault})
    receipt = write_in_order(ehr, signed(), KNOWLEDGE, BASE)
    assert receipt.complete
    assert each_once(ehr)
    assert truthful(receipt, ehr)


@pytest.mark.parametrize("step", range(1, 7))
@pytest.mark.parametrize("faults", [(REFUSED,), (NEVER_ARRIVED, NEVER_ARRIVED), (LOST_REPLY,)])
def test_in_order_a_stop_half_way_says_what_landed_and_a_later_call_goes_on(step, faults):
    ehr = FakeEhr(faults={step + n: fault for n, fault in enumerate(faults)})
    receipt = write_in_order(ehr, signed(), KNOWLEDGE, BASE)
    assert truthful(receipt, ehr)
    landed = [line for line in receipt.artifacts if line.state in ("written", "found")]
    assert len(landed) == len(ehr.stored)
    if not receipt.complete:
        assert len(landed) == step - 1
        assert all(line.detail for line in receipt.artifacts[step - 1 :])
    ehr.faults = {}
    again = write_in_order(ehr, signed(), KNOWLEDGE, BASE)
    assert again.complete
    assert each_once(ehr)


def test_in_order_a_session_that_ends_half_way_leaves_a_receipt():
    ehr = FakeEhr(faults={4: Fault(SessionEnded("The session is over."))})
    receipt = write_in_order(ehr, signed(), KNOWLEDGE, BASE)
    assert states(receipt) == ["written"] * 3 + ["failed"] * 3
    assert receipt.artifacts[3].detail == "The session is over."


def test_in_order_the_plan_names_its_referral_by_identifier_and_the_referral_its_plan_by_id():
    ehr = FakeEhr()
    write_in_order(ehr, signed(), KNOWLEDGE, BASE)
    (plan,), (order,) = ehr.of("CarePlan"), ehr.of("ServiceRequest")
    assert plan["activity"][0]["reference"]["identifier"]["value"] == business_identifier(order)
    assert "reference" not in plan["activity"][0]["reference"]
    assert order["basedOn"][0]["reference"] == f"CarePlan/{plan['id']}"
    assert [goal["reference"] for goal in plan["goal"]] == [f"Goal/{goal['id']}" for goal in ehr.of("Goal")]
    assert {t["reference"] for t in ehr.of("Provenance")[0]["target"]} == {
        f"{kind}/{id_}" for kind, id_ in ehr.stored if kind != "Provenance"
    }


def predecessor(send):
    ehr = FakeEhr()
    send(ehr, signed(), KNOWLEDGE, BASE)
    (plan,), (order,) = ehr.of("CarePlan"), ehr.of("ServiceRequest")
    successor = signed(
        plan_id="plan-0002", replaces=f"CarePlan/{plan['id']}", replaces_request=f"ServiceRequest/{order['id']}"
    )
    return ehr, plan["id"], order["id"], successor


@BOTH
def test_a_successor_withdraws_plan_goals_and_order(send):
    ehr, plan, order, successor = predecessor(send)
    receipt = send(ehr, successor, KNOWLEDGE, BASE)
    assert receipt.complete
    assert len(receipt.artifacts) == 6 + 5
    assert truthful(receipt, ehr)
    assert ehr.stored["CarePlan", plan]["status"] == "revoked"
    assert ehr.stored["ServiceRequest", order]["status"] == "revoked"
    old_goals = [g for g in ehr.of("Goal") if business_identifier(g).startswith("plan-0001")]
    assert {g["lifecycleStatus"] for g in old_goals} == {"cancelled"}
    (new,) = [p for p in ehr.of("CarePlan") if p["id"] != plan]
    assert (new["status"], new["replaces"][0]["reference"]) == ("active", f"CarePlan/{plan}")


@BOTH
def test_a_predecessor_somebody_changed_meanwhile_is_not_overwritten(send):
    ehr, plan, _, successor = predecessor(send)
    seen = ehr.read("CarePlan", plan)
    ehr.update(ehr.read("CarePlan", plan) | {"title": "changed by a colleague"})
    if send is write:
        with pytest.raises(EhrConflict):
            send(ehr, successor, KNOWLEDGE, BASE, previous=[seen])
        assert len(ehr.of("CarePlan")) == 1
    else:
        receipt = send(ehr, successor, KNOWLEDGE, BASE, previous=[seen])
        assert receipt.artifacts[-1].state == "failed"
    assert ehr.stored["CarePlan", plan]["title"] == "changed by a colleague"
    assert ehr.stored["CarePlan", plan]["status"] == "active"


def test_our_own_first_attempt_landing_late_is_no_conflict():
    """The first reply is lost and the EHR was still working: the second attempt meets what the first had done."""
    ehr, _plan, _, successor = predecessor(write)
    first = ehr.writes + 1
    ehr.faults = {first: NEVER_ARRIVED}
    real = ehr.post_transaction

    def late(bundle):
        if ehr.writes == first:  # the first attempt lands just before the second is looked at
            ehr._transaction(json.loads(json.dumps(bundle)))
        return real(bundle)

    ehr.post_transaction = late
    receipt = write(ehr, successor, KNOWLEDGE, BASE)
    assert receipt.complete
    assert set(states(receipt)) == {"found"}
    assert len(ehr.of("CarePlan")) == 2


@BOTH
def test_a_plan_that_ended_in_the_ehr_is_not_reported_as_saved(send):
    ehr = FakeEhr()
    send(ehr, signed(), KNOWLEDGE, BASE)
    ehr.of("CarePlan")[0]["status"] = "revoked"
    receipt = send(ehr, signed(), KNOWLEDGE, BASE)
    line = next(line for line in receipt.artifacts if line.kind == "CarePlan")
    assert line.state == "failed"
    assert "revoked" in line.detail
    assert not receipt.complete


def test_a_draft_found_where_active_was_signed_is_named():
    ehr = FakeEhr()
    write(ehr, signed(active=False), KNOWLEDGE, BASE)
    receipt = write(ehr, signed(), KNOWLEDGE, BASE)
    line = next(line for line in receipt.artifacts if line.kind == "CarePlan")
    assert (line.state, line.detail) == ("found", "It was already in the EHR as draft, signed now as active.")


def test_a_server_that_returns_resources_instead_of_locations():
    ehr = FakeEhr()
    real = ehr.post_transaction

    def representation(bundle):
        answer = real(bundle)
        for entry, resource in zip(answer["entry"], list(ehr.stored.values()), strict=True):
            entry["response"] = {"status": "201"}
            entry["resource"] = resource
        return answer

    ehr.post_transaction = representation
    receipt = write(ehr, signed(), KNOWLEDGE, BASE)
    assert receipt.complete
    assert truthful(receipt, ehr)


@pytest.mark.parametrize(
    "answer",
    [
        {"resourceType": "Bundle", "type": "transaction-response", "entry": []},
        {},
        {"entry": True},
        {"entry": {"response": {"status": "201"}}},
        {"entry": [{"response": {"status": "201"}}]},
    ],
    ids=str,
)
@pytest.mark.parametrize("lands", [True, False])
def test_an_answer_that_leaves_parts_out_is_no_answer_and_is_looked_up(answer, lands):
    """It may all be there (then it is found), or nothing (then it is sent once more, and found missing again)."""
    ehr = FakeEhr()
    real = ehr.post_transaction

    def mumbling(bundle):
        if lands:
            real(bundle)
        return answer

    ehr.post_transaction = mumbling
    receipt = write(ehr, signed(), KNOWLEDGE, BASE)
    assert states(receipt) == ["found" if lands else "unknown"] * 6
    assert not lands or each_once(ehr)


@pytest.mark.parametrize("part", [None, True, "x", 7, [], ["x"], {"response": "201 Created"}, {"response": None}])
def test_a_part_of_an_answer_that_is_no_part_has_no_place(part):
    """Everything else is believed; a part without a place is not claimed to be anywhere."""
    ehr = FakeEhr()
    real = ehr.post_transaction

    def spoilt(bundle):
        answer = real(bundle)
        answer["entry"][0] = part
        return answer

    ehr.post_transaction = spoilt
    receipt = write(ehr, signed(), KNOWLEDGE, BASE)
    assert states(receipt) == ["unknown"] + ["written"] * 5
    assert truthful(receipt, ehr)


@pytest.mark.parametrize("meta", [None, [], "1", {"versionId": 7}, {"versionId": ["1"]}])
@pytest.mark.parametrize("identifiers", [None, 7, ["x"], [{"system": []}]])
def test_a_record_found_with_odd_parts_is_no_fault_of_ours(meta, identifiers):
    ehr = FakeEhr()
    write(ehr, signed(), KNOWLEDGE, BASE)
    ehr.search = lambda kind, params: [{**r, "meta": meta, "identifier": identifiers} for r in ehr.of(kind)]
    receipt = write(ehr, signed(), KNOWLEDGE, BASE)
    assert len(receipt.artifacts) == 6
