"""Code systems: knowledge/systems.toml -> :class:`CodeSystems`, by which the address a sender wrote names a system.

A national version of ICD-10 says what no row of its own says by the row of its parent, as far as the two agree:
``S32.01`` is the first lumbar vertebra in ICD-10-GM and an open fracture in the WHO's ICD-10, ``S32.0`` is one thing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from smartapp.core.signatures import Origin

_SCHEMES = ("http://", "https://", "urn:oid:", "oid:")
_SNOMED_EDITION = "snomed.info/sct/"
_KEPT = 512  # addresses whose system is remembered, so that a chart of hundreds of codings takes no string work


@dataclass(frozen=True)
class CodeSystem:
    """One row of systems.toml. ``addresses``: what senders write, put as :func:`plain_address` does; FHIR's first."""

    id: str
    title: str
    addresses: tuple[str, ...]
    origin: Origin
    country: str = ""  # where it is used; empty: in several
    written: str = ""  # the address under which we write its codes; empty: never written
    dot_after: int | None = None  # characters before the dot of its codes; None: codes stay as they are
    dot_after_letter: Mapping[str, int] = field(default_factory=dict)  # the same for codes that begin with a letter
    upper: bool = False  # its codes mean the same in small letters
    parent: str = ""  # the system that says what a code means where no row of this one does
    shared: int = 0  # characters, the dot among them, that mean the same in the parent
    shapes: Mapping[str, str] = field(default_factory=dict)  # another system -> pattern of codes only that one has
    quiet: str = ""  # pattern of codes of what needs no line where no rule knows it: a look, a test, a visit
    never_quiet: str = ""  # pattern of codes of operations: shown whatever the words beside them


class CodeSystems:
    """Every system by the short name the code table uses."""

    def __init__(self, systems: Mapping[str, CodeSystem]) -> None:
        self.by_id = systems
        self._by_address = {address: each.id for each in systems.values() for address in each.addresses}
        self._shapes = {
            each.id: tuple((other, re.compile(pattern)) for other, pattern in each.shapes.items())
            for each in systems.values()
            if each.shapes
        }
        self.name_of = lru_cache(_KEPT)(self._name_of)

    def _name_of(self, address: str) -> str:
        """``urn:oid:2.16.840.1.113883.6.90`` -> ``icd10cm``; empty for a system the table does not know.

        Scheme, letter case, trailing slash, a ``|version`` behind it and a SNOMED edition
        (``http://snomed.info/sct/731000124108``) do not matter.
        """
        plain = plain_address(address)
        return plain if plain in self.by_id else self._by_address.get(plain, "")

    def of_code(self, address: str, code: str) -> str:
        """As ``name_of``, but by the shape of the code where only another system has such codes.

        Converters write ICD-10-CM codes under the WHO's address and procedures under that of the diagnoses.
        """
        name = self.name_of(address)
        for other, pattern in self._shapes.get(name, ()):
            if pattern.fullmatch(code.strip().upper()):
                return other
        return name

    def code_name(self, system: str, code: str) -> str:
        """A code as the table writes it: upper case, ICD with its dot (``s32010a`` -> ``S32.010A``), no blanks."""
        known, plain = self.by_id[system], code.strip()
        if known.dot_after is None:
            return plain.upper() if known.upper else plain
        plain = plain.upper().replace(" ", "")
        at = known.dot_after_letter.get(plain[:1], known.dot_after)
        if "." not in plain and len(plain) > at:
            plain = f"{plain[:at]}.{plain[at:]}"
        return plain.rstrip(".-*+!†")  # a dagger, an asterisk: the part a code has in a pair, not of the code

    def is_quiet(self, system: str, code: str) -> bool:
        """Whether the code is of what needs no line where no rule knows it."""
        return self._is_of(self.by_id[system].quiet, system, code)

    def is_operation(self, system: str, code: str) -> bool:
        """Whether the code is of what is never quiet."""
        return self._is_of(self.by_id[system].never_quiet, system, code)

    def _is_of(self, pattern: str, system: str, code: str) -> bool:
        return bool(pattern and re.match(pattern, self.code_name(system, code)))


def plain_address(address: str) -> str:
    """An address as systems.toml writes it: small letters, no scheme, version, edition or slash at the end."""
    plain = address.partition("|")[0].strip().lower()
    for scheme in _SCHEMES:
        plain = plain.removeprefix(scheme)
    plain = plain.rstrip("/")
    return _SNOMED_EDITION.rstrip("/") if plain.startswith(_SNOMED_EDITION) else plain
