"""A small, strict EHR for demos and tests: chart pages, a SMART authorization server and an R4 FHIR endpoint.

Turns a SandboxConfig into one WSGI application. It never imports the app it launches.
"""

from .app import create_sandbox
from .clients import RegisteredClient, read_clients
from .config import SandboxConfig
from .load import UnreadableData
from .state import Sandbox

__all__ = ["RegisteredClient", "Sandbox", "SandboxConfig", "UnreadableData", "create_sandbox", "read_clients"]
