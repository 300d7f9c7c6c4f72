"""What the chart has under an order of ours: sessions, reports, notes, and a line for what is not known (PG7, FU7)."""

import base64
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from smartapp.core.session_log import ItemDone, TherapySession
from smartapp.core.therapy import Therapy
from smartapp.fhir.read.therapist_forms import SESSION_FORM
from smartapp.fhir.read.therapy import read_referral, read_therapy
from smartapp.fhir.systems import EXAMPLE
from smartapp.knowledge import load
from tests.fhir.read.records import LOINC, PATIENT
from tests.fhir.read.records import SUBJECT as REFERENCE

K = load()
EXAMPLES = Path(__file__).parents[3] / "fhir_profiles" / "input" / "examples"
SUBJECT = {"subject": REFERENCE}
ORDER = SUBJECT | {
    "resourceType": "ServiceRequest", "id": "order", "status": "revoked",
    "identifier": [{"system": EXAMPLE.plan, "value": "abc.referral"}],
}  # fmt: skip
UNDER = SUBJECT | {"basedOn": [{"reference": "https://ehr.example/fhir/ServiceRequest/order"}]}
DAY = date(2026, 3, 5)


def therapy(*records: dict) -> Therapy:
    return read_therapy([PATIENT, ORDER, *records], K, None, EXAMPLE)


def session(**said) -> dict:
    return UNDER | {
        "resourceType": "Procedure", "id": "s", "status": "completed", "performedDateTime": "2026-03-05",
        "code": {"text": "Therapeutic exercise"},
    } | said  # fmt: skip


def pain(words: str, value: int, **said) -> dict:
    return UNDER | {
        "resourceType": "Observation", "id": f"p{value}", "status": "final", "method": {"text": words},
        "code": {"coding": [{"system": LOINC, "code": "72514-3"}]}, "effectiveDateTime": "2026-03-05",
        "valueInteger": value,
    } | said  # fmt: skip


def log(form: str = SESSION_FORM, status: str = "completed", authored: str = "2026-03-06", **answers) -> dict:
    items = [{"linkId": link.replace("_", "-"), "answer": [answer]} for link, answer in answers.items()]
    return UNDER | {"resourceType": "QuestionnaireResponse", "id": "q", "status": status, "questionnaire": form,
                    "authored": authored, "item": items}  # fmt: skip


def note(**said) -> dict:
    return SUBJECT | {
        "resourceType": "DocumentReference", "id": "n", "status": "current", "date": "2026-03-06T10:00:00Z",
        "type": {"coding": [{"system": LOINC, "code": "34824-3"}], "text": "PT evaluation"},
    } | said  # fmt: skip


def reasons(found: Therapy) -> list[str]:
    return [f"{line.where}: {line.reason}" for line in found.unread]


# ------------------------------------------------------------------ sessions


def test_the_records_of_our_own_profiles_are_one_session():
    files = (*EXAMPLES.glob("*bergstrom-session*"), *EXAMPLES.glob("ServiceRequest-bergstrom*"))
    records = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    found = read_therapy([{"resourceType": "Patient", "id": "bergstrom"}, *records], K, None, EXAMPLE)
    (one,) = found.sessions
    assert (one.on, one.minutes, one.pain_worst, one.pain_later, one.outcome) == (DAY, 15, 4, 3, "yellow")
    assert one.logged and one.setting == "supervised" and not found.unread
    assert (one.pain_before, one.effort, one.cues) == (3, 3, 1)
    assert [(i.id, i.sets, i.reps, i.effort) for i in one.items] == [("E02", 1, 8, 3), ("E03", 2, 8, 3)]


def test_a_procedure_under_the_order_is_a_session_of_its_day():
    (one,) = therapy(session(outcome={"text": "Green"})).sessions
    assert (one.on, one.outcome, one.minutes, one.source.display) == (DAY, "green", None, "Therapeutic exercise")
    assert not therapy(session(basedOn=[{"reference": "ServiceRequest/another"}])).sessions
    (missed,) = therapy(session(status="not-done", statusReason={"text": "was ill"})).sessions
    assert missed.missed == "was ill" and therapy(missed_without_a_reason := session(status="not-done")).sessions
    assert therapy(missed_without_a_reason).sessions[0].missed == "not done"


