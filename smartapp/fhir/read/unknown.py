"""A record no code and no word of which is understood -> a line with its date and a question, never silence.

Only what may bear on the bone, the spine or an operation is told. What it may be about is said by its words (rows of
the kind ``topic``), else by its code (rows in use ``asked``); where neither can be read it may be anything.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from smartapp.core.chart import Unreadable
from smartapp.core.concepts import Topic
from smartapp.core.dates import When
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.quotes import quoted
from smartapp.fhir.json import Resource
from smartapp.fhir.read.context import Coded, ReadContext, UnknownCode, where
from smartapp.fhir.read.dates import parse_date

QUESTIONS: Mapping[Topic, str] = {
    Topic.FRACTURE: "Is it a fracture, of which bone, and since when?",
    Topic.BONE_DENSITY: "What does it show of bone density, and where was it measured?",
    Topic.BONE_DISEASE: "Is it osteopenia, osteoporosis or another disease of the bone?",
    Topic.SPINE: "Does it concern the spine, its cord or its nerves?",
    Topic.OPERATION: "Was the spine operated on, and when?",
    Topic.VITAMIN_D: "What is the 25-OH vitamin D?",
    Topic.PAIN: "What is the pain, 0-10?",
    Topic.UNKNOWN: "What is it?",
}
_DATED = re.compile(r" \([-\d]+\)")
_ICD = re.compile(r"[A-Za-z]?\d\d")  # how a code begins whose range can be told
_MOST_NAMED = 5  # records named in one line; rule book 2a, NS22


def topics_in(said: str, phrases: PhraseTable, of: frozenset[str] | None = None) -> tuple[Topic, ...]:
    """What words may be about, in the order of the rows; ``of``: only these topics are looked for."""
    return tuple(dict.fromkeys(Topic(means) for means in phrases.meanings(PhraseKind.TOPIC, said, of)))


def not_understood(resource: Resource, said: str, on: object, topic: Topic, why: str = "") -> Unreadable:
    """The line for one record: as recorded, its date, why it was not used, and the question."""
    dated = f" ({on})" if on else ""
    reason = f"{quoted(said or 'no words')}{dated}: {why or 'not understood and not used'}. {QUESTIONS[topic]}"
    when = on if isinstance(on, When) else parse_date(on)
    return Unreadable(where(resource), reason, topic=topic, said=said, on=when)


def unknown(resource: Resource, said: Coded, words: str, on: object, context: ReadContext) -> Iterator[Unreadable]:
    """The line for a record that has no meaning for us, if it may bear on what this app is about."""
    topic = topic_of(said, words, context.phrases)
    if topic is not None:
        yield not_understood(resource, said.shown, on, topic)


def topic_of(said: Coded, words: str, phrases: PhraseTable) -> Topic | None:
    """What a record that has no meaning for us may be about; None where it is understood as something else.

    ``words`` is all it says in words, beyond its code too. A code whose system tells its range (ICD) and words that
    can be read and name nothing of ours are understood as something else.
    """
    topic = next(iter(topics_in(words, phrases)), None)
    if topic is None and said.asked:
        topic = Topic(said.asked[0].concepts[0])
    if topic is None and not is_legible(words) and _may_be_anything(said):
        topic = Topic.UNKNOWN
    return topic


def is_legible(words: str) -> bool:
    """Whether there are words in letters the rows are written in."""
    return any(letter.isalpha() and letter < "ɐ" for letter in words)  # Latin, with its accents


def _may_be_anything(said: Coded) -> bool:
    """Whether there is no code at all, or one of a system that does not tell its range."""
    return not said.code or not all(map(_tells_its_range, said.unknown))


def _tells_its_range(code: UnknownCode) -> bool:
    return code.system.startswith(("icd10", "icd9")) and bool(_ICD.match(code.code.strip()))


def grouped_unknown(lines: Iterable[Unreadable]) -> Iterator[Unreadable]:
    """One line for all records of a kind of which nothing can be told, and for all that say the same: there may be
    hundreds of the first, and a problem may be on record once for each visit."""
    same: dict[tuple[str, ...], list[Unreadable]] = {}
    for line in _each_once(lines):
        same.setdefault(_likeness(line), []).append(line)
    for alike in same.values():
        if len(alike) == 1:
            yield alike[0]
            continue
        places = list(dict.fromkeys(line.where for line in alike))
        named = ", ".join(places[:_MOST_NAMED])
        more = f" and {len(places) - _MOST_NAMED} more" if len(places) > _MOST_NAMED else ""
        reason = alike[0].reason
        if alike[0].topic is Topic.UNKNOWN:
            recorded = ", ".join(line.reason.partition(": ")[0] for line in alike[:_MOST_NAMED])
            reason = f"{recorded}{more}: no word or code known here. {QUESTIONS[Topic.UNKNOWN]}"
        yield replace(alike[0], where=f"{named}{more}", reason=reason)


def _likeness(line: Unreadable) -> tuple[str, ...]:
    """What lines are alike that are told as one; a line without a topic is like no other."""
    kind = line.where.partition("/")[0]
    if line.topic is None:
        return (line.where, line.reason)
    return (kind, line.topic) if line.topic is Topic.UNKNOWN else (kind, line.topic, _DATED.sub("", line.reason))


def _each_once(lines: Iterable[Unreadable]) -> Iterator[Unreadable]:
    """The first of the lines that ask the same of the same words of one problem: as a diagnosis and as an operation."""
    seen: set[tuple[str, Topic, str]] = set()
    for line in lines:
        words, closed, _ = line.reason.partition("”")
        if line.topic is not None and closed and line.where.startswith("Condition/"):
            if (key := (line.where, line.topic, words)) in seen:
                continue
            seen.add(key)
        yield line
