"""The status of an outbox item: a table without a gap, drawn in the documents, and kept without loss."""

import json

import pytest

from smartapp.ehr.deliver.items import FOLLOWS, LANDED, OPEN, STUCK, OutboxItem, WriteStatus, fall_back, transition
from smartapp.ehr.deliver.methods import WriteMethod
from tests.ehr.deliver.states import PAGE, page

ENDED = [WriteStatus.WRITTEN, WriteStatus.FOUND, WriteStatus.CONFIRMED, WriteStatus.DROPPED]


def item(status=WriteStatus.WAITING, **changes):
    return OutboxItem(0, "CarePlan", "Plan", "p", WriteMethod.CREATE, {}, status=status, **changes)


def test_the_page_in_the_documents_is_that_of_the_table():
    """Stale? ``python -m tests.ehr.deliver.states`` writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_status_has_its_row_and_belongs_to_somebody():
    assert set(FOLLOWS) == set(WriteStatus)
    groups = [LANDED, OPEN, STUCK, {WriteStatus.MANUAL}, {WriteStatus.DROPPED}]
    assert sorted(status for group in groups for status in group) == sorted(WriteStatus)


def test_every_status_is_reached_and_leads_to_an_end():
    reached, ends = {WriteStatus.WAITING}, {status for status, then in FOLLOWS.items() if not then}
    for _ in WriteStatus:
        reached |= {then for status in reached for then in FOLLOWS[status]}
        ends |= {status for status, then in FOLLOWS.items() if then & ends}
    assert reached == ends == set(WriteStatus)
    assert {status for status, then in FOLLOWS.items() if not then} == set(ENDED)


@pytest.mark.parametrize("before", list(WriteStatus))
@pytest.mark.parametrize("then", list(WriteStatus))
def test_nothing_moves_but_by_the_table(before, then):
    if then is before or then in FOLLOWS[before]:
        assert transition(item(before), then).status is then
    else:
        with pytest.raises(ValueError, match="cannot become"):
            transition(item(before), then)


def test_what_falls_back_takes_its_next_method_or_is_given_up():
    lower = fall_back(item(fallbacks=(WriteMethod.NOTE, WriteMethod.COPY), attempts=2), "Refused.")
    assert (lower.method, lower.fallbacks, lower.attempts, lower.why) == (
        WriteMethod.NOTE, (WriteMethod.COPY,), 0, "Refused.",
    )  # fmt: skip
    assert fall_back(item(WriteStatus.SENDING), "Refused.").status is WriteStatus.DROPPED


def test_an_item_comes_back_from_the_store_as_it_went():
    kept = OutboxItem(
        3, "CarePlan", "Plan", "p", WriteMethod.NOTE, {"a": 1}, (WriteMethod.COPY,), lookup={"patient": "p1"}, why="w"
    )
    assert OutboxItem.from_row(json.loads(json.dumps(kept.to_row()))) == kept
