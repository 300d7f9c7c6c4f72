"""The last look at a Bundle: each rule catches its own fault and nothing else is found in what we build."""

import re
from copy import deepcopy
from dataclasses import replace

import pytest

from smartapp.document import contents
from smartapp.errors import ReviewError
from smartapp.fhir.build import build, check_bundle, faults, proposal_bundle
from smartapp.fhir.build import fallback_document as carriers
from smartapp.fhir.build.fallback_document import MAKERS, FallbackDocument, carrier
from smartapp.fhir.check import check_resource
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, proposal, signed

BUILT = build(signed(), KNOWLEDGE, BASE)


def of(bundle, kind):
    return next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind)


def plan(bundle):
    return of(bundle, "CarePlan")


def order(bundle):
    return of(bundle, "ServiceRequest")


def repeat(bundle):
    return order(bundle)["occurrenceTiming"]["repeat"]


def avoided(bundle):
    return next(a["detail"] for a in plan(bundle)["activity"] if a.get("detail", {}).get("doNotPerform"))


def program(bundle):
    """The timing of the whole program."""
    (line,) = [a for a in plan(bundle)["activity"] if a.get("id") == "program"]
    return line["detail"]["scheduledTiming"]["repeat"]


def more(bundle, count, **detail):
    """Lines put behind the first: more than a person reads."""
    line = {"detail": {"status": "not-started", "description": "More", "doNotPerform": False} | detail}
    plan(bundle)["activity"][1:1] = [line] * count


def unsigned(bundle):
    bundle["entry"] = [e for e in bundle["entry"] if e["resource"]["resourceType"] != "Provenance"]


def without(bundle, kind):
    bundle["entry"] = [e for e in bundle["entry"] if e["resource"]["resourceType"] != kind]


FAULTS = {
    "GU6: no order": (lambda b: without(b, "ServiceRequest"), "GU6"),
    "GU6: plan does not name the order": (lambda b: plan(b)["activity"].pop(0), "does not name its physical therapy"),
    "GU6: order does not name the plan": (lambda b: order(b).pop("basedOn"), "does not name its plan"),
    "GU8: active without a signer": (unsigned, "GU8"),
    "GU10: forbids without saying so": (lambda b: avoided(b).update(description="Toe touches"), "GU10"),
    "GU11: detail and reference": (
        lambda b: plan(b)["activity"][1].update(reference={"reference": "Task/1"}),
        "cpl-3",
    ),
    "GU11: neither": (lambda b: plan(b)["activity"][1].pop("detail"), "cpl-3"),
    "S16: once a week": (lambda b: program(b).update(frequency=1), "2 to 3 sessions"),
    "A3: four a week": (lambda b: repeat(b).update(frequencyMax=4), "More than 3 sessions"),
    "S16: a month": (lambda b: program(b).update(periodUnit="mo"), "2 to 3 sessions"),
    "S15: 45 minutes": (lambda b: program(b).update(duration=45), "60 minutes"),
    "A3: days in a row": (lambda b: repeat(b).update(dayOfWeek=["mon", "tue"]), "in a row"),
    "A3: Sunday and Monday": (lambda b: repeat(b).update(dayOfWeek=["mon", "thu", "sun"]), "in a row"),
    "S15: no program": (
        lambda b: plan(b).update(activity=[a for a in plan(b)["activity"] if a.get("id") != "program"]),
        "how often and how long",
    ),
    "GU17: another number": (lambda b: order(b)["quantityQuantity"].update(value=20), "how many visits"),
    "GU17: no number": (lambda b: order(b).pop("quantityQuantity"), "how many visits"),
    "GU17: a year": (lambda b: repeat(b)["boundsPeriod"].update(end="2027-03-01"), "more than 90 days"),
    "GU17: no end": (lambda b: repeat(b)["boundsPeriod"].pop("end"), "no first and last day"),
    "GU20: 26 lines": (lambda b: more(b, 20), "more than 25"),
    "GU20: seven that forbid": (
        lambda b: plan(b)["activity"].extend([{"detail": avoided(b)}] * 6), "7 lines of the plan forbid",
    ),
    "GU20: what to avoid first": (
        lambda b: more(b, 1, doNotPerform=True, description="AVOID: x"), "does not stand last",
    ),
    "A13: impact in a line": (
        lambda b: plan(b)["activity"][2]["detail"].update(instantiatesUri=["https://x.example/exercise/E40"]), "A13",
    ),
    "A4: six months": (lambda b: plan(b)["period"].update(end="2026-09-30"), "shorter than 7 months"),
    "A4: no period": (lambda b: plan(b).pop("period"), "no start and end"),
    "A11: generic prohibition": (lambda b: plan(b).update(description="Don't bend or twist."), "A11"),
    "A13: impact": (lambda b: plan(b)["activity"][1].update(id="E40"), "A13"),
    "gol-1": (lambda b: of(b, "Goal")["target"][0].pop("measure"), "gol-1"),
    "binding": (lambda b: order(b).update(priority="soon"), "'soon'"),
    "binding of days": (lambda b: repeat(b).update(dayOfWeek=["monday"]), "'monday'"),
    "mandatory": (lambda b: order(b).pop("code"), "code is missing"),
    "tim-1": (lambda b: repeat(b).pop("durationUnit"), "tim-1"),
    "tim-2": (lambda b: repeat(b).pop("periodUnit"), "tim-2"),
    "tim-5": (lambda b: repeat(b).update(period=-1), "tim-4, tim-5"),
    "tim-7": (lambda b: repeat(b).update(durationMax=90) or repeat(b).pop("duration"), "tim-6, tim-7"),
    "frequencyMax": (lambda b: repeat(b).update(frequency=3, frequencyMax=2), "frequencyMax is smaller"),
    "per-1": (lambda b: plan(b)["period"].update(start="2028-01-01"), "per-1"),
    "qty-3": (lambda b: of(b, "Goal")["target"][0]["detailQuantity"].pop("system"), "qty-3"),
    "ref-1": (lambda b: order(b)["requester"].update(reference="#d1"), "ref-1"),
    "ele-1": (lambda b: plan(b).update(note=[]), "ele-1"),
    "narrative not well-formed": (lambda b: plan(b)["text"].update(div="<div>a<b></div>"), "well-formed"),
    "narrative without namespace": (lambda b: plan(b)["text"].update(div="<div>a</div>"), "XHTML div"),
    "narrative script": (
        lambda b: plan(b)["text"].update(div='<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>'),
        "txt-1",
    ),
    "narrative empty": (
        lambda b: plan(b)["text"].update(div='<div xmlns="http://www.w3.org/1999/xhtml"> <p/> </div>'),
        "txt-2",
    ),
    "narrative declaration": (lambda b: plan(b)["text"].update(div="<!DOCTYPE div><div/>"), "declaration"),
    "general practitioner": (
        lambda b: order(b)["code"]["coding"].append({"system": "http://snomed.info/sct", "code": "183561008"}),
        "general practitioner",
    ),
    "dangling reference": (
        lambda b: plan(b)["goal"].append({"reference": "urn:uuid:5cbc121b-cd71-4428-b8b7-31e53eba8184"}),
        "lead nowhere",
    ),
    "retry would duplicate": (lambda b: b["entry"][0]["request"].pop("ifNoneExist"), "ifNoneExist"),
    "same temporary id twice": (lambda b: b["entry"][1].update(fullUrl=b["entry"][0]["fullUrl"]), "bdl-7"),
    "no request": (lambda b: b["entry"][0].pop("request"), "bdl-3"),
    "not a transaction": (lambda b: b.update(type="batch"), "not a transaction"),
}  # fmt: skip


