"""What the environment says, checked once at the start.

The only reader of the environment. A setting that would make the bot unsafe stops it with one
plain sentence; nothing is guessed. Names and defaults are those of README's table.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from eocif import sample
from eocif.bank_holidays import BadBankHolidays
from eocif.rules.working_days import ENGLAND_AND_WALES, Calendar
from eocif.settings import BadDatabaseUrl, calendar, database_url

PUBLIC_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
# The public cloud's hosts as the Teams SDK's page on service URLs lists them. The government and
# Chinese clouds have other issuers, so their hosts would never pass the token check.
PUBLIC_SERVICE_HOSTS = frozenset(
    {
        "smba.trafficmanager.net",
        "smba.onyx.prod.teams.trafficmanager.net",
        "smba.infra.gcc.teams.microsoft.com",
    }
)
LOCAL_APP_ID = "10ca1b07-0000-4000-8000-000000000000"
APP_TYPES = ("SingleTenant", "UserAssignedMSI")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HOST_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class UnsafeSettings(ValueError):
    """The bot must not start; the message is one sentence for the person who runs it."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The checked settings. Ids are lower-case; secrets stay out of `repr`.

    `openid_metadata_url` is None only in local mode, and then callers' tokens are not checked.
    `app_type` is "" only in local mode, and then the bot has no access tokens to send with.
    """

    app_type: str
    app_id: str
    app_password: str = field(repr=False)
    app_tenant_id: str
    allowed_tenants: frozenset[str]
    leads: frozenset[str]
    database_url: str = field(repr=False)  # a PostgreSQL address may hold a password
    host: str
    port: int
    openid_metadata_url: str | None
    service_hosts: frozenset[str]
    tenant_rps: int
    local: bool
    calendar: Calendar = ENGLAND_AND_WALES


def from_environment() -> Settings:
    """The settings of this process. Raises UnsafeSettings."""
    return settings_from(os.environ)


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read and check the settings; an empty variable counts as unset. Raises UnsafeSettings."""
    env = {name: value.strip() for name, value in environ.items() if value.strip()}
    local = _local(env)
    app_type = _app_type(env, local)
    app_tenant_id = _tenant_id(env, local)
    return Settings(
        app_type=app_type,
        app_id=_app_id(env, local),
        app_password=_password(env, app_type, local),
        app_tenant_id=app_tenant_id,
        allowed_tenants=_ids(env, "EOCIF_ALLOWED_TENANTS")
        or frozenset({app_tenant_id or sample.load().tenant_id}),
        leads=_ids(env, "EOCIF_LEADS"),
        database_url=_database_url(env),
        host=_host(env, local),
        port=_number(env, "EOCIF_PORT", 3978, range(1, 65536)),
        openid_metadata_url=_metadata_url(env, local),
        service_hosts=_service_hosts(env),
        tenant_rps=_number(env, "EOCIF_TENANT_RPS", 40, range(1, 51)),
        local=local,
        calendar=_calendar(env),
    )


def _local(env: Mapping[str, str]) -> bool:
    if env.get("EOCIF_LOCAL", "1") != "1":
        raise UnsafeSettings("EOCIF_LOCAL must be 1 or left out.")
    return "EOCIF_LOCAL" in env


def _app_type(env: Mapping[str, str], local: bool) -> str:
    app_type = env.get("MicrosoftAppType", "")
    if app_type not in APP_TYPES and (app_type or not local):
        raise UnsafeSettings("MicrosoftAppType must be SingleTenant or UserAssignedMSI.")
    return app_type


def _app_id(env: Mapping[str, str], local: bool) -> str:
    return _id(env.get("MicrosoftAppId", LOCAL_APP_ID if local else ""), "MicrosoftAppId")


def _password(env: Mapping[str, str], app_type: str, local: bool) -> str:
    password = env.get("MicrosoftAppPassword", "")
    if app_type == "SingleTenant" and not password and not local:
        raise UnsafeSettings("MicrosoftAppPassword must be set for a SingleTenant app.")
    return password


def _tenant_id(env: Mapping[str, str], local: bool) -> str:
    if local and "MicrosoftAppTenantId" not in env:
        return ""
    return _id(env.get("MicrosoftAppTenantId", ""), "MicrosoftAppTenantId")


def _database_url(env: Mapping[str, str]) -> str:
    try:
        return database_url(env)
    except BadDatabaseUrl as bad:
        raise UnsafeSettings(str(bad)) from None


def _calendar(env: Mapping[str, str]) -> Calendar:
    try:
        return calendar(env)
    except BadBankHolidays as bad:
        raise UnsafeSettings(str(bad)) from None


def _host(env: Mapping[str, str], local: bool) -> str:
    host = env.get("EOCIF_HOST", "127.0.0.1")
    if local and not is_loopback(host):
        raise UnsafeSettings(
            "In local mode EOCIF_HOST must be a loopback address such as 127.0.0.1."
        )
    return host


def _metadata_url(env: Mapping[str, str], local: bool) -> str | None:
    url = env.get("EOCIF_OPENID_METADATA_URL", "" if local else PUBLIC_METADATA_URL)
    if not url:
        return None
    parts = urlsplit(url)
    nearby = local and parts.scheme == "http" and is_loopback(parts.hostname or "")
    if not (nearby or (parts.scheme == "https" and parts.hostname)):
        raise UnsafeSettings("EOCIF_OPENID_METADATA_URL must begin with https://.")
    return url


def _service_hosts(env: Mapping[str, str]) -> frozenset[str]:
    hosts = _listed(env, "EOCIF_SERVICE_HOSTS")
    if not all(_HOST_NAME.fullmatch(host) for host in hosts):
        raise UnsafeSettings("EOCIF_SERVICE_HOSTS must be host names with commas between them.")
    return hosts or PUBLIC_SERVICE_HOSTS


def _number(env: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    text = env.get(name, str(default))
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) not in allowed:
        raise UnsafeSettings(f"{name} must be a whole number from {allowed[0]} to {allowed[-1]}.")
    return int(text)


def _ids(env: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(_id(text, name) for text in _listed(env, name))


def _listed(env: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(part.strip().lower() for part in env.get(name, "").split(",") if part.strip())


def _id(text: str, name: str) -> str:
    if not _UUID.fullmatch(text.lower()):
        raise UnsafeSettings(f"{name} must hold ids like 01234567-89ab-cdef-0123-456789abcdef.")
    return text.lower()


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
