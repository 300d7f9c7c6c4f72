"""The line of what no rule knows: names, order, question, answers, and the list beside it (2a, NS2-NS11, NS22)."""

from datetime import date

import pytest

from smartapp.core.chart import Unreadable
from smartapp.core.concepts import Topic
from smartapp.core.dates import When
from smartapp.core.derive import derive
from smartapp.knowledge import load
from smartapp.render import assessment_json
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
MAN = ("man of 71", "osteopenia", "L3 fracture on 2025-10-28, routine healing")
KNEE = "unknown operation on 2026-02-03, in words Knee operation"


def assessed(*facts, **more):
    made = chart((*MAN, *facts), TODAY)
    return derive(type(made)(**vars(made) | more), TODAY, load())


def alerts(*facts, **more):
    return {one.code: one for one in assessed(*facts, **more).alerts}


def why(code, *facts):
    return alerts(*facts)[code].reason.text


def test_what_and_when_is_said_and_never_a_code():
    raised = alerts(KNEE)["unrecognised"]
    assert raised.reason.text == "Not known to these rules: Knee operation (done on 2026-02-03)."
    assert [source.reference for source in raised.reason.sources] == ["Fact/4"]
    assert "unknown code" not in raised.text + raised.action
    assert "limit-none" in raised.lifted_by


def test_all_are_one_line_of_five_names_the_newest_first():
    operations = [f"unknown operation on 2026-02-0{day}, in words Operation {day}" for day in range(1, 8)]
    assert why("unrecognised", *operations) == (
        "Not known to these rules: Operation 7 (done on 2026-02-07); Operation 6 (done on 2026-02-06); "
        "Operation 5 (done on 2026-02-05); Operation 4 (done on 2026-02-04); Operation 3 (done on 2026-02-03); "
        "and 2 more."
    )


def test_what_was_done_several_times_is_named_once():
    said = why(
        "unrecognised",
        "unknown procedure on 2024-02-01, in words Dialysis",
        "unknown procedure on 2025-01-01, in words dialysis",
    )
    assert said == "Also on record: dialysis (done on 2025-01-01)."


def test_recent_and_old_are_one_alert_of_the_higher_severity():
    raised = alerts(KNEE, "unknown procedure on 2020-01-01, in words Light therapy")["unrecognised"]
    assert raised.severity == "review"
    assert "Also on record: Light therapy" in raised.reason.text


def test_without_a_date_it_is_asked_once():
    found = assessed("unknown operation, in words Hand operation", "unknown procedure, in words Light therapy")
    (asked,) = [gap for gap in found.gaps if gap.concept == "unrecognised-date"]
    assert asked.question == "When was this done: Light therapy; Hand operation?"
    answered = assessed("unknown operation, in words Hand operation", "attested limit none on 2026-02-10: Fact/4")
    assert not [gap for gap in answered.gaps if gap.concept == "unrecognised-date"]


def test_a_day_still_to_come_of_what_is_called_done_is_no_day():
    assert why("unrecognised", "unknown operation on 2026-09-09, in words Hand operation").endswith("(no date).")


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (KNEE, "unrecognised"),
        ("aftercare on 2026-02-10", "unrecognised"),
        ("unknown operation on 2026-02-10, under way", "pending-surgery"),
        ("operation ordered for 2026-03-20", "pending-surgery"),
        ("unknown implant, in words Stent", "implant-present"),
        ("implant on 2020-02-02", "implant-present"),
        ("unknown implant in the spine", "hardware-present"),
    ],
)
def test_an_answer_for_the_record_lifts_it(fact, code):
    assert code in alerts(fact)
    assert code not in alerts(fact, "attested limit none on 2026-02-20: Fact/4")
    assert code in alerts(fact, "attested limit none on 2026-02-20: Fact/1")


