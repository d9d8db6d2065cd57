"""The process's settings: `hospitals.toml`, with the environment laid over it."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, FilePath, SecretStr, model_validator

from app.client_address import Network
from app.endpoint.complexity import DocumentLimits, Most
from app.setting_values import HttpUrl, Introspection, Name, Origin, Rate, RedisUrl, SafeUrl, Secret, Secrets
from connectors.core.config import HospitalConfig, SystemConfig
from connectors.core.transport import Limits
from connectors.registry import vendor_options


class _Part(BaseModel):
    """A part of the settings; a misspelt name is a problem, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ServerSettings(_Part):
    """Where the server listens and what it shows."""

    host: Name = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    trusted_proxies: list[Network] = Field(default_factory=list)
    max_body_bytes: int = Field(1024 * 1024, ge=1024)
    body_seconds: float = Field(15.0, gt=0)
    introspection: Introspection = "staff"
    graphiql: bool = True
    allowed_origins: list[Origin] = Field(default_factory=list)


class DocumentSettings(_Part):
    """Which documents are run. Where there is a manifest it is only its documents, unless `only_trusted` says other."""

    manifest: FilePath | None = None
    only_trusted: bool | None = None
    automatic: bool = False

    @property
    def closed(self) -> bool:
        """Whether what is not in the manifest is refused."""
        return self.manifest is not None if self.only_trusted is None else self.only_trusted

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.only_trusted and self.manifest is None:
            raise ValueError("only_trusted needs a manifest")
        if self.automatic and self.closed:
            raise ValueError("automatic is for development; with trusted documents alone it has to be off")
        return self


class IssuerSettings(_Part):
    """An issuer whose tokens are trusted. Exactly one of `hs256_secret` and `jwks_url` is set."""

    issuer: Name
    audience: Name
    hs256_secret: Secret | None = None
    jwks_url: SafeUrl | None = None
    keys_kept_seconds: int = Field(3600, ge=600, le=86400)
    leeway_seconds: int = Field(30, ge=0, le=300)
    roles: list[Literal["patient", "staff", "system"]] = Field(["patient", "staff", "system"], min_length=1)


class IdentitySettings(IssuerSettings):
    """Whose tokens are trusted: an issuer, and `others` beside it."""

    others: list[IssuerSettings] = Field(default_factory=list)
    longest_token_seconds: int = Field(86400, ge=60, le=31 * 86400)
    revocation_file: Path | None = None

    @property
    def issuers(self) -> list[IssuerSettings]:
        """All of them."""
        return [self, *self.others]

    @model_validator(mode="after")
    def _issuers_differ(self) -> Self:
        names = [each.issuer for each in self.issuers]
        if len(set(names)) != len(names):
            raise ValueError("two issuers have the same name")
        return self


class AuditSettings(_Part):
    """Where the audit log is, unless it is in Redis, and how many events may wait to be written."""

    path: Path = Path("audit.sqlite3")
    most_waiting: int = Field(20_000, ge=100)


class LimitSettings(_Part):
    """What a request may hold and cost in calls to hospitals, and how many requests a client may send."""

    document: DocumentLimits = DocumentLimits()
    variables: Most = 64 * 1024
    calls_per_operation: Most = 3000
    calls_per_hospital: Most = 1500
    patient_rate: Rate = "600/minute"
    staff_rate: Rate = "1200/minute"
    system_rate: Rate = "6000/minute"
    address_rate: Rate = "600/minute"


class _Reached(_Part):
    """What a system that is called may cost."""

    connect_seconds: float = Field(2.0, gt=0)
    read_seconds: float = Field(10.0, gt=0)
    connections: int = Field(32, ge=1)
    response_bytes: int = Field(8 * 1024 * 1024, ge=1024)
    files: int = Field(8, ge=1)
    file_bytes: int = Field(1024 * 1024 * 1024, ge=1024)
    file_seconds: float = Field(600.0, gt=0)

    @property
    def limits(self) -> Limits:
        """Say it in the connectors' terms."""
        return Limits(
            connect_seconds=self.connect_seconds,
            read_seconds=self.read_seconds,
            connections=self.connections,
            response_bytes=self.response_bytes,
            files=self.files,
            file_bytes=self.file_bytes,
            file_seconds=self.file_seconds,
        )