def test_what_was_built_has_no_faults():
    assert faults(BUILT) == ()
    assert faults(build(signed(active=False), KNOWLEDGE, BASE)) == ()
    assert faults(proposal_bundle(proposal(), KNOWLEDGE)) == ()


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_named(name):
    change, words = FAULTS[name]
    bundle = deepcopy(BUILT)
    change(bundle)
    found = faults(bundle)
    assert any(words in fault for fault in found), found
    with pytest.raises(ReviewError, match="cannot be written"):
        check_bundle(bundle)


def test_a_lower_dose_passes_only_where_the_clinician_has_overridden_it_and_rest_days_never():
    bundle = deepcopy(BUILT)
    program(bundle).update(frequency=1, duration=30)
    plan(bundle)["period"].update(end="2026-06-01")
    assert len(faults(bundle)) == 3
    assert faults(bundle, ["GU5"]) == ()
    repeat(bundle).update(dayOfWeek=["mon", "sun"])
    assert len(faults(bundle, ["GU5"])) == 1


def test_an_override_is_written_with_its_reason():
    lower = replace(proposal(), overrides=(("GU5", "Lives far away"),))
    lower = replace(lower, referral=replace(lower.referral, timing=replace(lower.referral.timing, frequency=1)))
    bundle = build(signed(proposal=lower), KNOWLEDGE, BASE)
    assert any("GU5" in note["text"] and "Lives far away" in note["text"] for note in plan(bundle)["note"])


def test_seven_months_to_the_day_are_enough():
    bundle = deepcopy(BUILT)
    plan(bundle)["period"] = {"start": "2026-07-31", "end": "2027-02-28"}
    assert faults(bundle) == ()


CARRIED = FallbackDocument(
    signed(),
    contents(signed()),
    "Encounter/e1",
    "DocumentReference/old",
    ("text",),
    "https://ehr.example/Questionnaire/plan",
)


@pytest.mark.parametrize("kind", MAKERS)
def test_what_carries_a_plan_alone_is_looked_at_too(kind):
    check_resource(carrier(kind, CARRIED))


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        ("DocumentReference", {"status": "active"}, "status is 'active'"),
        ("DocumentReference", {"docStatus": "signed"}, "docStatus is 'signed'"),
        ("DocumentReference", {"relatesTo": [{"code": "succeeds"}]}, "relatesTo.*.code is 'succeeds'"),
        ("DocumentReference", {"category": []}, "category is missing"),
        ("Communication", {"status": "sent"}, "status is 'sent'"),
        ("Communication", {"payload": []}, "payload is missing"),
        ("QuestionnaireResponse", {"status": "final"}, "status is 'final'"),
        ("QuestionnaireResponse", {"questionnaire": None}, "questionnaire is missing"),
    ],
)
def test_what_carries_a_plan_does_not_leave_with_a_fault(monkeypatch, kind, change, words):
    whole = carrier(kind, CARRIED)
    monkeypatch.setattr(carriers, "validate_model", lambda made: {k: v for k, v in {**whole, **change}.items() if v})
    with pytest.raises(ReviewError, match=re.escape(words)):
        carrier(kind, CARRIED)
