"""One table of a knowledge file -> checked values. What does not fit raises KnowledgeError, naming file and row."""

import tomllib
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from smartapp.core.knowledge import Label, Origin, Reference
from smartapp.core.signatures import digest_of, signature_of
from smartapp.errors import KnowledgeError


def file_text(files: Mapping[str, str], name: str) -> str:
    if name not in files:
        raise KnowledgeError(f"{name} is missing from the knowledge folder.")
    return files[name]


def toml(files: Mapping[str, str], name: str) -> dict[str, Any]:
    return parse_toml(file_text(files, name), name)


def parse_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{name} is not valid TOML: {error}.") from error


def string(row: Mapping[str, Any], key: str, where: str, *, required: bool = True) -> str:
    value = row.get(key, "")
    if not isinstance(value, str) or (required and not value.strip()):
        raise KnowledgeError(f"{where}: “{key}” must be text and not empty.")
    return value.strip()


def table(rows: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    row = rows.get(key, {})
    if not isinstance(row, dict):
        raise KnowledgeError(f"{name}, {key}: a table is expected here.")
    return row


def word_list(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    words = row.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise KnowledgeError(f"{where}: “{key}” must be a list of words.")
    return tuple(words)


def check_names(found: Collection[str], wanted: Collection[str], name: str) -> None:
    for missing in sorted(set(wanted) - set(found)):
        raise KnowledgeError(f"{name}: “{missing}” is missing.")
    for unknown in sorted(set(found) - set(wanted)):
        raise KnowledgeError(f"{name}: “{unknown}” is not a name any rule uses.")


def origin_of(row: Mapping[str, Any], where: str, sources: Mapping[str, Reference]) -> Origin:
    label, reference, review = (string(row, key, where) for key in ("label", "source", "review"))
    if label not in set(Label):
        raise KnowledgeError(f"{where}: label “{label}” must be one of {', '.join(Label)}.")
    if reference not in sources:
        raise KnowledgeError(f"{where}: source “{reference}” is not in sources.toml.")
    if review not in ("awaiting", "signed"):
        raise KnowledgeError(f"{where}: review must be “awaiting” or “signed”.")
    reviewer, on = (string(row, key, where, required=review == "signed") for key in ("reviewer", "reviewed-on"))
    found = signature_of(review, reviewer, on, string(row, "digest", where, required=False), digest_of(row))
    applies = string(row, "applicability", where)
    return Origin(Label(label), reference, applies, found.review, found.reviewer, found.reviewed_on, found.lapsed)


def cited_in(row: Mapping[str, Any], where: str, statements: Collection[str]) -> tuple[str, ...]:
    cited = word_list(row, "statements", where)
    for id_ in cited:
        if id_ not in statements:
            raise KnowledgeError(f"{where}: statement “{id_}” is not in statements.toml.")
    return cited


def number(value: object, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise KnowledgeError(f"{where}: “value” must be a number.")
    return Decimal(value)
