"""DiagnosticReport -> Offers: T-scores in its words, to be confirmed by the clinician and never used by themselves."""

import base64
import binascii
import re
from collections.abc import Iterator
from decimal import Decimal

from smartapp.core.chart import CandidateValue, Quantity, Site, Source, Unreadable
from smartapp.core.codes import CodeKind
from smartapp.core.dates import When
from smartapp.core.phrases import PhraseTable, Sign
from smartapp.fhir.json import Resource, get_list, get_object, get_str, get_text
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, where
from smartapp.fhir.read.dates import parse_date, parse_period
from smartapp.fhir.read.quantities import site_in_words, vertebrae_scanned
from smartapp.fhir.read.values import BELIEVED
from smartapp.fhir.text import clean

_FINAL = {"final", "amended", "corrected", "appended"}
_LONGEST_REPORT = 20_000  # characters searched; ours
_MOST_OFFERS = 12  # per report; ours
_QUOTE_EITHER_SIDE = 160  # characters of the sentence shown before and after the value; ours
_ENDS = re.compile(r"[.;](?!\d)")
_READABLE = {"text/plain", "text/html", "text/rtf", "application/rtf", "text/richtext"}


def report(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    if get_str(resource, "status") not in _FINAL:
        return
    said = coded(get_object(resource, "code"), context.codes, CodeKind.OBSERVATION)
    about_bone = bool(said.rows) or context.phrases.says(Sign.DENSITY_REPORT, said.wording)
    readable, unreadable = _words(resource)
    on = parse_date(resource.get("effectiveDateTime")) or parse_period(get_object(resource, "effectivePeriod"))[0]
    place, title = where(resource), _title(said)
    offers = [offer for words in readable for offer in offers_in(words, context.phrases, place, title, on)]
    yield from offers[:_MOST_OFFERS]
    if about_bone and unreadable and not offers and not get_list(resource, "result"):
        yield Unreadable(
            where(resource), f"“{_title(said)}” exists as {', '.join(unreadable)}: its text is not readable here"
        )


def _title(said: Coded) -> str:
    return said.text or "Report"


def _words(resource: Resource) -> tuple[list[str], list[str]]:
    """Texts of the report, and the kinds of those that cannot be read."""
    readable = [clean(get_str(resource, "conclusion"), _LONGEST_REPORT)]
    unreadable = []
    for form in get_list(resource, "presentedForm"):
        kind = get_str(form, "contentType").split(";")[0].strip().lower()
        raw = _decoded(get_str(form, "data")) if kind in _READABLE else ""
        if raw:
            readable.append(clean(raw, _LONGEST_REPORT))
        else:
            unreadable.append(kind or "a file of unknown kind")
    return [said for said in readable if said], unreadable


def _decoded(data: str) -> str:
    try:
        return base64.b64decode(data[: 2 * _LONGEST_REPORT * 4], validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def offers_in(
    said: str, phrases: PhraseTable, reference: str, title: str, on: When | None, site: Site | None = None
) -> Iterator[CandidateValue]:
    """Each T-score a text states, with the words around it; the site where the same sentence names one."""
    for found in phrases.found(Sign.T_SCORE_VALUE, said):
        number = Decimal(found["value"].replace(" ", ""))
        lowest, highest = BELIEVED[Quantity.T_SCORE]
        if not lowest <= number <= highest:
            continue
        before = _ENDS.split(said[max(0, found.start() - _QUOTE_EITHER_SIDE) : found.end()])[-1]
        after = _ENDS.split(said[found.end() : found.end() + _QUOTE_EITHER_SIDE])[0]
        place = site or site_in_words(before, phrases)
        yield CandidateValue(
            source=Source(reference, display=title, date=str(on or ""), note="found in text: to be confirmed"),
            quantity=Quantity.T_SCORE,
            value=number,
            site=place,
            when=on,
            quote=f"{before}{after}".strip(),
            levels=vertebrae_scanned(before, phrases) if place is Site.LUMBAR_SPINE else frozenset(),
        )


def dates_of_results(resource: Resource) -> Iterator[tuple[str, str]]:
    """Reference of each result or member -> the date of the report or panel, for those that have none themselves."""
    date = get_text(resource, "effectiveDateTime") or get_text(get_object(resource, "effectivePeriod"), "start")
    if date:
        for name in ("result", "hasMember"):
            for member in get_list(resource, name):
                reference = member.get("reference")
                if isinstance(reference, str):
                    yield reference, date
