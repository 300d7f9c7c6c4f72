"""The templates of the pages -> ``smartapp/web/locales/messages.pot``: ``python -m tests.web.catalog`` writes it."""

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from smartapp.web.catalog import LOCALES
from tests.conftest import ROOT

TEMPLATES = ROOT / "smartapp" / "web" / "templates"
POT = LOCALES / "messages.pot"
OPTIONS = {"**.html": {"newstyle_gettext": "true", "silent": "false", "trim_blocks": "true"}}


def catalog() -> Catalog:
    made = Catalog(project="Loadpath", charset="utf-8")
    found = extract_from_dir(str(TEMPLATES), [("**.html", "jinja2")], OPTIONS)
    for file, _, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        made.add(message, None, [(file, 1)], auto_comments=comments, context=context)
    return made


def pot_text() -> str:
    """Without a day, a version or a line number: it changes with the strings alone."""
    out = BytesIO()
    write_po(out, catalog(), omit_header=True, include_lineno=False, sort_output=True)
    return out.getvalue().decode()


if __name__ == "__main__":
    POT.parent.mkdir(exist_ok=True)
    POT.write_text(pot_text(), encoding="utf-8")
