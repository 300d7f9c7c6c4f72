"""The marks “ ” around a value mean words of somebody else, and one function writes them."""

import ast
from itertools import pairwise

from tests.conftest import ROOT

ROOMS = ("core", "fhir", "ehr", "document", "web")  # those whose sentences are read on pages and papers
MAKER = "smartapp/core/quotes.py"


def quoting(path):
    """Lines of a file in which an f-string opens a quotation right before a value."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            said = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if any(text and text.endswith("“") and then is None for text, then in pairwise(said)):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_quotes_are_made_in_one_place():
    files = [path for room in ROOMS for path in sorted((ROOT / "smartapp" / room).rglob("*.py"))]
    found = [line for path in files for line in quoting(path)]
    assert {line.partition(":")[0] for line in found} == {MAKER}, found
