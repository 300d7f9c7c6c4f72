"""DiagnosticReport -> Offers: T-scores in its words, to be confirmed by the clinician and never used by themselves."""

import base64
import binascii
import re
from collections.abc import Iterator
from decimal import Decimal

from smartapp.core.chart import CandidateValue, Quantity, Site, Source, Unreadable
from smartapp.core.codes import Kind
from smartapp.core.dates import When
from smartapp.fhir.json import Resource, clean, part, parts, text, word
from smartapp.fhir.read import bone_sites
from smartapp.fhir.read.codings import Coded, coded
from smartapp.fhir.read.context import Context, Fact, where
from smartapp.fhir.read.dates import span, when
from smartapp.fhir.read.values import BELIEVED

_FINAL = {"final", "amended", "corrected", "appended"}
_LONGEST_REPORT = 20_000  # characters searched; ours
_MOST_OFFERS = 12  # per report; ours
_QUOTE_EITHER_SIDE = 160  # characters of the sentence shown before and after the value; ours
_BONE_REPORT = re.compile(r"\b(?:dxa|dexa|bone (?:mineral )?density|densitometry)\b", re.IGNORECASE)
_T_SCORE = re.compile(
    r"\bt[- ]?scores?\b:?"
    r"(?:\s+(?:of|is|was|at|in|for|the|left|right|total|lumbar|spine|hip|femoral|femur|neck|L\d(?:-L?\d)?))*"
    r"\s*[:=(]?\s*(?P<value>[-+]?\s?\d(?:\.\d{1,3})?)(?![\d/%]|\.\d)"
    # what a class is defined by ("T-score -2.5 or below") is no result
    r"(?!\s*(?:sd\s*)?(?:or|and|to)\s+(?:above|below|less|lower|under|greater|higher|over|more|better|worse|[-+]?\s?\d))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;](?!\d)")
_READABLE = {"text/plain", "text/html", "text/rtf", "application/rtf", "text/richtext"}


def report(resource: Resource, context: Context) -> Iterator[Fact]:
    if word(resource, "status") not in _FINAL:
        return
    said = coded(part(resource, "code"), context.codes, Kind.OBSERVATION)
    about_bone = bool(said.rows) or _BONE_REPORT.search(said.wording) is not None
    readable, unreadable = _words(resource)
    on = when(resource.get("effectiveDateTime")) or span(part(resource, "effectivePeriod"))[0]
    offers = [offer for words in readable for offer in offers_in(words, where(resource), _title(said), on)]
    yield from offers[:_MOST_OFFERS]
    if about_bone and unreadable and not offers and not parts(resource, "result"):
        yield Unreadable(
            where(resource), f"“{_title(said)}” exists as {', '.join(unreadable)}: its text is not readable here"
        )


def _title(said: Coded) -> str:
    return said.text or "Report"


def _words(resource: Resource) -> tuple[list[str], list[str]]:
    """Texts of the report, and the kinds of those that cannot be read."""
    readable = [clean(word(resource, "conclusion"), _LONGEST_REPORT)]
    unreadable = []
    for form in parts(resource, "presentedForm"):
        kind = word(form, "contentType").split(";")[0].strip().lower()
        raw = _decoded(word(form, "data")) if kind in _READABLE else ""
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
    said: str, reference: str, title: str, on: When | None, site: Site | None = None
) -> Iterator[CandidateValue]:
    """Each T-score a text states, with the words around it; the site where the same sentence names one."""
    for found in _T_SCORE.finditer(said):
        number = Decimal(found["value"].replace(" ", ""))
        lowest, highest = BELIEVED[Quantity.T_SCORE]
        if not lowest <= number <= highest:
            continue
        before = _ENDS.split(said[max(0, found.start() - _QUOTE_EITHER_SIDE) : found.end()])[-1]
        after = _ENDS.split(said[found.end() : found.end() + _QUOTE_EITHER_SIDE])[0]
        place = site or bone_sites.site_in_words(before)
        yield CandidateValue(
            source=Source(reference, display=title, date=str(on or ""), note="found in text: to be confirmed"),
            quantity=Quantity.T_SCORE,
            value=number,
            site=place,
            when=on,
            quote=f"{before}{after}".strip(),
            levels=bone_sites.vertebrae(before) if place is Site.LUMBAR_SPINE else frozenset(),
        )


def dates_of_results(resource: Resource) -> Iterator[tuple[str, str]]:
    """Reference of each result or member -> the date of the report or panel, for those that have none themselves."""
    date = text(resource, "effectiveDateTime") or text(part(resource, "effectivePeriod"), "start")
    if date:
        for name in ("result", "hasMember"):
            for member in parts(resource, name):
                reference = member.get("reference")
                if isinstance(reference, str):
                    yield reference, date
