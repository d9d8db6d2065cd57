"""The stable codes that clients program against, whatever the vendor."""

from connectors.records.base import DocumentedEnum


class ProblemCode(DocumentedEnum):
    """Why something was not done (错误代码)."""

    # Asking
    UNAUTHENTICATED = "UNAUTHENTICATED", "No valid token was sent (未登录)."
    FORBIDDEN = "FORBIDDEN", "The token does not reach this person, card or hospital (无权访问)."
    LOGIN_UNSUPPORTED = "LOGIN_UNSUPPORTED", "This server does not log people in itself (未开通登录)."
    LOGIN_CODE_INVALID = (
        "LOGIN_CODE_INVALID",
        "The login code is wrong, used or too old; fetch a new one (登录凭证无效).",
    )
    LOGIN_BLOCKED = "LOGIN_BLOCKED", "This account may not log in (账号被限制登录)."
    ACCOUNT_UNKNOWN = "ACCOUNT_UNKNOWN", "Nobody is bound to this account yet (尚未绑定就诊人)."
    REFRESH_TOKEN_INVALID = (
        "REFRESH_TOKEN_INVALID",
        "The refresh token is wrong, used or too old; log in again (登录已失效).",
    )
    BAD_INPUT = "BAD_INPUT", "A value is missing or not of the form that is asked for (参数有误)."
    IDEMPOTENCY_CONFLICT = (
        "IDEMPOTENCY_CONFLICT",
        "The business key was used before with other content (业务单号重复且内容不一致).",
    )
    IN_PROGRESS = "IN_PROGRESS", "The same request is still being worked on; ask again (业务处理中)."
    UNSUPPORTED_BY_HOSPITAL = "UNSUPPORTED_BY_HOSPITAL", "The hospital does not offer this (医院未开通)."
    INTERNAL_ERROR = (
        "INTERNAL_ERROR",
        "A fault of this server; the request id names it in its log (系统错误).",
    )

    # Reaching the hospital
    UPSTREAM_UNAVAILABLE = (
        "UPSTREAM_UNAVAILABLE",
        "The hospital's system cannot be reached or is busy (医院系统不可用).",
    )
    UPSTREAM_TIMEOUT = "UPSTREAM_TIMEOUT", "The hospital's system did not answer in time (医院系统超时)."
    UPSTREAM_DENIED = "UPSTREAM_DENIED", "The hospital's system rejects this server (医院系统拒绝访问)."
    UPSTREAM_MALFORMED = "UPSTREAM_MALFORMED", "The hospital's answer cannot be read (医院返回数据异常)."
    RATE_LIMITED = "RATE_LIMITED", "Too many requests; wait a little (请求过于频繁)."

    # What the hospital says
    NOT_FOUND = "NOT_FOUND", "There is no such thing (未查询到数据)."
    REFUSED_BY_HOSPITAL = (
        "REFUSED_BY_HOSPITAL",
        "The hospital refuses, for a reason it has no code for (医院拒绝).",
    )
    STATE_UNKNOWN = (
        "STATE_UNKNOWN",
        "Whether it was done is not known yet; never read this as failure (状态不明).",
    )
    HOSPITAL_UNKNOWN = "HOSPITAL_UNKNOWN", "The hospital does not exist (医院信息不存在)."
    DOCTOR_UNKNOWN = "DOCTOR_UNKNOWN", "The doctor does not exist (医生信息不存在)."
    CARD_UNKNOWN = "CARD_UNKNOWN", "The card does not exist (卡号信息不存在)."
    CARD_CANCELLED = "CARD_CANCELLED", "The card was cancelled (卡已注销)."
    CARD_LOST = "CARD_LOST", "The card was reported lost (卡已挂失)."
    CARD_LOCKED = "CARD_LOCKED", "The card is locked (卡已锁定)."
    CARD_NOT_PAYABLE_ONLINE = (
        "CARD_NOT_PAYABLE_ONLINE",
        "The card cannot be used to pay online (该卡不允许线上交费).",
    )
    CARD_NOT_RECHARGEABLE = (
        "CARD_NOT_RECHARGEABLE",
        "The card cannot be topped up online (该卡不允许线上充值).",
    )
    RECHARGE_FAILED = "RECHARGE_FAILED", "Topping up failed and may be tried again (充值失败)."
    SERVICE_NOT_OPEN = "SERVICE_NOT_OPEN", "The hospital has not opened this service (未开通此业务)."
    CHARGE_UNKNOWN = "CHARGE_UNKNOWN", "The charge to pay does not exist or was paid (待交费信息不存在)."
    CHARGE_ITEM_UNKNOWN = "CHARGE_ITEM_UNKNOWN", "The charged item does not exist (收费项目不存在)."
    AMOUNT_MISMATCH = "AMOUNT_MISMATCH", "The amount is not the sum of what is paid for (金额不一致)."
    ITEM_ALREADY_DONE = "ITEM_ALREADY_DONE", "The item was carried out and cannot be refunded (项目已执行)."
    FEE_EXEMPT = "FEE_EXEMPT", "This person needs no registration (特殊人群免挂号)."
    APPOINTMENT_UNKNOWN = "APPOINTMENT_UNKNOWN", "The appointment does not exist (挂号记录不存在)."
    APPOINTMENT_ATTENDED = "APPOINTMENT_ATTENDED", "The visit took place; it cannot be cancelled (已就诊)."
    APPOINTMENT_TOO_LATE = "APPOINTMENT_TOO_LATE", "The time to check in has passed (已超过报到时间)."
    SLOT_FULL = "SLOT_FULL", "The slot is taken (号源已满)."
    DOCTOR_ABSENT = "DOCTOR_ABSENT", "The doctor's session was cancelled (医生已停诊)."
    GENDER_NOT_ADMITTED = "GENDER_NOT_ADMITTED", "The department does not admit this gender (性别限制)."
    AGE_NOT_ADMITTED = "AGE_NOT_ADMITTED", "The department does not admit this age (年龄限制)."
    BOOKING_LIMIT = (
        "BOOKING_LIMIT",
        "Too many bookings with this hospital, department or doctor (次数超出限制).",
    )
    DEPOSIT_NOT_ADMITTED = "DEPOSIT_NOT_ADMITTED", "This person cannot pay a deposit (不允许交住院押金)."
    ALREADY_DISCHARGED = "ALREADY_DISCHARGED", "The person was discharged (该就诊人已出院)."
    ALREADY_TRIAGED = "ALREADY_TRIAGED", "Already triaged to this room or doctor (已分诊)."
    IDENTITY_NUMBER_MISSING = "IDENTITY_NUMBER_MISSING", "The identity number is missing (身份证号不能为空)."
    PHONE_MISSING = "PHONE_MISSING", "The phone number is missing (手机号不能为空)."
    IDENTITY_MISMATCH = "IDENTITY_MISMATCH", "The identity number is not that of this person (身份信息不符)."
    CHARGES_OF_SEVERAL_VISITS = (
        "CHARGES_OF_SEVERAL_VISITS",
        "This hospital takes one payment per visit; pay each visit's charges by themselves (请按就诊分别缴费).",
    )
    CHARGE_GROUP_INCOMPLETE = (
        "CHARGE_GROUP_INCOMPLETE",
        "The charges of one group are paid together (同组费用须一并缴纳).",
    )
    NOT_PAYABLE = "NOT_PAYABLE", "The appointment cannot be paid through this service (不可支付)."
    NOT_CHANGEABLE = "NOT_CHANGEABLE", "The time of the appointment cannot be changed (不可改约)."
    REQUIRED_PACKAGE_MISSING = (
        "REQUIRED_PACKAGE_MISSING",
        "A package that this department requires beside the others was not chosen (缺少必选项目).",
    )
    NOT_CANCELLABLE = (
        "NOT_CANCELLABLE",
        "The appointment cannot be cancelled through this service (不可取消).",
    )
