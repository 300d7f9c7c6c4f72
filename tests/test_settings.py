"""Settings: read once, everything wrong named at once, secrets never shown."""

from pathlib import Path

import pytest

from smartapp.errors import SettingsError
from smartapp.settings import Settings, table, unknown_variables

GOOD = {"SMARTAPP_SECRET": "a secret long enough for the tests", "SMARTAPP_BASE_URL": "https://loadpath.example"}


def test_a_secret_and_an_address_are_enough() -> None:
    settings = Settings.from_env(GOOD)
    assert settings.redirect_uri == "https://loadpath.example/callback"
    assert settings.database == "sqlite:///var/loadpath.db"
    assert settings.weaknesses() == ()


def test_everything_wrong_is_named_at_once() -> None:
    wrong = {
        "SMARTAPP_BASE_URL": "loadpath.example",
        "SMARTAPP_CHART_FRESH_SECONDS": "soon",
        "SMARTAPP_PAGES": "0",
        "SMARTAPP_CONNECTIONS": "1.5",
        "SMARTAPP_DEV_LOOPBACK": "perhaps",
        "SMARTAPP_READ_SECONDS": "-1",
    }
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(wrong)
    lines = str(refused.value).splitlines()
    assert {line.split()[0].rstrip(":") for line in lines} == {*wrong, "SMARTAPP_SECRET"}


@pytest.mark.parametrize(
    "address",
    ["http://loadpath.example", "https://loadpath.example/app", "https://u@loadpath.example", "https://x?y", "ftp://x"],
)
@pytest.mark.req("SM-E4")
def test_an_address_that_is_not_safe_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="SMARTAPP_BASE_URL"):
        Settings.from_env({**GOOD, "SMARTAPP_BASE_URL": address})


@pytest.mark.req("SM-E4")
def test_http_needs_the_flag_and_a_loopback_address() -> None:
    local = {**GOOD, "SMARTAPP_BASE_URL": "http://127.0.0.1:9000"}
    with pytest.raises(SettingsError, match="SMARTAPP_DEV_LOOPBACK"):
        Settings.from_env(local)
    settings = Settings.from_env({**local, "SMARTAPP_DEV_LOOPBACK": "1"})
    assert len(settings.weaknesses()) == 2
    with pytest.raises(SettingsError):
        Settings.from_env({**GOOD, "SMARTAPP_BASE_URL": "http://loadpath.example", "SMARTAPP_DEV_LOOPBACK": "1"})


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret in a file, long enough too\n")
    env = {"SMARTAPP_SECRET_FILE": str(tmp_path / "secret"), "SMARTAPP_BASE_URL": "https://loadpath.example"}
    assert Settings.from_env(env).secret == "a secret in a file, long enough too"
    with pytest.raises(SettingsError, match="not both"):
        Settings.from_env({**GOOD, **env})
    with pytest.raises(SettingsError, match="SMARTAPP_SECRET"):
        Settings.from_env({**env, "SMARTAPP_SECRET_FILE": str(tmp_path / "absent")})


def test_so_may_the_address_of_the_database_which_holds_a_password(tmp_path: Path) -> None:
    (tmp_path / "database").write_text("postgresql://loadpath:hunter2@db.example/loadpath\n")
    settings = Settings.from_env({**GOOD, "SMARTAPP_DATABASE_FILE": str(tmp_path / "database")})
    assert settings.database == "postgresql://loadpath:hunter2@db.example/loadpath"
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize("level", ["banana", "trace", "20"])
def test_a_log_level_that_is_none_is_refused(level: str) -> None:
    with pytest.raises(SettingsError, match="SMARTAPP_LOG_LEVEL: must be one of debug, info, warning, error"):
        Settings.from_env({**GOOD, "SMARTAPP_LOG_LEVEL": level})
    assert Settings.from_env({**GOOD, "SMARTAPP_LOG_LEVEL": "WARNING"}).log_level == "warning"


