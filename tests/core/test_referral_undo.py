"""What can be taken back: a move of mine, within its minute, that nobody followed and that ends nothing."""

import pytest

from smartapp.core.referral import STAGES, Entry, Queue, Stage
from smartapp.core.referral_moves import MOVES, Action
from smartapp.core.referral_undo import SECONDS, UNDOABLE, MadeMove, check_undo, seconds_left, undo_words
from smartapp.errors import ReviewError
from tests.core.test_referral import at

MADE = MadeMove(Action.ACCEPT, "Practitioner/brandt", 1000.0, "3", "Accepted.")
LINE = Entry("2026-03-02T09:00:00Z", "Rosa Brandt", "Accepted.")
NOW = at(Stage.TO_BOOK, version="3", history=(LINE,))


def test_what_ends_a_referral_or_was_said_to_somebody_stays_and_all_else_can_be_undone():
    ends = {m.action for m in MOVES for to in (m.to, m.else_to) if to and STAGES[to].queue is Queue.CLOSED}
    assert set(Action) - ends - {Action.CONTACT, Action.ANSWER} == UNDOABLE
    assert ends == {Action.COMPLETE, Action.DECLINE, Action.CANCEL}


def test_a_move_of_mine_within_its_minute():
    check_undo(MADE, NOW, MADE.by, 1000.0 + SECONDS - 1)
    assert seconds_left(MADE, NOW, MADE.by, 1000.0) == SECONDS and undo_words("Accepted.") == "Undone: Accepted."
    assert seconds_left(MADE, NOW, MADE.by, 1000.0 + SECONDS - 1) == 1


@pytest.mark.parametrize(
    ("made", "found", "by", "now", "words"),
    [
        (None, NOW, MADE.by, 1000.0, "too late"),
        (MADE, NOW, MADE.by, 1000.0 + SECONDS, "too late"),
        (MADE, NOW, "Practitioner/marsh", 1001.0, "Only who made a move"),
        (MADE._replace(action=Action.COMPLETE), NOW, MADE.by, 1001.0, "cannot be undone"),
        (MADE, at(Stage.TO_BOOK, version="4", history=(LINE,)), MADE.by, 1001.0, "Somebody has gone on"),
        (MADE, at(Stage.TO_BOOK, version="3", history=()), MADE.by, 1001.0, "Somebody has gone on"),
    ],
)
def test_everything_else_stays_and_says_why(made, found, by, now, words):
    with pytest.raises(ReviewError, match=words):
        check_undo(made, found, by, now)
    assert seconds_left(made, found, by, now) == 0
