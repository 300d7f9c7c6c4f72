"""The order of a referral that was completed: it stays active in the EHR until who may sign completes it.

FHIR R4 leaves the status of a ServiceRequest to its placer: what a coordinator or therapist does is told by the Task.
"""

from smartapp.core.referral import ReferralTask, Stage
from smartapp.ehr.addresses import trusted_reference
from smartapp.ehr.client import FhirClient
from smartapp.ehr.deliver.updates import if_match_of, update
from smartapp.ehr.launch.scopes import Grants
from smartapp.errors import EhrError, EhrRejected
from smartapp.fhir.json import Resource, as_object


def may_complete(client: FhirClient, grants: Grants, referral: ReferralTask) -> bool:
    """Whether the EHR has the order as active, though its referral is completed, and lets this session change it."""
    if referral.stage is not Stage.COMPLETED or not grants.may("ServiceRequest", "u"):
        return False
    try:
        return _order(client, referral) is not None
    except EhrError:
        return False


def complete_order(client: FhirClient, referral: ReferralTask) -> None:
    """Over the version that was read. Raises EhrRejected where there is none, and as a read and an update do."""
    order = _order(client, referral) if referral.stage is Stage.COMPLETED else None
    if order is None:
        raise EhrRejected("The EHR does not have this order as active any more.")
    update(client, {**order, "status": "completed"}, if_match_of(order).get("ifMatch", ""))


def _order(client: FhirClient, referral: ReferralTask) -> Resource | None:
    """The order, of this patient and active."""
    place = trusted_reference(referral.order, client.base, frozenset({"ServiceRequest"}))
    if not place:
        return None
    found = client.read("ServiceRequest", place.partition("/")[2])
    named = str(as_object(found, "subject").get("reference", ""))
    whose = trusted_reference(named, client.base, frozenset({"Patient"}))
    return found if (found.get("status"), whose) == ("active", referral.patient) else None
