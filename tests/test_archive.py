"""What was signed comes back from the store exactly as it went in, whatever version kept it; or it is refused whole."""

import json
import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from smartapp.archive import VERSION, Record, facts_beside, kept_json, record_of, to_json
from smartapp.core.proposal import Choice, Decision, Role, SignedPlan, Signer, Timing
from smartapp.ehr.deliver.methods import PlannedWrite, WriteMethod
from smartapp.ehr.deliver.plan import WritePlan
from smartapp.errors import KeptElsewhere
from smartapp.fhir.build import build
from smartapp.fhir.systems import EXAMPLE
from smartapp.knowledge import load
from tests.ehr.deliver.samples import BASE
from tests.web import sample

SAMPLES = Path(__file__).parent / "store" / "samples"
FORMS = [f"record-{version}.json" for version in range(VERSION + 1)]
SIGNED = SignedPlan(
    proposal=sample.proposal(),
    decisions=(Decision("E13", Choice.DROP, reason="pain"),),
    signer=Signer("Practitioner/1", "Ann Reed", Role.SIGNER, "https://ehr.example|7"),
    signed_at=datetime(2026, 3, 1, 12, 30, 15, 123456, UTC),
    active=True,
    plan_id="abc",
    left_open=("Healing is not on record.",),
)
WRITE_PLAN = WritePlan(
    (PlannedWrite("CarePlan", WriteMethod.CREATE, "why", (WriteMethod.NOTE, WriteMethod.COPY), ""),),
    {"note": "DocumentReference"}, ("CarePlan",), ("CarePlan",),
)  # fmt: skip
FACTS = replace(SIGNED.proposal.assessment.chart, partial=("Observations",))
RECORD = Record(SIGNED, WRITE_PLAN, "sandbox", "old-plan", "The patient asked for it.", FACTS)


# Before version 3 the referral was for the program of the whole year: no visits, no ramp, no priority of therapy.
A_YEAR = Timing(2, 3, minutes=60, days=("mon", "wed", "fri"))


# Before version 5 no plan continued another: its minutes grow from its own first day.
def before_5(signed):
    return replace(signed, proposal=replace(signed.proposal, continues=None))


def before_3(signed):
    assert signed.proposal.referral
    referral = replace(
        signed.proposal.referral, timing=A_YEAR, end=date(2027, 3, 1), priority="routine", quantity=0
    )  # fmt: skip
    proposal = replace(
        signed.proposal, referral=referral, program=A_YEAR, ramp=None, visits=None, priority=None
    )  # fmt: skip
    return replace(signed, proposal=proposal, left_open=())


def through_json(value):
    return json.loads(json.dumps(value))


def shape(kind, known):
    """Every field of every type a record is made of, with its type, as lines; where a type is defined says nothing."""
    if is_dataclass(kind) and kind not in known:
        lines = [f"{kind.__name__}.{field.name}: {field.type}" for field in fields(kind)]
        known[kind] = [re.sub(r"smartapp\.(?:\w+\.)*", "", line) for line in lines]
        for hint in get_type_hints(kind).values():
            shape(hint, known)
    for argument in get_args(kind):
        shape(argument, known)
    return known


def test_there_and_back():
    assert record_of(through_json(kept_json(RECORD))) == RECORD


def test_a_record_of_the_form_before_versions_is_read():
    record = record_of(json.loads((SAMPLES / "record-0.json").read_text(encoding="utf-8")))
    assert record.signed == before_3(before_5(SIGNED))
    assert (
        record.write_plan.systems == EXAMPLE and record.write_plan.planned and (record.ehr, record.reason) == ("", "")
    )


@pytest.mark.parametrize("form", FORMS[1:])
def test_a_record_of_every_version_since_is_read(form):
    then = {5: SIGNED, 4: before_5(SIGNED), 3: before_5(SIGNED)}.get(FORMS.index(form)) or before_3(before_5(SIGNED))
    expected = replace(RECORD, signed=then, facts=RECORD.facts if FORMS.index(form) >= 4 else None)
    assert record_of(json.loads((SAMPLES / form).read_text(encoding="utf-8"))) == expected


def test_who_changes_a_type_of_the_line_raises_the_version():
    """A changed type: raise VERSION, say in RAISED what a record of the version before becomes, keep new samples."""
    lines = [line for part in shape(Record, {}).values() for line in part]
    assert lines == (SAMPLES / f"record-{VERSION}.shape").read_text(encoding="utf-8").splitlines()


def renamed(value):
    value["signed"]["proposal"]["activities"][0]["do_not_do"] = value["signed"]["proposal"]["activities"][0].pop(
        "do_not_perform"
    )


def lacking(value):
    del value["signed"]["proposal"]["activities"][0]["do_not_perform"]


def unknown(value):
    value["signed"]["proposal"]["assessment"]["chart"]["patient"]["shoe_size"] = 44


def another_word(value):
    value["signed"]["proposal"]["assessment"]["disposition"] = "prescribe-anything"


def another_type(value):
    value["signed"]["active"] = "yes"


def no_field_at_all(value):
    del (value.get("write_plan") or value["writing"])["conditional"]


def later(value):
    value["version"] = VERSION + 1


def no_version_at_all(value):
    value["version"] = "one"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "spoilt", [renamed, lacking, unknown, another_word, another_type, no_field_at_all, later, no_version_at_all]
)
def test_what_is_not_understood_to_the_last_field_is_refused_whole(spoilt, form):
    value = json.loads((SAMPLES / form).read_text(encoding="utf-8"))
    spoilt(value)
    with pytest.raises(KeptElsewhere, match="not readable here"):
        record_of(value)


def test_the_chart_as_read_is_kept_beside_a_plan_that_holds_more_than_was_read():
    chart = SIGNED.proposal.assessment.chart
    assert facts_beside(SIGNED, chart) is None and replace(RECORD, facts=None).as_read is chart
    assert facts_beside(SIGNED, FACTS) == FACTS == RECORD.as_read


@pytest.mark.parametrize("value", [{}, {"version": 0, "signed": []}, {"signed": {"signed_at": 3}}])
def test_what_is_no_record_is_refused(value):
    with pytest.raises(KeptElsewhere):
        record_of(value)


def test_only_types_of_the_line_are_kept():
    with pytest.raises(TypeError):
        to_json(object())


@pytest.mark.parametrize("form", FORMS)
def test_what_an_earlier_version_signed_can_still_be_delivered(form):
    signed = record_of(json.loads((SAMPLES / form).read_text(encoding="utf-8"))).signed
    orders = [
        e["resource"] for e in build(signed, load(), BASE)["entry"] if e["resource"]["resourceType"] == "ServiceRequest"
    ]
    assert [order["intent"] for order in orders] == ["order"]
