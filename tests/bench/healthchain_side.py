"""The peer of the hooks benchmark, in an environment of its own: HealthChain's CDS service, asked one simple question.

``PEER=adapter`` reads the prefetch by HealthChain's own adapter into FHIR models, as its documentation shows; without,
the handler looks into the plain dictionaries. Neither checks who calls.
"""

import os
import sys

import uvicorn
from healthchain.gateway import CDSHooksService, HealthChainAPI
from healthchain.io import CdsFhirAdapter
from healthchain.models import CDSRequest, CDSResponse
from healthchain.models.responses.cdsresponse import Card, Source

app, cds, adapter = HealthChainAPI(title="peer"), CDSHooksService(), CdsFhirAdapter()


@cds.hook("patient-view", id="fracture")
def fracture(request: CDSRequest) -> CDSResponse:
    """Whether a fracture of a lumbar vertebra is among the diagnoses."""
    if os.environ.get("PEER") == "adapter":
        bundles = adapter.parse(request).fhir.prefetch_resources.values()
        entries = [entry for bundle in bundles for entry in getattr(bundle, "entry", None) or ()]
        conditions = [entry.resource for entry in entries if entry.resource.get_resource_type() == "Condition"]
        codes = [coding.code for each in conditions for coding in each.code.coding or ()]
    else:
        entries = [entry for bundle in (request.prefetch or {}).values() for entry in (bundle or {}).get("entry", ())]
        conditions = [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == "Condition"]
        codes = [coding["code"] for each in conditions for coding in each["code"].get("coding", ())]
    if not any(code.startswith("S32.0") for code in codes):
        return CDSResponse(cards=[])
    return CDSResponse(
        cards=[Card(summary="A lumbar fracture is on record.", indicator="info", source=Source(label="peer"))]
    )


app.register_service(cds)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
