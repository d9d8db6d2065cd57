import dataclasses
import datetime as dt

import pytest

from connectors.records.base import CardRef
from connectors.records.problems import ProblemCode
from resolvers.access_control.audit import AuditAction, AuditOutcome
from resolvers.access_control.break_glass import BreakGlassInput, break_glass
from resolvers.access_control.emergency import EmergencyGrants, InvalidGrant
from resolvers.access_control.principal import ANONYMOUS, Emergency, Principal
from resolvers.access_control.scopes import Resource
from resolvers.problems import Problem
from tests.resolvers.fakes import NOW, PATIENT, STAFF, STRANGERS, Region

GRANTS = EmergencyGrants(b"g" * 32, 900)
EMERGENCY = Emergency(card=CardRef("third", "30001"), reason="患者昏迷，急诊抢救")
LATER = NOW + dt.timedelta(minutes=15)


def made(subject: str = "nurse") -> str:
    return GRANTS.make(subject, EMERGENCY, NOW).token


def test_a_grant_is_read_by_who_it_was_made_for_until_it_ends() -> None:
    grant = GRANTS.make("nurse", EMERGENCY, NOW)

    assert grant.expires_at == LATER
    assert GRANTS.read(grant.token, "nurse", NOW) == EMERGENCY
    assert GRANTS.read(grant.token, "nurse", LATER - dt.timedelta(seconds=1)) == EMERGENCY


@pytest.mark.parametrize(
    ("token", "subject", "moment"),
    [
        (made(), "nurse", LATER),
        (made(), "doctor", NOW),
        (made(), "", NOW),
        (made()[:-4], "nurse", NOW),
        (made() + "=", "nurse", NOW),
        ("A" + made()[1:], "nurse", NOW),
        (EmergencyGrants(b"h" * 32, 900).make("nurse", EMERGENCY, NOW).token, "nurse", NOW),
        ("", "nurse", NOW),
        ("不是凭证", "nurse", NOW),
        ("A" * 5000, "nurse", NOW),
    ],
    ids=["ended", "another's", "nobody's", "cut", "padded", "changed", "other key", "empty", "no base64", "long"],
)
def test_what_is_no_grant_of_the_subject_is_refused(token: str, subject: str, moment: dt.datetime) -> None:
    with pytest.raises(InvalidGrant):
        GRANTS.read(token, subject, moment)


def test_a_grant_tells_nothing() -> None:
    assert EMERGENCY.card.number not in made()


def asking(region: Region, *, by_id: bool = False) -> BreakGlassInput:
    if by_id:
        card_id = region.ids.write("Card", STRANGERS.hospital_id, STRANGERS, "")
        return BreakGlassInput(card_id=card_id, reason=EMERGENCY.reason)
    return BreakGlassInput(hospital_id="third", number="30001", reason=f" {EMERGENCY.reason} ")


@pytest.mark.parametrize("by_id", [True, False])
async def test_staff_get_a_grant_and_asking_is_on_record(region: Region, by_id: bool) -> None:
    info = region.info(STAFF)
    outcome = await break_glass(info, asking(region, by_id=by_id))
    assert outcome.result is not None
    read = region.grants.read(outcome.result.token, STAFF.subject, NOW)
    [deed] = info.context.deeds

    assert read == Emergency(card=STRANGERS if by_id else EMERGENCY.card, reason=EMERGENCY.reason)
    assert deed[:4] == (Resource.PATIENT, AuditAction.EXECUTE, read.card, AuditOutcome.SERVED)
    assert deed.reason == EMERGENCY.reason


@pytest.mark.parametrize(
    ("principal", "code"),
    [
        (ANONYMOUS, ProblemCode.UNAUTHENTICATED),
        (PATIENT, ProblemCode.FORBIDDEN),
        (dataclasses.replace(STAFF, hospital_ids=frozenset()), ProblemCode.FORBIDDEN),
    ],
)
async def test_nobody_else_gets_one(region: Region, principal: Principal, code: ProblemCode) -> None:
    info = region.info(principal)
    with pytest.raises(Problem) as caught:
        await break_glass(info, asking(region))

    assert caught.value.code is code
    assert info.context.deeds == []


async def test_no_hospital_is_asked_for_a_grant(region: Region) -> None:
    await break_glass(region.info(STAFF), asking(region))

    assert region.shared.asked == []
