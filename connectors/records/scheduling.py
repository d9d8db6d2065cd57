"""Departments, doctors, schedules, slots and appointments."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated

from connectors.records.base import INTERNAL, CardRef, Doc, DocumentedEnum
from connectors.records.examinations import ExaminationOrder
from connectors.records.people import Gender


@dataclass(kw_only=True, slots=True)
class Department:
    """A department that can be booked (科室)."""

    id: Annotated[str, Doc("Global id (科室标识).")]
    hospital_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (科室名称).")]
    category_id: Annotated[str | None, INTERNAL] = None
    category_name: Annotated[str | None, Doc("Department above it, or its category (一级科室).")] = None
    address: Annotated[str | None, Doc("Where it is (科室地址).")] = None
    phone: Annotated[str | None, Doc("Phone of the department (联系电话).")] = None
    description: Annotated[str | None, Doc("What it treats (科室简介).")] = None
    campus_id: Annotated[str | None, Doc("Campus it is on (院区编码).")] = None
    campus_name: Annotated[str | None, Doc("Name of the campus (院区名称).")] = None


@dataclass(kw_only=True, slots=True)
class Doctor:
    """A doctor who can be booked (医生, FHIR Practitioner)."""

    id: Annotated[str, Doc("Global id (医生标识).")]
    hospital_id: Annotated[str, INTERNAL]
    department_id: Annotated[str | None, INTERNAL] = None
    department_name: Annotated[str | None, Doc("Department, where a list over departments names it (科室名称).")] = None
    campus_name: Annotated[str | None, Doc("Campus, where a list over campuses names it (院区名称).")] = None
    name: Annotated[str, Doc("Name (医生姓名).")]
    gender: Annotated[Gender, Doc("Gender (性别).")] = Gender.UNKNOWN
    title: Annotated[str | None, Doc("Professional title (技术职称).")] = None
    teaching_title: Annotated[str | None, Doc("Academic title (教学职称).")] = None
    specialty: Annotated[str | None, Doc("What the doctor is good at (医生擅长).")] = None
    introduction: Annotated[str | None, Doc("About the doctor (医生简介).")] = None
    photo_address: Annotated[str | None, INTERNAL] = None


class DayPart(DocumentedEnum):
    """Part of a day (午别)."""

    MORNING = "MORNING", "Morning (上午)."
    AFTERNOON = "AFTERNOON", "Afternoon (下午)."
    NIGHT = "NIGHT", "Night (晚上)."
    ALL_DAY = "ALL_DAY", "The whole day (全天)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class Schedule:
    """A doctor's session on a day, or a department's where no doctor is named (排班)."""

    id: Annotated[str, Doc("Global id (排班标识).")]
    hospital_id: Annotated[str, INTERNAL]
    department_id: Annotated[str, INTERNAL]
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    doctor_id: Annotated[str | None, INTERNAL] = None
    doctor_name: Annotated[str | None, Doc("Doctor; null when the department is booked (医生姓名).")] = None
    doctor_title: Annotated[str | None, Doc("Professional title (技术职称).")] = None
    day: Annotated[dt.date, Doc("Day (日期).")]
    day_part: Annotated[DayPart, Doc("Part of the day (午别).")] = DayPart.ALL_DAY
    clinic: Annotated[str | None, Doc("Kind of clinic, such as expert or ordinary (门诊类型).")] = None
    fee: Annotated[Decimal | None, Doc("Registration fee in yuan (挂号费).")] = None
    capacity: Annotated[int | None, Doc("How many can be booked (可约数).")] = None
    remaining: Annotated[int | None, Doc("How many are still free (剩余数).")] = None


@dataclass(kw_only=True, slots=True)
class SameDaySession(Schedule):
    """A session of today that people can register with at once (当日排班)."""

    id: Annotated[str, Doc("Global id; what registerSameDay takes where the session has no slots (当日排班标识).")]
    department_address: Annotated[str | None, Doc("Where the department is (科室地址).")] = None
    specialty: Annotated[str | None, Doc("What the doctor is good at (医生擅长).")] = None
    added: Annotated[
        bool | None, Doc("Whether its numbers were added to the usual ones; null where nothing says so (加号).")
    ] = None


@dataclass(kw_only=True, slots=True)
class BookableDay:
    """A day that a department can be booked for (可预约日期)."""

    day: Annotated[dt.date, Doc("Day (日期).")]
    weekday: Annotated[str | None, Doc("Day of the week, in the hospital's words (星期).")] = None


@dataclass(kw_only=True, slots=True)
class Roster:
    """Who sees patients in a department on a day (值班表)."""

    schedules: Annotated[list[Schedule], INTERNAL] = field(default_factory=list)
    doctors: Annotated[list[Doctor], INTERNAL] = field(default_factory=list)
    same_day: Annotated[list[SameDaySession], INTERNAL] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Slot:
    """A stretch of a session that can be booked (号源)."""

    id: Annotated[str, Doc("Global id; what bookAppointment or, for today, registerSameDay takes (号源标识).")]
    hospital_id: Annotated[str, INTERNAL]
    starts_at: Annotated[dt.datetime, Doc("When it begins (开始时间).")]
    ends_at: Annotated[dt.datetime | None, Doc("When it ends (结束时间).")] = None
    day_part: Annotated[DayPart, Doc("Part of the day (午别).")] = DayPart.UNKNOWN
    number: Annotated[str | None, Doc("Number in the queue (号源序号).")] = None
    capacity: Annotated[int | None, Doc("How many can be booked (可约数).")] = None
    booked: Annotated[int | None, Doc("How many are booked (已约数).")] = None
    remaining: Annotated[int | None, Doc("How many are still free (剩余数).")] = None


class AppointmentKind(DocumentedEnum):
    """What the appointment is for (预约类型)."""

    CONSULTATION = "CONSULTATION", "Seeing a doctor (挂号)."
    EXAMINATION = "EXAMINATION", "An examination (检查)."
    CHECKUP = "CHECKUP", "A check-up (体检)."
    LAB_TEST = "LAB_TEST", "A laboratory test that the person ordered (检验)."


class AppointmentStatus(DocumentedEnum):
    """What became of an appointment (预约状态)."""

    PENDING = "PENDING", "Waits to be confirmed (未确认)."
    BOOKED = "BOOKED", "Booked (已预约)."
    COLLECTED = "COLLECTED", "The number was collected (已取号)."
    CHECKED_IN = "CHECKED_IN", "Checked in or triaged (已报到)."
    FULFILLED = "FULFILLED", "Took place (已就诊)."
    CANCELLED = "CANCELLED", "Cancelled (已取消)."
    REFUNDED = "REFUNDED", "Given back after payment (已退号)."
    MISSED = "MISSED", "The person did not come (爽约)."
    SUSPENDED = "SUSPENDED", "The session was cancelled (停诊)."
    SUBSTITUTED = "SUBSTITUTED", "Another doctor takes the session (替诊)."
    UNKNOWN = "UNKNOWN", "A state this server does not know (未知)."


@dataclass(kw_only=True, slots=True)
class Appointment:
    """A person's appointment with a doctor or for an examination (预约)."""

    id: Annotated[str, Doc("Global id; what cancelAppointment takes (预约标识).")]
    card: Annotated[CardRef, INTERNAL]
    kind: Annotated[AppointmentKind, Doc("Doctor or examination (预约类型).")]
    status: Annotated[AppointmentStatus, Doc("What became of it (预约状态).")]
    starts_at: Annotated[dt.datetime | None, Doc("When it begins (开始时间).")] = None
    ends_at: Annotated[dt.datetime | None, Doc("When it ends (结束时间).")] = None
    department_id: Annotated[str | None, INTERNAL] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    doctor_id: Annotated[str | None, INTERNAL] = None
    doctor_name: Annotated[str | None, Doc("Doctor (医生姓名).")] = None
    item: Annotated[str | None, Doc("What is examined (检查项目).")] = None
    order: Annotated[
        ExaminationOrder | None, Doc("What the examination was ordered as; null for others (检查申请).")
    ] = None
    room_id: Annotated[str | None, INTERNAL] = None
    room: Annotated[str | None, Doc("Room (诊室).")] = None
    address: Annotated[str | None, Doc("Where it is (位置).")] = None
    fee: Annotated[Decimal | None, Doc("Registration fee in yuan (挂号费).")] = None
    queue_number: Annotated[str | None, Doc("Number in the queue (排队序号).")] = None
    code: Annotated[str | None, Doc("Code to collect the number with (取号码).")] = None
    registration_number: Annotated[
        str | None, Doc("The hospital's number of it, once the fee was paid (院内挂号号).")
    ] = None
    payment_reference: Annotated[str | None, Doc("The hospital's voucher of the payment (支付凭证号).")] = None
    notice: Annotated[str | None, Doc("What to look out for (注意事项).")] = None
    pay_before: Annotated[dt.datetime | None, Doc("Until when the fee must be paid (预付截止时间).")] = None
    cancellable: Annotated[bool, Doc("Whether cancelAppointment will be tried (可取消).")] = False
    changeable: Annotated[
        bool | None, Doc("Whether changeExamination will be tried; null for other than examinations (可改约).")
    ] = None
    online_check_in: Annotated[
        bool | None, Doc("Whether checkInExaminations will be tried; null for other than examinations (可线上登记).")
    ] = None
    application_id: Annotated[str | None, INTERNAL] = None
    booking_key: Annotated[str | None, INTERNAL] = None


@dataclass(kw_only=True, slots=True)
class Cancellation:
    """What the hospital says of a cancelled appointment (取消结果)."""

    refund_number: Annotated[str | None, Doc("The hospital's refund number, where a fee was paid (退款单号).")] = None
    invoice_number: Annotated[str | None, Doc("Number of the invoice that takes the fee back (退费发票号).")] = None
