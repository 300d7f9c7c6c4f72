"""DiagnosticReport of an image -> :class:`ImagingReport`: what its words say, or that they are not readable here."""

from collections.abc import Iterator

from smartapp.core.chart import ImagingReport, Source
from smartapp.core.codes import CodeKind
from smartapp.core.concepts import Concept, Topic
from smartapp.core.dates import When
from smartapp.core.imaging import FindingKind, ReportFinding
from smartapp.core.phrases import PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_list, get_object, get_str, get_wordings
from smartapp.fhir.read.beside import DANGERS
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, where
from smartapp.fhir.read.dates import parse_date, parse_period
from smartapp.fhir.read.density import title_of
from smartapp.fhir.read.quantities import is_about_density
from smartapp.fhir.read.report_findings import findings_in
from smartapp.fhir.read.report_text import sentences_of
from smartapp.fhir.read.reports import FINAL, WITHDRAWN, words_of
from smartapp.fhir.read.unknown import not_understood

# Categories of LOINC, HL7 v2 (table 0074) and SNOMED CT that are images.
_IMAGES = frozenset(
    {
        *(
            "lp29684-5",
            "rad",
            "imaging",
            "radiology",
            "xrc",
            "ct",
            "mri",
            "nmr",
            "nms",
            "rus",
            "cus",
            "vus",
            "ous",
            "rx",
        ),
        *("394914008", "363679005", "18748-4"),
    }
)


def imaging(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """A report that is not final only warns. Raises Malformed where an element has not the shape FHIR gives it."""
    status = get_str(resource, "status").strip().lower()
    said = coded(get_object(resource, "code"), context.codes, CodeKind.OBSERVATION)
    if status in WITHDRAWN or not _is_image(resource, said, context.phrases):
        return
    on = parse_date(resource.get("effectiveDateTime")) or parse_period(get_object(resource, "effectivePeriod"))[0]
    on = on or parse_date(resource.get("issued"))
    texts, files = words_of(resource)
    sentences = sentences_of(texts, context.phrases)
    density = is_about_density(said, context.phrases)  # it shows a vertebra, and is no picture of the spine
    spine = not density and _is_of_spine(said, " ".join(sentence.text for sentence in sentences), context.phrases)
    anywhere = spine or not (said.wording or density)  # of which part of the body is not said
    found, denied = findings_in(sentences, anywhere, on, context.phrases)
    concluded = tuple(_concluded(resource, context))
    kept = tuple(one for one in (*concluded, *found) if one.danger or status in FINAL)
    unread = ", ".join(files) if files and not sentences else ""
    if unread and spine:
        why = f"its text is not readable here ({unread})"
        yield not_understood(resource, title_of(said), on, Topic.SPINE, why)
    source = Source(where(resource), title_of(said), _day(on))
    denied = denied - {one.concept for one in concluded} if status in FINAL else frozenset()
    if spine or kept:
        yield ImagingReport(source, on, spine, kept, denied, unread)


def _day(on: When | None) -> str:
    return str(on or "")


def _is_image(resource: Resource, said: Coded, phrases: PhraseTable) -> bool:
    """By its category, else by its title; where neither says anything it may be one."""
    categories = get_list(resource, "category")
    codes = {get_str(coding, "code").lower() for each in categories for coding in get_list(each, "coding")}
    words = " ; ".join((*get_wordings(resource, "category"), said.wording)).strip(" ;")
    return bool(codes & _IMAGES) or phrases.says(Sign.IMAGING_REPORT, words) or (not codes and not words)


def _is_of_spine(said: Coded, words: str, phrases: PhraseTable) -> bool:
    """By its title; by its words only where the title names no part of the body."""
    title = said.wording
    if phrases.says(Sign.SPINE, title):
        return True
    return not phrases.says(Sign.NOT_SPINE, title) and phrases.says(Sign.SPINE, words)


def _concluded(resource: Resource, context: ReadContext) -> Iterator[ReportFinding]:
    """Dangers it concludes by code: as good as said."""
    for conclusion in get_list(resource, "conclusionCode"):
        found = coded(conclusion, context.codes, CodeKind.CONDITION)
        for concept in sorted(found.concepts & _CODED):
            yield ReportFinding(FindingKind.DIAGNOSIS, concept, found.shown, danger=True)


_CODED: frozenset[str] = DANGERS | {Concept.FRACTURE_NONUNION, Concept.MYELOPATHY, Concept.SPINAL_INSTABILITY}
