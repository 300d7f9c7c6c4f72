"""The pages of launch/vendors, and the table of scopes in each, made of what the app asks for, reads and writes.

    python -m tests.vendor_guides

writes the tables into the pages. What a page says of its vendor is written by hand, each with its source.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from launch.sandbox.personality import read_personality
from smartapp.ehr.capabilities import Capabilities
from smartapp.ehr.deliver.methods import METHODS_OF, NAMES, SiteSettings, choose_methods
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.scopes import REFERRED, WRITTEN, Grants, requested_scope
from smartapp.fhir.read.searches import OPTIONAL, SELDOM, of_signed_plan, searches
from smartapp.knowledge import load
from tests.conftest import ROOT

FOLDER = ROOT / "launch" / "vendors"
OTHER = "any-other"
# Page -> the vendor's personality in the sandbox, where there is one.
PERSONALITIES = {
    "athenahealth": "athena", "canvas": "canvas", "epic": "epic", "hapi": "hapi", "meditech": "meditech",
    "medplum": "medplum", "oracle-health": "oracle",
}  # fmt: skip
PAGES = (*PERSONALITIES, "azure", "healthlake", "openemr", "smart-health-it", OTHER)
HEADINGS = (
    *("Where to register", "What to ask for", "Addresses", "Client type and keys", "What differs here"),
    *("The issuers file", "What becomes of each artifact", "How to test it there", "How to take it away", "Not known"),
)
MARKED = re.compile(r"(?<=<!-- scopes -->\n).*?(?=<!-- /scopes -->)", re.DOTALL)
_STANZA = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LETTERS = {"c": "create", "r": "read", "u": "update", "s": "search-type"}
_IDENTITY = {
    "launch": (
        "the chart that is open (`launch/patient` in its place where Loadpath is opened by itself)",
        "no launch",
    ),
    "openid fhirUser": ("who signs", "nobody may draft or sign, so no chart is read"),
    "online_access": ("goes on when the access token ends", "the session ends with the access token"),
    "offline_access": ("goes on when the access token ends", "the session ends with the access token"),
}
_DOCUMENTS = {
    "DocumentReference": "the note that carries the plan where the EHR takes no plan",
    "QuestionnaireResponse": "answers to a coordinator's question; the plan, where the site has a form for it",
}


def path(page: str) -> Path:
    return FOLDER / f"{page}.md"


def text(page: str) -> str:
    return path(page).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    return text(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def stanzas(page: str) -> list[str]:
    return _STANZA.findall(text(page))


def table_of(stanza: str) -> dict[str, Any]:
    """The one EHR of a stanza."""
    (table,) = tomllib.loads(stanza).values()
    return dict(table)


def default_scope(page: str) -> str:
    """What the app asks of this EHR by itself, before a site writes a list of its own."""
    table = table_of(stanzas(page)[0])
    kept = {key: table[key] for key in ("scope_version", "refresh") if key in table}
    return requested_scope(Issuer(page, "https://ehr.example/fhir", "client", **kept), (), ehr_launch=True)


def own_scope(page: str) -> str:
    """The list of the page's first stanza; empty where it has none."""
    return " ".join(table_of(stanzas(page)[0]).get("scopes", "").split())


def kind_of(scope: str) -> str:
    return scope.partition("/")[2].partition(".")[0]


def scope_table(page: str) -> str:
    asked, own = default_scope(page).split(), own_scope(page).split()
    here = page in PERSONALITIES or bool(own)
    head = ["Scope", "Why", "Without it", *(["Here"] if here else [])]
    rows = [head, ["---"] * len(head)]
    for names, told in _IDENTITY.items():
        if set(names.split()) <= set(asked):
            rows.append([_code(names.split()), *told, *([_asked(names.split(), own)] if here else [])])
    for kind in dict.fromkeys(filter(None, map(kind_of, asked))):
        scopes = [scope for scope in asked if kind_of(scope) == kind]
        rows.append([_code(scopes), _why(kind), without(kind), *([_here(page, kind, own)] if here else [])])
    rows += [[_code([scope]), "this EHR wants it", "no launch", "asked for"] for scope in own if scope == "api:fhir"]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _code(scopes: list[str]) -> str:
    return " ".join(f"`{scope}`" for scope in scopes)


def _labels(kind: str) -> list[str]:
    codes = load().codes
    return [search.label for search in (*searches(codes), *of_signed_plan(codes)) if search.resource == kind]


def _why(kind: str) -> str:
    read = _labels(kind) or (["medicines that a prescription only refers to"] if kind in REFERRED else [])
    write = [NAMES[kind].lower()] if kind in METHODS_OF else [_DOCUMENTS[kind]] if kind in _DOCUMENTS else []
    return "; ".join([*([f"read: {', '.join(read)}"] if read else []), *(f"write: {name}" for name in write)])


def without(kind: str) -> str:
    """What is lost without the scopes of this type: held to what the page and the review say."""
    if kind == "Patient":
        return "no chart is read"
    return " ".join(filter(None, (_unread(kind), _unwritten(kind) if kind in WRITTEN else "")))


def _unread(kind: str) -> str:
    labels = _labels(kind)
    told = [label for label in labels if label in SELDOM]
    if kind in REFERRED or set(labels) - OPTIONAL - SELDOM:
        return "Told as “not permitted”."
    if told and len(told) < len(labels):
        return f"Told as “not permitted” ({', '.join(told)}); of the rest nothing is said."
    if told:
        return "Told as “not permitted”; where the EHR has none, nothing is missing."
    return "Nothing is said: it counts as not offered there." if labels else ""


def _unwritten(kind: str) -> str:
    """The app's own words for an EHR that would take it and has not granted it."""
    if kind not in METHODS_OF:
        return "The plan goes as a message, else as a copy by hand." if kind == "DocumentReference" else ""
    if kind == "Task":
        return "No task: Loadpath keeps the referral."
    every = Capabilities(transaction=True, interactions={each: frozenset(("create", "update")) for each in WRITTEN})
    others = Grants(" ".join(f"patient/{each}.crus" for each in WRITTEN if each != kind))
    (planned,) = (p for p in choose_methods(every, others, SiteSettings(), tuple(METHODS_OF)) if p.artifact == kind)
    return f"“{planned.reason}” It goes in a note, else as below."


def _here(page: str, kind: str, own: list[str]) -> str:
    parts = []
    if page in PERSONALITIES:
        there = read_personality(PERSONALITIES[page]).of(kind).interactions
        letters = "".join(letter for letter in "crus" if _LETTERS[letter] in there)
        parts.append(f"profile: {letters}" if letters else "not in the profile")
    if own:
        parts.append(_asked([scope for scope in own if kind_of(scope) == kind], own))
    return "; ".join(parts)


def _asked(scopes: list[str], own: list[str]) -> str:
    if not own:
        return ""
    return f"ask {_code(scopes)}" if scopes and set(scopes) <= set(own) else "not asked for"


def links(page: str) -> Iterator[tuple[str, str]]:
    """Each line that leads out of the repository, with its address; none of what stands in a code block."""
    for line in re.sub(r"^```.*?^```", "", text(page), flags=re.MULTILINE | re.DOTALL).splitlines():
        for address in re.findall(r"\]\((https://[^)\s]+)\)", line):
            yield line, address


def main() -> None:
    for page in PAGES:
        made = MARKED.sub(lambda _, page=page: scope_table(page), text(page))
        path(page).write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
