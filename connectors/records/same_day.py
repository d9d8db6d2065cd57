"""Registration with a clinic of today (当日挂号), and the fee of what was booked before (预约挂号支付)."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc
from connectors.records.billing import PaymentMethod


@dataclass(kw_only=True, slots=True)
class RegistrationTerms:
    """What a session of today asks of one person, before they register (当日挂号条件)."""

    card: Annotated[CardRef, INTERNAL]
    admitted: Annotated[bool, Doc("Whether the department takes this person (可挂号).")]
    refusal: Annotated[
        str | None, Doc("Why not, in the hospital's words; may be shown to the person (不可挂号原因).")
    ] = None
    fee: Annotated[
        Decimal | None,
        Doc("What this person pays in yuan, reductions taken off; 0 is free (优惠后挂号费)."),
    ] = None


@dataclass(kw_only=True, slots=True)
class InsuranceSettlement:
    """What medical insurance paid of a registration fee (医保结算)."""

    number: Annotated[str, Doc("Number of the settlement (结算编号).")]
    fund_amount: Annotated[Decimal, Doc("What the pooled fund paid, in yuan (医保统筹支付).")]
    account_amount: Annotated[Decimal, Doc("What the personal account paid, in yuan (医保账户支付).")]
    patient_category: Annotated[str, Doc("The hospital's key of the kind of insured person (患者类型编码).")]


@dataclass(kw_only=True, slots=True)
class RegistrationReservation:
    """A registration that the hospital expects to be paid and then told of (预挂号)."""

    card: Annotated[CardRef, INTERNAL]
    session_id: Annotated[str, INTERNAL]
    fee: Annotated[Decimal, Doc("Fee in yuan that it was reserved at (挂号费).")]


@dataclass(kw_only=True, slots=True)
class SameDayOrder:
    """A number to be taken with a clinic of today, and how its fee was paid (当日挂号订单).

    `session_id`, or `slot_id` where the session has slots. `repeated`: the hospital was told of it before, whatever
    came of that.
    """

    key: str
    session_id: str | None = None
    slot_id: str | None = None
    payment_number: str
    fee: Decimal
    balance_amount: Decimal
    method: PaymentMethod
    platform_info: str = ""
    insurance: InsuranceSettlement | None = None
    # Not a part of what is ordered: the same order, sent again.
    repeated: bool = field(default=False, repr=False)


@dataclass(kw_only=True, slots=True)
class FeeOrder:
    """The fee of an appointment that was booked before and is paid now (预约挂号支付).

    `fee` is without the surcharge; `balance_amount` is what the card's balance pays of it.
    """

    number: str
    appointment_id: str
    fee: Decimal
    surcharge: Decimal
    balance_amount: Decimal
    method: PaymentMethod
    paid_at: dt.datetime
    platform_info: str = ""

    @property
    def total(self) -> Decimal:
        """What was paid in all."""
        return self.fee + self.surcharge


@dataclass(kw_only=True, slots=True)
class RegistrationReceipt:
    """What the hospital answers to a paid registration (挂号凭证)."""

    registration_number: Annotated[str | None, INTERNAL] = None
    payment_reference: Annotated[str | None, INTERNAL] = None
