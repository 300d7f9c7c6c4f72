"""The charts of senders and the code systems -> docs/reading.md: ``python -m tests.senders.document``.

What the page says is what the readers do with each chart; the readings beside the charts hold that it is right.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from smartapp.core.code_systems import CodeSystem
from smartapp.core.codes import CodeKind, CodeRow, CodeUse
from smartapp.core.knowledge import Knowledge
from smartapp.fhir.read.by_resource import ResourceRead, read_by_resource
from smartapp.knowledge import load
from smartapp.reading import fact_json
from tests.senders.readings import CHARTS, readings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reading.md"
SEVERAL = "Several countries, or not tied to one"
_OFTEN = 0.25  # share of the charts in which an entry stands alike, only to make them whole; ours
# Of a fact, what tells a reader of the table most.
_SHORT = ("concepts", "kind", "quantity", "comparator", "value", "text", "site", "region", "levels", "healing")

HEAD = """# What is read of whose charts

- **Read**: the entry became a fact the rules use: a diagnosis, a procedure, a value. It names the entry as its source.
- **Told**: the entry may bear on the bone, the spine or an operation and was not understood, or may not be used by
  itself. A line names it as recorded, with its date and a question; values found in words are offered to be confirmed.
  Nothing is concluded from it, and nothing of its kind is called “not recorded”.
- **Not looked for**: the entry was understood as something else, or is of a kind no rule asks for (a claim, a
  vaccination). It is passed over in silence.

## At a new site

1. Take the record of a test patient, as a Bundle, NDJSON or a folder of these, and run `smartapp read BUNDLE.json`.
   Each entry is listed with its codes as recorded, what it was read as and by which row, what is told, or why it is
   quiet.
2. The end of the list counts by type and names the code systems not known here. What a sender writes for a system that
   is known is one more address in its row of `systems.toml`; another system is a row.
3. An entry that should have been read and was not lacks a name or a code: one row, or one word in a row, of
   `phrases.toml` or `codes.csv`. [How to change the knowledge](how-to-change-the-knowledge.md) shows an address, a name
   of a laboratory and a code.
4. A launch asks the EHR for laboratory results and pain scores by their LOINC codes, and for imaging by its category:
   `smartapp/fhir/read/searches.py`. A laboratory result under a local code alone is read from files, and not fetched at
   a launch; the site maps it to LOINC.
5. Run it again. Then add the entry, of an invented person, to `tests/senders`: a chart, and what is right of it.

