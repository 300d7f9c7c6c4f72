"""A record no code and no word of which is understood -> a line with its date and a question, never silence.

Only what may bear on the bone, the spine or an operation is told. What it may be about is said by its words (rows of
the kind ``topic``), else by its code (rows in use ``asked``); where neither can be read it may be anything.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from smartapp.core.chart import Topic, Unreadable
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.fhir.json import Resource
from smartapp.fhir.read.context import Coded, ReadContext, where

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
_MOST_NAMED = 5  # records named in one line; rule book 2a, NS22


def topics_in(said: str, phrases: PhraseTable) -> tuple[Topic, ...]:
    """What words may be about, in the order of the rows."""
    return tuple(dict.fromkeys(Topic(means) for means in phrases.meanings(PhraseKind.TOPIC, said)))


def not_understood(resource: Resource, said: str, on: object, topic: Topic, why: str = "") -> Unreadable:
    """The line for one record: as recorded, its date, why it was not used, and the question."""
    dated = f" ({on})" if on else ""
    reason = f"“{said or 'no words'}”{dated}: {why or 'not understood and not used'}. {QUESTIONS[topic]}"
    return Unreadable(where(resource), reason, topic=topic)


def unknown(resource: Resource, said: Coded, words: str, on: object, context: ReadContext) -> Iterator[Unreadable]:
    """The line for a record that has no meaning for us, if it may bear on what this app is about.

    ``words`` is all it says in words, beyond its code too. A code whose system tells its range (ICD) and words that
    can be read and name nothing of ours are understood as something else.
    """
    topic = next(iter(topics_in(words, context.phrases)), None)
    if topic is None and said.asked:
        topic = Topic(said.asked[0].concepts[0])
    if topic is None and not _is_legible(words) and _may_be_anything(said):
        topic = Topic.UNKNOWN
    if topic is not None:
        yield not_understood(resource, said.shown, on, topic)


def _is_legible(words: str) -> bool:
    """Whether there are words in letters the rows are written in."""
    letters = [letter for letter in words if letter.isalpha()]
    return any(letter < "ɐ" for letter in letters)  # Latin, with its accents


def _may_be_anything(said: Coded) -> bool:
    """Whether there is no code at all, or one of a system that does not tell its range."""
    return not said.code or any(not _tells_its_range(each.system) for each in said.unknown)


def _tells_its_range(system: str) -> bool:
    return system.startswith(("icd10", "icd9"))


def grouped(lines: Iterable[Unreadable]) -> Iterator[Unreadable]:
    """One line for all records of a kind of which nothing can be told: a chart may hold hundreds."""
    of_kind: dict[str, list[Unreadable]] = {}
    for line in _each_once(lines):
        if line.topic is Topic.UNKNOWN:
            of_kind.setdefault(line.where.partition("/")[0], []).append(line)
        else:
            yield line
    for same in of_kind.values():
        if len(same) == 1:
            yield same[0]
            continue
        named = ", ".join(line.where for line in same[:_MOST_NAMED])
        more = f" and {len(same) - _MOST_NAMED} more" if len(same) > _MOST_NAMED else ""
        yield replace(same[0], where=f"{named}{more}", reason=f"no word or code known here. {QUESTIONS[Topic.UNKNOWN]}")


def _each_once(lines: Iterable[Unreadable]) -> Iterator[Unreadable]:
    """The first of the lines that ask the same of the same words of one record: two readers may have met them."""
    seen: set[tuple[str, Topic, str]] = set()
    for line in lines:
        words, closed, _ = line.reason.partition("”")
        if line.topic is not None and closed:
            if (key := (line.where, line.topic, words)) in seen:
                continue
            seen.add(key)
        yield line
