"""CodeableConcepts -> rows of the code table: systems and spellings normalised, false friends told apart."""

from dataclasses import dataclass

from smartapp.core.codes import CodeRow, CodeTable, Kind
from smartapp.fhir.json import Resource, get_list, get_str, get_text


@dataclass(frozen=True)
class Coded:
    """What a CodeableConcept says. ``rows`` are its codes with a meaning for us, ``excluded`` its false friends."""

    rows: tuple[CodeRow, ...]
    excluded: tuple[CodeRow, ...]
    code: str  # as recorded, of the coding that told most; for display
    text: str  # as recorded; else the first display
    displays: tuple[str, ...]

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset(concept for row in self.rows for concept in row.concepts)

    @property
    def shown(self) -> str:
        """What a person reads: as recorded, else our name for the code, else the bare code."""
        named = next((row.display for row in self.rows if row.display), "")
        return self.text or (f"{named} ({self.code})" if named else self.code)

    @property
    def wording(self) -> str:
        """Everything it says in words, for text matching."""
        return " ; ".join(dict.fromkeys(filter(None, (self.text, *self.displays))))


def coded(element: Resource, table: CodeTable, *kinds: Kind) -> Coded:
    """A CodeableConcept, with the rows of these kinds its codings have in the table."""
    rows: list[CodeRow] = []
    excluded: list[CodeRow] = []
    displays: list[str] = []
    first_code = told_code = ""
    for coding in get_list(element, "coding"):
        system, code = get_str(coding, "system"), get_str(coding, "code")
        if "display" in coding and (display := get_text(coding, "display")):
            displays.append(display)
        first_code = first_code or code
        if not code or not system or (row := table.find(system, code)) is None or row.kind not in kinds:
            continue
        (excluded if row.excluded else rows).append(row)
        told_code = told_code or ("" if row.excluded else code)
    said = get_text(element, "text") or (displays[0] if displays else "")
    return Coded(tuple(rows), tuple(excluded), told_code or first_code, said, tuple(displays))


def code_word(element: Resource) -> str:
    """The bare code of a small FHIR code list (a status, a category), wherever the server put it; lower case."""
    for coding in get_list(element, "coding"):
        if code := get_str(coding, "code"):
            return code.strip().lower()
    return get_text(element, "text").lower()


def coded_text(element: Resource) -> str:
    """What a CodeableConcept is called, without looking its codes up."""
    if said := get_text(element, "text"):
        return said
    return next((shown for coding in get_list(element, "coding") if (shown := get_text(coding, "display"))), "")
