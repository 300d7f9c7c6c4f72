"""The receipt: one row per artifact, in a clinician's order, made of the signed plan and its items alone."""

import json
from dataclasses import replace

import pytest

from smartapp.ehr.deliver.items import LANDED, OutboxItem, WriteStatus, is_complete
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.receipt import METHOD_WORDS, STATUS_WORDS, merge_goals, receipt_json, receipt_of, receipt_text
from tests.ehr.deliver.samples import signed


def item(kind="CarePlan", identifier="p", **changes):
    return OutboxItem(0, kind, f"{kind} {identifier}", identifier, WriteMethod.CREATE, {}, **changes)


PLAN = item(status=WriteStatus.WRITTEN, reference="CarePlan/1", version="3")


def test_every_status_and_method_has_its_words():
    assert set(STATUS_WORDS) == set(WriteStatus) and set(METHOD_WORDS) == set(WriteMethod)


def test_rows_stand_as_a_clinician_asks():
    kinds = ("Provenance", "Goal", "ServiceRequest", "Task", "CarePlan")
    rows = receipt_of(signed(), map(item, kinds)).rows
    assert [row.kind for row in rows] == ["CarePlan", "ServiceRequest", "Task", "Goal", "Provenance"]


def test_a_refused_note_is_no_row_and_a_refused_task_is():
    note = item("DocumentReference", status=WriteStatus.DROPPED, is_document=True)
    rows = receipt_of(signed(), [note, item("Task", status=WriteStatus.DROPPED, detail="HTTP 403.")]).rows
    assert [(row.kind, row.words, row.detail) for row in rows] == [("Task", "Not taken by the EHR", "HTTP 403.")]


def test_goals_that_went_the_same_way_are_one_row():
    goals = [item("Goal", name, status=WriteStatus.MANUAL) for name in "ab"]
    own = item("Goal", "c", status=WriteStatus.WRITTEN, reference="Goal/7")
    rows = tuple(merge_goals(receipt_of(signed(), [PLAN, *goals, own]).rows))
    assert [(row.kind, row.identifier) for row in rows] == [("CarePlan", "p"), ("2 Goals", "a b"), ("Goal", "c")]
    assert rows[1].title == "Goal a; Goal b"


def test_the_files_say_what_the_page_says():
    by_hand = item("ServiceRequest", "r", status=WriteStatus.MANUAL, why="Not granted.", detail="Put it there by hand.")
    made = receipt_of(signed(), [PLAN, replace(by_hand, method=WriteMethod.COPY)], "Our hospital")
    text = receipt_text(made)
    assert "CarePlan (CarePlan p): In the chart, written by itself: CarePlan/1 version 3\n  Identifier p" in text
    assert "To be done by hand, as a copy\n  Identifier r\n  Not granted. Put it there by hand.\n" in text
    told = json.loads(json.dumps(receipt_json(made)))
    assert (told["plan"], told["ehr"], told["active"]) == ("plan-0001", "Our hospital", True)
    assert told["artifacts"][0] == {
        "kind": "CarePlan", "title": "CarePlan p", "identifier": "p", "method": "create", "status": "written",
        "reference": "CarePlan/1", "version": "3", "detail": "",
    }  # fmt: skip


@pytest.mark.parametrize("status", list(WriteStatus))
def test_a_plan_is_complete_when_all_of_it_is_in_the_chart(status):
    assert is_complete([PLAN, item(status=status)]) is (status in LANDED or status is WriteStatus.DROPPED)
