"""Every string of the pages is in the catalog, and what the catalog says is what the page says."""

import ast
import re
from collections.abc import Iterator

import pytest
from jinja2 import Environment, nodes

from smartapp.web import review_face
from smartapp.web.about import NOTICES
from smartapp.web.review_face import MAY_LOWER
from tests.web.catalog import POT, SPOKEN, TEMPLATES, WEB, pot_text

NAMES = {path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.rglob("*.html")}
NO_TEXT = (
    r"\{#.*?#\}", r"\{% block (?:page|said_class) %\}.*?\{% endblock %\}",
    r"<code\b.*?</code>", r"<kbd>.</kbd>", r"\d+ CFR",
    r"\{%-? ?trans\b.*?endtrans ?-?%\}", r"\{\{.*?\}\}", r"\{%.*?%\}",
)  # fmt: skip
# A class of the stylesheet or a piece of markup is no sentence.
SENTENCE = re.compile(r"^[A-Z][a-z]|^(?! tone-| sure| |<).*[a-z]{2} [A-Za-z]{2}")
SAID = re.compile(
    r"(?:aria-label|data-label|placeholder|title|alt)=\"([^\"]*[A-Za-z]{2}[^\"]*)\""
    r"|data-[a-z-]+=\"([^\"]*[a-z]{2} [a-z]{2}[^\"]*)\""
)


def outside(source: str) -> list[str]:
    """Words a person meets that no translator would."""
    for pattern in NO_TEXT:
        source = re.sub(pattern, "", source, flags=re.DOTALL)
    in_sight = re.sub(r"<[^>]*>|&[a-z]+;|aria-\w+=\"[^\"]*\"", " ", source).replace("Loadpath", "")
    return [*("".join(found) for found in SAID.findall(source)), *re.findall(r"[A-Za-z]{2,}", in_sight)]


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


def given_by_value(source: str) -> list[nodes.Call]:
    """``_()`` of a template is markup and never escaped, so nothing but a literal may stand in it."""
    calls = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source).find_all(nodes.Call)
    spoken = [call for call in calls if isinstance(call.node, nodes.Name) and call.node.name == "_"]
    return [call for call in spoken if not isinstance(call.args[0], nodes.Const)]


