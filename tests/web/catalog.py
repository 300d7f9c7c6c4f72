"""The templates and the code of the pages -> ``smartapp/web/locales/messages.pot``: ``python -m tests.web.catalog``."""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from smartapp import errors
from smartapp.core.referral import STAGES, Queue, WhoseTurn
from smartapp.core.referral_moves import BY_ACTION
from smartapp.core.referral_packet import Need
from smartapp.ehr.deliver.methods import HAPPENS, NAMES
from smartapp.ehr.deliver.plan import DOCUMENT_TITLES, TITLES
from smartapp.ehr.deliver.receipt import METHOD_WORDS, STATUS_WORDS
from smartapp.setting_values import LOCALES
from tests.conftest import ROOT

WEB = ROOT / "smartapp" / "web"
TEMPLATES = WEB / "templates"
POT = LOCALES / "messages.pot"
OPTIONS = {"**.html": {"newstyle_gettext": "true", "silent": "false", "trim_blocks": "true"}}
SPOKEN = ("_", "Lazy", "ngettext")  # what takes a string of the code to the catalog


def catalog() -> Catalog:
    made = Catalog(project="Loadpath", charset="utf-8")
    found = extract_from_dir(str(TEMPLATES), [("**.html", "jinja2")], OPTIONS)
    for file, _, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        made.add(message, None, [(file, 1)], auto_comments=comments, context=context)
    for message in of_other_rooms():
        made.add(message, None, [("other rooms", 1)])
    for path in sorted(WEB.glob("*.py")):
        for message in spoken(path.read_text(encoding="utf-8")):
            made.add(message, None, [(path.name, 1)])
    return made


def of_other_rooms() -> Iterator[str]:
    """Names of states, moves and errors that rooms below the pages have, and pages take to the catalog by ``_()``."""
    for names in (Queue, WhoseTurn, Need):
        yield from (each.value for each in names)
    yield from (row.owed for row in STAGES.values())
    yield from (text for move in BY_ACTION.values() for text in (move.words, move.text) if text)
    for table in (NAMES, HAPPENS, STATUS_WORDS, METHOD_WORDS, TITLES, DOCUMENT_TITLES, errors.NEXT):
        yield from table.values()
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, errors.LoadpathError):
            yield from (kind.title, kind.next_step)


def spoken(source: str) -> Iterator[str | tuple[str, str]]:
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SPOKEN:
            said = [each.value for each in call.args if isinstance(each, ast.Constant)]
            yield from [(said[0], said[1])] if call.func.id == "ngettext" else said


def pot_text() -> str:
    """Without a day, a version or a line number: it changes with the strings alone."""
    out = BytesIO()
    write_po(out, catalog(), omit_header=True, include_lineno=False, sort_output=True)
    return out.getvalue().decode()


def write_marked(locales: Path, language: str) -> None:
    """A made-up language, compiled: every string of the catalog in brackets."""
    marked = Catalog(locale="en")
    for message in catalog():
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            said = tuple(f"⟦{each}⟧" for each in forms)
            marked.add(message.id, said if len(said) > 1 else said[0])
    place = locales / language / "LC_MESSAGES" / "messages.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as out:
        write_mo(out, marked)


if __name__ == "__main__":
    POT.parent.mkdir(exist_ok=True)
    POT.write_text(pot_text(), encoding="utf-8")
