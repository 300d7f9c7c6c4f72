"""A referral that was opened -> its packet: what a receiver needs, and whether it is there.

Beside order and plan it reads what the login was granted, each record by the reference that the order gives: the
diagnoses, who ordered, and the coverage. What was not granted or did not arrive is unread, and not missing.
"""

from collections.abc import Callable

from smartapp.core.chart import Patient
from smartapp.core.referral_packet import Need, PacketItem, packet
from smartapp.ehr.addresses import trusted_reference
from smartapp.ehr.client import FhirClient
from smartapp.ehr.launch.scopes import Grants
from smartapp.ehr.pages import Resource
from smartapp.ehr.referrals import OpenedReferral
from smartapp.errors import EhrError, EhrForbidden
from smartapp.fhir.json import Resource as FhirObject
from smartapp.fhir.json import as_object, as_objects
from smartapp.fhir.referral_order import DRAFT, Facts, codes_of, npi_of, order_facts, payers_of, phone_of


def packet_of(
    client: FhirClient, grants: Grants, opened: OpenedReferral, npi: str = "", phone: str = ""
) -> tuple[PacketItem, ...]:
    """``npi``, ``phone``: of the referrer, as the site has set them, where the EHR does not say."""
    order, person = opened.order, opened.row.referral.patient
    facts = order_facts(order, opened.plan, len(opened.avoid)) | patient_facts(opened.row.patient)
    if person:
        facts[Need.PAYER] = _unless_unread(lambda: payers_of(_search(client, grants, "Coverage", {"patient": person})))
    if order and order.get("status") != DRAFT:
        facts[Need.CODE] = _unless_unread(lambda: codes_of(_diagnoses(client, grants, order, person)))
    return packet(facts | referrer_facts(client, grants, order, npi, phone))


def patient_facts(patient: Patient | None) -> Facts:
    """What the list of referrals has, too."""
    if patient is None:
        return {}
    born, number = str(patient.birth or ""), patient.record_number
    return {
        Need.IDENTITY: f"{born}, {number}" if born and number else "",
        Need.PHONE: patient.phone,
        Need.LANGUAGE: patient.language,
    }


def referrer_facts(client: FhirClient, grants: Grants, order: FhirObject, npi: str, phone: str) -> Facts:
    """Number and telephone of who ordered, as the EHR has them; else as the site has set them."""
    who = trusted_reference(
        str(as_object(order, "requester").get("reference") or ""), client.base, frozenset({"Practitioner"})
    )
    absent = "" if order else None
    read_npi = _unless_unread(lambda: npi_of(_read(client, grants, who))) if who else absent
    read_phone = _unless_unread(lambda: _call_back(client, grants, who)) if who else absent
    return {Need.NPI: read_npi or npi or read_npi, Need.CALL_BACK: read_phone or phone or read_phone}


def _call_back(client: FhirClient, grants: Grants, who: str) -> str:
    return phone_of([*_search(client, grants, "PractitionerRole", {"practitioner": who}), _read(client, grants, who)])


def _diagnoses(client: FhirClient, grants: Grants, order: FhirObject, patient: str) -> list[Resource]:
    """The Conditions the order gives as its reason, if they are this patient's."""
    named = (str(each.get("reference") or "") for each in as_objects(order.get("reasonReference")))
    places = (trusted_reference(each, client.base, frozenset({"Condition"})) for each in named)
    found = [_read(client, grants, place) for place in places if place]
    whose = (str(as_object(each, "subject").get("reference") or "") for each in found)
    kind = frozenset({"Patient"})
    return [each for each, of in zip(found, whose, strict=True) if trusted_reference(of, client.base, kind) == patient]


def _read(client: FhirClient, grants: Grants, place: str) -> Resource:
    kind, _, id_ = place.partition("/")
    if not grants.may(kind, "r"):
        raise EhrForbidden("Not granted.")
    return client.read(kind, id_)


def _search(client: FhirClient, grants: Grants, kind: str, params: dict[str, str]) -> list[Resource]:
    if not grants.may(kind, "s"):
        raise EhrForbidden("Not granted.")
    return client.search(kind, params)


def _unless_unread(read: Callable[[], str]) -> str | None:
    try:
        return read()
    except EhrError:
        return None
