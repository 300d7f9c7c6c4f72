"""DiagnosticReport -> Facts: T-scores in its words are offered, to be confirmed; a coded class is a diagnosis.

A report on bone density that says nothing we can read is told with its date: as a file, as words, or by results that
are not there.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence

from smartapp.core.chart import Diagnosis, Source
from smartapp.core.codes import CodeKind
from smartapp.core.concepts import Topic
from smartapp.core.dates import When
from smartapp.core.phrases import PhraseKind
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import (
    Malformed,
    Resource,
    get_list,
    get_object,
    get_str,
    get_text,
    get_wordings,
    reference_target,
    relative_reference,
)
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, diagnosis_in, where
from smartapp.fhir.read.dates import parse_date, parse_period
from smartapp.fhir.read.density import CLASSES, class_in, scores_in_words, title_of
from smartapp.fhir.read.offers import LONGEST_REPORT
from smartapp.fhir.read.quantities import is_about_density
from smartapp.fhir.read.unknown import not_understood, topics_in
from smartapp.fhir.text import clean, lines_of

FINAL = {"final", "amended", "corrected", "appended"}
WITHDRAWN = {"cancelled", "entered-in-error"}
_READABLE = {"text/plain", "text/html", "text/rtf", "application/rtf", "text/richtext", "application/xhtml+xml"}
_HEAD = 80  # characters of a first line that is a title; ours
_TOLD = frozenset({Topic.FRACTURE, Topic.BONE_DISEASE, Topic.BONE_DENSITY, Topic.SPINE, Topic.OPERATION})


def report(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """Raises Malformed where an element has not the shape FHIR gives it."""
    status = get_str(resource, "status").strip().lower()
    if status in WITHDRAWN:
        return
    said = coded(get_object(resource, "code"), context.codes, CodeKind.OBSERVATION)
    texts, files = words_of(resource)
    is_density = is_about_density(said, context.phrases)
    about_bone = is_density or any(_is_headed(text, context) for text in texts)
    on = parse_date(resource.get("effectiveDateTime")) or parse_period(get_object(resource, "effectivePeriod"))[0]
    told_on = on or parse_date(resource.get("issued"))
    if status not in FINAL:
        if about_bone:
            why = f"status {quoted(status[:40] or 'missing')}: not final and not used"
            yield not_understood(resource, title_of(said), told_on, Topic.BONE_DENSITY, why)
        return
    facts = [*_concluded(resource, said, is_density, on, context)]
    if about_bone or any(_names_scores(text, context) for text in texts):
        facts += scores_in_words(resource, said, texts, on, context)
    if about_bone and not _has_results(resource, context):
        facts += _rest(resource, said, texts, files, facts, told_on, context)
    yield from facts


def _is_headed(text: str, context: ReadContext) -> bool:
    """Whether the first line of a text calls it a report on bone density."""
    first = next(iter(lines_of(text[: 4 * _HEAD], _HEAD)), "")
    return len(first) < _HEAD and context.phrases.says(Sign.DENSITY_REPORT, first)


def _names_scores(text: str, context: ReadContext) -> bool:
    return any(context.phrases.meanings(PhraseKind.MEASUREMENT, text))


def words_of(resource: Resource) -> tuple[list[str], list[str]]:
    """Texts of the report, and the kinds of files that cannot be read."""
    forms, files = texts_in(get_list(resource, "presentedForm"))
    narrative = get_object(resource, "text")
    told = get_str(narrative, "div") if get_str(narrative, "status") != "empty" else ""
    readable = (get_str(resource, "conclusion"), *forms, told)
    return [said[: 4 * LONGEST_REPORT] for said in readable if said], files


def texts_in(attachments: Iterable[Resource]) -> tuple[list[str], list[str]]:
    """Texts of the files that came along, and the kinds of those that cannot be read or lie elsewhere."""
    readable, files = [], []
    for form in attachments:
        kind = get_str(form, "contentType").split(";")[0].strip().lower()
        raw = _decoded(get_str(form, "data")) if kind in _READABLE else ""
        if raw:
            readable.append(raw)
        else:
            files.append(kind or "a file of unknown kind")
    return readable, files


def _decoded(data: str) -> str:
    try:
        raw = base64.b64decode(data[: 2 * LONGEST_REPORT * 4], validate=False)
    except (binascii.Error, ValueError):
        return ""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _concluded(
    resource: Resource, said: Coded, is_density: bool, on: When | None, context: ReadContext
) -> Iterator[Fact]:
    """Coded conclusions: a class of bone density is read, of a report on bone density alone; the rest is told."""
    for conclusion in get_list(resource, "conclusionCode"):
        found = coded(conclusion, context.codes, CodeKind.CONDITION)
        classes = found.concepts & CLASSES
        if is_density and classes:
            note = f"concluded by the report {quoted(title_of(said))}"
            source = Source(where(resource), display=found.shown, date=str(on or ""), note=note)
            yield Diagnosis(source, classes, recorded=on, code=found.code, text=found.text)
            continue
        names = " ; ".join((found.wording, *(row.display for row in (*found.rows, *found.asked, *found.excluded))))
        topics = [topic for topic in topics_in(names, context.phrases) if topic in _TOLD]
        topic = Topic.BONE_DISEASE if is_density and Topic.BONE_DISEASE in topics else next(iter(topics), None)
        if topic is not None:
            yield not_understood(resource, found.shown, on, topic, "concluded by a report, and not used")


def _has_results(resource: Resource, context: ReadContext) -> bool:
    """Whether a result it names is there: that one is read, or told, by itself."""
    named = {reference_target(result) for result in get_list(resource, "result")}
    inside = {f"#{inner.get('id')}" for inner in get_list(resource, "contained")}
    return not named.isdisjoint(context.observations | inside)


def _rest(
    resource: Resource,
    said: Coded,
    texts: list[str],
    files: list[str],
    facts: list[Fact],
    on: When | None,
    context: ReadContext,
) -> Iterator[Fact]:
    """What it concludes in words, or that nothing of it could be read."""
    conclusion = clean(get_str(resource, "conclusion"))
    concluded = conclusion if diagnosis_in(conclusion, context.phrases) & CLASSES else ""
    if concluded := concluded or class_in(texts, context.phrases):
        why = f"concludes {quoted(concluded)}: words, and not used by themselves"
        yield not_understood(resource, title_of(said), on, Topic.BONE_DISEASE, why)
    elif not facts:
        missing = [f"its text is not readable here ({', '.join(files)})"] if files else []
        if get_list(resource, "result"):
            missing.append("its results are not among what was read")
        why = "; ".join(missing) or "no T-score could be read in it"
        more = f", it concludes {quoted(conclusion)}" if conclusion else ""
        yield not_understood(resource, title_of(said), on, Topic.BONE_DENSITY, f"{why}{more}")


def _panel(resource: Resource) -> tuple[str, list[str]]:
    """The date of a report or panel, and the references of its results or members."""
    date = get_text(resource, "effectiveDateTime") or get_text(get_object(resource, "effectivePeriod"), "start")
    members = [
        reference
        for name in ("result", "hasMember")
        for member in get_list(resource, name)
        if isinstance(reference := member.get("reference"), str)
    ]
    return date, members


def panels_of(own: Sequence[Resource], known_as: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Reference of each result or member -> the date of its report or panel, and what its panel is called."""
    examined: dict[str, str] = {}
    panels: dict[str, str] = {}
    for resource in own:
        if resource["resourceType"] not in ("DiagnosticReport", "Observation"):
            continue
        try:
            date, members = _panel(resource)
            known = [relative_reference(known_as.get(member, member)) for member in members]
            examined.update(dict.fromkeys(known, date) if date else {})
            called = _called(resource) if known and resource["resourceType"] == "Observation" else ""
            panels.update(dict.fromkeys(known, called) if called else {})
        except Malformed:
            continue
    return examined, panels


def _called(panel: Resource) -> str:
    return " ; ".join(get_wordings(panel, "code", "bodySite"))
