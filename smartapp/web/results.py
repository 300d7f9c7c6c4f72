"""Results of tests on the review page: what is known, what can be entered, and a form that was sent -> a result.

Neither value nor day is filled in beforehand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartapp.core.outcomes import OutcomeTest
from smartapp.core.program import OutcomeMeasure
from smartapp.core.review.results import ENTERED, EnteredResult, check_result, range_words, with_entered_results
from smartapp.errors import ReviewError
from smartapp.web.review_context import ReviewContext
from smartapp.web.wiring import wiring

CARD = "test-result"  # the part of the page where results are entered
_NUMBER = re.compile(r"\d{1,4}(\.\d{1,2})?")


@dataclass(frozen=True)
class TestChoice:
    """A test of which a result can be entered; ``range``: what may be entered, in words."""

    id: str
    title: str
    range: str


@dataclass(frozen=True)
class KnownResult:
    """The newest result of a test, with where it comes from."""

    title: str
    value: str
    on: str
    meaning: str
    reference: str  # of a record; empty for what was entered
    at_risk: bool


@dataclass(frozen=True)
class EnteredRow:
    id: str
    text: str
    held: bool  # it would end a stop, and does not count


@dataclass(frozen=True)
class TestResults:
    choices: tuple[TestChoice, ...]
    known: tuple[KnownResult, ...]
    entered: tuple[EnteredRow, ...]


def test_results(context: ReviewContext) -> TestResults:
    """What the page shows of tests: nothing is asked for where nothing is prescribed."""
    tests = wiring().knowledge.library.tests
    prescribes = context.assessment.disposition.prescribes
    choices = (TestChoice(t.id, t.title, _short_range(t)) for t in tests.values() if t.can_be_entered)
    return TestResults(
        tuple(choices) if prescribes else (),
        tuple(_known(m) for m in context.revised.measures if m.value is not None),
        tuple(_entered(context, tests)),
    )


def _short_range(test: OutcomeTest) -> str:
    return range_words(test).removeprefix("Give a ").rstrip(".")


def _known(measure: OutcomeMeasure) -> KnownResult:
    repeat = "" if measure.usable else "repeat at evaluation"
    meaning = "; ".join(filter(None, (measure.cut_off, measure.trend and f"before: {measure.trend}", repeat)))
    record = "" if measure.source == ENTERED else measure.source
    value = f"{measure.value} {measure.unit}".strip()
    return KnownResult(measure.title, value, str(measure.day or "no date"), meaning, record, measure.at_risk)


def _entered(context: ReviewContext, tests: Mapping[str, OutcomeTest]) -> Iterator[EnteredRow]:
    for result in context.results:
        test = tests.get(result.test)
        named = f"{test.title}: {result.value:f} {test.unit_words}" if test else f"{result.test}: {result.value:f}"
        yield EnteredRow(
            result.id, f"{named} on {result.on}, entered by {result.by}, {result.entered}", result in context.held
        )


def stated_result(form: Mapping[str, str], context: ReviewContext) -> EnteredResult:
    """The result a form states. Raises ReviewError, naming what is wrong with which field."""
    made = wiring()
    test = made.knowledge.library.tests.get(form.get("test", ""))
    if test is None or not test.can_be_entered:
        raise ReviewError("Test: choose which test was done.")
    value, on = _value(form.get("value", "").strip(), test), _day(form.get("on", "").strip(), test)
    check_result(test, value, on, context.chart.patient, made.today())
    said = EnteredResult("", test.id, value, on, context.signer.name or context.signer.reference, made.today())
    _, held = with_entered_results(context.chart, (said,), made.today(), made.knowledge)
    if held:
        raise ReviewError(
            f"{test.title}: not taken, because what stops the plan would be gone with it. "
            "Answer that by its own statement, or in the chart."
        )
    return said


def _value(text: str, test: OutcomeTest) -> Decimal:
    if not text:
        raise ReviewError(f"{test.title}: the value is missing. {range_words(test)}")
    if not _NUMBER.fullmatch(text):
        raise ReviewError(f"{test.title}: “{text[:20]}” is not a number such as 12 or 12.5. {range_words(test)}")
    return Decimal(text)


def _day(text: str, test: OutcomeTest) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReviewError(
            f"{test.title}: the day of the test is missing. Give it as year-month-day, for example 2026-01-31."
        ) from None
