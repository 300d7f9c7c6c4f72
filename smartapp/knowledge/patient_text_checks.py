"""Texts for patients -> every mistake: a text a rule names is missing, or a stop text does not name a danger (GU19)."""

import re
from collections.abc import Iterator, Mapping

from smartapp.core.patient_texts import NAMED, STOP
from smartapp.core.plan.guards import is_generic_prohibition
from smartapp.knowledge.plan_schema import PatientTextRow
from smartapp.knowledge.rows import Rows

FILE = "patient_texts.toml"
# What each emergency text names, in both languages; hospice gives its nurse first and 911 as well.
_DANGERS: Mapping[str, tuple[str, str]] = {
    "911": (r"\b911\b", r"\b911\b"),
    "numbness between the legs": (r"\bnumb\b.*\bbetween your legs", r"\bdormida\b.*\bentre las piernas"),
    "bladder and bowels": (r"\bbladder or bowels\b", r"\borina o el excremento\b"),
    "weakness of a leg": (r"\bleg gets weak", r"\bpierna (?:se debilita|está más débil)"),
    "sudden new back pain": (r"\bsudden, very bad new back pain\b", r"\bde pronto un dolor de espalda nuevo\b"),
}


def patient_text_mistakes(rows: Rows) -> Iterator[str]:
    if FILE in rows.reader.unread:
        return
    yield from (f"{FILE}: “{id_}” is missing" for id_ in NAMED if id_ not in rows.reader.ids[FILE])
    for id_, placed in rows.patient_texts.items():
        yield from (f"{placed.where}: {wrong}" for wrong in _text(id_, placed.row))


def _text(id_: str, row: PatientTextRow) -> Iterator[str]:
    if bool(row.name) != bool(row.name_es):
        yield "a short name is needed in both languages"
    if is_generic_prohibition(row.en):
        yield "name the movement, its quality and what to do instead"
    if set(re.findall(r"\{\w+\}", row.en)) != set(re.findall(r"\{\w+\}", row.es)):
        yield "both languages must have the same places"
    if id_.startswith(STOP):
        for danger, patterns in _DANGERS.items():
            if not all(re.search(*both) for both in zip(patterns, (row.en, row.es), strict=True)):
                yield f"an emergency text must name {danger} in both languages"
