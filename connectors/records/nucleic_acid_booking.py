"""Nucleic-acid tests that people book: where and when there are any, and what was booked."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.billing import PaymentMethod
from connectors.records.people import Gender
from connectors.records.recharges import RefundStatus
from connectors.records.scheduling import AppointmentStatus


class IdentityDocument(DocumentedEnum):
    """What proves who somebody is (证件类型)."""

    RESIDENT_IDENTITY_CARD = "RESIDENT_IDENTITY_CARD", "Resident identity card (身份证)."
    PASSPORT = "PASSPORT", "Passport (护照)."
    UNKNOWN = "UNKNOWN", "A document that is not known here; never to be sent (未知)."


@dataclass(kw_only=True, slots=True)
class ReportLanguage:
    """A language that reports of nucleic-acid tests are written in (检测报告语言)."""

    id: Annotated[str, Doc("The hospital's own key of it (字典编码).")]
    name: Annotated[str, Doc("Name; what bookNucleicAcidTest takes (语言名称).")]


@dataclass(kw_only=True, slots=True)
class NucleicAcidTestSite:
    """A campus where nucleic-acid tests can be booked (核酸检测可预约院区)."""

    id: Annotated[str, Doc("The hospital's own key of the campus (院区编码).")]
    hospital_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (院区名称).")]


@dataclass(kw_only=True, slots=True)
class NucleicAcidTestDay:
    """A day on which nucleic-acid tests can be booked at a site (核酸检测可预约日期)."""

    hospital_id: Annotated[str, INTERNAL]
    site_id: Annotated[str, INTERNAL]
    day: Annotated[dt.date, Doc("Day (日期).")]


@dataclass(kw_only=True, slots=True)
class NucleicAcidTestSlot:
    """A stretch of a day that can be booked for a nucleic-acid test (核酸检测预约时段)."""

    id: Annotated[str, Doc("Global id; what bookNucleicAcidTest takes (时段标识).")]
    hospital_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("As the hospital writes it (时段名称).")]
    starts_at: Annotated[dt.datetime | None, Doc("When it begins; null where only the name tells (开始时间).")] = None
    ends_at: Annotated[dt.datetime | None, Doc("When it ends (结束时间).")] = None
    remaining: Annotated[int | None, Doc("How many are still free (剩余数).")] = None


@dataclass(kw_only=True, slots=True)
class NucleicAcidTestSession:
    """A kind of nucleic-acid test on a day, with its price and slots (核酸检测号类)."""

    fee: Annotated[Decimal | None, Doc("Price in yuan (检测费用).")] = None
    remaining: Annotated[int | None, Doc("How many are still free that day (剩余数).")] = None
    slots: Annotated[list[NucleicAcidTestSlot], Doc("Its slots; none where it is booked out (时段).")] = field(
        default_factory=list
    )


@dataclass(kw_only=True, slots=True)
class NucleicAcidTestAppointment:
    """A nucleic-acid test that a person booked (核酸检测预约, FHIR Appointment)."""

    id: Annotated[str, Doc("Global id; what payNucleicAcidTest and cancelNucleicAcidTest take (预约标识).")]
    card: Annotated[CardRef, INTERNAL]
    status: Annotated[AppointmentStatus, Doc("What became of it (预约状态).")]
    status_name: Annotated[str | None, Doc("The same in the hospital's words (状态释义).")] = None
    number: Annotated[str | None, Doc("The hospital's number of it (预约记录流水号).")] = None
    day: Annotated[dt.date | None, Doc("Day (预约日期).")] = None
    slot_name: Annotated[str | None, Doc("Slot as the hospital writes it (预约时段).")] = None
    starts_at: Annotated[dt.datetime | None, Doc("When it begins; null where only the name tells (开始时间).")] = None
    ends_at: Annotated[dt.datetime | None, Doc("When it ends (结束时间).")] = None
    fee: Annotated[Decimal | None, Doc("Price in yuan; null where the hospital does not repeat it (费用).")] = None
    report_expected_at: Annotated[dt.datetime | None, Doc("When the report comes out (出报告时间).")] = None
    payment_number: Annotated[
        str | None,
        Doc("Number of the payment at the payment platform; null in lists (支付流水号)."),
    ] = None
    hospital_order_number: Annotated[
        str | None,
        Doc("The hospital's number of the payment's order; null in lists (院内订单号)."),
    ] = None
    invoice_number: Annotated[str | None, Doc("Number of its invoice; null in lists (院内发票号).")] = None
    patient_id: Annotated[str | None, INTERNAL] = None
    visit_id: Annotated[str | None, INTERNAL] = None
    patient_name: Annotated[str | None, INTERNAL] = None
    gender: Annotated[Gender, Doc("Gender (性别).")] = Gender.UNKNOWN
    age: Annotated[str | None, Doc("Age as the hospital has it (年龄).")] = None
    birth_date: Annotated[dt.date | None, Doc("Birth date (出生日期).")] = None
    identity_number: Annotated[str | None, INTERNAL] = None
    phone: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class NucleicAcidTestRefund:
    """What became of the money of a cancelled nucleic-acid test (核酸检测退款)."""

    number: Annotated[str, Doc("The hospital's number of the refund's order (院内退款订单号).")]
    status: Annotated[RefundStatus, Doc("What became of it (退款状态).")]
    refunded_at: Annotated[dt.datetime | None, Doc("When it was made; null until the hospital tells (退款时间).")] = (
        None
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class NucleicAcidTestOrder:
    """What is booked for a person; the phone on the card stands where none is named."""

    slot_id: str
    method: PaymentMethod
    ordered_at: dt.datetime
    phone: str | None = None
    document: IdentityDocument | None = None
    from_mainland: bool | None = None
    report_language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NucleicAcidTestPayment:
    """A payment that a booked test is confirmed with; `number` is that of the payment.

    `hospital_order_number` is that of the hospital's order, where the payer knows of one.
    """

    number: str
    appointment_id: str
    hospital_order_number: str | None = None
    amount: Decimal
    method: PaymentMethod
    paid_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NucleicAcidTestWithdrawal:
    """A booked test to be cancelled; the numbers of what was paid are empty where nothing was."""

    appointment_id: str
    invoice_number: str = ""
    refund_order_number: str = ""
