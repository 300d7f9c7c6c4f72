"""The command line of ``smartapp`` -> what was asked for: ``command``, and the options of that command."""

import argparse
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

from smartapp.core.chart import Attestation, Source
from smartapp.core.kinds import CHOICES, WITH_VALUE, AttestationName

PAPERS = ("letter", "program", "handout", "packet")
ReadingAnswer: TypeAlias = tuple[str, bool, date]  # key of a reading, whether it is accepted, and the day
CLINICIAN = "command line"  # who says so
_WEIGHT = re.compile(r"(?:none|toe-touch|partial|tolerated)(?:-(?:left|right|both))?|full")
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """``command`` is the name of a command as typed; of the knowledge, both words of it. Ends the process with status 2
    and a sentence where the line cannot be understood.
    """
    parser = argparse.ArgumentParser(prog="smartapp", description="Loadpath: rehabilitation after a lumbar fracture.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    _add_chart_commands(commands)
    _add_screen(commands)
    _add_servers(commands)
    _add_knowledge(commands)
    _add_operations(commands)
    return parser.parse_args(arguments)


def _add(
    commands: Commands, name: str, about: str, parents: Sequence[argparse.ArgumentParser] = ()
) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=about, description=about, parents=parents)


def _add_chart_commands(commands: Commands) -> None:
    record = argparse.ArgumentParser(add_help=False)
    record.add_argument("bundle", type=Path, metavar="BUNDLE.json", help="FHIR R4 Bundle, NDJSON file, or a folder")
    record.add_argument("--as-of", type=_date, metavar="YYYY-MM-DD", help="the day to answer for; today if not given")
    record.add_argument("--patient", metavar="ID", help="which patient, where the file holds several")
    chart = argparse.ArgumentParser(add_help=False, parents=[record])
    chart.add_argument("--attest", type=_attestation, action="append", default=[], metavar="NAME=DATE[:VALUE]",
                       help=f"what a clinician states, one of: {', '.join(AttestationName)}")  # fmt: skip
    for option, about in (("--accept", "taken as a fact"), ("--refuse", "not taken as one")):
        chart.add_argument(option, type=_ANSWERS[option], action="append", default=[], dest="answers",
                           metavar="KEY=DATE", help=f"a reading of a report, by its key, {about}")  # fmt: skip
    signed = argparse.ArgumentParser(add_help=False)
    signed.add_argument("--signed", type=Path, metavar="FILE",
                        help="followUp, since this signed plan: its receipt as JSON, or a chart")  # fmt: skip
    signed.add_argument("--signed-on", type=_date, metavar="YYYY-MM-DD", help="the day, where --signed is a chart")
    derive = _add(commands, "derive", "one assessment, no network", [chart, signed])
    read = _add(
        commands, "read", "each resource: what it was read as, by which row of the knowledge, or why not", [record]
    )
    for command in (derive, read):
        command.add_argument("--json", action="store_true", help="one JSON object on stdout")
    _add(commands, "plan", "the transaction Bundle that would be written, unsigned", [chart, signed])
    _add(commands, "apply", "what $apply of the guideline answers: a RequestGroup with its reasoning", [chart])
    document = _add(commands, "document", "the papers as PDF, unsigned and marked so", [chart])
    document.add_argument("--kind", choices=PAPERS, default="packet", help="packet: all of them, with the findings")
    document.add_argument("--language", choices=("en", "es"), default="", help="of the handout; else by the chart")
    document.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    _add(commands, "explain", "the reasoning, rule by rule", [chart])
    follow = _add(commands, "follow", "signed plans on newer data: unchanged, may progress, review due, or tightened")
    follow.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="FHIR R4 of the patients, as of now")
    follow.add_argument("--signed", type=Path, required=True, metavar="FILE|DIR", help="receipts as JSON")
    follow.add_argument("--as-of", type=_date, metavar="YYYY-MM-DD", help="the day to answer for; today if not given")
    follow.add_argument("--json", action="store_true", help="one JSON object on stdout")
    impact = _add(commands, "impact", "whom and what a changed knowledge moves, as a report to sign")
    impact.add_argument("knowledge", type=Path, metavar="KNOWLEDGE_DIR", help="an edited copy: knowledge export")
    impact.add_argument("paths", type=Path, nargs="*", metavar="PATH",
                        help="FHIR R4 of many patients: Bundle, NDJSON file, or a folder; else our cases")  # fmt: skip
    impact.add_argument("--as-of", type=_date, metavar="YYYY-MM-DD", help="the day to answer for; today if not given")
    impact.add_argument("--out", type=Path, metavar="FILE", help="the report, .html or .json")
    impact.add_argument("--json", action="store_true", help="one JSON object on stdout")
    replay = _add(commands, "replay", "a signed decision made again, and what today's knowledge would change of it")
    replay.add_argument("receipt", type=Path, metavar="RECEIPT.json", help="as taken along from its page")
    replay.add_argument("--knowledge", type=Path, metavar="DIR",
                        help="folder of the knowledge it was signed with; else installed or kept")  # fmt: skip
    replay.add_argument("--json", action="store_true", help="one JSON object on stdout")