@pytest.mark.parametrize("status", ["preparation", "in-progress", "entered-in-error"])
def test_what_is_still_to_come_or_void_is_no_session(status):
    assert therapy(session(status=status)) == Therapy()


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-05T10:00:00-05:00", "2026-03-05T10:45:00-05:00", 45),
        ("2026-03-05T10:00:00", "2026-03-05T10:45:00-05:00", None),  # one zone is not said
        ("2026-03-05", "2026-03-05", None),
        ("2026-03-05T10:00:00Z", "2026-03-05T18:45:00Z", None),
        ("yesterday", "2026-03-05T10:45:00Z", None),
    ],
)
def test_minutes_are_those_from_begin_to_end(start, end, minutes):
    dated = session(performedPeriod={"start": start, "end": end})
    dated.pop("performedDateTime")
    (one,) = therapy(dated).sessions
    assert one.minutes == minutes


def test_pain_belongs_to_its_session_or_to_its_day():
    part = {"partOf": [{"reference": "Procedure/s"}], "basedOn": []}
    (one,) = therapy(
        session(), pain("worst", 5, **part), pain("24 h", 4, effectiveDateTime="2026-03-06", **part)
    ).sessions
    assert (one.pain_worst, one.pain_later) == (5, 4)
    (same_day,) = therapy(session(), pain("worst", 5), pain("before", 2)).sessions
    assert same_day.pain_worst == 5 and same_day.pain_later is None
    (alone,) = therapy(pain("worst", 5)).sessions
    assert alone == TherapySession(DAY, alone.source, pain_worst=Decimal(5))
    assert therapy(pain("worst", 5, basedOn=[])) == Therapy(), "of no session of ours"
    parts = [
        {"code": {"text": text}, "valueQuantity": {"value": value}} for text, value in (("worst", 6), ("24 hours", 2))
    ]
    (one,) = therapy(pain("", 0, method={}, component=parts)).sessions
    assert (one.pain_worst, one.pain_later) == (6, 2)
    assert not therapy(pain("worst", 12)).sessions


def test_a_log_and_a_record_of_the_same_day_are_one_session_and_two_records_two():
    (one,) = therapy(log(pain_worst={"valueInteger": 4}), session(id="s", performedDateTime="2026-03-06")).sessions
    assert one.logged and one.pain_worst == 4
    assert len(therapy(session(), session(id="t")).sessions) == 2
    assert len(therapy(log(date={"valueDate": "2026-03-05"}), session(status="not-done")).sessions) == 2


# ------------------------------------------------------------------ our forms


def test_a_log_tells_of_a_session():
    told = log(
        date={"valueDate": "2026-03-05"}, setting={"valueString": "home"}, minutes={"valueInteger": 20},
        pain_24h={"valueDecimal": 3}, fall={"valueBoolean": True}, symptoms={"valueString": "left leg numb"},
    )  # fmt: skip
    (one,) = therapy(told).sessions
    assert (one.on, one.setting, one.minutes, one.pain_later, one.fall) == (DAY, "home", 20, 3, True)
    assert one.symptoms == "left leg numb"
    (missed,) = therapy(log(missed_reason={"valueString": "ill"})).sessions
    assert (missed.on, missed.missed) == (date(2026, 3, 6), "ill"), "the day it was written, where no other is told"
    assert therapy({**told, "basedOn": []}).sessions, "known by its form"


def exercise(**answers) -> dict:
    items = [{"linkId": link.replace("_", "-"), "answer": [answer]} for link, answer in answers.items()]
    return {"linkId": "items", "item": items}


def with_exercises(*groups: dict) -> dict:
    made = log(date={"valueDate": "2026-03-05"})
    return made | {"item": [*made["item"], *groups]}


def test_a_log_tells_each_exercise_with_its_load_and_effort():
    heavy = exercise(
        id={"valueString": "e31"}, sets={"valueInteger": 3}, reps={"valueInteger": 10}, hold_s={"valueInteger": 2},
        load_kg={"valueDecimal": 7.5}, band={"valueString": "blue"}, rpe={"valueInteger": 6},
    )  # fmt: skip
    named = exercise(id={"valueString": "chair stand with arm help, high seat"})
    (one,) = therapy(with_exercises(heavy, named, exercise(id={"valueString": "X08"}))).sessions
    assert one.items == (
        ItemDone("E31", Decimal(3), Decimal(10), Decimal(2), Decimal("7.5"), "blue", Decimal(6)),
        ItemDone("E09"),
        ItemDone("X08"),
    )


