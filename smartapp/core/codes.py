"""Code table: knowledge/codes.csv -> :class:`CodeTable`, by which codes become concepts at the door and back again.

One row per code. A row with ``match`` ``prefix`` stands for a whole range where the rule book speaks of one (every
C-code, every ICD-10-PCS code beginning ``0QU0``); the longest row wins. False friends are rows too, ``use`` excluded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from smartapp.core.code_systems import CodeSystems
from smartapp.core.fracture_coding import EncounterKind, Morphology, Region
from smartapp.core.kinds import Quantity, Site


class CodeKind(StrEnum):
    """In which element of which resource a code of this row is looked for, or that it is written."""

    CONDITION = "condition"
    PROCEDURE = "procedure"
    OBSERVATION = "observation"
    ANSWER = "answer"  # value of an observation
    MEDICATION = "medication"
    BODY_SITE = "body-site"
    ORDER = "order"  # of a device or of how to move: what it orders
    DOCUMENT = "document"  # type of a document, or code of a report: whose note it is
    OUTPUT = "output"


class CodeUse(StrEnum):
    INPUT = "input"
    OUTPUT = "output"
    ASKED = "asked"  # no rule uses it, and it may bear on what they are about: ``concept`` is a Topic
    EXCLUDED = "excluded"  # looks like one of ours and is not: ``note`` says why


@dataclass(frozen=True)
class CodeRow:
    """One row of codes.csv. ``concepts`` are ids of :mod:`smartapp.core.concepts`, a quantity, or a procedure kind."""

    system: str
    code: str
    prefix: bool
    kind: CodeKind
    concepts: tuple[str, ...]
    display: str
    region: Region | None = None
    levels: frozenset[str] = frozenset()
    encounter: EncounterKind | None = None
    morphology: Morphology | None = None
    site: Site | None = None
    part: str = ""  # d2, d3, total; left, right; molar
    use: CodeUse = CodeUse.INPUT
    verified: str = ""  # CM, PCS, ECQM, IPS, SYN, USC, PA, THEMIS, WEB, memory (rule book section 3)
    note: str = ""

    @property
    def excluded(self) -> bool:
        return self.use is CodeUse.EXCLUDED

    @cached_property
    def quantity(self) -> Quantity | None:
        is_quantity = self.kind is CodeKind.OBSERVATION and self.concepts and self.concepts[0] in _QUANTITIES
        return Quantity(self.concepts[0]) if is_quantity else None


_QUANTITIES = frozenset(q.value for q in Quantity)


@dataclass(frozen=True)
class CodeTable:
    rows: tuple[CodeRow, ...]
    systems: CodeSystems = field(compare=False, repr=False)
    _exact: Mapping[tuple[str, str], CodeRow] = field(init=False, repr=False, compare=False)
    _prefixes: Mapping[str, Mapping[str, CodeRow]] = field(init=False, repr=False, compare=False)
    _output: Mapping[str, tuple[CodeRow, ...]] = field(init=False, repr=False, compare=False)
    observed: frozenset[str] = field(
        init=False, repr=False, compare=False
    )  # codes of any system an Observation may have

    def __post_init__(self) -> None:
        read = [row for row in self.rows if row.use is not CodeUse.OUTPUT]
        prefixes: dict[str, dict[str, CodeRow]] = {}
        for row in read:
            if row.prefix:
                prefixes.setdefault(row.system, {})[row.code] = row
        output: dict[str, tuple[CodeRow, ...]] = {}
        for row in self.rows:
            if row.use is CodeUse.OUTPUT:
                for concept in row.concepts:
                    output[concept] = (*output.get(concept, ()), row)
        object.__setattr__(self, "_exact", {(r.system, r.code): r for r in read if not r.prefix})
        object.__setattr__(self, "_prefixes", prefixes)
        object.__setattr__(self, "_output", output)
        object.__setattr__(self, "observed", frozenset(r.code for r in read if r.kind is CodeKind.OBSERVATION))

    def find(self, system: str, code: str) -> CodeRow | None:
        """The row for a code as recorded: ``system`` an address, OID or short name. None if the table has none.

        An excluded code is found too (``row.excluded``), so that a false friend can be told from an unknown code.
        """
        short = self.systems.of_code(system, code)
        if not short:
            return None
        name, known = self.systems.code_name(short, code), self.systems.by_id[short]
        row = self.row(short, name)
        return self.row(known.parent, name[: known.shared]) if row is None and known.parent else row

    def row(self, short: str, code: str) -> CodeRow | None:
        """As :meth:`find`, for a code and system already brought to the table's spelling."""
        exact = self._exact.get((short, code))
        if exact is not None:
            return exact
        prefixes = self._prefixes.get(short)
        if prefixes:
            for end in range(len(code), 0, -1):
                if (row := prefixes.get(code[:end])) is not None:
                    return row
        return None

    def codings(self, concept: str) -> tuple[tuple[str, str, str], ...]:
        """Codings to write for an output concept, as (system address, code, display); empty if there is none."""
        written = {name: system.written for name, system in self.systems.by_id.items()}
        return tuple((written[row.system], row.code, row.display) for row in self._output.get(concept, ()))

    def concepts(self, *kinds: CodeKind) -> frozenset[str]:
        """Every concept some row of these kinds (all if none named) leads to."""
        rows = (row for row in self.rows if row.use is not CodeUse.ASKED)
        return frozenset(c for row in rows if not kinds or row.kind in kinds for c in row.concepts)

    def codes(self, system: str, *concepts: str) -> tuple[str, ...]:
        """Codes read for any of these concepts in one system, in file order: what a search asks for."""
        wanted = set(concepts)
        return tuple(
            row.code
            for row in self.rows
            if row.system == system and row.use is CodeUse.INPUT and not row.prefix and wanted & set(row.concepts)
        )
