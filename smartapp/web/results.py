"""Results of tests and other values on the review page: what is known, what can be entered, and a form -> a result.

Neither value nor day is filled in beforehand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from smartapp.core.derive.walking_aid import AIDS
from smartapp.core.kinds import Site
from smartapp.core.outcomes import EnterableValue
from smartapp.core.program import OutcomeMeasure
from smartapp.core.quotes import quoted
from smartapp.core.review.results import (
    ENTERED,
    Enterable,
    EnteredResult,
    check_result,
    is_on_record,
    range_words,
    with_entered_results,
)
from smartapp.errors import ReviewError
from smartapp.web import words
from smartapp.web.catalog import Lazy, _
from smartapp.web.review_context import ReviewContext
from smartapp.web.wiring import wiring

CARD = "test-result"  # the part of the page where results are entered
# Of a value entered in place.
SOURCES = (Lazy("Measured today"), Lazy("Report seen"), Lazy("What the patient says"), Lazy("Another system"))
BLOOD_TESTS = Lazy("Blood tests")  # one of several is chosen
# What can be entered beside a value that is missing or could not be read, by the names tiles and numbers have.
IN_PLACE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("Pain", "Pain now"), ("nrs",)),
        **dict.fromkeys(("Vitamin D", "25-OH vitamin D"), ("vitamin-d",)),
        "Bone density": ("t-score",),
        "Vital signs, falls": ("falls",),
        BLOOD_TESTS: ("hemoglobin", "calcium", "albumin", "crp", "esr", "egfr"),
    }
)
PLACES = frozenset(tests[0] for tests in IN_PLACE.values())  # each named by its first test
_NUMBER = re.compile(r"[-−]?\d{1,4}(\.\d{1,2})?")


@dataclass(frozen=True)
class TestChoice:
    """A test of which a result can be entered; ``range``: what may be entered, in words."""

    id: str
    title: str
    range: str
    sites: tuple[tuple[Site, str], ...] = ()  # one is chosen: as sent, and in words
    signed: bool = False  # it may lie below zero


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
    test: str
    text: str
    held: bool  # it would end a stop, and does not count


@dataclass(frozen=True)
class TestResults:
    choices: tuple[TestChoice, ...]
    known: tuple[KnownResult, ...]
    entered: tuple[EnteredRow, ...]
    values: tuple[TestChoice, ...] = ()  # beside the tests
    sources: tuple[str, ...] = SOURCES
    aids: tuple[tuple[str, str], ...] = tuple(AIDS.items())
    blood: str = BLOOD_TESTS

    def in_place(self, name: str) -> tuple[TestChoice, ...]:
        """What can be entered where the page shows a value of this name and has none; of several one is chosen."""
        return tuple(each for each in (*self.choices, *self.values) if each.id in IN_PLACE.get(name, ()))

    def entered_in_place(self, name: str) -> tuple[EnteredRow, ...]:
        return tuple(each for each in self.entered if each.test in IN_PLACE.get(name, ()))


def test_results(context: ReviewContext) -> TestResults:
    """What the page shows of tests: nothing is asked for where nothing is prescribed."""
    library = wiring().knowledge.library
    prescribes = context.assessment.disposition.prescribes
    choices = (_choice(test) for test in library.tests.values() if test.can_be_entered)
    return TestResults(
        tuple(choices) if prescribes else (),
        tuple(_known(m) for m in context.revised.measures if m.value is not None),
        tuple(_entered(context, library.enterable)),
        tuple(map(_choice, library.values.values())) if prescribes else (),
    )


def _choice(test: Enterable) -> TestChoice:
    sites = tuple((s, words.site_words(s)) for s in test.sites) if isinstance(test, EnterableValue) else ()
    span = range_words(test).removeprefix("Give a ").rstrip(".")
    return TestChoice(test.id, test.title, span, sites, bool(test.between and test.between[0] < 0))


def _known(measure: OutcomeMeasure) -> KnownResult:
    repeat = "" if measure.usable else _("repeat at evaluation")
    meaning = "; ".join(
        filter(None, (measure.cut_off, measure.trend and _("before: %(trend)s", trend=measure.trend), repeat))
    )
    record = "" if measure.source == ENTERED else measure.source
    value = f"{measure.value} {measure.unit}".strip()
    return KnownResult(measure.title, value, str(measure.day or _("no date")), meaning, record, measure.at_risk)


def _entered(context: ReviewContext, tests: Mapping[str, Enterable]) -> Iterator[EnteredRow]:
    for result in context.results:
        test = tests.get(result.test)
        if test and is_on_record(result, test, context.chart):
            continue  # told as what is known, with its record
        named = f"{test.title}: {result.value:f} {test.unit_words}" if test else f"{result.test}: {result.value:f}"
        where = f", {words.site_words(result.site)}" if result.site else f" {AIDS[result.aid]}" if result.aid else ""
        rests = f" ({result.basis})" if result.basis else ""
        said = _(
            "%(named)s%(where)s on %(on)s, entered by %(by)s, %(entered)s%(rests)s",
            named=named,
            where=where,
            on=result.on,
            by=result.by,
            entered=result.entered,
            rests=rests,
        )
        yield EnteredRow(result.id, result.test, said, result in context.held)


def entry_card(form: Mapping[str, str]) -> str:
    """The part of the page a form of a result was sent from: beside its value, or the list of tests."""
    place = form.get("place", "")
    return f"{CARD}-{place}" if place in PLACES else CARD


def stated_result(form: Mapping[str, str], context: ReviewContext) -> EnteredResult:
    """The result a form states. Raises ReviewError, naming what is wrong with which field."""
    made = wiring()
    test = made.knowledge.library.enterable.get(form.get("test", ""))
    if test is None:
        raise ReviewError(_("Test: choose which test was done."))
    value, on = _value(form.get("value", "").strip(), test), _day(form.get("on", "").strip(), test)
    aid = form.get("aid", "")
    check_result(test, value, on, context.chart.patient, made.today(), aid)
    by, basis = context.signer.name or context.signer.reference, form.get("basis", "").strip()
    if form.get("place") and basis not in SOURCES:
        raise ReviewError(_("%(test)s: choose where the value comes from.", test=test.title))
    said = EnteredResult("", test.id, value, on, by, made.today(), _site(form.get("site", ""), test), basis, aid)
    _was, held = with_entered_results(context.chart, (said,), made.today(), made.knowledge)
    if held:
        raise ReviewError(
            _(
                "%(test)s: not taken, because what stops the plan would be gone with it. Answer that by its own "
                "statement, or in the chart.",
                test=test.title,
            )
        )
    return said


def _site(text: str, test: Enterable) -> Site | None:
    sites = test.sites if isinstance(test, EnterableValue) else ()
    if sites and text not in sites:
        raise ReviewError(_("%(test)s: choose where it was measured.", test=test.title))
    return Site(text) if sites else None


def _value(text: str, test: Enterable) -> Decimal:
    if not text:
        raise ReviewError(_("%(test)s: the value is missing. %(may)s", test=test.title, may=range_words(test)))
    if not _NUMBER.fullmatch(text):
        raise ReviewError(
            _(
                "%(test)s: %(typed)s is not a number such as 12 or 12.5. %(may)s",
                test=test.title,
                typed=quoted(text[:20]),
                may=range_words(test),
            )
        )
    return Decimal(text.replace("−", "-"))


def _day(text: str, test: Enterable) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReviewError(
            _(
                "%(test)s: the day of the test is missing. Give it as year-month-day, for example 2026-01-31.",
                test=test.title,
            )
        ) from None
