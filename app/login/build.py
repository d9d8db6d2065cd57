"""Logging people in, as the settings say."""

import time
from collections.abc import Callable, Sequence

from pydantic import SecretStr
from redis.asyncio import Redis

from app.issuers import Issuer
from app.keys import Purpose, derive
from app.login.access_tokens import AccessTokens
from app.login.families import MemoryFamilies
from app.login.keys import OwnKeys
from app.login.logins import PlatformLogins
from app.login.redis_families import RedisFamilies
from app.login.refresh_tokens import RefreshTokens
from app.revocation.revocations import Revocations
from app.settings import PlatformSettings, Settings, WechatSettings
from connectors import prefront, wechat
from connectors.account_ports import Bindings, LoginCodes
from connectors.core.cache import NoCache
from connectors.core.config import Machinery, SystemConfig
from connectors.core.kinds import KeyedHash, keyed_digest
from connectors.core.transport import Limits, Transport
from resolvers.access_control.principal import Role


def own_issuer(settings: Settings) -> Issuer | None:
    """Make the issuer that this server is itself; None where it logs nobody in."""
    if settings.wechat is None:
        return None
    return Issuer(
        name=settings.login.issuer,
        audience=settings.identity.audience,
        keys=OwnKeys(_keys(settings)),
        roles=frozenset({Role.PATIENT}),
        leeway_seconds=settings.identity.leeway_seconds,
    )


def logins_of(
    settings: Settings, redis: Redis | None, revocations: Revocations, transport: Callable[[Limits], Transport]
) -> PlatformLogins | None:
    """Make the logins; None where this server logs nobody in. `transport` makes the way to the platform."""
    if settings.wechat is None or settings.platform is None:
        return None
    digest = keyed_digest(derive(settings.secret, Purpose.LOGINS))
    return PlatformLogins(
        codes=_codes(settings.wechat),
        bindings=_bindings(settings.platform, digest, transport),
        access_tokens=AccessTokens(
            issuer=settings.login.issuer,
            audience=settings.identity.audience,
            keys=OwnKeys(_keys(settings)),
            hospital_ids=[hospital.id for hospital in settings.hospitals],
            seconds=settings.login.access_seconds,
            clock=time.time,
        ),
        refresh_tokens=RefreshTokens(_keys(settings)),
        families=MemoryFamilies() if redis is None else RedisFamilies(redis),
        revocations=revocations,
        digest=digest,
        login_seconds=settings.login.login_seconds,
        token_seconds=settings.login.access_seconds + settings.identity.leeway_seconds,
        clock=time.time,
    )


def _keys(settings: Settings) -> Sequence[SecretStr]:
    return settings.login.signing_keys or [settings.secret]


def _codes(settings: WechatSettings) -> LoginCodes:
    options = wechat.Options(base_url=settings.base_url, app_id=settings.app_id, app_secret=settings.app_secret)
    return wechat.WechatLogin(options, settings.limits)


def _bindings(
    settings: PlatformSettings, digest: Callable[[str], KeyedHash], transport: Callable[[Limits], Transport]
) -> Bindings:
    options = prefront.Options(
        base_url=settings.base_url,
        bindings_url=settings.bindings_url,
        bindings_token=settings.bindings_token,
        hospital_ids=settings.hospital_ids,
    )
    config = SystemConfig(name="platform", vendor="prefront", hospitals={}, options=options, limits=settings.limits)
    return prefront.connect(config, Machinery(cache=NoCache(), digest=digest, transport=transport)).bindings
