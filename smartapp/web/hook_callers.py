"""Who calls a CDS service: the token of the request in hand. And whose scripts may: pages for testing, by CORS.

An EHR calls from its server. Only tools for testing call from a page, and only pages of an origin the issuers file
names may, or of an EHR on this machine in development; never of any origin, and never with cookies.
"""

from flask import Flask, Response, current_app, request

from smartapp.ehr.addresses import is_loopback, origin
from smartapp.ehr.hook_clients import HookClients
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.keys import KeyStore
from smartapp.web.wiring import Wiring

_ORIGINS = "loadpath-hook-origins"
PREFLIGHT_SECONDS = 600  # a browser asks again after so long (ours)


def install_hook_callers(app: Flask, made: Wiring) -> None:
    keys = KeyStore(made.http_client, made.settings)
    clients = HookClients(made.smart.issuers, keys, made.store.hooks.use_token, made.clock)

    def caller() -> Issuer:
        """Raises CallerRefused, CallerUnchecked."""
        address = f"{made.settings.base_url}{request.path}"  # ours, whatever Host the request named
        return clients.caller(request.headers.get("Authorization", ""), address)

    app.extensions["loadpath-hook-callers"] = caller
    app.extensions[_ORIGINS] = _origins(made)


def _origins(made: Wiring) -> frozenset[str]:
    found: set[str] = set()
    for issuer in made.smart.issuers:
        if issuer.cds_hooks is not None:
            found.update(issuer.cds_hooks.origins)
            if made.settings.dev_loopback and is_loopback(issuer.iss):
                found.add(origin(issuer.iss))
    return frozenset(found)


def cors(response: Response) -> Response:
    """What a browser asks before it lets a page see an answer."""
    response.vary.add("Origin")
    place = request.headers.get("Origin", "")
    if place in current_app.extensions[_ORIGINS]:
        response.headers["Access-Control-Allow-Origin"] = place
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response
