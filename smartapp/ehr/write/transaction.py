"""One transaction Bundle -> receipt lines; after a lost reply the EHR is asked before anything is sent again."""

import re
from collections.abc import Mapping
from typing import Any

from smartapp.core.proposal import Written
from smartapp.ehr.write.edition import of_resource
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.identity import business_identifier
from smartapp.ehr.write.lookup import found_row, look_up, row, title, withdrawn_title
from smartapp.ehr.write.ports import FhirClient
from smartapp.ehr.write.walk import mapping, version_of
from smartapp.errors import EhrConflict, EhrUnavailable, LoadpathError

RUNG = "transaction"
NOT_KNOWN = "The EHR did not answer: it is not known whether this was saved. Try again; nothing will be saved twice."
NOT_OURS = "The EHR says it already had this, but it is not there under our identifier."

_PLACE = re.compile(r"([A-Z][A-Za-z]+)/([^/\s]+)(?:/_history/([^/\s]+))?/?\Z")
_ETAG = re.compile(r'(?:W/)?"([^"]*)"')


def send_together(client: FhirClient, bundle: Element) -> tuple[Written, ...]:
    """Post the Bundle; ``EhrForbidden``, ``EhrRejected`` and ``EhrConflict`` mean that nothing was written."""
    try:
        return answer_rows(client, bundle, client.post_transaction(bundle))
    except EhrUnavailable:
        return _after_silence(client, bundle)


def _after_silence(client: FhirClient, bundle: Element) -> tuple[Written, ...]:
    """All of it there: found. Nothing or a part: once more, with the same conditions on the same identifiers."""
    unknown = tuple(row(resource, RUNG, "unknown", NOT_KNOWN) for resource in map(_resource, own_entries(bundle)))
    try:
        if there := _all_there(client, bundle):
            return there
    except LoadpathError:
        return unknown
    try:
        return answer_rows(client, bundle, client.post_transaction(bundle))
    except EhrUnavailable:
        return unknown
    except EhrConflict:
        if there := _all_there(client, bundle):  # our own first attempt had landed late
            return there
        raise


def own_entries(bundle: Element) -> list[Element]:
    """The entries that create, in order; the others withdraw what is replaced."""
    return [entry for entry in bundle["entry"] if entry["request"]["method"] == "POST"]


def _resource(entry: Element) -> Element:
    resource: Element = entry["resource"]
    return resource


def _all_there(client: FhirClient, bundle: Element) -> tuple[Written, ...]:
    """Receipt lines if every artifact is in the EHR, otherwise none."""
    stored = look_up(client, own_entries(bundle))
    own = [_resource(entry) for entry in own_entries(bundle)]
    if any(business_identifier(resource) not in stored for resource in own):
        return ()
    return tuple(found_row(resource, stored[business_identifier(resource)], RUNG) for resource in own)


def answer_rows(client: FhirClient, bundle: Element, answer: Mapping[str, Any]) -> tuple[Written, ...]:
    """One line per entry of the answer, in our order; what was there before is looked at, not assumed.

    Raises EhrUnavailable for an answer that says less than that.
    """
    entries, told = bundle["entry"], answer.get("entry")
    wholes = [mapping(whole) for whole in told] if isinstance(told, list) else []
    replies = [mapping(whole, "response") for whole in wholes]
    if len(replies) != len(entries):
        silent = EhrUnavailable("The EHR answered the transaction without saying what became of each part.")
        silent.http_status = 200  # it may all be there: whoever goes on looks first
        raise silent
    before = [
        entry
        for entry, reply in zip(entries, replies, strict=True)
        if entry["request"]["method"] == "POST" and str(reply.get("status", "")).startswith("200")
    ]
    stored = look_up(client, before) if before else {}
    lines = []
    for entry, reply, whole in zip(entries, replies, wholes, strict=True):
        resource = entry["resource"]
        if entry["request"]["method"] == "PUT":
            lines.append(_landed(resource, reply, whole, withdrawn_title(resource)))
        elif entry not in before:
            lines.append(_landed(resource, reply, whole, title(resource)))
        elif known := stored.get(business_identifier(resource)):
            lines.append(found_row(resource, known, RUNG))
        else:
            lines.append(row(resource, RUNG, "failed", NOT_OURS))
    return tuple(lines)


def _landed(resource: Element, reply: Mapping[str, Any], whole: Mapping[str, Any], name: str) -> Written:
    """Where it landed: from ``location`` and ``etag``, or from the resource a server may send back instead."""
    back = mapping(whole, "resource")
    place = _PLACE.search(str(reply.get("location") or whole.get("fullUrl") or ""))
    etag = _ETAG.match(str(reply.get("etag", "")))
    known = of_resource(back) if back.get("id") else of_resource(resource) if resource.get("id") else ""
    reference = f"{place.group(1)}/{place.group(2)}" if place else known
    version = etag.group(1) if etag else (place and place.group(3)) or version_of(back)
    return Written(
        str(resource["resourceType"]), name, business_identifier(resource), RUNG, reference, version,
        "written" if reference else "unknown", "" if reference else "The EHR accepted this without saying where it is.",
    )  # fmt: skip
