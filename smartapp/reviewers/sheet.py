"""Entries -> CSV for a spreadsheet: one line per row of the knowledge, empty columns last for the reviewer's answer."""

import csv
import io
from collections.abc import Iterable, Mapping

from smartapp.reviewers.entries import SECTIONS, Entry
from smartapp.reviewers.proof import Proven

COLUMNS = (
    *("id", "part", "title", "own words", "cited in the source as", "sources", "who says so", "grade"),
    *("applicability", "rests on", "effect", "texts for the clinician", "texts for the patient"),
    *("review", "reviewer", "reviewed on", "proved by cases", "just missed by", "note"),
)


def sheet(entries: Iterable[Entry], proofs: Mapping[str, Proven]) -> str:
    """The CSV as text, UTF-8, lines ending as RFC 4180 asks."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_line(entry, proofs) for entry in entries)
    return out.getvalue()


def _line(entry: Entry, proofs: Mapping[str, Proven]) -> tuple[str, ...]:
    standing = entry.standing
    named = [(row, proofs[row]) for row in entry.proofs if row in proofs]
    return (
        entry.id,
        SECTIONS[entry.section],
        entry.title,
        entry.words,
        entry.cites,
        "; ".join(standing.sources),
        standing.label,
        entry.grade,
        standing.applicability,
        " ".join(entry.statements),
        "\n".join(entry.effects),
        "\n".join(f"{text.situation}: {text.clinician}" for text in entry.texts),
        "\n".join(f"{text.situation}: {text.patient}" for text in entry.texts if text.patient),
        f"{standing.review} (changed since {standing.lapsed})" if standing.lapsed else standing.review,
        standing.reviewer,
        standing.reviewed_on,
        "\n".join(_proved(row, proof, len(named) > 1) for row, proof in named),
        "\n".join(f"{p.just_missed_by.id} {p.just_missed_by.title}" for _, p in named if p.just_missed_by),
        entry.note,
    )


def _proved(row: str, proof: Proven, several: bool) -> str:
    cases = "; ".join(f"{case.id} {case.title}" for case in proof.triggered_by)
    more = proof.cases - len(proof.triggered_by)
    return f"{f'{row}: ' if several else ''}{cases or 'no case'}{f'; and {more} more' if more > 0 else ''}"
