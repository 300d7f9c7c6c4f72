"""Answers to our forms -> a session of its log, or a report of progress (rule book 2b, PG7).

The forms are ``session-log`` and ``progress-report`` of fhir_profiles. What cannot be is a line, and the rest is read.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from smartapp.core.chart import Source, Unreadable
from smartapp.core.quotes import quoted
from smartapp.core.session_log import ItemDone, TherapySession
from smartapp.core.therapist import FALL, LOGGED, RECOMMENDS, SHORT, SYMPTOMS, Report, ReportKind
from smartapp.core.therapy import PAIN_LATER, ToldReport
from smartapp.fhir.build.codings import CANONICAL
from smartapp.fhir.build.therapist_report import FORM, WORDS
from smartapp.fhir.json import Resource, get_bool, get_list, get_number, get_object, get_str
from smartapp.fhir.read.context import where
from smartapp.fhir.read.dates import day_told, parse_date
from smartapp.fhir.text import clean

SESSION_FORM = f"{CANONICAL}/Questionnaire/session-log"
FORMS = frozenset({SESSION_FORM, FORM})
_NUMBERS = {
    "minutes": "minutes", "pain-before": "pain_before", "pain-worst": "pain_worst", PAIN_LATER: "pain_later",
    "rpe-max": "effort", "cues": "cues",
}  # fmt: skip
_ITEM_NUMBERS = {"sets": "sets", "reps": "reps", "hold-s": "hold_seconds", "load-kg": "load_kg", "rpe": "effort"}
_TEN = Decimal(10)


def form_answers(
    resource: Resource, form: str, tests: frozenset[str], exercises: Mapping[str, str]
) -> Iterator[TherapySession | ToldReport | Unreadable]:
    """A session of the log, or a report; a line for each number that cannot be. ``tests``: rows of the knowledge;
    ``exercises``: ids by id and by title, in small letters."""
    said = {get_str(item, "linkId"): next(iter(get_list(item, "answer")), {}) for item in get_list(resource, "item")}
    sent = day_told(parse_date(resource.get("authored")))
    on = day_told(parse_date(get_object(said, "date").get("valueDate"))) or sent
    if on is None:
        yield Unreadable(where(resource), "a session or report: no day is given")
        return
    numbers: dict[str, Decimal] = {}
    for link in sorted({*said} & {*_NUMBERS, *(each.id for each in LOGGED), *tests}):
        number = _number(said[link], link)
        if number is None:
            yield Unreadable(where(resource), f"{quoted(link)}: no number that can be: not used")
        else:
            numbers[link] = number
    fall, symptoms = get_bool(get_object(said, FALL), "valueBoolean"), _words(said, SYMPTOMS)
    source = Source(where(resource), "Log of a session" if form == SESSION_FORM else "Report of the therapist", str(on))
    if form == SESSION_FORM:
        measured = {name: numbers[link] for link, name in _NUMBERS.items() if link in numbers}
        items = [*_items(resource, exercises)]
        yield from (each for each in items if isinstance(each, Unreadable))
        yield TherapySession(
            on, source, setting=_words(said, "setting"), fall=fall is True, symptoms=symptoms,
            missed=_words(said, "missed-reason"), logged=True, **measured,  # type: ignore[arg-type]
            items=tuple(each for each in items if isinstance(each, ItemDone)),
        )  # fmt: skip
        return
    told = "" if fall is None else "yes" if fall else "no"
    values = tuple((link, f"{number.normalize():f}") for link, number in numbers.items())
    words, phase = _words(said, WORDS), _words(said, RECOMMENDS)
    report = Report(
        ReportKind.PROGRESS, on, text=words, values=values, fall=told, symptoms=symptoms, recommends=phase,
    )  # fmt: skip
    yield ToldReport(report, sent or on, source=source)


def _items(resource: Resource, exercises: Mapping[str, str]) -> Iterator[ItemDone | Unreadable]:
    """The exercises of a log; a line for one nobody knows, and for each number that cannot be."""
    for group in (each for each in get_list(resource, "item") if get_str(each, "linkId") == "items"):
        said = {get_str(item, "linkId"): next(iter(get_list(item, "answer")), {}) for item in get_list(group, "item")}
        called = _words(said, "id")
        if (id_ := exercises.get(called.strip().lower())) is None:
            yield Unreadable(where(resource), f"exercise {quoted(called or 'without a name')}: not known")
            continue
        numbers = {name: _number(said[link], link) for link, name in _ITEM_NUMBERS.items() if link in said}
        for link, name in _ITEM_NUMBERS.items():
            if link in said and numbers[name] is None:
                yield Unreadable(where(resource), f"{quoted(link)} of {id_}: no number that can be: not used")
        yield ItemDone(id_, band=_words(said, "band"), **numbers)


def _number(answer: Resource, link: str) -> Decimal | None:
    """None where it cannot be: below 0, or of pain and effort above 10."""
    values = (answer.get(name) for name in ("valueInteger", "valueDecimal"))
    number = next((number for value in values if (number := get_number(value)) is not None), None)
    most = _TEN if link.startswith(("pain", "rpe")) else number
    return number if number is not None and most is not None and 0 <= number <= most else None


def _words(said: Resource, link: str) -> str:
    answer = get_object(said, link)
    return clean(get_str(answer, "valueString") or get_str(get_object(answer, "valueCoding"), "code"), SHORT)
