"""The errors a person may meet, each named for what happened and saying what to do next.

LoadpathError
├── SettingsError            settings or issuers file are wrong              → fix the named setting
├── KnowledgeError           a knowledge file contradicts itself            → fix the named row
├── InputError               a file or Bundle cannot be read                → fix the named place
├── KeptUnreadable           what was kept here cannot be read              → ask the administrator
│   └── KeptElsewhere            it was kept by another version             → that version reads it
├── LaunchError              a launch cannot start or finish                → start again from the EHR
│   ├── UnknownIssuer            the EHR is not registered here             → ask the administrator
│   ├── LaunchRefused            the EHR or the person said no              → ask for the permission
│   ├── LaunchForged             state, browser or token do not fit         → start again from the EHR
│   └── SessionEnded             idle too long, unknown or logged out       → start again from the EHR
├── HookError                a CDS Hooks call cannot be answered
│   ├── CallerRefused            who calls is not proven or not allowed → register the caller
│   ├── ServiceUnknown           there is no such service               → look at /cds-services
│   └── ChartNotSent             patient or diagnoses are not to be had → prefetch them, or give access
├── EhrError                 the EHR did not do what was asked
│   ├── ReadingFailed            a fault of ours while a chart was read     → try again
│   ├── EhrUnavailable           down, slow or overloaded (temporary)       → try again
│   ├── EhrForbidden             scope or user right is missing             → ask for the permission
│   ├── EhrRejected              the EHR found fault with what was sent     → read its reason
│   └── EhrConflict              somebody changed it meanwhile              → look again
└── ReviewError              a decision or signature cannot stand           → fix this field
    ├── ChartChanged             what was signed is not what was seen       → look again
    ├── NotSupported             the chart does not support a plan          → act on its alerts
    └── NotPermitted             this person may not do this                → ask someone who may
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Who(StrEnum):
    """Who can change what went wrong. The page sends the reader there, and to nobody else."""

    YOU = "the person at the screen"
    TIME = "nobody: it passes"
    EHR = "the EHR's administrator"
    SITE = "Loadpath's administrator"
    LOADPATH = "whoever makes Loadpath"


NEXT: Mapping[Who, str] = MappingProxyType(
    {
        Who.YOU: "Close this window and open Loadpath again from the patient's chart.",
        Who.TIME: "Wait a moment, then open Loadpath again from the patient's chart. If that does not help, tell the "
        "EHR's administrator.",
        Who.EHR: "Tell the EHR's administrator what is said above: it has to be changed in the EHR. Opening Loadpath "
        "again does not help until then.",
        Who.SITE: "Tell Loadpath's administrator what is said above: it has to be changed at this site. Opening "
        "Loadpath again does not help until then.",
        Who.LOADPATH: "Please start Loadpath again from the EHR. If it happens again, tell Loadpath's administrator.",
    }
)


class LoadpathError(Exception):
    """Base of all errors whose text is written for the person who meets it (never a token, never patient data).

    ``who`` can change it: of the class, or of the one place that raises it; the next step is then that of :data:`NEXT`.
    """

    status = 500
    title = "Something went wrong"
    who = Who.LOADPATH
    next_step = NEXT[who]

    def __init__(self, *words: object, who: Who | None = None):
        super().__init__(*words)
        if who is not None:
            self.who, self.next_step = who, NEXT[who]


class SettingsError(LoadpathError):
    title = "Loadpath is not set up correctly"
    who = Who.SITE
    next_step = "Ask Loadpath's administrator to run “smartapp check”."


class KnowledgeError(LoadpathError):
    title = "The clinical knowledge files do not fit together"
    who = Who.SITE
    next_step = "Ask Loadpath's administrator to run “smartapp check”."


class InputError(LoadpathError):
    status = 400
    title = "This input cannot be read"
    who = Who.YOU
    next_step = "Correct the named place and try again."


class KeptUnreadable(LoadpathError):
    """One record of the store; the others are not touched by it."""

    title = "What was kept here cannot be read any more"
    who = Who.SITE
    next_step = "Ask Loadpath's administrator."


class KeptElsewhere(KeptUnreadable):
    title = "This was kept by another version of Loadpath"
    next_step = "Ask Loadpath's administrator: the version that kept it can still read it."


class LaunchError(LoadpathError):
    status = 400
    title = "Loadpath could not be started"
    who = Who.YOU
    next_step = NEXT[who]


class TooManyLaunches(LaunchError):
    status = 429
    title = "Too many launches at once"
    who = Who.TIME
    next_step = NEXT[who]


class UnknownIssuer(LaunchError):
    status = 403
    title = "This EHR is not registered with Loadpath"
    who = Who.SITE
    next_step = "Ask Loadpath's administrator to add this EHR to the issuers file."


class LaunchRefused(LaunchError):
    status = 403
    title = "The EHR did not grant access"
    who = Who.YOU
    next_step = "Open Loadpath again and allow access, or ask the EHR's administrator for the permission."


class LaunchForged(LaunchError):
    status = 400
    title = "This launch does not belong to this browser window"


class SessionEnded(LaunchError):
    status = 401
    title = "This session has ended"
    next_step = "Open Loadpath again from the patient's chart. Unsigned edits are kept."


class HookError(LoadpathError):
    """Answered to an EHR's machine, read by whoever set it up."""

    status = 400
    title = "This CDS Hooks call cannot be answered"
    who = Who.EHR
    next_step = NEXT[who]


