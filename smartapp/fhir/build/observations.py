"""An edition -> R4 Observations (US Core) of the results of tests that a clinician entered at the review.

Each says what the form asked and no more: test, value, day, walking aid, who entered it; the signer answers for it.
``basedOn`` and ``encounter`` stay empty: nobody said under which order or on which visit the test was done. A draft
writes none: who signs it does.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from smartapp.core.chart import Measurement, Source
from smartapp.core.derive.walking_aid import AIDS
from smartapp.core.kinds import Quantity
from smartapp.core.outcomes import OutcomeTest
from smartapp.core.review.results import results_of_tests
from smartapp.fhir.build.context import BuildContext
from smartapp.fhir.build.elements import Element, annotation, concept, narrative, quantity, without_absent
from smartapp.fhir.build.identifiers import identifier, meta, part_value

_US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
EXAM, SURVEY, VITAL_SIGNS = "exam", "survey", "vital-signs"
PROFILES: Mapping[str, str] = MappingProxyType(
    {
        EXAM: f"{_US_CORE}/us-core-observation-clinical-result",
        SURVEY: f"{_US_CORE}/us-core-observation-screening-assessment",
        VITAL_SIGNS: f"{_US_CORE}/us-core-body-height",
    }
)
_DISPLAYS = {EXAM: "Exam", SURVEY: "Survey", VITAL_SIGNS: "Vital Signs"}

# What the patient answers is a survey, height a vital sign; any other test is done by the patient and looked at.
_CATEGORIES: Mapping[Quantity, str] = MappingProxyType(
    {
        Quantity.HEIGHT: VITAL_SIGNS,
        **dict.fromkeys(
            (Quantity.PAIN, Quantity.OSWESTRY, Quantity.ROLAND_MORRIS, Quantity.QUALEFFO, Quantity.FALLS_EFFICACY,
             Quantity.STAY_INDEPENDENT, Quantity.FALLS, Quantity.FRACTURE_PROBABILITY),
            SURVEY,
        ),
    }
)  # fmt: skip


def observations(context: BuildContext) -> Iterator[Element]:
    """One of each test and day."""
    tests = {test.quantity: test for test in context.knowledge.library.tests.values()}
    for value, measured in _results(context).items():
        if (number := measured.value) is not None:
            yield _observation(context, value, measured, tests[measured.quantity], number)


def result_links(context: BuildContext, sources: tuple[Source, ...] | None = None) -> list[Element]:
    """References to them; with ``sources``, to those of them a conclusion rests on."""
    named = None if sources is None else {_known_by(source) for source in sources}
    return [
        context.link(value, "Observation", f"{measured.source.display}: {measured.recorded_value}")
        for value, measured in _results(context).items()
        if named is None or _known_by(measured.source) in named
    ]


def _known_by(source: Source) -> tuple[str, str, str]:
    """A conclusion names the result without its note."""
    return source.reference, source.display, source.date


def _results(context: BuildContext) -> dict[str, Measurement]:
    """Business identifier -> the result; of two of one test and day the later one entered."""
    if not context.active:
        return {}
    return {
        part_value(context.plan_id, f"result-{measured.quantity.value}-{measured.source.date}"): measured
        for measured in results_of_tests(context.proposal.assessment.chart)
    }


def _observation(
    context: BuildContext, value: str, measured: Measurement, test: OutcomeTest, number: Decimal
) -> Element:
    category = _CATEGORIES.get(measured.quantity, EXAM)
    said = f"{measured.source.display}: {measured.recorded_value} on {measured.source.date}"
    note = annotation(f"{measured.source.note[:1].upper()}{measured.source.note[1:]}.", context.signed_at)
    return without_absent(
        resourceType="Observation",
        meta=meta(PROFILES[category], value, context.systems),
        text=narrative([("Result of a test", [said])]),
        identifier=[identifier(value, context.systems.plan)],
        status="final",
        category=[concept([{"system": CATEGORY, "code": category, "display": _DISPLAYS[category]}])],
        code=concept(context.codings(test.code) if test.code else (), test.title),
        subject=context.subject,
        effectiveDateTime=measured.source.date,
        issued=context.written,
        performer=[context.author] if context.author else [],
        method={"text": AIDS[measured.device].capitalize()} if measured.device in AIDS else None,
        valueQuantity=quantity(number, test.unit) | {"unit": test.unit_words},
        note=[note] if note else [],
    )
