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
    if topic is None and not is_legible(words) and any(not _tells_its_range(each.system) for each in said.unknown):
        topic = Topic.UNKNOWN
    return topic


def is_legible(words: str) -> bool:
    """Whether there are words in letters the rows are written in."""
    return any(letter.isalpha() and letter < "ɐ" for letter in words)  # Latin, with its accents


def _tells_its_range(system: str) -> bool:
    return system.startswith(("icd10", "icd9"))


def grouped(lines: Iterable[Unreadable]) -> Iterator[Unreadable]:
    """One line for all records of a kind of which nothing can be told: a chart may hold hundreds."""
    of_kind: dict[str, list[Unreadable]] = {}
    for line in lines:
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
