"""Every string of the pages is in the catalog, and what the catalog says is what the page says."""

import re

import pytest
from jinja2 import Environment, nodes

from tests.web.catalog import POT, TEMPLATES, pot_text

NAMES = {path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.rglob("*.html")}
NO_TEXT = (
    r"\{#.*?#\}", r"\{% block (?:page|said_class) %\}.*?\{% endblock %\}",
    r"<code\b.*?</code>", r"<kbd>.</kbd>", r"\d+ CFR",
    r"\{%-? ?trans\b.*?endtrans ?-?%\}", r"\{\{.*?\}\}", r"\{%.*?%\}",
)  # fmt: skip
# A class of the stylesheet or a piece of markup is no sentence.
SENTENCE = re.compile(r"^[A-Z][a-z]|^(?! tone-| sure| |<).*[a-z]{2} [A-Za-z]{2}")
SAID = re.compile(r"(?:aria-label|data-label|placeholder|title|alt)=\"([^\"]*[A-Za-z]{2}[^\"]*)\"")


def outside(source: str) -> list[str]:
    """Words a person meets that no translator would."""
    for pattern in NO_TEXT:
        source = re.sub(pattern, "", source, flags=re.DOTALL)
    in_sight = re.sub(r"<[^>]*>|&[a-z]+;|aria-\w+=\"[^\"]*\"", " ", source).replace("Loadpath", "")
    return [*SAID.findall(source), *re.findall(r"[A-Za-z]{2,}", in_sight)]


def strings_of(source: str) -> list[str]:
    """Words in quotes inside an expression that no ``_()`` takes to the catalog: ``{{ "Try again" if failed }}``."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    known = {
        id(const) for call in tree.find_all(nodes.Call) if is_no_text(call) for const in call.find_all(nodes.Const)
    }
    known |= {id(const) for compare in tree.find_all(nodes.Compare) for const in compare.find_all(nodes.Const)}
    return [
        const.value
        for const in tree.find_all(nodes.Const)
        if isinstance(const.value, str) and SENTENCE.search(const.value) and id(const) not in known
    ]


def is_no_text(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext", "ngettext", "url_for", "shape")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_text_of_a_template_goes_through_the_catalog(name):
    source = (TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
    assert outside(source) == []
    assert strings_of(source) == []


def test_the_catalog_is_current():
    assert POT.read_text(encoding="utf-8") == pot_text(), "write it again: python -m tests.web.catalog"


def test_what_is_in_the_catalog_is_said_as_it_says():
    assert outside('<p title="Why">{% trans %}In it{% endtrans %} out of it</p>') == ["Why", "out", "of", "it"]
    assert strings_of('{{ "Try again" if failed else _("Look again") }}') == ["Try again"]
