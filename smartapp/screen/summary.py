"""Numbers of a screening -> one self-contained HTML page, charts drawn here, every number beside its bar as text.

It names nobody. A count from 1 to 10 is told as “fewer than 11”, and where a table adds up to a known sum its next
smallest count too, so that it cannot be worked out (the rule of the US Centers for Medicare & Medicaid Services).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

SMALL = 11  # a count below is not told; CMS cell size suppression policy
_WIDE = 320  # of the longest bar, in pixels
_TABLES: Mapping[str, tuple[str, str]] = {
    "disposition": ("Disposition", "Every patient, by what the rules conclude."),
    "phase": ("Phase", "Patients these rules speak of, by the phase healing, pain and procedures allow today."),
    "stops": ("Hard stops", "How many have each of them; one patient may have several."),
    "missing": ("What is missing", "How many charts leave each question open; one chart may leave several."),
    "treatment gap": ("Treatment gap", "Whether a fragility fracture is on record without a bone drug."),
    "plan": ("Plan on record", "The state of the plan Loadpath wrote, if any."),
    "unreadable": ("Lines not read", "Charts with entries that were not read or not understood."),
}
# Each number is of the whole by itself; the others are parts of it.
_OVERLAPPING = frozenset({"stops", "missing"})
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.45 system-ui, "DejaVu Sans", sans-serif; margin: 0 auto; max-width: 52rem; padding: 1rem 1.5rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.3rem; margin: 2rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .25rem .5rem .25rem 0; }
th { font-weight: 400; overflow-wrap: anywhere; } thead th { font-weight: 600; border-bottom: 1px solid; }
td.n { text-align: right; white-space: nowrap; } svg { display: block; max-width: 100%; height: 14px; }
rect { fill: #0b4f8a; } @media (prefers-color-scheme: dark) { rect { fill: #7db7e8; } }
@media (max-width: 30rem) { td.bar { display: none; } } @media print { body { max-width: none; } }
"""


def summary_page(numbers: Mapping[str, Mapping[str, int]], not_read: int, as_of: date, version: str) -> str:
    """``numbers``: counts of each table by what they are of; ``not_read``: records of the export that were not read."""
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Loadpath: screening as of {as_of}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>Screening as of {as_of}</h1>",
        f"<p>Knowledge {escape(version)}. Counts below {SMALL} are not told, nor what would reveal them.</p>",
        f"<p>Records of the export that were not read: {not_read}.</p>",
        *(line for name in _TABLES for line in _table(name, numbers)),
        "</main></body></html>\n",
    ]
    return "\n".join(parts)


def _table(name: str, numbers: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    title, about = _TABLES[name]
    counts = numbers[name]
    whole = sum(numbers["phase"].values())
    told = overlapping(counts, whole) if name in _OVERLAPPING else parts_of(counts)
    yield f"<h2>{title}</h2><p>{about}</p>"
    if not counts:
        yield "<p>None.</p>"
        return
    head = f'<th scope="col">{title}</th><th scope="col">Patients</th><td class="bar"></td>'
    yield f"<table><thead><tr>{head}</tr></thead>"
    longest = max((number for number in told.values() if number), default=1)
    for what, number in told.items():
        bar = _bar(what, number, longest) if number else ""
        shown = f"{number:,}" if number is not None else "not told" if counts[what] >= SMALL else f"fewer than {SMALL}"
        yield f'<tr><th scope="row">{escape(what)}</th><td class="n">{shown}</td><td class="bar">{bar}</td></tr>'
    yield "</table>"


def _bar(what: str, number: int, longest: int) -> str:
    label = escape(f"{what}: {number:,}", quote=True)
    width = max(1, round(_WIDE * number / longest))
    return (
        f'<svg role="img" aria-label="{label}" width="{_WIDE}" viewBox="0 0 {_WIDE} 14">'
        f'<rect width="{width}" height="14"/></svg>'
    )


def parts_of(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Of counts that add up to a sum others may know: None for what is not told."""
    hidden = {what for what, number in counts.items() if 0 < number < SMALL}
    if len(hidden) == 1 and (rest := sorted((number, what) for what, number in counts.items() if what not in hidden)):
        hidden.add(rest[0][1])
    return {what: None if what in hidden else number for what, number in counts.items()}


def overlapping(counts: Mapping[str, int], whole: int) -> dict[str, int | None]:
    """Of counts each of which is a part of ``whole`` by itself: who has it must be many or none, and who has not."""
    return {
        what: None if 0 < number < SMALL or 0 < whole - number < SMALL else number for what, number in counts.items()
    }