class LoginSettings(_Part):
    """Own tokens. Without `signing_keys` (the newest first) their keys are made from `secret`."""

    issuer: Name = "patient-graph"
    signing_keys: Secrets = Field(default_factory=list)
    access_seconds: int = Field(900, ge=60, le=3600)
    login_days: int = Field(30, ge=1, le=90)

    @property
    def login_seconds(self) -> float:
        """For how long a login can be renewed."""
        return self.login_days * 86400.0


class WechatSettings(_Reached):
    """The mini-program whose users log in, and WeChat's address; its secret stands in what is sent there."""

    base_url: SafeUrl
    app_id: Name
    app_secret: Annotated[SecretStr, Field(min_length=1)]


class PlatformSettings(_Reached):
    """The region's platform, and where it says who is bound to an account."""

    base_url: HttpUrl
    bindings_url: SafeUrl
    bindings_token: Secret
    hospital_ids: dict[str, str] = Field(default_factory=dict)


class SystemSettings(_Reached):
    """One vendor system. The vendor's own model checks `options`; `file_origins` are where its files are, too."""

    vendor: Name
    base_url: HttpUrl
    options: dict[str, Any] = Field(default_factory=dict, repr=False)
    file_origins: list[Origin] = Field(default_factory=list)


class InboundSettings(_Part):
    """What a hospital's system shows when it calls here (two while one takes the other's place), and who else is told.

    `forward_to` stands before the interfaces' paths.
    """

    secrets: Annotated[Secrets, Field(min_length=1, max_length=2)]
    forward_to: HttpUrl | None = None


class HospitalSettings(_Part):
    """One hospital and the system that serves it. `paths` are single interfaces' addresses that differ.

    Without `inbound` its system cannot call here.
    """

    id: Name
    name: Name
    system: Name
    upstream_id: Name | None = None
    base_url: HttpUrl | None = None
    paths: dict[str, str] = Field(default_factory=dict)
    inbound: InboundSettings | None = None


class Settings(_Part):
    """All of it."""

    secret: Secret
    deadline_seconds: float = Field(8.0, gt=0, le=120)
    redis_url: RedisUrl | None = None
    encryption_keys: Secrets = Field(default_factory=list)
    caches: bool = True
    verify_identity_numbers: bool = True
    server: ServerSettings = ServerSettings()
    documents: DocumentSettings = DocumentSettings()
    limits: LimitSettings = LimitSettings()
    audit: AuditSettings = AuditSettings()
    emergency_seconds: int = Field(900, ge=60, le=3600)
    file_seconds: int = Field(300, ge=30, le=3600)
    identity: IdentitySettings
    login: LoginSettings = LoginSettings()
    wechat: WechatSettings | None = None
    platform: PlatformSettings | None = None
    systems: dict[str, SystemSettings] = Field(min_length=1)
    hospitals: list[HospitalSettings] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_log_in(self) -> Self:
        if self.wechat is None:
            return self
        if self.platform is None:
            raise ValueError("wechat needs platform, which says who is bound to an account")
        if self.login.issuer in {each.issuer for each in self.identity.issuers}:
            raise ValueError("login.issuer is the name of another issuer")
        if self.login.access_seconds > self.identity.longest_token_seconds:
            raise ValueError("login.access_seconds is more than identity.longest_token_seconds")
        return self


def system_configs(settings: Settings) -> list[SystemConfig]:
    """Say it in the connectors' terms."""
    return [_system_config(settings, name, system) for name, system in settings.systems.items()]


def _system_config(settings: Settings, name: str, system: SystemSettings) -> SystemConfig:
    return SystemConfig(
        name=name,
        vendor=system.vendor,
        hospitals={
            hospital.id: HospitalConfig(
                id=hospital.id,
                name=hospital.name,
                upstream_id=hospital.upstream_id or hospital.id,
                base_url=hospital.base_url or system.base_url,
                paths=hospital.paths,
                sends=hospital.inbound is not None,
            )
            for hospital in settings.hospitals
            if hospital.system == name
        },
        options=vendor_options(system.vendor).model_validate(system.options),
        limits=system.limits,
        file_origins=frozenset(system.file_origins),
    )