def is_no_text(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext", "ngettext", "url_for", "shape")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_text_of_a_template_goes_through_the_catalog(name):
    source = (TEMPLATES / f"{name}.html").read_text(encoding="utf-8")
    assert outside(source) == []
    assert strings_of(source) == []
    assert given_by_value(source) == []


# -- code

# What goes to a machine, a chart, a file, the audit trail or the log is the same in every language.
NO_PAGE = frozenset({"audit", "cds", "hook_callers", "link_limits", "qr", "referral_note"})
NOT_SHOWN: dict[str, tuple[str, ...]] = {
    "calendar": (
        "calendar of referrals", "iCalendar feed: %s", "nothing due", "open the list to fill this calendar",
        "Referral %s. ", "%sAs your list showed it on %s UTC.",
    ),
    "charts": ("Task",),
    "hook_report": (
        *("Time", "Service", "Hook", "Hook instance", "Shown", "Order existed", "Missing", "Card", "Topic"),
        *("Because", "Outcome", "Outcome time", "Reason", "Reason system", "With comment", "Knowledge"),
    ),
    "http": ("None", "%s; form-action %s; frame-ancestors %s", "public, max-age=31536000, immutable"),
    "inbox": ("list of referrals",),
    "launch": ("public, max-age=300",),
    "ledger": ("The plan was retracted.",),
    "link_access": ("an unknown link", "link %s", "another browser", "link form"),
    "link_desk": ("made for %s, until %s", "taken back from %s"),
    "outbox": ("Task", "Rules of version %s: %s. Clinical judgement decides."),
    "pages": ("words of a failed callback",),
    "reading": ("Loadpath by itself, without a person",),
    "referral_list": (
        *("Patient", "Born", "Next to do", "Queue", "Due", "Days in state", "Whose turn", "Urgency", "Task"),
        *("Order signed", "First visit", "Plan of care back", "Progress report", "Recertification", "Visits"),
    ),
    "report_desk": ("%s was answered by link: %s", "The therapist recommends the %s phase. %s"),
    "report_view": ("Told by %s by link on %s.",),
    "results": ("Pain", "Pain now", "Vitamin D", "25-OH vitamin D"),  # keys
    "review_context": ("Stated by %s",),
    "review_face": (*{label for labels, _ in review_face._BY.values() for label in labels if " " in label}, *MAY_LOWER),
    "sessions": ("Practitioner", "Patient"),
    "therapist": ("noindex, nofollow", "opened for the first time", "Lax"),
    "trail": ("person %s", "every day and person", "own actions%s", "; of everybody: %s"),
}  # fmt: skip
WORDS = re.compile(r"^[A-Z][a-z]+$|[A-Za-z]{2},? [A-Za-z0-9({%]")
QUIET = ("get", "partition", "rpartition", "split", "startswith", "endswith", "removeprefix", "removesuffix")


def unspoken(source: str) -> list[str]:
    """Sentences of the code that no ``_()`` takes to the catalog; what is compared, looked up or logged is none."""
    return [text for text in _texts(ast.parse(source)) if WORDS.search(text)]


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield from [node.value] if isinstance(node.value, str) else []
    elif isinstance(node, ast.JoinedStr):
        yield "".join(each.value if isinstance(each, ast.Constant) else "%s" for each in node.values)
        for each in node.values:
            yield from _texts(each.value) if isinstance(each, ast.FormattedValue) else []
    elif not _is_quiet(node):
        for child in ast.iter_child_nodes(node):
            if not (isinstance(node, ast.Dict) and child in node.keys) and not _is_docstring(child):
                yield from _texts(child)


def _is_quiet(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        of = getattr(getattr(node.func, "value", None), "id", "")
        return name in (*SPOKEN, *QUIET, "audit_event", "ValueError", "Blueprint") or of in ("log", "re")
    return isinstance(node, ast.Compare | ast.Subscript)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@pytest.mark.parametrize("name", sorted({path.stem for path in WEB.glob("*.py")} - NO_PAGE))
def test_every_sentence_of_the_code_goes_through_the_catalog(name):
    found = unspoken((WEB / f"{name}.py").read_text(encoding="utf-8"))
    known = NOTICES if name == "about" else NOT_SHOWN.get(name, ())
    assert [text for text in found if text not in known] == []


def test_what_is_not_shown_is_still_there():
    for name, texts in NOT_SHOWN.items():
        assert set(texts) <= set(unspoken((WEB / f"{name}.py").read_text(encoding="utf-8"))), name


# -- scripts


def written_in(script: str) -> list[str]:
    """Sentences in quotes: what a script says comes from attributes that a template fills."""
    code = re.sub(r"^\s*//.*$|(?<=[;{}]) // .*$", "", script, flags=re.MULTILINE)
    quoted = re.findall(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`", code)
    texts = ["".join(found) for found in quoted]
    return [
        text
        for text in texts
        if re.search(r"^[A-Z][a-z]+[ :]|[a-z] [a-z]+[ .:]?$|[a-z]{2} [a-z]{2,} [a-z]", text)
        and not re.search(r"[\[#>=]|^\.", text)
    ]


@pytest.mark.parametrize("path", sorted((WEB / "static").glob("*.js")), ids=lambda path: path.name)
def test_no_script_has_a_sentence_of_its_own(path):
    assert [
        text for text in written_in(path.read_text(encoding="utf-8")) if text not in ("use strict", "no page")
    ] == []


def test_the_catalog_is_current():
    assert POT.read_text(encoding="utf-8") == pot_text(), "write it again: python -m tests.web.catalog"


def test_what_is_in_the_catalog_is_said_as_it_says():
    assert outside('<p title="Why">{% trans %}In it{% endtrans %} out of it</p>') == ["Why", "out", "of", "it"]
    assert outside('<p data-note="Not in it">{% trans %}In it{% endtrans %}</p>') == ["Not in it"]
    assert given_by_value("{{ _(name) }}") and not given_by_value('{{ _("Name") }}{{ name | translated }}')
    assert strings_of('{{ "Try again" if failed else _("Look again") }}') == ["Try again"]
    code = (
        'def f(a):\n    "In words."\n    log.info("kept so")\n    return _("In it") + f"{a} out of it" + AT["No word"]'
    )
    assert unspoken(code) == ["%s out of it"]
    assert written_in('a.textContent = "Out of it."; // a note\nb = `${n} left to do`;') == [
        "Out of it.",
        "${n} left to do",
    ]