class CallerRefused(HookError):
    status = 401
    title = "Who calls is not known here"
    next_step = "Correct the named part of the token: the EHR's administrator knows how Loadpath has it registered."


class ServiceUnknown(HookError):
    status = 404
    title = "There is no such CDS service"


class ChartNotSent(HookError):
    """CDS Hooks: a service that cannot have what it needs answers 412."""

    status = 412
    title = "What the CDS service needs was not sent"


class EhrError(LoadpathError):
    """``http_status`` is the EHR's answer (0: none came), ``retry_after`` the seconds it asked to be left alone."""

    http_status = 0
    retry_after: float | None = None
    status = 502
    title = "The EHR did not answer as expected"
    who = Who.EHR
    next_step = "Try again. If it happens again, tell the EHR's administrator."


class ReadingFailed(EhrError):
    """Not the EHR's fault, but what was asked of it was not had."""

    status = 503
    title = "The chart could not be read"
    who = Who.LOADPATH
    next_step = "Try again. If it happens again, tell Loadpath's administrator."


class EhrUnavailable(EhrError):
    status = 503
    title = "The EHR is not available right now"
    who = Who.TIME
    next_step = "Wait a moment, then try again."


class EhrForbidden(EhrError):
    status = 403
    title = "The EHR refused access"
    next_step = "Ask the EHR's administrator for the permission named above."


class EhrRejected(EhrError):
    status = 422
    title = "The EHR did not accept the record"
    who = Who.YOU
    next_step = "Read the EHR's reason above; the plan is kept here and can be sent again."


class EhrConflict(EhrError):
    status = 409
    title = "The record in the EHR has changed"
    who = Who.YOU
    next_step = "Look at the chart again, then sign again."


class ReviewError(LoadpathError):
    status = 422
    title = "This decision cannot be saved"
    who = Who.YOU
    next_step = "Correct the named field."


class ChartChanged(ReviewError):
    status = 409
    title = "The chart has changed since you looked"
    next_step = "Review the updated plan, then sign again."


class NotSupported(ReviewError):
    status = 409
    title = "The chart does not support a plan"
    next_step = "Act on the alerts first."


class NotPermitted(ReviewError):
    status = 403
    title = "You may not do this"
    who = Who.SITE
    next_step = "Ask a colleague who may sign, or Loadpath's administrator."
