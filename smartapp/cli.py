"""``smartapp`` on the command line: derive, plan, apply, document, explain, read, screen, serve, demo, check, and
the rest.

Exit status: 0 an answer was given (also “not applicable”), 1 something could not be started or checked, 2 the input
cannot be read, with one line on stderr: file, place, what is wrong.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from smartapp.arguments import parse_arguments
from smartapp.core.assessment import Assessment
from smartapp.core.dates import dates_as_read
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal
from smartapp.core.therapy import Therapy
from smartapp.errors import InputError, KnowledgeError, LoadpathError

CANNOT_BE_READ = 2
FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    options = parse_arguments(arguments)
    try:
        return _COMMANDS[options.command](options)
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


def _knowledge() -> Knowledge:
    from smartapp.knowledge import load

    site = os.environ.get("SMARTAPP_SITE_KNOWLEDGE")
    return load(Path(site) if site else None)


def _assess(options: argparse.Namespace) -> tuple[Assessment, Knowledge]:
    from smartapp.core.derive import derive
    from smartapp.fhir.read import read_chart
    from smartapp.fhir.read.files import read_files
    from smartapp.fhir.systems import systems_in
    from smartapp.report_answers import with_answers

    knowledge, systems = _knowledge(), systems_in(os.environ)
    values, unreadable = read_files(options.bundle, options.patient, knowledge)
    with _patient_of(options.bundle):
        chart = read_chart(values, knowledge, options.patient, unreadable, attestations=options.attest, systems=systems)
    return derive(with_answers(chart, options.answers), _today(options), knowledge), knowledge


@contextmanager
def _patient_of(file: Path) -> Iterator[None]:
    """Whose chart a file holds cannot be told: the sentence begins with the file."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{file}: Patient: {error}") from None


def _today(options: argparse.Namespace) -> date:
    return options.as_of or datetime.now().astimezone().date()


def _derive(options: argparse.Namespace) -> int:
    from smartapp.core.follow_up import follow_up
    from smartapp.core.follow_up.plan_state import plan_state
    from smartapp.in_words import summary
    from smartapp.program_answer import follow_up_answer, plan_state_answer
    from smartapp.render import assessment_json

    proposal, signed, _ = _proposed(options)
    assessment = proposal.assessment
    changes = follow_up(*signed) if signed else None
    state = plan_state(*signed) if signed else None
    told = {"followUp": follow_up_answer(changes), "planState": plan_state_answer(state)}
    answer = assessment_json(assessment, proposal) | told
    words = dates_as_read(summary(assessment, proposal, changes))
    print(json.dumps(answer, indent=2, ensure_ascii=False) if options.json else words)
    return 0


_Compared = tuple[Proposal, Proposal, Knowledge, Therapy]


def _proposed(options: argparse.Namespace) -> tuple[Proposal, _Compared | None, Knowledge]:
    """Today's proposal, which goes on with the plan ``--signed`` names, and what the follow-up is made of: that plan,
    today's, and what became of the order, as the file tells. Raises InputError."""
    from smartapp.core.plan import plan
    from smartapp.core.plan.going_on import going_on

    assessment, knowledge = _assess(options)
    if (before := _signed(options, assessment, knowledge)) is None:
        return plan(assessment, knowledge), None, knowledge
    signed, therapy = before
    proposal = plan(assessment, knowledge, continues=going_on(signed, assessment, knowledge, therapy))
    return proposal, (signed, proposal, knowledge, therapy), knowledge


def _signed(options: argparse.Namespace, now: Assessment, knowledge: Knowledge) -> tuple[Proposal, Therapy] | None:
    from smartapp.fhir.read.files import read_files
    from smartapp.fhir.read.therapy import read_referral, read_therapy
    from smartapp.fhir.systems import systems_in
    from smartapp.signed_file import signed_plan

    then = argparse.Namespace(**vars(options) | {"bundle": options.signed, "as_of": options.signed_on, "answers": []})
    signed = signed_plan(options.signed, options.signed_on, now, knowledge, lambda: _assess(then)[0])
    if signed is None:
        return None
    values, _ = read_files(options.bundle, options.patient)  # whole: Tasks and logs are no facts of a chart
    systems, patient = systems_in(os.environ), now.chart.patient.reference
    referral = read_referral(values, patient, systems, signed.plan_id)
    therapy = read_therapy(values, knowledge, options.patient, systems).with_told(referral, ())
    return signed.proposal, therapy


