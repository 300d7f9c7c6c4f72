"""Entries -> one self-contained HTML page (no script, nothing loaded, made to be read, printed and signed on paper),
and CSV for a spreadsheet: one line per row of the knowledge, empty columns last for the reviewer's answer.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib import resources

from smartapp.core.knowledge import Knowledge
from smartapp.reviewers.entry import SECTIONS, KnowledgeEntry, Proven, ProvingCase, Text

WHO = {"seed": "the source document", "guideline": "another guideline", "ours": "our choice, no source fixes it"}
LEAD = {
    "evidence": "Said with every plan.",
    "statement": "What the source document says, in our own words. Its citation numbers are given as printed; which "
    "paper a number means cannot be recovered, so none is resolved. Papers its wording points to are called probable.",
    "threshold": "Every number a rule compares with. Where a source gives a range or nothing, the choice is ours.",
    "restriction": "Each names the movement, the quality that does harm, and what to do instead, for every state it "
    "can be in.",
    "alert": "A hard stop refers and prescribes nothing; a review alert asks for a look before signing.",
    "system": "Which code system an address of a record means. The codes read, and what they mean, stand in codes.csv.",
    "phrase": "How words without a code are read, in the order they are tried. They are whole words, upper or lower "
    "case alike. An asterisk stands for any further letters, [a] may be missing, (a|b) is either, ~ a hyphen, a blank "
    "or nothing, <40> up to 40 characters between, <40;.> the same without ; and ., <> any number, ^ and $ the "
    "beginning and the end of the text; between slashes stands a regular expression. The sentences below a row are "
    "tried with every change.",
    "exercise": "What is done, how, for whom it is changed. A dose marked ours stands in no source; the therapist "
    "edits it.",
    "never": "Movements the app never offers. In a plan they are written as things to avoid.",
    "programme": "What every plan is held to.",
    "session": "What a supervised session of each phase is made of; gates and restrictions take exercises out of it.",
    "constraint": "What else about the patient leaves exercises out or changes how they are done; all that hold act.",
    "written": "How what is forbidden is grouped in a plan that is sent, and other figures of what is sent.",
    "drawing": "What is drawn under a cross and beside it, and how a limit of the patient changes or hides a drawing.",
    "paper": "What the referral, the therapist's program and the patient's handout say beside the plan itself.",
    "change": "What the page says at the next launch, row by row: what was signed, what is so now, what follows.",
    "course": "How long a session is and how it grows, how many visits are ordered and how soon, what is reviewed.",
    "goal": "What a plan aims at: a change from what was measured first, by a day.",
    "pain": "Sentences of the line on pain in their order; those that do not fit the patient fall away.",
    "measure": "Tests read from the chart or asked for, what counts as a risk, and tests never done.",
    "patient-text": "Everything said to the patient beside exercises and limits, in English and Spanish.",
    "nutrition": "Of rows that share a name the first that fits the patient is used.",
    "education": "Part of every plan.",
    "follow-up": "Checks and orders suggested beside a plan.",
    "referral": "Suggested where nothing is prescribed.",
}


def as_html(entries: Sequence[KnowledgeEntry], knowledge: Knowledge, proofs: Mapping[str, Proven]) -> str:
    """The whole document. The same knowledge and proofs give the same text: it holds no date of its own."""
    by_section = {key: [e for e in entries if e.section == key] for key in SECTIONS}
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Loadpath: clinical knowledge {knowledge.version}</title><style>{style()}</style></head><body>",
        '<a class="skip" href="#content">To the content</a>',
        *_head(entries, knowledge, by_section),
        '<main id="content">',
        *(part for key, rows in by_section.items() for part in _section(key, rows, proofs)),
        *_sources(knowledge),
        "</main></body></html>\n",
    ]
    return "\n".join(parts)


def style() -> str:
    return (resources.files(__package__) / "page.css").read_text(encoding="utf-8")


def _head(
    entries: Sequence[KnowledgeEntry], knowledge: Knowledge, sections: Mapping[str, list[KnowledgeEntry]]
) -> Iterator[str]:
    signed = sum(entry.standing.signed for entry in entries)
    yield "<header><h1>Loadpath: clinical knowledge for review</h1>"
    yield f"<p>Knowledge version <b>{knowledge.version}</b>. <b>{signed} of {len(entries)}</b> rows are signed; "
    yield f"{len(entries) - signed} await a clinician.</p>"
    yield "<h2>How to use this document</h2>"
    yield "<p>Each box is one row of the knowledge the app works with: what it says, who says so, for whom it was "
    yield "shown, what the app does because of it, and the test cases that prove it, also the case that just misses "
    yield "it. If you agree, write name and date into the box, or have them entered with</p>"
    yield '<p><code>smartapp knowledge sign ROW --by "NAME" --on DATE</code></p>'
    yield "<p>Short forms: CP care plan, SR order for physical therapy, act activity of the plan, DNP marked “do not "
    yield "perform”, G goal, GU output guard (a check every plan must pass), NRS pain from 0 to 10.</p>"
    yield "<p>What a change would move, in all cases and in a site's charts, is told by <code>smartapp impact</code> "
    yield "as a report to sign; how, says docs/how-to-change-the-knowledge.md.</p>"
    yield "<p>If you do not agree, write beside the box what should change; the row then stays unsigned. "
    yield "The evidence behind all of it:</p>"
    yield f"<p class='note'>{escape(knowledge.evidence_note)}</p>"
    for change in knowledge.site_changes:
        yield f"<p class='note'>Changed by this site: {escape(change)}</p>"
    yield "<h2>Contents</h2>"
    yield '<table class="contents"><thead><tr><th scope="col">Part</th><th scope="col">Rows</th>'
    yield '<th scope="col">Source document</th><th scope="col">Guideline</th><th scope="col">Ours</th>'
    yield '<th scope="col">Signed</th></tr></thead><tbody>'
    for key, rows in sections.items():
        counts = [sum(row.standing.label == label for row in rows) for label in WHO]
        cells = "".join(f"<td>{n}</td>" for n in (len(rows), *counts, sum(row.standing.signed for row in rows)))
        yield f'<tr><th scope="row"><a href="#{key}">{SECTIONS[key]}</a></th>{cells}</tr>'
    yield "</tbody></table></header>"


def _section(key: str, rows: list[KnowledgeEntry], proofs: Mapping[str, Proven]) -> Iterator[str]:
    yield f'<section id="{key}" aria-labelledby="h-{key}"><h2 id="h-{key}">{SECTIONS[key]}</h2>'
    yield f"<p>{escape(LEAD[key])}</p>"
    for row in rows:
        yield from _entry(row, proofs)
    yield "</section>"


def _entry(entry: KnowledgeEntry, proofs: Mapping[str, Proven]) -> Iterator[str]:
    anchor = f"row-{entry.id}"
    standing = entry.standing
    heading = f"{escape(entry.id)}{f' · {escape(entry.title)}' if entry.title else ''}"
    yield f'<article id="{anchor}" aria-labelledby="{anchor}-h"><h3 id="{anchor}-h">{heading}</h3>'
    yield f'<p class="words">{escape(entry.words)}</p><dl>'
    who = WHO[standing.label]
    yield _pair("Who says so", f"{who[0].upper()}{who[1:]} ({', '.join(standing.sources)})")
    yield _pair("Cited in the source as", entry.cites)
    yield _pair("Grade", entry.grade)
    yield _pair("Applies to", standing.applicability)
    yield _pair("In doubt", standing.doubt)
    yield _links("Rests on", entry.statements)
    yield _list("What the app does with it", entry.effects)
    yield "</dl>"
    yield from _texts(entry.texts)
    yield from _proof(entry, proofs)
    yield _signature(entry)
    yield "</article>"


def _pair(name: str, value: str) -> str:
    return f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" if value else ""


def _links(name: str, ids: Iterable[str]) -> str:
    links = ", ".join(f'<a href="#row-{escape(id_)}">{escape(id_)}</a>' for id_ in ids)
    return f"<div><dt>{name}</dt><dd>{links}</dd></div>" if links else ""


def _list(name: str, lines: Sequence[str]) -> str:
    if len(lines) < 2:
        return _pair(name, "".join(lines))
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<div><dt>{name}</dt><dd><ul>{items}</ul></dd></div>"


def _texts(texts: Sequence[Text]) -> Iterator[str]:
    """The words in both registers side by side."""
    if not texts:
        return
    patient = any(text.patient for text in texts)
    heads = ("When", "For the clinician or therapist", *(("For the patient",) if patient else ()))
    cells = "".join(f'<th scope="col">{name}</th>' for name in heads)
    yield f'<table class="texts"><thead><tr>{cells}</tr></thead><tbody>'
    for text in texts:
        second = f"<td>{escape(text.patient)}</td>" if patient else ""
        yield f'<tr><th scope="row">{escape(text.situation)}</th><td>{escape(text.clinician)}</td>{second}</tr>'
    yield "</tbody></table>"


def _proof(entry: KnowledgeEntry, proofs: Mapping[str, Proven]) -> Iterator[str]:
    if entry.note:
        yield f'<p class="note">No case triggers this row, on purpose. {escape(entry.note)}</p>'
    found = [(row, proofs[row]) for row in entry.proofs if row in proofs and proofs[row].cases]
    if not found:
        return
    yield '<p class="proof"><b>Proved by</b></p><ul class="proof">'
    for row, proof in found:
        name = f"<i>{escape(row)}:</i> " if len(entry.proofs) > 1 else ""
        more = proof.cases - len(proof.triggered_by)
        cases = "; ".join(map(_case, proof.triggered_by)) + (f"; and {more} more" if more else "")
        missed = f". Just missed by {_case(proof.just_missed_by)}" if proof.just_missed_by else ""
        yield f"<li>{name}{cases}{missed}.</li>"
    yield "</ul>"


def _case(case: ProvingCase) -> str:
    return f"<b>{escape(case.id)}</b> {escape(case.title)}"


def _signature(entry: KnowledgeEntry) -> str:
    standing = entry.standing
    if standing.signed:
        return f'<p class="signed">Signed by {escape(standing.reviewer)} on {escape(standing.reviewed_on)}.</p>'
    lapsed = f"Signed by {escape(standing.lapsed)} and changed since. " if standing.lapsed else ""
    name = 'Name <span class="line"></span> Date <span class="line short"></span>'
    return f'<p class="sign">{lapsed}Awaiting review. {name}</p>'


def _sources(knowledge: Knowledge) -> Iterator[str]:
    yield '<section id="sources" aria-labelledby="h-sources"><h2 id="h-sources">Sources</h2>'
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Id", "Title", "Seen at", "Kind", "Note"))
    yield f'<table class="texts"><thead><tr>{heads}</tr></thead><tbody>'
    for row in knowledge.sources.values():
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in (row.title, row.seen_at, row.label, row.note))
        yield f'<tr><th scope="row">{escape(row.id)}</th>{cells}</tr>'
    yield "</tbody></table></section>"


# -- CSV

COLUMNS = (
    *("id", "part", "title", "own words", "cited in the source as", "sources", "who says so", "grade"),
    *("applicability", "in doubt", "rests on", "effect", "texts for the clinician", "texts for the patient"),
    *("review", "reviewer", "reviewed on", "proved by cases", "just missed by", "note"),
)


def as_csv(entries: Iterable[KnowledgeEntry], proofs: Mapping[str, Proven]) -> str:
    """The CSV as text, UTF-8, lines ending as RFC 4180 asks."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_line(entry, proofs) for entry in entries)
    return out.getvalue()


def _line(entry: KnowledgeEntry, proofs: Mapping[str, Proven]) -> tuple[str, ...]:
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
        standing.doubt,
        " ".join(entry.statements),
        "\n".join(entry.effects),
        "\n".join(f"{text.situation}: {text.clinician}" for text in entry.texts),
        "\n".join(f"{text.situation}: {text.patient}" for text in entry.texts if text.patient),
        f"{standing.review} (changed since {standing.lapsed})" if standing.lapsed else standing.review,
        standing.reviewer,
        standing.reviewed_on,
        "\n".join(_proof_words(row, proof, len(named) > 1) for row, proof in named),
        "\n".join(f"{p.just_missed_by.id} {p.just_missed_by.title}" for _, p in named if p.just_missed_by),
        entry.note,
    )


def _proof_words(row: str, proof: Proven, several: bool) -> str:
    cases = "; ".join(f"{case.id} {case.title}" for case in proof.triggered_by)
    more = proof.cases - len(proof.triggered_by)
    return f"{f'{row}: ' if several else ''}{cases or 'no case'}{f'; and {more} more' if more > 0 else ''}"
