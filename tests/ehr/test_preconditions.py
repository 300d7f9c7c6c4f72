"""What guards an update: the version seen, else the date of the last change seen, else nothing."""

import pytest

from smartapp.ehr.client import precondition


def at(last_updated):
    return {"meta": {"lastUpdated": last_updated}}


def test_a_version_is_the_better_guard():
    assert precondition(at("2026-03-01T12:00:00Z"), 'W/"3"') == {"If-Match": 'W/"3"'}


@pytest.mark.parametrize(
    ("last_updated", "header"),
    [
        ("2026-03-01T12:00:00Z", "Sun, 01 Mar 2026 12:00:00 GMT"),
        ("2026-03-01T12:00:00.001Z", "Sun, 01 Mar 2026 12:00:01 GMT"),
        ("2026-03-01T07:00:00-05:00", "Sun, 01 Mar 2026 12:00:00 GMT"),
    ],
)
def test_without_one_the_date_of_the_last_change(last_updated, header):
    assert precondition(at(last_updated)) == {"If-Unmodified-Since": header}


@pytest.mark.parametrize("resource", [{}, {"meta": 3}, at(None), at(7), at("soon"), at("2026-03-01"), {"meta": {}}])
def test_a_record_that_says_neither_is_not_guarded(resource):
    assert precondition(resource) == {}
