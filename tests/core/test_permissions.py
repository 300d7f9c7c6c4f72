"""Who may do what: the table decides every case, and check and boolean say the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from smartapp.core import permissions
from smartapp.core.permissions import PERMISSIONS, Party, Right, check_can_look, party_of
from smartapp.core.proposal import Office, Role, Signer
from smartapp.core.states import Disposition, Severity
from smartapp.errors import NotPermitted, NotSupported, Who
from tests.core.assessments import alert, assessment

USERS = {
    Party.SIGNER: Signer("Practitioner/1", "Dr Example", Role.SIGNER),
    Party.DRAFTER: Signer("Practitioner/1", "Dr Example", Role.DRAFTER),
    Party.COORDINATOR: Signer("PractitionerRole/1", "Dr Example", Role.COORDINATOR),
    Party.WITHOUT_ROLE: Signer("Practitioner/1", "Dr Example", Role.NONE),
    Party.UNNAMED: Signer("", "", Role.NONE),
    Party.PATIENT: Signer("RelatedPerson/1", "Dr Example", Role.SIGNER),
    Party.UNCLEAR: Signer("Person/1", "Dr Example", Role.SIGNER),
}
MAY = {
    Right.LOOK: {Party.SIGNER, Party.DRAFTER, Party.UNNAMED},
    Right.CHANGE: {Party.SIGNER, Party.DRAFTER},
    Right.STATE_FACT: {Party.SIGNER, Party.DRAFTER},
    Right.SIGN_DRAFT: {Party.SIGNER, Party.DRAFTER},
    Right.SIGN_ACTIVE: {Party.SIGNER},
    Right.WRITE_DRAFT: {Party.SIGNER, Party.DRAFTER},
    Right.WRITE_ACTIVE: {Party.SIGNER},
    Right.CHANGE_WRITTEN: {Party.SIGNER, Party.DRAFTER},
    Right.RETRACT: {Party.SIGNER},
    Right.REFERRALS: {Party.COORDINATOR},
}
CHECKS: dict[Right, Callable[[Signer], None]] = {
    Right.LOOK: check_can_look,
    Right.CHANGE: permissions.check_can_change,
    Right.STATE_FACT: permissions.check_can_state_fact,
    Right.SIGN_DRAFT: lambda user: permissions.check_can_sign(user, active=False),
    Right.SIGN_ACTIVE: lambda user: permissions.check_can_sign(user, active=True),
    Right.WRITE_DRAFT: lambda user: permissions.check_can_write(user, active=False),
    Right.WRITE_ACTIVE: lambda user: permissions.check_can_write(user, active=True),
    Right.CHANGE_WRITTEN: permissions.check_can_change_written,
    Right.RETRACT: permissions.check_can_retract,
    Right.REFERRALS: permissions.check_can_see_referrals,
}
BOOLEANS: dict[Right, Callable[[Signer], bool]] = {
    Right.CHANGE: permissions.can_change,
    Right.STATE_FACT: permissions.can_state_fact,
    Right.SIGN_DRAFT: lambda user: permissions.can_sign(user, active=False),
    Right.SIGN_ACTIVE: lambda user: permissions.can_sign(user, active=True),
    Right.CHANGE_WRITTEN: permissions.can_change_written,
    Right.RETRACT: permissions.can_retract,
}


def test_the_table_decides_every_action_of_everybody() -> None:
    assert set(PERMISSIONS) == set(Right) == set(MAY) == set(CHECKS)
    assert all(set(row) == set(Party) for row in PERMISSIONS.values())


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("action", Right)
def test_check_and_boolean_say_what_the_table_says(action: Right, party: Party) -> None:
    user, may = USERS[party], party in MAY[action]
    assert party_of(user) is party
    assert action not in BOOLEANS or BOOLEANS[action](user) is may
    if may:
        CHECKS[action](user)
        return
    with pytest.raises(NotPermitted) as refused:
        CHECKS[action](user)
    assert str(refused.value).endswith(".") and "{user}" not in str(refused.value)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("reference", ["", "Practitioner/1", "PractitionerRole/1", "Patient/1", "Person/1"])
def test_everybody_is_somebody(reference: str, role: Role) -> None:
    party = party_of(Signer(reference, "", role))
    assert (party in (Party.PATIENT, Party.UNCLEAR)) is (reference in ("Patient/1", "Person/1"))


@pytest.mark.parametrize("reference", ["Patient/1", "RelatedPerson/1", "Person/1"])
def test_patients_and_relatives_are_refused_clearly(reference: str) -> None:
    with pytest.raises(NotPermitted, match="made for clinicians") as refused:
        check_can_look(Signer(reference, "", Role.NONE))
    assert ("a patient or a relative" in str(refused.value)) is not reference.startswith("Person")


def test_a_refusal_says_who_can_help() -> None:
    unclear = permissions.unclear_clinician("which is linked to nobody")
    assert unclear.who is Who.EHR and "a Person record, which is linked to nobody." in str(unclear)
    assert permissions.own_chart().title == "This is your own chart"


def test_what_a_chart_does_not_support() -> None:
    stop = replace(alert("cauda-equina"), severity=Severity.STOP)
    stopped = replace(assessment(disposition=Disposition.REFER_NO_PRESCRIPTION), alerts=(stop,))
    said = f"There is no exercise plan to sign. {stop.text}"
    assert permissions.unsupported(stopped) == said
    with pytest.raises(NotSupported) as refused:
        permissions.check_supports_plan(stopped)
    assert str(refused.value) == said
    permissions.check_supports_plan(assessment())


def test_nothing_is_signed_for_the_dead() -> None:
    alive = assessment()
    chart = replace(alive.chart, patient=replace(alive.chart.patient, deceased=True))
    said = "The chart records this patient as deceased."
    assert permissions.unsupported(replace(alive, chart=chart)) == said


# -- offices


@pytest.mark.parametrize("office", [None, *Office])
def test_what_an_office_opens_it_alone_opens(office: Office | None) -> None:
    held = frozenset({office} if office else ())
    assert permissions.can_see_trail(held) is (office is Office.PRIVACY_OFFICER)
    assert permissions.can_administer(held) is (office is Office.ADMINISTRATOR)
    if office is Office.ADMINISTRATOR:
        permissions.check_can_administer(held)
    else:
        with pytest.raises(NotPermitted, match="this site has named"):
            permissions.check_can_administer(held)
