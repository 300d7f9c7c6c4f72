"""The peer of the hooks benchmark, in an environment of its own: HealthChain's CDS service, asked one simple question.

``PEER=adapter`` reads the prefetch by HealthChain's own adapter into FHIR models, as its documentation shows; without,
the handler looks into the plain dictionaries. Neither checks who calls.
"""

import os
import sys
from typing import Any


def codes_by_adapter(request: Any, adapter: Any) -> list[str]:
    bundles = adapter.parse(request).fhir.prefetch_resources.values()
    entries = [entry for bundle in bundles for entry in getattr(bundle, "entry", None) or ()]
    conditions = [entry.resource for entry in entries if entry.resource.get_resource_type() == "Condition"]
    return [coding.code for each in conditions for coding in each.code.coding or ()]


def codes_in_dictionaries(request: Any) -> list[str]:
    entries = [entry for bundle in (request.prefetch or {}).values() for entry in (bundle or {}).get("entry", ())]
    conditions = [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == "Condition"]
    return [coding["code"] for each in conditions for coding in each["code"].get("coding", ())]


def application() -> Any:
    """Answers whether a fracture of a lumbar vertebra is among the diagnoses."""
    from healthchain.gateway import CDSHooksService, HealthChainAPI
    from healthchain.io import CdsFhirAdapter
    from healthchain.models import CDSRequest, CDSResponse
    from healthchain.models.responses.cdsresponse import Card, Source

    app, cds, adapter = HealthChainAPI(title="peer"), CDSHooksService(), CdsFhirAdapter()
    by_adapter = os.environ.get("PEER") == "adapter"

    @cds.hook("patient-view", id="fracture")
    def fracture(request: CDSRequest) -> CDSResponse:
        codes = codes_by_adapter(request, adapter) if by_adapter else codes_in_dictionaries(request)
        if not any(code.startswith("S32.0") for code in codes):
            return CDSResponse(cards=[])
        card = Card(summary="A lumbar fracture is on record.", indicator="info", source=Source(label="peer"))
        return CDSResponse(cards=[card])

    app.register_service(cds)
    return app


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(application(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
