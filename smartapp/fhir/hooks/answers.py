"""What is wrong with a call, as the OperationOutcome that CDS Hooks 3.0 asks services to answer with."""

from collections.abc import Mapping
from typing import Any

_CODES: Mapping[int, str] = {400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 412: "required"}


def outcome(status: int, text: str, reference: str = "") -> dict[str, Any]:
    """``reference``: of this request in our logs."""
    code = _CODES.get(status, "processing" if status < 500 else "exception")
    issue = {"severity": "error", "code": code, "details": {"text": text}}
    return {
        "resourceType": "OperationOutcome",
        "issue": [{**issue, "diagnostics": f"Request {reference}"} if reference else issue],
    }