@pytest.mark.parametrize(
    ("group", "why", "kept"),
    [
        (exercise(id={"valueString": "Dancing"}), "exercise “Dancing”: not known", 0),
        (exercise(reps={"valueInteger": 8}), "exercise “without a name”: not known", 0),
        (exercise(id={"valueString": "E09"}, rpe={"valueInteger": 11}), "“rpe” of E09: no number that can be", 1),
        (exercise(id={"valueString": "E09"}, load_kg={"valueDecimal": -1}), "“load-kg” of E09: no number", 1),
        (exercise(id={"valueString": "E09"}, sets={"valueString": "two"}), "“sets” of E09: no number that can be", 1),
    ],
)
def test_an_exercise_that_is_not_understood_is_a_line_and_the_session_stays(group, why, kept):
    found = therapy(with_exercises(group))
    (line,) = reasons(found)
    assert line.startswith(f"QuestionnaireResponse/q: {why}") and len(found.sessions[0].items) == kept


def test_a_report_of_progress_in_the_chart_is_a_report():
    form = "https://loadpath.example/fhir/Questionnaire/progress-report|1.0"
    told = log(
        form, date={"valueDate": "2026-03-05"}, sessions={"valueInteger": 8}, tug={"valueDecimal": 11.80},
        fall={"valueBoolean": False}, recommends={"valueString": "intermediate"}, words={"valueString": "Does well."},
    )  # fmt: skip
    (one,) = therapy(told).reports
    assert (one.on, one.sent, one.source.reference) == (DAY, date(2026, 3, 6), "QuestionnaireResponse/q")
    assert one.report.values == (("sessions", "8"), ("tug", "11.8")) and one.report.fall == "no"
    assert (one.report.recommends, one.report.text) == ("intermediate", "Does well.")


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (log(status="in-progress"), "QuestionnaireResponse/q: status “in-progress”: not used"),
        (
            log("https://other.example/form"),
            "QuestionnaireResponse/q: answers to another form than ours: not understood",
        ),
        (log(authored="2026-03"), "QuestionnaireResponse/q: a session or report: no day is given"),
        (
            log(pain_worst={"valueInteger": 14}),
            "QuestionnaireResponse/q: “pain-worst”: no number that can be: not used",
        ),
        (log(minutes={"valueString": "many"}), "QuestionnaireResponse/q: “minutes”: no number that can be: not used"),
        (log() | {"item": "many"}, "QuestionnaireResponse/q: “item” should be a list and is text"),
        (session(performedDateTime="2026-03"), "Procedure/s: “Therapeutic exercise”: no day is given"),
        (pain("worst", 5, effectiveDateTime="2026"), "Observation/p5: pain or effort of a session: no day is given"),
        (
            pain("", 5, code={"text": "Dial of the press"}),
            "Observation/p5: “Dial of the press”: not understood",
        ),
    ],
)
def test_what_is_not_understood_is_a_line(record, why):
    (line,) = reasons(therapy(record))
    assert line.startswith(why)


def test_effort_is_one_of_its_session():
    effort = pain("", 4, code={"coding": [{"system": LOINC, "code": "82289-0"}]})
    (one,) = therapy(session(), effort, pain("before", 2)).sessions
    assert (one.effort, one.pain_before) == (4, 2)
    assert not therapy(effort | {"valueInteger": 12}).sessions


def test_what_another_reader_knows_is_no_line():
    walked = pain("", 12, code={"coding": [{"system": LOINC, "code": "89423-8"}]})
    assert therapy(walked) == Therapy()
    assert therapy(log("https://other.example/form") | {"basedOn": []}) == Therapy(), "a form of somebody else"


# ------------------------------------------------------------------ notes


def test_a_note_is_shown_in_its_own_words_and_says_where_its_file_was_not_read():
    text = base64.b64encode(b"Seen today. TUG 12 s.").decode()
    inline = [{"attachment": {"contentType": "text/plain", "data": text, "title": "Evaluation"}}]
    (one,) = therapy(note(content=inline)).documents
    assert (one.title, one.on, one.text) == ("Evaluation", date(2026, 3, 6), "Seen today. TUG 12 s.")
    elsewhere = [{"attachment": {"contentType": "application/pdf", "url": "Binary/1"}}]
    (one,) = therapy(note(content=elsewhere, context={"period": {"start": "2026-03-05"}})).documents
    assert (one.title, one.on, one.text) == ("PT evaluation", DAY, "")


