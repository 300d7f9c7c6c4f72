"""What else limits the patient, in words: for the therapist's order, the letter and the patient."""

from dataclasses import replace
from datetime import date

from smartapp.core.assessment import Constraint, Reason
from smartapp.core.plan import plan
from smartapp.core.plan.limit_words import letter_lines, limit_line, limit_lines, patient_lines, track_line
from smartapp.core.states import Track
from tests.core.assessments import FRACTURE, INTERMEDIATE, knowledge


def limit(number: int, **changes: object) -> Constraint:
    plain = Constraint(f"WP{number}", f"Limit {number}", f"Not {number}", f"Do not {number}.", (), (), Reason("Since."))
    return replace(plain, **changes)


NECK = limit(
    16,
    title="Neck operation",
    text="No load through the arms.",
    removes=("E17", "E25"),
    changes=("Eyes level", "Collar as ordered."),
    question="Until when does the collar stay?",
    until=date(2026, 5, 1),
    reason=Reason("Done on 2026-02-06.", (), (FRACTURE,)),
)
CHAIR = replace(INTERMEDIATE, constraints=(NECK, limit(3)), track=Track.CHAIR)


def test_a_line_says_what_limits_how_the_rest_is_done_until_when_and_what_is_asked() -> None:
    assert limit_line(NECK) == (
        "Neck operation. No load through the arms. Eyes level. Collar as ordered. Holds until 2026-05-01. "
        "Ask: Until when does the collar stay?"
    )
    assert limit_line(limit(3)) == "Limit 3. Not 3."


def test_standing_needs_no_line_of_its_own() -> None:
    assert track_line(INTERMEDIATE) == track_line(replace(INTERMEDIATE, track=Track.STANDING)) == ""
    assert "sitting and lying" in track_line(CHAIR)
    assert "in bed" in track_line(replace(INTERMEDIATE, track=Track.BED))


def test_limits_lead_the_order_and_what_the_patient_is_told() -> None:
    made = plan(replace(INTERMEDIATE, constraints=(limit(3), limit(4))), knowledge())
    assert made.referral is not None
    lines = made.referral.note.splitlines()
    assert lines[1:3] == ["Limit: Limit 3. Not 3.", "Limit: Limit 4. Not 4."]
    assert lines[3].startswith("R1 ")
    assert made.referral.patient_instruction.startswith("Do not 3. Do not 4. ")
    assert limit_lines(CHAIR)[0] == f"Limit: {track_line(CHAIR)}"


def test_the_letter_holds_five_and_says_how_many_more() -> None:
    many = [limit(n) for n in range(1, 8)]
    seven, six, five = (list(letter_lines(replace(INTERMEDIATE, constraints=tuple(many[:n])))) for n in (7, 6, 5))
    assert seven[:5] == five == [f"Limit {n}. Not {n}." for n in range(1, 6)]
    assert seven[5:] == ["And 2 more limits: on the sheet behind this letter."]
    assert six[5:] == ["And 1 more limit: on the sheet behind this letter."]
    assert list(letter_lines(CHAIR)) == [
        track_line(CHAIR), "Neck operation. No load through the arms. Until 2026-05-01.", "Limit 3. Not 3."
    ]  # fmt: skip


def test_the_patient_is_told_three_each_once() -> None:
    same = (limit(1), limit(2, patient_text="Do not 1."), limit(3, patient_text=""), *(limit(n) for n in (4, 5, 6)))
    assert patient_lines(replace(INTERMEDIATE, constraints=same)) == ("Do not 1.", "Do not 4.", "Do not 5.")


def test_an_exercise_that_is_taken_out_names_every_limit_that_does() -> None:
    both = replace(INTERMEDIATE, constraints=(NECK, limit(1, removes=("E17",))))
    assert {id_: [each.id for each in limits] for id_, limits in both.removed.items()} == {
        "E17": ["WP16", "WP1"], "E25": ["WP16"],
    }  # fmt: skip