def _add_screen(commands: Commands) -> None:
    screen = _add(
        commands, "screen", "one row for each patient of an export: Bulk Data NDJSON, Bundles, folders of them"
    )
    screen.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="file or folder, .gz too")
    screen.add_argument("--from", dest="source", default="", metavar="NAME",
                        help="an EHR of the issuers file, whose export is fetched into PATH first")  # fmt: skip
    screen.add_argument("--as-of", type=_date, metavar="YYYY-MM-DD", help="the day to answer for; today if not given")
    screen.add_argument("--out", type=Path, required=True, metavar="FILE.csv|FILE.parquet", help="one row a patient")
    screen.add_argument("--summary", type=Path, metavar="FILE.html", help="counts alone; beside --out if not named")
    screen.add_argument("--engine", choices=("local", "dask", "spark"), default="local", help="where the work is done")
    screen.add_argument("--scheduler", default="", metavar="ADDRESS", help="of Dask, or the master of Spark")
    screen.add_argument("--processes", type=_at_least_one, default=0, help="on this machine; one for each core")
    screen.add_argument("--memory", type=_at_least_one, default=600, metavar="MB", help="of all of them, about")


def _add_servers(commands: Commands) -> None:
    serve = _add(commands, "serve", "the app, production server")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8080)
    serve.add_argument("--threads", type=int, default=16, help="requests a worker serves at once")
    serve.add_argument("--workers", type=_at_least_one, default=1, help="processes; one for each core is enough")
    serve.add_argument("--drain", type=float, default=25.0, metavar="SECONDS", help="to finish what runs, at the end")
    serve.add_argument("--metrics-port", type=int, default=0, metavar="PORT", help="of Prometheus' scraper; none if 0")
    serve.add_argument("--metrics-host", default="127.0.0.1", metavar="HOST", help="where that port is open")
    metrics = _add(commands, "metrics", "answer Prometheus, beside another server than serve")
    metrics.add_argument("--port", type=int, required=True)
    metrics.add_argument("--host", default="127.0.0.1")
    demo = _add(commands, "demo", "the app and the sandbox EHR together, on this machine only")
    demo.add_argument("--port", type=int, default=8080, help="of the app, on 127.0.0.1")
    demo.add_argument("--ehr-port", type=int, default=8081, help="of the sandbox EHR, on localhost")
    demo.add_argument("--data", action="append", default=[], metavar="PATH", help="more patients: Bundle or NDJSON")


def _add_knowledge(commands: Commands) -> None:
    knowledge = _add(commands, "knowledge", "the clinical knowledge as a document, and its signatures")
    acts = knowledge.add_subparsers(required=True, metavar="document | export | sign")
    document = _add(acts, "document", "write it as HTML and CSV")
    document.add_argument("folder", type=Path, metavar="OUTDIR")
    document.set_defaults(command="knowledge document")
    export = _add(acts, "export", "write its files into a folder, to be read, kept or edited")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.set_defaults(command="knowledge export")
    sign = _add(acts, "sign", "sign rows of it off")
    sign.add_argument("rows", nargs="+", metavar="ROW", help="as the document names them: S04, R1, N-CALCIUM.2")
    sign.add_argument("--by", required=True, metavar="NAME", help="the clinician who signs")
    sign.add_argument("--on", required=True, type=_date, metavar="YYYY-MM-DD")
    sign.add_argument(
        "--folder", type=Path, metavar="DIR", help="of the knowledge files; the installed ones if not given"
    )
    sign.set_defaults(command="knowledge sign")


