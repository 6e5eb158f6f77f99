import json
from pathlib import Path

import pytest

from bot.settings import (
    LOCAL_APP_ID,
    PUBLIC_METADATA_URL,
    PUBLIC_SERVICE_HOSTS,
    Settings,
    UnsafeSettings,
    from_environment,
    settings_from,
)

APP = "11111111-2222-4333-8444-555555555555"
TENANT = "66666666-7777-4888-8999-aaaaaaaaaaaa"
SAFE = {
    "MicrosoftAppType": "SingleTenant",
    "MicrosoftAppId": APP,
    "MicrosoftAppPassword": "a long made-up secret",
    "MicrosoftAppTenantId": TENANT,
}
SAMPLE = json.loads((Path(__file__).parents[2] / "eocif" / "sample.json").read_text("utf-8"))


def test_the_defaults_are_those_of_the_documented_table() -> None:
    assert settings_from(SAFE) == Settings(
        app_type="SingleTenant",
        app_id=APP,
        app_password="a long made-up secret",
        app_tenant_id=TENANT,
        allowed_tenants=frozenset({TENANT}),
        leads=frozenset(),
        database_url="sqlite:///var/eocif.db",
        host="127.0.0.1",
        port=3978,
        openid_metadata_url=PUBLIC_METADATA_URL,
        service_hosts=PUBLIC_SERVICE_HOSTS,
        tenant_rps=40,
        local=False,
    )


def test_every_variable_is_read() -> None:
    other = "0c0c0c0c-0000-4000-8000-0000000000CC"
    settings = settings_from(
        {
            **SAFE,
            "MicrosoftAppType": "UserAssignedMSI",
            "MicrosoftAppPassword": "",
            "EOCIF_ALLOWED_TENANTS": f" {TENANT}, {other} ,",
            "EOCIF_LEADS": other,
            "EOCIF_DATABASE_URL": "postgresql+psycopg://eocif:pass@db/eocif",
            "EOCIF_HOST": "0.0.0.0",  # noqa: S104 - outside local mode a container may need it
            "EOCIF_PORT": "8080",
            "EOCIF_OPENID_METADATA_URL": "https://login.example.org/openid",
            "EOCIF_SERVICE_HOSTS": "SMBA.example.org",
            "EOCIF_TENANT_RPS": "50",
        }
    )
    assert settings.app_type == "UserAssignedMSI"
    assert settings.allowed_tenants == {TENANT, other.lower()}
    assert settings.leads == {other.lower()}
    assert settings.database_url == "postgresql+psycopg://eocif:pass@db/eocif"
    assert (settings.host, settings.port, settings.tenant_rps) == ("0.0.0.0", 8080, 50)  # noqa: S104 - an address under test, not one we bind
    assert settings.openid_metadata_url == "https://login.example.org/openid"
    assert settings.service_hosts == {"smba.example.org"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"MicrosoftAppType": ""}, "MicrosoftAppType must be SingleTenant or UserAssignedMSI."),
        ({"MicrosoftAppType": "MultiTenant"}, "MicrosoftAppType must be"),
        ({"MicrosoftAppType": "MultiTenant", "EOCIF_LOCAL": "1"}, "MicrosoftAppType must be"),
        ({"MicrosoftAppId": ""}, "MicrosoftAppId must hold ids like"),
        ({"MicrosoftAppId": "my-bot"}, "MicrosoftAppId must hold ids like"),
        ({"MicrosoftAppPassword": " "}, "MicrosoftAppPassword must be set"),
        ({"MicrosoftAppTenantId": ""}, "MicrosoftAppTenantId must hold ids like"),
        ({"EOCIF_ALLOWED_TENANTS": f"{TENANT},*"}, "EOCIF_ALLOWED_TENANTS must hold ids like"),
        ({"EOCIF_LEADS": "amina@example.org"}, "EOCIF_LEADS must hold ids like"),
        ({"EOCIF_DATABASE_URL": "mysql://db/eocif"}, "EOCIF_DATABASE_URL must begin with"),
        ({"EOCIF_PORT": "http"}, "EOCIF_PORT must be a whole number from 1 to 65535."),
        ({"EOCIF_PORT": "70000"}, "EOCIF_PORT must be a whole number from 1 to 65535."),
        ({"EOCIF_PORT": "٣"}, "EOCIF_PORT must be a whole number"),
        ({"EOCIF_TENANT_RPS": "0"}, "EOCIF_TENANT_RPS must be a whole number from 1 to 50."),
        ({"EOCIF_TENANT_RPS": "51"}, "EOCIF_TENANT_RPS must be a whole number from 1 to 50."),
        ({"EOCIF_OPENID_METADATA_URL": "http://127.0.0.1/x"}, "must begin with https://."),
        ({"EOCIF_OPENID_METADATA_URL": "https:///x"}, "must begin with https://."),
        ({"EOCIF_SERVICE_HOSTS": "https://smba.example.org"}, "EOCIF_SERVICE_HOSTS must be"),
        ({"EOCIF_SERVICE_HOSTS": "*"}, "EOCIF_SERVICE_HOSTS must be host names"),
        ({"EOCIF_LOCAL": "yes"}, "EOCIF_LOCAL must be 1 or left out."),
        ({"EOCIF_LOCAL": "1", "EOCIF_HOST": "0.0.0.0"}, "EOCIF_HOST must be a loopback"),  # noqa: S104 - an address under test, not one we bind
        ({"EOCIF_LOCAL": "1", "EOCIF_HOST": "bot.example.org"}, "must be a loopback"),
        (
            {"EOCIF_LOCAL": "1", "EOCIF_OPENID_METADATA_URL": "http://login.example.org/"},
            "must begin with https://.",
        ),
    ],
)
def test_an_unsafe_setting_is_one_plain_sentence(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(UnsafeSettings) as refused:
        settings_from({**SAFE, **changes})
    said = str(refused.value)
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said
    assert "a long made-up secret" not in said


def test_an_empty_environment_does_not_start() -> None:
    with pytest.raises(UnsafeSettings):
        settings_from({})


def test_local_mode_needs_nothing_and_serves_the_sample_tenant() -> None:
    settings = settings_from({"EOCIF_LOCAL": "1"})
    assert settings.local
    assert settings.app_id == LOCAL_APP_ID
    assert settings.allowed_tenants == {SAMPLE["tenant_id"]}
    assert settings.openid_metadata_url is None
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_local_mode_binds_to_loopback(host: str) -> None:
    assert settings_from({"EOCIF_LOCAL": "1", "EOCIF_HOST": host}).host == host


def test_local_mode_checks_tokens_where_it_is_told_who_signs_them() -> None:
    told = {"EOCIF_LOCAL": "1", "EOCIF_OPENID_METADATA_URL": "http://127.0.0.1:9000/openid"}
    assert settings_from(told).openid_metadata_url == "http://127.0.0.1:9000/openid"


def test_local_mode_takes_a_real_identity_when_it_is_given() -> None:
    settings = settings_from({**SAFE, "EOCIF_LOCAL": "1"})
    assert (settings.app_id, settings.app_tenant_id) == (APP, TENANT)
    assert settings.allowed_tenants == {TENANT}


def test_secrets_stay_out_of_the_printed_settings() -> None:
    database = "postgresql+psycopg://eocif:database-secret@db/eocif"
    printed = repr(settings_from({**SAFE, "EOCIF_DATABASE_URL": database}))
    assert "a long made-up secret" not in printed
    assert "database-secret" not in printed
    assert APP in printed


def test_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("EOCIF_PORT", "4000")
    assert from_environment().port == 4000