@pytest.mark.parametrize(
    ("code", "is_one"),
    [
        *((code, True) for code in ("34824-3", "11508-9", "18735-1", "28579-1", "68590-9", "84321-9", "84330-0")),
        ("100519-8", True),
        *((code, False) for code in ("11507-1", "11509-7", "34126-3", "57154-7", "18842-5")),
    ],  # of occupational therapy, podiatry, intensive care; a referral; somebody's discharge summary
)
def test_a_note_is_known_by_the_code_of_its_type_however_its_system_is_spelled(code, is_one):
    for system in (LOINC, "urn:oid:2.16.840.1.113883.6.1"):
        assert bool(therapy(note(type={"coding": [{"system": system, "code": code}]})).documents) is is_one


def report(**said) -> dict:
    return SUBJECT | {
        "resourceType": "DiagnosticReport", "id": "d", "status": "final", "effectiveDateTime": "2026-03-05",
        "code": {"coding": [{"system": LOINC, "code": "11508-9"}]}, "conclusion": "Walks with one stick.",
    } | said  # fmt: skip


def test_a_report_by_the_code_of_a_note_is_one():
    (one,) = therapy(report()).documents
    assert (one.title, one.on, one.text) == (
        "Physical therapy progress note (11508-9)",
        DAY,
        "Walks with one stick.",
    )
    form = [{"contentType": "text/plain", "data": base64.b64encode(b"TUG 12 s.").decode(), "title": "Re-evaluation"}]
    later = report(conclusion="", presentedForm=form, effectiveDateTime=None, issued="2026-03-06T10:00:00Z")
    (one,) = therapy(later).documents
    assert (one.title, one.on, one.text) == ("Re-evaluation", date(2026, 3, 6), "TUG 12 s.")
    elsewhere = report(conclusion="", presentedForm=[{"contentType": "application/pdf", "url": "Binary/1"}])
    assert therapy(elsewhere).documents[0].text == ""
    assert not therapy(report(code={"text": "X-ray"})).documents


def test_a_report_that_is_not_final_or_not_of_a_therapist_is_a_line_where_it_names_the_order():
    assert reasons(therapy(report(status="preliminary"))) == [
        "DiagnosticReport/d: “Physical therapy progress note (11508-9)”: status “preliminary”: not used"
    ]
    assert reasons(therapy(UNDER | report(code={"text": "Gait laboratory"}))) == [
        "DiagnosticReport/d: “Gait laboratory”: no note of physical therapy by its code"
    ]
    assert therapy(report(code={"text": "Gait laboratory"})) == Therapy()


def test_notes_of_others_void_ones_and_our_own_are_none():
    assert not therapy(note(status="superseded")).documents
    assert not therapy(note(type={"coding": [{"system": LOINC, "code": "11506-3"}]})).documents
    assert not therapy(note(identifier=[{"system": EXAMPLE.plan, "value": "abc"}])).documents
    assert not therapy(note(subject={"reference": "Patient/another"})).documents
    of_a_link = note(identifier=[{"system": f"{EXAMPLE.base}/therapist-report", "value": "abc"}])
    assert [each.told for each in therapy(of_a_link, note(id="m")).documents] == [True, False]


# ------------------------------------------------------------------ the referral


def test_of_several_referrals_the_one_of_the_plan_or_the_newest_that_counts():
    def task(id_: str, on: str, **said) -> dict:
        plan = [{"system": EXAMPLE.plan, "value": f"{id_}.task"}]
        return {"resourceType": "Task", "id": id_, "status": "requested", "identifier": plan, "authoredOn": on,
                "for": REFERENCE} | said  # fmt: skip

    ended = task(
        "c",
        "2026-03-03",
        status="cancelled",
        statusReason={"text": "A newer plan has replaced the order this task asks for."},
    )
    both = {
        "resourceType": "Bundle",
        "entry": [{"resource": task("a", "2026-03-01")}, {"resource": task("b", "2026-03-02")}],
    }
    assert read_referral([both, ended], "Patient/p", EXAMPLE).id == "b"
    assert read_referral([both, ended], "Patient/p", EXAMPLE, "a").id == "a"
    assert read_referral([both, ended], "Patient/p", EXAMPLE, "d") is None
    assert read_referral([task("a", "2026-03-01", **{"for": {"reference": "Patient/q"}})], "Patient/p", EXAMPLE) is None
    assert read_referral([task("a", "2026-03-01", status=[1])], "Patient/p", EXAMPLE) is None
