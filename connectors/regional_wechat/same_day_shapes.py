"""How the regional HIS writes same-day registration (document chapter 20)."""

from collections.abc import Mapping
from dataclasses import replace

from connectors.core import convert
from connectors.core.envelope import Meaning
from connectors.core.readers import Reader, listing_each
from connectors.core.shape import GIVEN, Many, Row, Shape
from connectors.errors import Refused
from connectors.records.problems import ProblemCode
from connectors.records.same_day import RegistrationReceipt
from connectors.records.scheduling import Cancellation, DayPart, Slot
from connectors.regional_wechat.codes import ENVELOPE, MEANINGS
from connectors.regional_wechat.same_day_keys import TodayKey, TodaySlotKey

# 20.1.5 documents a refusal with an empty code, whose reason stands in the sentence: it is meant for the person.
TELLING_WHY = replace(ENVELOPE, meanings={**MEANINGS, "": Meaning(Refused, ProblemCode.REFUSED_BY_HOSPITAL, told=True)})

# Lower case in 20.1.3 and in the example of 20.1.7, upper case in the latter's table.
_DAY_PARTS = {"A": DayPart.MORNING, "P": DayPart.AFTERNOON, "N": DayPart.NIGHT}

SLOT = Shape(
    Slot,
    id=GIVEN,
    hospital_id=GIVEN,
    starts_at=GIVEN,
    ends_at=GIVEN,
    day_part=GIVEN,
    number="serialNumber",
    # What is left here, while the same name in 21.2.1 is what is booked.
    remaining="appNum",
)
RECEIPT = Shape(RegistrationReceipt, registration_number="hisRegistrationId", payment_reference="invoiceId")
CANCELLATION = Shape(Cancellation, refund_number="refundNo", invoice_number="newInvoiceId")

_SLOTS = Many(SLOT, "data")


def half_of(written: object) -> str:
    """The part of the day as A, P or N, from any of the document's spellings; empty where there is none."""
    return (convert.text(written) or "")[:1].upper()


def free_slots(hospital_id: str, session: TodayKey) -> Reader[list[Slot]]:
    """The slots of a session of today."""

    def given(row: Row) -> Mapping[str, object]:
        key = TodaySlotKey(
            session=session,
            start=convert.text(row.get("startTime")) or "",
            end=convert.text(row.get("endTime")) or "",
            half=half_of(row.get("amPm")),
            sequence=convert.text(row.get("sequence")) or "",
            time_code=convert.text(row.get("timeCode")) or "",
            number=convert.text(row.get("serialNumber")) or "",
        )
        return {
            "id": str(key),
            "hospital_id": hospital_id,
            "starts_at": key.starts_at,
            "ends_at": key.ends_at,
            "day_part": _DAY_PARTS.get(key.half, DayPart.UNKNOWN),
        }

    return listing_each(_SLOTS, given, f"{hospital_id} {session}")