def _add_operations(commands: Commands) -> None:
    check = _add(commands, "check", "settings, knowledge, issuers: everything wrong, at once")
    check.add_argument("--contact", action="store_true", help="ask the registered EHRs for their configuration, too")
    keys = _add(commands, "keys", "our signing keys, for EHRs with private_key_jwt")
    keys.add_argument("action", choices=("list", "add", "remove", "replace"))
    keys.add_argument(
        "kid", nargs="?", default="", help="of the key to remove, or to replace at once because others may have it"
    )
    keys.add_argument("--algorithm", choices=("ES384", "RS384"), default="ES384", help="of the key to add")
    audit = _add(commands, "audit", "the audit trail: is it whole, and what is in it (NDJSON of FHIR AuditEvents)")
    audit.add_argument("action", choices=("verify", "export"))
    audit.add_argument("--since", type=_date, metavar="YYYY-MM-DD", help="export from this day on")
    audit.add_argument("--noted", action="append", default=[], metavar="SEQ:HASH",
                       help="verify: a place written down earlier, which must still be there")  # fmt: skip
    export = _add(commands, "export", "the records of a population, by Bulk Data $export; an interrupted one goes on")
    export.add_argument("name", metavar="NAME", help="of the EHR's table in the issuers file")
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder of its own")
    level = export.add_mutually_exclusive_group()
    level.add_argument(
        "--group", default="", metavar="ID", help="its members; else the table's group, or every patient"
    )
    level.add_argument("--system", action="store_true", help="all the EHR has, also what belongs to no patient")
    export.add_argument("--since", type=_instant, metavar="WHEN",
                        help="only what has changed since: a date, or a date and time with its zone")  # fmt: skip
    _add(commands, "rekey", "seal everything with SMARTAPP_SECRET, after a change of it; workers may run")
    retention = _add(commands, "retention", "what has been kept long enough by the settings: list, or remove it")
    retention.add_argument("action", choices=("list", "remove"))
    outbox = _add(
        commands, "outbox", "signed plans that have not reached the chart: list, send again now, or hand over"
    )
    outbox.add_argument("action", choices=("list", "retry", "hand-over"))
    outbox.add_argument("plan", nargs="*", help="retry: these instead of all; hand-over: the one")
    outbox.add_argument("--json", action="store_true", help="list: one JSON object on stdout")
    outbox.add_argument("--out", type=Path, metavar="FILE", help="hand-over: where to write the plan, .pdf or .txt")


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of at least 1")
    return int(text)


def _date(text: str) -> date:
    try:
        if len(text) == len("2026-03-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-03-01")


def _instant(text: str) -> str:
    """A FHIR instant; of a date its beginning, here."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-03-01, or a date and time") from None
    if at.tzinfo is None and len(text) > len("2026-03-01"):
        raise argparse.ArgumentTypeError(f"“{text}” has no time zone, such as Z or -05:00")
    return (at if at.tzinfo else at.astimezone()).isoformat(timespec="seconds")


def _answer(text: str, accepted: bool) -> ReadingAnswer:
    key, _, day = text.partition("=")
    return key, accepted, _date(day)


_ANSWERS = {"--accept": partial(_answer, accepted=True), "--refuse": partial(_answer, accepted=False)}


def _attestation(text: str) -> Attestation:
    name, _, rest = text.partition("=")
    day, _, value = rest.partition(":")
    if name not in set(AttestationName):
        raise argparse.ArgumentTypeError(f"“{name}” is none of {', '.join(AttestationName)}")
    _check_value(AttestationName(name), value)
    return Attestation(AttestationName(name), _date(day), CLINICIAN, Source("attestation", name, day), value)


def _check_value(name: AttestationName, value: str) -> None:
    if (name in WITH_VALUE) != bool(value):
        raise argparse.ArgumentTypeError(f"{name} is given as {name}=DATE{':VALUE' if name in WITH_VALUE else ''}")
    if (choices := CHOICES.get(name, ())) and value not in choices:
        raise argparse.ArgumentTypeError(f"“{value}” is none of {', '.join(choices)}")
    if name is AttestationName.WEIGHT_BEARING and not _WEIGHT.fullmatch(value):
        said = "none, toe-touch, partial, tolerated (each with -left, -right or -both) or full"
        raise argparse.ArgumentTypeError(f"“{value}” is not {said}")