def test_what_is_under_way_names_its_day_where_it_has_one():
    assert why("pending-surgery", "unknown operation on 2026-02-10, in words Fusion, under way") == (
        "Not completed: Fusion, 2026-02-10."
    )
    assert why("pending-surgery", "unknown operation, in words Fusion, under way") == "Not completed: Fusion."


def test_what_is_known_as_an_implant_and_what_is_not_are_one_line_with_both_records():
    raised = alerts("unknown implant, in words Stent", "implant on 2020-02-02", "unknown implant, in words Clip")
    line = raised["implant-present"]
    assert line.reason.text == "Recorded: implant; Stent; Clip."
    assert [source.reference for source in line.reason.sources] == ["Fact/4", "Fact/5", "Fact/6"]


def test_an_answer_from_before_the_operation_lifts_nothing():
    assert "unrecognised" in alerts(KNEE, "attested limit none on 2026-02-01: Fact/4")


def test_aftercare_asks_which_operation():
    said = why("unrecognised", "surgery implied on 2026-02-10")
    assert said.endswith("(2026-02-10; aftercare is coded, the operation is not on record: which one, and when?).")
    assert "unrecognised" not in alerts("surgery implied on 2026-02-10, resolved")
    assert "unrecognised" in alerts("aftercare")


@pytest.mark.parametrize(
    ("operation", "asks"),
    [
        ("abdominal operation on 2026-02-01", False),
        ("unknown operation on 2026-02-01", False),
        ("abdominal operation operation", False),
        ("unknown procedure on 2026-02-01", True),
        ("unknown operation on 2026-02-01, under way", True),
        ("abdominal operation on 2025-11-01", True),
        ("spinal injection at lumbar on 2026-02-01", True),
    ],
)
def test_aftercare_of_an_operation_on_record_asks_nothing(operation, asks):
    said = alerts("aftercare on 2026-02-10", operation).get("unrecognised")
    assert ("aftercare is coded" in said.reason.text if said else False) is asks


def test_without_a_fracture_nothing_is_asked():
    made = chart(("man of 71", KNEE), TODAY)
    found = derive(made, TODAY, load())
    assert "unrecognised" not in {one.code for one in found.alerts}
    assert [each.what for each in found.not_understood] == ["Knee operation"]


def test_each_record_that_is_not_understood_is_listed_once():
    lines = (
        Unreadable("Fact/4", "“Knee operation”: not understood", topic=Topic.OPERATION, said="Knee operation"),
        Unreadable(
            "Condition/9", "“Fx”: not understood", topic=Topic.FRACTURE, said="Fx", on=When.day(date(2025, 12, 7))
        ),
        Unreadable("Condition/8", "“Pain”: not understood", topic=Topic.PAIN, on=When.day(date(2025, 12, 6))),
        Unreadable("entry[1]", "this is not a FHIR resource"),
    )
    known = ("unknown implant", "operation ordered")
    assert assessment_json(assessed(KNEE, *known, unreadable=lines))["notUnderstood"] == [
        {"reference": "Fact/4", "what": "Knee operation", "date": "2026-02-03", "recent": True},
        {"reference": "Condition/9", "what": "Fx", "date": "2025-12-07", "recent": True},
        {"reference": "Condition/8", "what": "“Pain”: not understood", "date": "2025-12-06", "recent": False},
    ]


def test_the_order_of_the_records_changes_nothing():
    facts = ("aftercare on 2026-02-10", KNEE, "unknown implant", "unknown device in use", "operation ordered")
    made = chart((*MAN, *facts), TODAY)
    turned = type(made)(**vars(made) | {"unrecognised": made.unrecognised[::-1], "diagnoses": made.diagnoses[::-1]})
    assert derive(made, TODAY, load()).alerts == derive(turned, TODAY, load()).alerts


def test_a_known_operation_elsewhere_under_way_is_told():
    assert why("pending-surgery", "knee replacement on 2026-03-20, planned").startswith("Not completed: ")
    assert "pending-surgery" not in alerts("knee replacement on 2026-01-20")
