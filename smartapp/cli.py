"""``smartapp`` on the command line: derive, plan, explain, serve, demo, check, keys, audit, outbox.

Exit status: 0 an answer was given (also “not applicable”), 1 something could not be started or checked, 2 the input
cannot be read, with one line on stderr: file, place, what is wrong.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Attestation, AttestationName, Source
from smartapp.core.knowledge import Knowledge
from smartapp.errors import InputError, LoadpathError

CANNOT_BE_READ = 2
FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except InputError as error:
        print(_one_line(error), file=sys.stderr)
        return CANNOT_BE_READ
    except LoadpathError as error:
        print(f"{error.title}.\n{error}\n{error.next_step}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader of our output, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _one_line(error: InputError) -> str:
    return " ".join(str(error).split())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="smartapp", description="Loadpath: rehabilitation after a lumbar fracture.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(command=command)
        return sub

    chart = argparse.ArgumentParser(add_help=False)
    chart.add_argument("bundle", type=Path, metavar="BUNDLE.json", help="FHIR R4 Bundle, NDJSON file, or a folder")
    chart.add_argument("--as-of", type=_date, metavar="YYYY-MM-DD", help="the day to answer for; today if not given")
    chart.add_argument("--attest", type=_attestation, action="append", default=[], metavar="NAME=DATE",
                       help=f"what a clinician states, one of: {', '.join(AttestationName)}")  # fmt: skip
    chart.add_argument("--patient", metavar="ID", help="which patient, where the file holds several")
    derive = commands.add_parser("derive", parents=[chart], help="one assessment, no network")
    derive.add_argument("--json", action="store_true", help="one JSON object on stdout")
    derive.set_defaults(command=_derive)
    plan = commands.add_parser("plan", parents=[chart], help="the transaction Bundle that would be written, unsigned")
    plan.set_defaults(command=_plan)
    explain = commands.add_parser("explain", parents=[chart], help="the reasoning, rule by rule")
    explain.set_defaults(command=_explain)
    serve = add("serve", _serve, "the app, production server")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8080)
    serve.add_argument("--threads", type=int, default=16, help="requests served at once")
    demo = add("demo", _demo, "the app and the sandbox EHR together, on this machine only")
    demo.add_argument("--port", type=int, default=8080, help="of the app, on 127.0.0.1")
    demo.add_argument("--ehr-port", type=int, default=8081, help="of the sandbox EHR, on localhost")
    demo.add_argument("--data", action="append", default=[], metavar="PATH", help="more patients: Bundle or NDJSON")
    knowledge = commands.add_parser("knowledge", help="the clinical knowledge as a document, and its signatures")
    acts = knowledge.add_subparsers(required=True, metavar="document | sign")
    document = acts.add_parser("document", help="write it as HTML and CSV")
    document.add_argument("folder", type=Path, metavar="OUTDIR")
    document.set_defaults(command=_knowledge_document)
    sign = acts.add_parser("sign", help="sign rows of it off")
    sign.add_argument("rows", nargs="+", metavar="ROW", help="as the document names them: S04, R1, N-CALCIUM.2")
    sign.add_argument("--by", required=True, metavar="NAME", help="the clinician who signs")
    sign.add_argument("--on", required=True, type=_date, metavar="YYYY-MM-DD")
    sign.add_argument(
        "--folder", type=Path, metavar="DIR", help="of the knowledge files; the installed ones if not given"
    )
    sign.set_defaults(command=_knowledge_sign)
    check = add("check", _check, "settings, knowledge, issuers: everything wrong, at once")
    check.add_argument("--contact", action="store_true", help="ask the registered EHRs for their configuration, too")
    keys = add("keys", _keys, "our signing keys, for EHRs with private_key_jwt")
    keys.add_argument("action", choices=("list", "add", "remove"))
    keys.add_argument("kid", nargs="?", default="", help="of the key to remove")
    keys.add_argument("--algorithm", choices=("ES384", "RS384"), default="ES384", help="of the key to add")
    audit = add("audit", _audit, "the audit trail: is it whole, and what is in it (NDJSON of FHIR AuditEvents)")
    audit.add_argument("action", choices=("verify", "export"))
    audit.add_argument("--since", type=_date, metavar="YYYY-MM-DD", help="export from this day on")
    audit.add_argument("--noted", action="append", default=[], metavar="SEQ:HASH",
                       help="verify: a place written down earlier, which must still be there")  # fmt: skip
    outbox = add("outbox", _outbox, "signed plans that have not reached the chart: list, send again now, or hand over")
    outbox.add_argument("action", choices=("list", "retry", "hand-over"))
    outbox.add_argument("plan", nargs="*", help="retry: these instead of all; hand-over: the one")
    outbox.add_argument("--json", action="store_true", help="list: one JSON object on stdout")
    outbox.add_argument("--out", type=Path, metavar="FILE", help="hand-over: where to write the plan, .pdf or .txt")
    return parser


def _date(text: str) -> date:
    try:
        if len(text) == len("2026-03-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-03-01")


def _attestation(text: str) -> Attestation:
    name, _, day = text.partition("=")
    if name not in set(AttestationName):
        raise argparse.ArgumentTypeError(f"“{name}” is none of {', '.join(AttestationName)}")
    return Attestation(AttestationName(name), _date(day), "command line", Source("attestation", name, day))


def _knowledge() -> Knowledge:
    from smartapp.knowledge import load

    site = os.environ.get("SMARTAPP_SITE_KNOWLEDGE")
    return load(Path(site) if site else None)


def _assessed(options: argparse.Namespace) -> tuple[Assessment, Knowledge]:
    from smartapp.core.derive import derive
    from smartapp.fhir.read import read_chart
    from smartapp.fhir.read.files import read_files
    from smartapp.fhir.systems import systems_in

    knowledge, systems = _knowledge(), systems_in(os.environ)
    values, unreadable = read_files(options.bundle, options.patient, knowledge)
    today = options.as_of or datetime.now().astimezone().date()
    try:
        chart = read_chart(values, knowledge, options.patient, unreadable, attestations=options.attest, systems=systems)
    except InputError as error:
        raise InputError(f"{options.bundle}: Patient: {error}") from None
    return derive(chart, today, knowledge), knowledge


def _derive(options: argparse.Namespace) -> int:
    from smartapp.core.plan import plan
    from smartapp.render import assessment_json, summary

    assessment, knowledge = _assessed(options)
    proposal = plan(assessment, knowledge)
    if options.json:
        print(json.dumps(assessment_json(assessment, proposal), indent=2, ensure_ascii=False))
    else:
        print(summary(assessment, proposal))
    return 0


def _plan(options: argparse.Namespace) -> int:
    from smartapp.core.plan import plan
    from smartapp.fhir.build import proposal_bundle
    from smartapp.fhir.systems import systems_in

    assessment, knowledge = _assessed(options)
    bundle = proposal_bundle(plan(assessment, knowledge), knowledge, systems_in(os.environ))
    print(json.dumps(bundle, indent=2, ensure_ascii=False))
    return 0


def _explain(options: argparse.Namespace) -> int:
    from smartapp.render import explanation

    assessment, knowledge = _assessed(options)
    print(explanation(assessment, knowledge))
    return 0


def _knowledge_document(options: argparse.Namespace) -> int:
    from smartapp.reviewers import write_document

    for path in write_document(_knowledge(), options.folder):
        print(path)
    return 0


def _knowledge_sign(options: argparse.Namespace) -> int:
    from smartapp.reviewers import sign_rows

    for row, name in sign_rows(options.rows, options.by, options.on, options.folder):
        print(f"{row} signed by {options.by} on {options.on} in {name}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    from waitress import serve  # type: ignore[import-untyped]

    from smartapp import create_app
    from smartapp.demo import port_problem
    from smartapp.logs import log_to_stderr

    if problem := port_problem(options.host, options.port):
        print(problem, file=sys.stderr)
        return FAILED
    log_to_stderr(os.environ.get("SMARTAPP_LOG_LEVEL", "info"))
    app = create_app()
    print(f"Loadpath: http://{options.host}:{options.port}", flush=True)
    serve(app, host=options.host, port=options.port, threads=options.threads, ident="loadpath")
    return 0


def _demo(options: argparse.Namespace) -> int:
    from smartapp.demo import run

    return run(options.port, options.ehr_port, options.data)


def _check(options: argparse.Namespace) -> int:
    from smartapp.checks import everything_wrong

    problems, notes = everything_wrong(os.environ, options.contact)
    for problem in problems:
        print(f"WRONG  {problem}")
    for note in notes:
        print(f"NOTE   {note}")
    print("Something is wrong." if problems else "All is well.")
    return FAILED if problems else 0


def _keys(options: argparse.Namespace) -> int:
    from smartapp.ehr.launch.keys import PUBLISHED_FIRST, make_key, read_keys, remove_key

    folder = Path(os.environ.get("SMARTAPP_KEYS") or "var/keys")
    if options.action == "add":
        made = make_key(folder, options.algorithm, time.time())
        hours = int(PUBLISHED_FIRST / 3600)
        print(f"{made}: published at once, signs {hours} hours later if there is an older key")
    elif options.action == "remove":
        remove_key(folder, options.kid, time.time())
    for line in read_keys(folder).described(time.time()):
        print(line)
    return 0


def _audit(options: argparse.Namespace) -> int:
    from smartapp.audit import export, opened, place, verdict

    noted = [place(text) for text in options.noted]
    settings, store = opened(os.environ)
    trail = store.audit.verify(noted)
    out = sys.stderr if options.action == "export" else sys.stdout
    for line in verdict(trail) if trail.problems or options.action == "verify" else ():
        print(line, file=out)
    if options.action == "export":
        for line in export(settings, store, options.since):
            print(line)
    store.close()
    return FAILED if trail.problems else 0


def _outbox(options: argparse.Namespace) -> int:
    from smartapp.outbox import run_outbox

    for line in run_outbox(os.environ, options.action, options.plan, options.json, options.out):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
