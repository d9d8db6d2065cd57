"""The limits of requests, as the settings say."""

from redis.asyncio import Redis

from app.endpoint.budget import AllowedCalls, CallBudget
from app.endpoint.gate import Gate
from app.keys import Purpose, derive
from app.rate_limits import RateLimits
from app.settings import Settings
from connectors.core.kinds import keyed_digest
from resolvers.access_control.principal import Role
from schema.build import core_schema


def gate_of(settings: Settings, redis: Redis | None) -> Gate:
    """Make the gate; requests are counted in Redis where there is one."""
    limits = settings.limits
    rates = {
        Role.PATIENT: limits.patient_rate,
        Role.STAFF: limits.staff_rate,
        Role.SYSTEM: limits.system_rate,
        Role.ANONYMOUS: limits.address_rate,
    }
    digest = keyed_digest(derive(settings.secret, Purpose.RATE_LIMITS))
    counts = RateLimits(rates, digest, settings.server.trusted_proxies, redis)
    allowed = AllowedCalls(limits.calls_per_operation, limits.calls_per_hospital)
    return Gate(counts, CallBudget(core_schema, len(settings.hospitals), allowed), variables=limits.variables)
