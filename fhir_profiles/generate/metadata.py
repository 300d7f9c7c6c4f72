"""A row of the knowledge -> what every definition says about itself: address, version, standing, citations."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from types import MappingProxyType
from typing import Any

from fhir_profiles.generate.fsh import PUBLISHER, SHAREABLE, camel
from smartapp.core.knowledge import Knowledge
from smartapp.fhir.build.codings import CANONICAL
from smartapp.reviewers.entry import KnowledgeEntry, Standing

Element = dict[str, Any]

TOPIC = "Osteopenia with a lumbar fracture"
USAGE_CONTEXT = "http://terminology.hl7.org/CodeSystem/usage-context-type"
# Whose statement of a code system's terms a value set must carry along.
COPYRIGHTS: Mapping[str, str] = MappingProxyType(
    {
        "http://snomed.info/sct": (
            "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a "
            "licence where the country is not a member."
        ),
        "http://loinc.org": (
            "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC "
            "Committee; available at no cost under the licence at https://loinc.org/license."
        ),
        "http://www.ama-assn.org/go/cpt": (
            "This value set names CPT codes without their words; CPT is copyright of the American Medical "
            "Association, and its use needs a licence."
        ),
    }
)


def canonical(kind: str, id_: str) -> str:
    return f"{CANONICAL}/{kind}/{id_}"


def definition(kind: str, id_: str, title: str, description: str, experimental: bool) -> Element:
    """The elements every definitional resource has, those a shareable one needs among them."""
    return {
        "resourceType": kind,
        "id": id_,
        **({"meta": {"profile": [SHAREABLE[kind]]}} if kind in SHAREABLE else {}),
        "url": canonical(kind, id_),
        "version": version("loadpath"),
        "name": camel(id_),
        "title": title,
        "status": "draft",
        "experimental": experimental,
        "publisher": PUBLISHER,
        "description": description,
    }


def awaiting(rows: Iterable[KnowledgeEntry]) -> bool:
    """Whether any of these rows has no signature yet: what rests on it is then not meant for use "experimental"."""
    return any(not row.standing.signed for row in rows)


def reviewed(standing: Standing) -> Element:
    if not standing.signed:
        return {}
    return {"reviewer": [{"name": standing.reviewer}]}


def citations(rows: Iterable[KnowledgeEntry], knowledge: Knowledge) -> list[Element]:
    """The sources these rows name, then the statements they rest on, each once."""
    entries = tuple(rows)
    made = (cited for find in (_sources, _statements) for row in entries for cited in find(row, knowledge))
    return list({(cited["type"], cited["label"]): cited for cited in made}.values())


def _sources(entry: KnowledgeEntry, knowledge: Knowledge) -> Iterator[Element]:
    for named in entry.standing.sources:
        id_ = named.removesuffix(" (probable)")
        known = knowledge.sources.get(id_)
        if known is None:
            continue
        doubt = "Probably: " if known.label == "probable" else ""
        note = f" {known.note}" if known.note else ""
        yield {
            "type": "documentation" if known.label == "ours" else "citation",
            "label": known.id,
            "display": f"{doubt}{known.title}",
            "citation": f"{doubt}{known.title}. Seen at: {known.seen_at}.{note}",
        }


def _statements(entry: KnowledgeEntry, knowledge: Knowledge) -> Iterator[Element]:
    for id_ in entry.statements:
        yield {"type": "justification", "label": id_, "display": knowledge.statements[id_].text}
