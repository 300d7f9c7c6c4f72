"""What the chart says today of a record we wrote, and a record without what points at nothing."""

import pytest

from smartapp.ehr.deliver.find import GONE, drop_references, read_status
from smartapp.errors import EhrForbidden, EhrRejected, EhrUnavailable, SessionEnded


def answered(status, kind=EhrRejected):
    error = kind("no")
    error.http_status = status
    return error


class Ehr:
    def __init__(self, answer):
        self.answer = answer

    def read(self, resource_type, resource_id):
        assert (resource_type, resource_id) == ("CarePlan", "1")
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(("answer", "status"), [
    ({"status": "active"}, "active"), ({"status": "entered-in-error"}, "entered-in-error"),
    ({"status": None}, None), ({"status": ["active"]}, None), ({}, None),
    (answered(404), GONE), (answered(410), GONE), (answered(400), None), (answered(403, EhrForbidden), None),
    (answered(503, EhrUnavailable), None), (SessionEnded("over"), None),
])  # fmt: skip
def test_the_status_a_record_has_now(answer, status):
    """Only an EHR that says there is none makes a record gone; whatever else it answers is not known."""
    assert read_status(Ehr(answer), "CarePlan/1") == status


def test_a_record_without_what_points_at_nothing():
    gone, there = {"reference": "CarePlan/1"}, {"reference": "CarePlan/2"}
    task = {"status": "requested", "basedOn": [gone, there], "focus": gone, "for": {"reference": "Patient/1"},
            "input": [{"type": {"text": "plan"}, "valueReference": gone}], "note": [{"text": "x"}]}  # fmt: skip
    assert drop_references(task, {"CarePlan/1"}) == {
        "status": "requested", "basedOn": [there], "for": {"reference": "Patient/1"}, "note": [{"text": "x"}],
    }  # fmt: skip
    assert drop_references(task, ()) == task
