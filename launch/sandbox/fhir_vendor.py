"""Our own store, in a vendor's manner: what a personality does not offer is refused before it is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from .access import Access
from .capability import capability_statement
from .compartment import Resource, values
from .fhir_local import LocalFhir, Pairs, Reply
from .outcome import Refused
from .personality import Personality, Spoken
from .search_parameters import parameters_of
from .store import Store

ALWAYS = frozenset({"_id", "_count", "_format", "_summary", "_total", "_pretty", "_sort"})


class VendorFhir(LocalFhir):
    """LocalFhir with a :class:`Personality` in front."""

    def __init__(self, store: Store, base: str, secret: bytes, personality: Personality):
        super().__init__(store, base, secret, personality.page_size, personality.page_size_max)
        self.personality = personality
        self.media_type = personality.media_type

    def read(self, access: Access, type_: str, id_: str) -> Reply:
        self._offers(type_, "read")
        return super().read(access, type_, id_)

    def search(self, access: Access, type_: str, pairs: Pairs, *, strict: bool = False, offset: int = 0) -> Reply:
        spoken = self._offers(type_, "search-type")
        if token := dict(pairs).get(self.personality.page_parameter):
            return self.page(access, token)
        asked = self._asked(type_, spoken, pairs, first=offset == 0)
        reply = super().search(access, type_, asked, strict=strict, offset=offset)
        return self._in_our_manner(type_, reply)

    def create(self, access: Access, type_: str, resource: Any, if_none_exist: str | None = None) -> Reply:
        spoken = self._offers(type_, "create")
        missing = [path for path in spoken.requires if not values(resource, path)]
        if missing:
            raise Refused(422, *(f"{type_}.{path} is required here" for path in missing), code="required")
        dateless = [p for p in spoken.timed if any("T" not in str(value) for value in values(resource, p))]
        if dateless:
            raise Refused(422, *(f"{type_}.{path} needs a time of day here" for path in dateless), code="value")
        # a server that does not know the header does not fail on it: it creates once more
        condition = if_none_exist if self.personality.conditional_create else None
        return super().create(access, type_, resource, condition)

    def update(
        self, access: Access, type_: str, id_: str, resource: Any, if_match: str | None = None, *, linked: bool = True
    ) -> Reply:
        self._offers(type_, "update")
        if self.personality.if_match == "required" and not if_match:
            raise Refused(412, f"an update of {type_} needs If-Match")
        condition = None if self.personality.if_match == "ignored" else if_match
        return super().update(access, type_, id_, resource, condition, linked=linked)

    def check_unmodified(self, access: Access, type_: str, id_: str, since: str) -> None:
        """Raises Refused(412) where the record was changed after ``since``, an HTTP date, if this server looks."""
        access.need(type_, "u")
        stored = self.store.read(type_, id_)
        if stored is None or not self.personality.unmodified_since:
            return
        try:
            known = parsedate_to_datetime(since)
        except ValueError as error:
            raise Refused(400, f"If-Unmodified-Since is no date: {since}") from error
        if datetime.fromisoformat(stored.resource["meta"]["lastUpdated"]).replace(microsecond=0) > known:
            raise Refused(412, f"{type_}/{id_} was changed after {since}: read it again")

    def bundle(self, access: Access, bundle: Any, *, representation: bool = False) -> Reply:
        kind = bundle.get("type") if isinstance(bundle, dict) else None
        offered = {"transaction": self.personality.transaction, "batch": self.personality.batch}
        if kind in offered and not offered[kind]:
            raise Refused(405, f"{kind} is not supported", code="not-supported")
        return super().bundle(access, bundle, representation=representation)

    def capabilities(self) -> Resource:
        """What the personality declares; nothing beside it."""
        theirs = self.personality
        statement = super().capabilities()
        rest = statement["rest"][0]
        types = {*theirs.resources, *(entry["type"] for entry in rest["resource"] if theirs.others.interactions)}
        rest["resource"] = [self._declared(type_) for type_ in sorted(types)]
        offered = [code for code in ("transaction", "batch") if getattr(theirs, code)]
        rest.pop("interaction")
        if offered:
            rest["interaction"] = [{"code": code} for code in offered]
        software = {"software": {"name": theirs.software}} if theirs.software else {}
        statement.pop("software")
        return {**statement, **software, **theirs.metadata}

    def _declared(self, type_: str) -> Resource:
        spoken, theirs = self.personality.of(type_), self.personality
        (entry,) = (
            e for e in capability_statement(self.base, [type_], date="2026-01-01")["rest"][0]["resource"]
            if e["type"] == type_
        )  # fmt: skip
        shown = [p for p in entry["searchParam"] if spoken.search is None or p["name"] in spoken.search]
        declared = {"type": type_, "interaction": [{"code": code} for code in sorted(spoken.interactions)]}
        declared["searchParam"] = shown
        if theirs.conditional_create:
            declared["conditionalCreate"] = True
        return declared

    def _offers(self, type_: str, interaction: str) -> Spoken:
        spoken = self.personality.of(type_)
        if not spoken.interactions:
            raise Refused(404, f"{type_} is not supported", code="not-supported")
        if interaction not in spoken.interactions:
            raise Refused(405, f"{interaction} of {type_} is not supported", code="not-supported")
        return spoken

    def _asked(self, type_: str, spoken: Spoken, pairs: Pairs, *, first: bool) -> Pairs:
        """The search as this server carries it out. Raises Refused(400) for what it does not."""
        theirs = self.personality
        given = [(key, value) for key, value in pairs if key.partition(":")[0] != "_count"]
        names = {key.partition(":")[0] for key, _ in given}
        if "_sort" in names and not theirs.sort:
            raise Refused(400, "_sort is not supported", code="not-supported")
        known = spoken.search if spoken.search is not None else parameters_of(type_)
        included = {name for name in names if name in ("_include", "_revinclude")} - theirs.includes
        if included:
            raise Refused(400, *(f"{name} is not supported" for name in sorted(included)), code="not-supported")
        unknown = names - ALWAYS - set(known)
        if unknown and theirs.unknown_parameters == "refused":
            raise Refused(400, *(f"{type_} has no search parameter {name}" for name in sorted(unknown)))
        self._check_values(type_, spoken, given, names)
        kept = [(key, value) for key, value in given if key.partition(":")[0] not in unknown]
        added = [(key, value) for key, value in spoken.fixed.items() if key not in names]
        return [*kept, *added, ("_count", str(self._count(spoken, dict(pairs).get("_count"), first=first)))]

    def _check_values(self, type_: str, spoken: Spoken, given: Pairs, names: set[str]) -> None:
        theirs = self.personality
        for group in spoken.needs:
            if not names & {*group, "_id"}:
                raise Refused(400, f"a search of {type_} must have {' or '.join(group)}", code="required")
        if theirs.id_alone and "_id" in names and names - {"_id", "_count", "_format"}:
            raise Refused(400, "_id takes no other search parameter beside it", code="not-supported")
        if theirs.date_pairs:
            _check_span([value for key, value in given if key == "date"])
        for key, value in given:
            codes = [part.rpartition("|")[2] for part in value.split(",")]
            if key in spoken.single and len(codes) > 1:
                raise Refused(400, f"{key} takes one value", code="value")
            if set(codes) <= set(spoken.refused.get(key, ())):
                raise Refused(400, f"{key}={value} is not supported for {type_}", code="not-supported")

    def _count(self, spoken: Spoken, asked: str | None, *, first: bool) -> int:
        size = spoken.page_size or self.personality.page_size
        if asked is None or not asked.isdecimal() or (first and not self.personality.count_on_first_page):
            return size
        return min(int(asked), spoken.page_size_max or self.personality.page_size_max)

    def _in_our_manner(self, type_: str, reply: Reply) -> Reply:
        body, theirs = reply.body or {}, self.personality
        found = body.get("link", [])
        links = [{**link, "url": self._page_url(type_, link["url"])} if link["relation"] == "next" else link
                 for link in found]  # fmt: skip
        body = {**body, "link": links}
        if theirs.outcome_in_results and not body.get("entry"):
            issue = {"resourceType": "OperationOutcome", "issue": [dict(theirs.outcome_in_results)]}
            body = {**body, "entry": [{"resource": issue, "search": {"mode": "outcome"}}]}
        return replace(reply, body=body)

    def _page_url(self, type_: str, url: str) -> str:
        name = self.personality.page_parameter
        return url if name == "_page" else f"{self.base}/{type_}?{name}={url.partition('_page=')[2]}"


def _check_span(dates: list[str]) -> None:
    """A span has a first and a last day, both told to the same precision."""
    prefixes = sorted(date[:2] for date in dates)
    if dates and (prefixes != ["ge", "le"] or len({len(date) for date in dates}) != 1):
        raise Refused(400, "date needs ge and le, both to the same precision", code="value")