def test_several_secrets_are_read_with_and_one_may_have_blanks_in_it() -> None:
    one, two, old = "a" * 32, "b" * 40, "the secret before it, as long as that"
    given = (one, f"{one} {two}", old)
    read = [Settings.from_env({**GOOD, "SMARTAPP_SECRET_PREVIOUS": text}).secrets_read for text in given]
    assert read[0] == (one,) and read[1][:2] == (one, two) and read[2] == (old,)
    with pytest.raises(SettingsError, match="SMARTAPP_SECRET_PREVIOUS: must have at least 32"):
        Settings.from_env({**GOOD, "SMARTAPP_SECRET_PREVIOUS": "too short"})


def test_a_short_secret_is_refused_and_a_dull_one_named() -> None:
    with pytest.raises(SettingsError, match="32"):
        Settings.from_env({**GOOD, "SMARTAPP_SECRET": "short"})
    assert Settings.from_env({**GOOD, "SMARTAPP_SECRET": "ab" * 20}).weaknesses()


@pytest.mark.req("SM-T17")
def test_secrets_are_not_in_any_repr() -> None:
    settings = Settings.from_env({**GOOD, "SMARTAPP_SECRET_PREVIOUS": "the-secret-before-it-as-long-as-that"})
    assert "secret long" not in repr(settings)
    assert "before-it" not in repr(settings)


def test_a_misspelt_variable_is_noticed() -> None:
    env = {"SMARTAPP_DATABSE": "x", "SMARTAPP_DATABASE": "y", "SMARTAPP_SECRET_FILE": "z", "SMARTAPP_EHR_KEY": "k"}
    assert list(unknown_variables(env, frozenset({"SMARTAPP_EHR_KEY"}))) == ["SMARTAPP_DATABSE"]


def test_every_setting_has_a_variable_of_its_own_and_a_meaning() -> None:
    variables = [setting.metadata["variable"] for setting in table()]
    assert len(set(variables)) == len(variables)
    assert all(setting.metadata["doc"].endswith(".") or "..." in setting.metadata["doc"] for setting in table())


@pytest.mark.parametrize(
    "base", ["hospital", "https://x.example/a|b", "https://x.example/a,b", "https://x.example/a b"]
)
def test_an_identifier_base_is_an_address_that_can_stand_in_a_search(base):
    with pytest.raises(SettingsError, match="SMARTAPP_IDENTIFIER_BASE"):
        Settings.from_env({**GOOD, "SMARTAPP_IDENTIFIER_BASE": base})


def test_identifier_bases_of_before():
    told = {
        "SMARTAPP_IDENTIFIER_BASE": "urn:oid:1.2.3",
        "SMARTAPP_IDENTIFIER_BASE_PREVIOUS": "https://a.org/x/ https://b.org",
    }
    made = Settings.from_env({**GOOD, **told})
    assert (made.identifier_base, made.identifier_base_previous) == (
        "urn:oid:1.2.3", ("https://a.org/x", "https://b.org"),
    )  # fmt: skip


@pytest.mark.parametrize("npi", ["1234567894", "123456789", "12345678930", "١٢٣٤٥٦٧٨٩٣"])
def test_an_npi_that_cannot_be_one_is_refused(npi):
    with pytest.raises(SettingsError, match="National Provider Identifier"):
        Settings.from_env({**GOOD, "SMARTAPP_REFERRER_NPI": npi})


def test_what_is_printed_has_room_on_the_page():
    told = {
        "SMARTAPP_CLINIC_NAME": "C" * 80,
        "SMARTAPP_CLINIC_PHONE": "(414) 555-0140",
        "SMARTAPP_REFERRER_NPI": "1234567893",
    }
    made = Settings.from_env({**GOOD, **told})
    assert (made.clinic_name, made.clinic_phone, made.clinic_fax, made.referrer_npi) == (
        "C" * 80, "(414) 555-0140", "", "1234567893",
    )  # fmt: skip
    with pytest.raises(SettingsError, match="at most 80 characters") as refused:
        Settings.from_env({**GOOD, "SMARTAPP_CLINIC_NAME": "C" * 81, "SMARTAPP_CLINIC_FAX": "1" * 31})
    assert "SMARTAPP_CLINIC_FAX" in str(refused.value)
