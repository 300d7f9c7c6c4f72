"""Every drawing, as page and paper show it -> one self-contained HTML page: what a clinician signs as “drawings”."""

from collections.abc import Iterator
from html import escape

from smartapp.core.knowledge import Knowledge
from smartapp.document.drawings import Show, Style, drawing
from smartapp.knowledge.poses import poses

_STYLE = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 16px; color: #16202a; background: #fff; }
ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 8px; }
li { border: 1px solid #76848f; padding: 8px; break-inside: avoid; }
div { display: flex; gap: 8px; } .fig { width: 140px; height: 100px; }
.fig .g { stroke: #d3dae1; } .fig .p, .fig .guard { stroke: #a8742a; } .fig .f { stroke: #93a0ac; } .fig .m { stroke: #3d5a73; }
.fig .band, .fig .r, .fig .a { stroke: #0a5783; } .fig .ah { fill: #0a5783; } .fig .h { fill: #fff; }
.fig .xh { stroke: #fff; } .fig .x { stroke: #98161a; }
"""  # noqa: E501


def drawings_page(knowledge: Knowledge) -> str:
    """The same knowledge gives the same text."""
    parts = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Loadpath: drawings {knowledge.version}</title><style>{_STYLE}</style></head><body><main>",
        "<h1>Drawings</h1><p>Start and end of each, in color as the page shows it and in black and white as on paper.",
        "What is never offered has a cross over its end. Which stand beside a restriction, and which a limit changes,",
        "stands in knowledge.html.</p><h2>Each drawing</h2><ul>",
        *(_entry(id_, knowledge) for id_ in dict.fromkeys(exercise for exercise, _ in poses())),
        "</ul><h2>Changed by a limit of the patient</h2><ul>",
        *_changed(knowledge),
        "</ul></main></body></html>\n",
    ]
    return "\n".join(parts)


def _entry(id_: str, knowledge: Knowledge) -> str:
    row = knowledge.library.exercises.get(id_)
    crossed = knowledge.drawings.crossed.get(id_)
    forbidden = crossed is not None or (row is not None and not row.selectable)
    beside = f" Instead: {', '.join(crossed.instead)}." if crossed else ""
    return _item(id_, f"{_title(id_, knowledge)}.{beside}", forbidden=forbidden)


def _changed(knowledge: Knowledge) -> Iterator[str]:
    for change in knowledge.drawings.changes:
        for id_ in change.exercises:
            said = f"{_title(id_, knowledge)}, with {' or '.join(change.when)}"
            if change.hidden:
                yield f"<li><b>{id_}</b> {escape(said)}: not drawn.</li>"
            else:
                show = Show.START if change.start_only else Show.BOTH
                yield _item(id_, f"{said}.", show, without=frozenset(change.without))


def _item(
    id_: str, words: str, show: Show = Show.BOTH, forbidden: bool = False, without: frozenset[str] = frozenset()
) -> str:
    drawn = (
        drawing(id_, f"{words} {how}", show=show, style=style, forbidden=forbidden, without=without)
        for style, how in ((Style.PAGE, "On the page"), (Style.PAPER, "On paper"))
    )
    return f"<li><b>{id_}</b> {escape(words)}<div>{''.join(drawn)}</div></li>"


def _title(id_: str, knowledge: Knowledge) -> str:
    movements, never = knowledge.drawings.movements, {row.id: row for row in knowledge.library.never}
    row = knowledge.library.exercises.get(id_) or movements.get(id_) or never.get(id_)
    return row.title if row else id_
