"""What a new proposal changes of the plan on record."""

from copy import deepcopy
from dataclasses import replace

import pytest

from smartapp.ehr.write import Difference, build, difference, plan_lines
from smartapp.ehr.write.careplan import described
from tests.ehr.write.samples import BASE, KNOWLEDGE, activities, proposal, signed


@pytest.fixture(params=["ids kept", "ids lost"])
def on_record(request):
    bundle = build(signed(), KNOWLEDGE, BASE)
    plan = deepcopy(next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "CarePlan"))
    if request.param == "ids lost":
        for activity in plan["activity"]:
            activity.pop("id", None)
    return plan


def test_the_same_plan_is_no_difference(on_record):
    found = difference(on_record, proposal())
    assert not found
    assert sorted(found.kept) == sorted(described(activity) for activity in activities())


def test_lines_come_with_our_ids(on_record):
    assert {id_ for id_, _ in plan_lines(on_record)} in ({a.id for a in activities()}, {""})


def test_added_removed_and_changed(on_record):
    first, second, *rest = activities()
    new = replace(first, id="E99", description="A new exercise.")
    harder = replace(second, dose="3x8")
    found = difference(on_record, replace(proposal(), activities=(new, harder, *rest)))
    assert described(new) in found.added
    assert described(first) in found.removed
    kept_ids = any(activity.get("id") for activity in on_record["activity"])
    pair = (described(second), described(harder))
    assert (pair in found.changed) is kept_ids
    assert (pair[1] in found.added) is not kept_ids
    assert len(found.kept) == len(rest)


def test_a_plan_of_another_system_is_all_new():
    assert difference(
        {"resourceType": "CarePlan", "activity": [{"reference": {"reference": "Task/1"}}]}, proposal()
    ) == (Difference(added=tuple(described(activity) for activity in activities())))