def _plan(options: argparse.Namespace) -> int:
    """With ``--signed`` what was changed of that plan is applied again as on the page, and ``followUp`` added."""
    from smartapp.core.follow_up import decisions_again, follow_up
    from smartapp.core.review import revise
    from smartapp.fhir.build import proposal_bundle
    from smartapp.fhir.systems import systems_in
    from smartapp.program_answer import follow_up_answer

    proposal, signed, knowledge = _proposed(options)
    told: dict[str, Any] = {"followUp": None} if options.signed else {}
    if signed:
        told = {"followUp": follow_up_answer(follow_up(*signed))}
        proposal = revise(proposal, decisions_again(*signed).decisions, knowledge)
    bundle = proposal_bundle(proposal, knowledge, systems_in(os.environ))
    print(json.dumps(bundle | told, indent=2, ensure_ascii=False))
    return 0


def _apply(options: argparse.Namespace) -> int:
    from smartapp.core.plan import plan
    from smartapp.fhir.build import this_app
    from smartapp.fhir.build.apply import apply_answer
    from smartapp.fhir.systems import systems_in

    assessment, knowledge = _assess(options)
    answer = apply_answer(plan(assessment, knowledge), knowledge, this_app("", systems_in(os.environ)))
    print(json.dumps(answer, indent=2, ensure_ascii=False))
    return 0


def _document(options: argparse.Namespace) -> int:
    from smartapp.core.plan import plan
    from smartapp.papers_command import write_paper

    assessment, knowledge = _assess(options)
    write_paper(plan(assessment, knowledge), knowledge, os.environ, options.kind, options.language, options.out)
    return 0


def _explain(options: argparse.Namespace) -> int:
    from smartapp.in_words import explanation

    assessment, knowledge = _assess(options)
    print(dates_as_read(explanation(assessment, knowledge)))
    return 0


def _read(options: argparse.Namespace) -> int:
    from smartapp.fhir.read.by_resource import read_by_resource
    from smartapp.fhir.read.files import read_files
    from smartapp.fhir.systems import systems_in
    from smartapp.reading import reading, reading_json

    knowledge = _knowledge()
    values, unreadable = read_files(options.bundle, options.patient)  # whole: nothing may be left out here
    with _patient_of(options.bundle):
        found = read_by_resource(values, knowledge, options.patient, unreadable, systems_in(os.environ))
    if options.json:
        print(json.dumps(reading_json(found, _today(options), knowledge), indent=2, ensure_ascii=False))
    else:
        print(reading(found, _today(options)))
    return 0


def _replay(options: argparse.Namespace) -> int:
    from smartapp.replay import replay
    from smartapp.replay_answer import replay_json, replay_words

    found = replay(options.receipt, options.knowledge, os.environ)
    if options.json:
        print(json.dumps(replay_json(found), indent=2, ensure_ascii=False))
    else:
        print("\n".join(replay_words(found)))
    return 0 if found.identical else FAILED


def _impact(options: argparse.Namespace) -> int:
    from smartapp.impact import impact_json, impact_of, impact_words, write_impact

    try:
        found = impact_of(options.knowledge, options.paths, _today(options), os.environ)
    except KnowledgeError as error:  # as many lines as mistakes, each with file, row and key
        print(error, file=sys.stderr)
        return CANNOT_BE_READ
    if options.out:
        write_impact(found, options.out)
    if options.json:
        print(json.dumps(impact_json(found), indent=2, ensure_ascii=False))
    else:
        print("\n".join(impact_words(found)))
    return 0


def _follow(options: argparse.Namespace) -> int:
    from smartapp.follow import follow_plans, plan_json, plan_words

    found = follow_plans(options.paths, options.signed, _today(options), _knowledge(), os.environ)
    if options.json:
        print(json.dumps({"plans": [plan_json(each) for each in found]}, indent=2, ensure_ascii=False))
    else:
        print("\n".join(map(plan_words, found)))
    return 0


def _knowledge_export(options: argparse.Namespace) -> int:
    from smartapp.knowledge import installed, write_folder

    site = os.environ.get("SMARTAPP_SITE_KNOWLEDGE")
    for path in write_folder(installed(Path(site) if site else None), options.folder):
        print(path)
    return 0


def _screen(options: argparse.Namespace) -> int:
    from smartapp.ehr.export.folder import unfinished
    from smartapp.screen.command import screen_command

    if options.source and not _fetched(options):
        return FAILED
    for path in filter(unfinished, options.paths):
        raise InputError(f"{path}: folder: the export in it is not all here: run “smartapp export” again first")
    engine, knowledge = (options.engine, options.scheduler), _knowledge()
    for line in screen_command(
        options.paths, _today(options), knowledge, options.out, options.summary, engine, options.processes,
        options.memory, os.environ,
    ):  # fmt: skip
        print(line, file=sys.stderr)
    return 0


