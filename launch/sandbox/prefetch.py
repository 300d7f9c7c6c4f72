"""Prefetch templates of CDS Hooks -> the data a service wants beforehand."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl

from .access import Access
from .compartment import Resource
from .fhir_local import LocalFhir
from .fhir_remote import RemoteFhir
from .outcome import Refused

_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
_TODAY = re.compile(r"today\(\)(?:\s*([+-])\s*(\d{1,4})\s*(day|week|month|year)s?)?")


def prefetch(
    fhir: LocalFhir | RemoteFhir, access: Access, templates: Mapping[str, str], context: Resource, today: date
) -> Resource:
    """Template by template, as the FHIR endpoint answers it; a refusal is its OperationOutcome (3.0 ballot)."""
    found: Resource = {}
    for key, template in templates.items():
        query = resolved(template, context, today)
        if query is None:
            continue  # what cannot be filled in is not sent
        path, _, parameters = query.partition("?")
        type_, _, id_ = path.partition("/")
        try:
            if id_:
                found[key] = fhir.read(access, type_, id_).body
            else:
                found[key] = fhir.search(access, type_, parse_qsl(parameters, keep_blank_values=True)).body
        except Refused as error:
            found[key] = error.body()
    return found


def resolved(template: str, context: Mapping[str, Any], today: date) -> str | None:
    """A prefetch template with its tokens filled in; None where one is not known."""
    values: list[str | None] = []

    def fill(token: re.Match[str]) -> str:
        values.append(_value(token[1].strip(), context, today))
        return values[-1] or ""

    query = _TEMPLATE.sub(fill, template)
    return None if None in values else query


def _value(token: str, context: Mapping[str, Any], today: date) -> str | None:
    if day := _TODAY.fullmatch(token):
        return _moved(today, day[1] or "+", int(day[2] or 0), day[3] or "day").isoformat()
    value = context.get(token.removeprefix("context.")) if token.startswith("context.") else None
    return value if isinstance(value, str) else None


def _moved(today: date, sign: str, count: int, unit: str) -> date:
    count = -count if sign == "-" else count
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
