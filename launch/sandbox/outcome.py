"""Refusals: every way the FHIR endpoint says no, as an exception that carries its OperationOutcome."""

from __future__ import annotations

from typing import Any

# HTTP status -> OperationOutcome issue code (http://hl7.org/fhir/R4/valueset-issue-type.html)
ISSUE_CODE = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    409: "conflict",
    410: "deleted",
    412: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "processing",
    429: "throttled",
    500: "exception",
    502: "transient",
    503: "transient",
    504: "timeout",
}


class Refused(Exception):
    """A request the FHIR endpoint will not carry out. ``problems`` are sentences for the person reading the log."""

    def __init__(self, status: int, *problems: str, code: str | None = None, headers: dict[str, str] | None = None):
        super().__init__("; ".join(problems))
        self.status = status
        self.problems = problems
        self.code = code or ISSUE_CODE[status]
        self.headers = headers or {}

    def body(self) -> dict[str, Any]:
        return outcome(self.code, *self.problems)


def outcome(code: str, *problems: str, severity: str = "error") -> dict[str, Any]:
    """An OperationOutcome with one issue per sentence."""
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": severity, "code": code, "diagnostics": problem} for problem in problems],
    }