def _fetched(options: argparse.Namespace) -> bool:
    """The export of the EHR into the one folder; whether it is whole. Raises InputError."""
    if len(options.paths) != 1:
        raise InputError("--from: the export goes into one folder: name that alone")
    more = {"name": options.source, "out": options.paths[0], "group": "", "system": False, "since": None}
    return _export(argparse.Namespace(**vars(options) | more)) == 0


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
    from smartapp.demo import port_problem
    from smartapp.serving import serve

    problem = port_problem(options.host, options.port)
    if (options.workers > 1 or options.metrics_port) and not hasattr(os, "fork"):
        problem = "Several workers need a system that can fork: start one, or several beside each other."
    if problem:
        print(problem, file=sys.stderr)
        return FAILED
    metrics = (options.metrics_host, options.metrics_port) if options.metrics_port else None
    return serve(options.host, options.port, options.threads, options.workers, options.drain, metrics)


def _metrics(options: argparse.Namespace) -> int:
    from smartapp.metrics import serve_metrics

    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        print("PROMETHEUS_MULTIPROC_DIR is not set: name the folder the server's workers count in.", file=sys.stderr)
        return FAILED
    serve_metrics(options.host, options.port)
    return 0


def _demo(options: argparse.Namespace) -> int:
    from smartapp.demo import run_demo

    return run_demo(options.port, options.ehr_port, options.data)


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
    from smartapp.ehr.launch.keys import PUBLISHED_FIRST, make_key, read_keys, remove_key, replace_key

    folder = Path(os.environ.get("SMARTAPP_KEYS") or "var/keys")
    if options.action == "add":
        made = make_key(folder, options.algorithm, time.time())
        hours = int(PUBLISHED_FIRST / 3600)
        print(f"{made}: published at once, signs {hours} hours later if there is an older key")
    elif options.action == "remove":
        remove_key(folder, options.kid, time.time())
    elif options.action == "replace":
        made = replace_key(folder, options.kid, time.time())
        print(f"{made}: signs from now on. {options.kid} is gone: no running worker signs with it any more.")
        print("An EHR that keeps our key set may refuse us until it fetches it anew. Tell each EHR's team,")
        print(f"and see that no key_file in the issuers file names {options.kid}.json.")
    for line in read_keys(folder).described(time.time()):
        print(line)
    return 0


def _audit(options: argparse.Namespace) -> int:
    from smartapp.audit import export, open_trail, place, verdict

    noted = [place(text) for text in options.noted]
    settings, store = open_trail(os.environ)
    trail = store.audit.verify(noted)
    out = sys.stderr if options.action == "export" else sys.stdout
    for line in verdict(trail) if trail.problems or options.action == "verify" else ():
        print(line, file=out)
    unread: list[str] = []
    if options.action == "export":
        for line in export(settings, store, options.since, unread):
            print(line)
    for line in unread:
        print(line, file=out)
    store.close()
    return FAILED if trail.problems or unread else 0


def _export(options: argparse.Namespace) -> int:
    from smartapp.export_command import export_from, in_words

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    asked = {"group": options.group, "system": options.system, "since": options.since or ""}
    try:
        result = export_from(os.environ, options.name, options.out, **asked, say=say)
    except KeyboardInterrupt:
        say("Stopped. The same command goes on from here.")
        return FAILED
    for line in in_words(result):
        print(line)
    return FAILED if result.missing else 0


def _rekey(_: argparse.Namespace) -> int:
    from smartapp.audit import open_trail
    from smartapp.upkeep import rekey

    settings, store = open_trail(os.environ)
    lost: list[str] = []
    for line in rekey(settings, store, lost):
        print(line)
    for line in lost:
        print(line)
    store.close()
    return FAILED if lost else 0


def _retention(options: argparse.Namespace) -> int:
    from smartapp.audit import open_trail
    from smartapp.upkeep import over_time, remove_over_time

    settings, store = open_trail(os.environ)
    for line in (over_time if options.action == "list" else remove_over_time)(settings, store):
        print(line)
    store.close()
    return 0


def _outbox(options: argparse.Namespace) -> int:
    from smartapp.outbox import run_outbox

    for line in run_outbox(os.environ, options.action, options.plan, options.json, options.out):
        print(line)
    return 0


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "derive": _derive,
    "plan": _plan,
    "apply": _apply,
    "document": _document,
    "explain": _explain,
    "read": _read,
    "follow": _follow,
    "impact": _impact,
    "replay": _replay,
    "screen": _screen,
    "knowledge document": _knowledge_document,
    "knowledge export": _knowledge_export,
    "knowledge sign": _knowledge_sign,
    "serve": _serve,
    "metrics": _metrics,
    "demo": _demo,
    "check": _check,
    "keys": _keys,
    "audit": _audit,
    "export": _export,
    "rekey": _rekey,
    "retention": _retention,
    "outbox": _outbox,
}


if __name__ == "__main__":
    sys.exit(main())