Made by `python -m tests.senders.document` of `tests/senders`, `systems.toml`, `codes.csv` and `phrases.toml`; a test
notices when they differ.
"""


def page(folder: Path | None = None) -> str:
    """``folder``: where the readings are, if not beside this module."""
    knowledge = load()
    found = _charts(readings(folder) if folder else readings())
    return "\n".join([HEAD, *_systems(knowledge), *_countries(knowledge, found), *_senders(found)]) + "\n"


def _table(heading: str, rows: Iterable[Iterable[object]]) -> list[str]:
    columns = heading.count("|") + 1
    lines = (" | ".join(str(cell).replace("|", "\\|").replace("\n", " ") or "–" for cell in row) for row in rows)
    return [f"| {heading} |", f"|{'---|' * columns}", *(f"| {line} |" for line in lines), ""]


# ---- code systems ----


def _systems(knowledge: Knowledge) -> list[str]:
    of = knowledge.codes.systems.by_id
    rows = ((_place(one), one.title, f"`{one.id}`", *_counts(one, knowledge), _parent(one, of)) for one in of.values())
    heading = (
        "country | code system | in codes.csv | addresses | rows that mean something | asked | look like ours | else"
    )
    explained = (
        "“Asked”: rows of what no rule uses and what may bear on ours: told. “Look like ours”: rows that say a code is",
        "not. “Else”: how a code without a row is read. Of a system without rows only the words of an entry are read.",
    )
    languages = Counter(row.language for row in knowledge.phrases.rows)
    words = ", ".join(f"{language} {count}" for language, count in sorted(languages.items()))
    return [
        "## Code systems",
        "",
        *explained,
        "",
        *_table(heading, sorted(rows)),
        f"Rows of words, by language: {words}.",
        "",
    ]


def _place(system: CodeSystem) -> str:
    return system.country or "several"


def _rows(system: CodeSystem, knowledge: Knowledge) -> list[CodeRow]:
    return [row for row in knowledge.codes.rows if row.system == system.id and row.use is not CodeUse.OUTPUT]


def _counts(system: CodeSystem, knowledge: Knowledge) -> Iterator[str]:
    rows = _rows(system, knowledge)
    yield str(len(system.addresses))
    kinds = Counter(row.kind.value for row in rows if row.use is CodeUse.INPUT)
    yield ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    for use in (CodeUse.ASKED, CodeUse.EXCLUDED):
        yield str(sum(row.use is use for row in rows))


def _parent(system: CodeSystem, of: Mapping[str, CodeSystem]) -> str:
    return f"as in {of[system.parent].title}, by its first {system.shared} characters" if system.parent else ""


def _countries(knowledge: Knowledge, charts: Iterable["_Chart"]) -> list[str]:
    """What is not known of each country that is named: by a system of its own, or by a chart."""
    own: dict[str, list[CodeSystem]] = {country: [] for chart in charts for country in chart.countries}
    for system in knowledge.codes.systems.by_id.values():
        for country in _split(system.country):
            own.setdefault(country, []).append(system)
    rows = ((country, "; ".join(_unknown_of(theirs, knowledge))) for country, theirs in sorted(own.items()))
    told = [(country, unknown) for country, unknown in rows if unknown]
    return ["## Countries known only in part", "", *_table("country | what is not known", told)]


def _unknown_of(systems: Iterable[CodeSystem], knowledge: Knowledge) -> Iterator[str]:
    kinds: set[CodeKind] = set()
    for system in systems:
        rows = _rows(system, knowledge)
        kinds |= {row.kind for row in rows}
        if system.parent:
            kinds.add(CodeKind.CONDITION)
            yield f"{system.title}: {len(rows) or 'no'} rows of its own, the others by its parent"
        elif not rows:
            yield f"{system.title}: its address alone, no row"
    names = ((CodeKind.CONDITION, "diagnoses"), (CodeKind.PROCEDURE, "procedures"))
    if lacking := [name for kind, name in names if kind not in kinds]:
        yield f"no rows of a national code system of {' or of '.join(lacking)}"


def _split(countries: str) -> list[str]:
    return [country.strip() for country in countries.split(",") if country.strip()]


# ---- charts of senders ----


@dataclass(frozen=True)
class _Chart:
    """One chart of a sender. ``own``: its entries but those that stand alike in many charts."""

    name: str
    right: Mapping[str, Any]
    own: tuple[ResourceRead, ...]

    @property
    def countries(self) -> list[str]:
        """As its reading says, else those of its code systems."""
        if "from" in self.right:
            return _split(self.right["from"])
        systems = load().codes.systems.by_id
        known = {code.known_as for one in self.own for code in one.codes} - {""}
        return sorted({country for name in known for country in _split(systems[name].country)})

    @property
    def place(self) -> str:
        return ", ".join(self.countries) or SEVERAL


@cache
def _read(name: str) -> tuple[ResourceRead, ...]:
    bundle = json.loads((CHARTS / f"{name}.json").read_text(encoding="utf-8"))
    return tuple(one for one in read_by_resource([bundle], load()).resources if one.type != "Patient")


def _charts(right: Mapping[str, Mapping[str, Any]]) -> list[_Chart]:
    names = sorted(path.stem for path in CHARTS.glob("*.json"))
    stands = Counter(_as_recorded(one) for name in names for one in _read(name))
    often = {entry for entry, count in stands.items() if count >= _OFTEN * len(names)}
    own = {name: tuple(one for one in _read(name) if _as_recorded(one) not in often) for name in names}
    return [_Chart(name, right.get(name, {}), own[name]) for name in names]


def _senders(charts: Iterable[_Chart]) -> Iterator[str]:
    by_place: dict[str, list[_Chart]] = {}
    for chart in charts:
        by_place.setdefault(chart.place, []).append(chart)
    yield from ("## Charts by country and sender", "")
    yield from ("The fracture that only makes a chart whole is not named again.", "")
    for place in sorted(by_place, key=lambda place: (place == SEVERAL, place)):
        heading = "sender | chart and where it was seen | read | told | not looked for, or (why) not used"
        yield from (f"### {place}", "", *_table(heading, map(_row, by_place[place])))


def _row(chart: _Chart) -> tuple[str, ...]:
    facts = [(one.type, fact_json(fact)) for one in chart.own for fact in one.read]
    offered = [f"{kind}: {_short(fact)} offered" for kind, fact in facts if fact["as"] == "offer"]
    return (
        str(chart.right.get("sender", "")),
        f"`{chart.name}` {chart.right.get('seen', '')}".strip(),
        _joined(f"{kind}: {_short(fact)}" for kind, fact in facts if fact["as"] != "offer"),
        _joined([*offered, *(_as_recorded(one) for one in chart.own if one.told)]),
        _joined(f"{_as_recorded(one)}{_why(one)}" for one in chart.own if one.quiet),
    )


def _joined(said: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(said))


def _why(one: ResourceRead) -> str:
    return f" ({one.quiet})" if one.is_looked_for else ""


def _short(fact: dict[str, Any]) -> str:
    values = (fact[name] for name in _SHORT if name in fact)
    return " ".join(" ".join(value) if isinstance(value, list) else str(value) for value in values)


def _as_recorded(one: ResourceRead) -> str:
    named = next((f"{code.code} {code.display}".strip() for code in one.codes), "")
    return f"{one.type} {one.words if one.words and one.words not in named else named}".strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
