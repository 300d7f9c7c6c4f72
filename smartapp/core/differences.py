"""Two proposals for one patient on one day -> where they differ, by concept first and by wording last.

One comparison for all who ask it: a signed plan made again (``smartapp replay``, FU17 of the follow-up), and a changed
knowledge over many charts (``smartapp impact``). The same proposal has no differences; where two differ in a way no
concept names, one line says in which fields.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from smartapp.core.assessment import Assessment
from smartapp.core.concept_lines import ConceptLine, DifferenceKind, lines_of
from smartapp.core.fingerprint import digest
from smartapp.core.proposal import Proposal


@dataclass(frozen=True)
class Difference:
    """``before`` or ``after`` is None where there is no such line. ``id`` is unique among those of one kind."""

    kind: DifferenceKind
    id: str  # E07, R1, vitd-missing, E07.patient_text
    title: str
    before: str | None
    after: str | None


# What a line says is compared where both have the line: that only one has it is told as such.
_OF_BOTH = frozenset({DifferenceKind.SENTENCE, DifferenceKind.REASONING})


def plan_differences(before: Proposal, after: Proposal) -> tuple[Difference, ...]:
    """In the order of their kinds, each kind in the order of the plan; empty only where both say the same."""
    old, new = lines_of(before), lines_of(after)
    keys = (key for key in dict.fromkeys((*old, *new)) if key[0] not in _OF_BOTH or (key in old and key in new))
    both = ((old.get(key), new.get(key)) for key in keys)
    found = [_difference(*lines) for lines in both if _said(lines[0]) != _said(lines[1])]
    told = tuple(sorted(_once(found), key=lambda each: list(DifferenceKind).index(each.kind)))
    return told or tuple(_elsewhere(before, after))


def _said(line: ConceptLine | None) -> str | None:
    return line.said if line else None


def _difference(before: ConceptLine | None, after: ConceptLine | None) -> Difference:
    named = after or before
    assert named  # noqa: S101 - one of them has it
    return Difference(named.kind, named.id, named.title, _said(before), _said(after))


def _once(found: list[Difference]) -> Iterator[Difference]:
    """The same words stand in a line, in the patient's sheet and in the note of the order: they are told once."""
    sentences: set[tuple[str | None, str | None]] = set()
    texts = [said for each in found if each.kind in _IN_NOTES for said in (each.before, each.after) if said]
    for each in found:
        words = (each.before, each.after)
        if each.kind is DifferenceKind.SENTENCE and words in sentences:
            continue
        sentences.add(words)
        if each.kind is DifferenceKind.NOTE and any(text in each.id for text in texts):
            continue
        yield each


_IN_NOTES = frozenset({DifferenceKind.SENTENCE, DifferenceKind.ORDER})


def _elsewhere(before: Proposal, after: Proposal) -> Iterator[Difference]:
    """Which fields differ where no line does, the version of the knowledge aside."""
    old, new = _bare(before), _bare(after)
    names = [field.name for field in fields(Proposal) if digest(getattr(old, field.name)) != _of(new, field.name)]
    if names == ["assessment"]:
        then, now = old.assessment, new.assessment
        names = [each.name for each in fields(Assessment) if digest(getattr(then, each.name)) != _of(now, each.name)]
    if names:
        yield Difference(DifferenceKind.OTHER, "fields", "What no other line names", None, ", ".join(names))


def _of(value: Any, name: str) -> str:
    return digest(getattr(value, name))


def _bare(proposal: Proposal) -> Proposal:
    assessment = replace(proposal.assessment, knowledge_version="")
    return replace(proposal, assessment=assessment, fingerprint="", content_hash="")
