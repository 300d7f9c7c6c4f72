"""The identifier systems of what we write: written by ``write``, recognised by ``read``."""

IDENTIFIER_SYSTEM = "https://loadpath.example/fhir/plan"
CONTENT_SYSTEM = "https://loadpath.example/fhir/plan-content"  # hash of the content, to tell whether it changed
