"""What a token allows, in SMART's terms: `user/DiagnosticReport.rs` is reading and searching diagnostic reports.

Source: SMART App Launch 2.0, scopes for FHIR resources. Two additions: `unmask/phone` lets a kind of personal value be
seen unmasked, and resources that this API has no field for are no error, since issuers serve others too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Self

from connectors.records.base import DocumentedEnum


class Resource(DocumentedEnum):
    """What patient data is about, as FHIR calls it (资源类型)."""

    PATIENT = "Patient", "People and their cards (就诊人与就诊卡)."
    ACCOUNT = "Account", "Money on a card (卡余额)."
    CHARGE_ITEM = "ChargeItem", "What waits to be paid (待缴费)."
    PAYMENT_NOTICE = "PaymentNotice", "Payments and refunds (支付与退款)."
    INVOICE = "Invoice", "What was paid (费用)."
    ENCOUNTER = "Encounter", "Visits and admissions (就诊与住院)."
    COMPOSITION = "Composition", "Medical records (病历)."
    DIAGNOSTIC_REPORT = "DiagnosticReport", "Reports and their results (报告)."
    MEDICATION_REQUEST = "MedicationRequest", "Prescriptions (处方)."
    APPOINTMENT = "Appointment", "Appointments (预约)."
    SERVICE_REQUEST = "ServiceRequest", "What was ordered or applied for (申请)."
    RELATED_PERSON = "RelatedPerson", "Contacts and caregivers of a patient (联系人与陪护人)."
    COMMUNICATION = "Communication", "What a patient was taught and told (宣教与消息)."
    COMMUNICATION_REQUEST = "CommunicationRequest", "Whom to remind or to ask (提醒与调查名单)."
    MEASURE_REPORT = "MeasureReport", "Figures of a hospital (运营统计)."
    PAYMENT_RECONCILIATION = "PaymentReconciliation", "What was booked of online payments (对账)."
    PROCEDURE = "Procedure", "Operations (手术)."
    CLAIM = "Claim", "What medical insurance is asked to pay (医保订单)."
    AUDIT_EVENT = "AuditEvent", "Who read a record (访问记录)."
    CAPABILITY_STATEMENT = "CapabilityStatement", "How a hospital's interfaces behave, for staff (接口状况)."


class Action(Enum):
    """What is done to a resource: SMART's letters."""

    CREATE = "c"
    READ = "r"
    UPDATE = "u"
    DELETE = "d"
    SEARCH = "s"

    # See DocumentedEnum: permissions are looked up at every read.
    __hash__ = object.__hash__


class Personal(DocumentedEnum):
    """Kinds of values that tell who somebody is (个人信息类别)."""

    NAME = "name", "Name (姓名)."
    IDENTITY_NUMBER = "identityNumber", "Resident identity number (身份证号)."
    PHONE = "phone", "Phone (手机号)."
    ADDRESS = "address", "Address (地址)."
    BANK_CARD = "bankCard", "Bank card (银行卡号)."


_READING = (Action.READ, Action.SEARCH)
_WRITING = (Action.CREATE, Action.UPDATE, Action.DELETE)
_ACCESS = re.compile(r"(patient|user|system)/([A-Za-z]+|\*)\.(c?r?u?d?s?|read|write|\*)")
_UNMASK = re.compile(r"unmask/([A-Za-z]+|\*)")
_RESOURCES = {resource.value: resource for resource in Resource}
_PERSONAL = {personal.value: personal for personal in Personal}


@dataclass(frozen=True, slots=True)
class Scopes:
    """What is allowed: actions on resources, and what is seen unmasked."""

    granted: frozenset[tuple[Resource, Action]] = frozenset()
    unmasked: frozenset[Personal] = frozenset()

    @classmethod
    def parse(cls, text: str, context: str) -> Self:
        """Read a token's scopes; only those of the `context` (patient, user or system) count."""
        granted: set[tuple[Resource, Action]] = set()
        unmasked: set[Personal] = set()
        for scope in text.split():
            if access := _ACCESS.fullmatch(scope):
                kind, resource, actions = access.groups()
                if kind == context:
                    granted.update(_granted(resource, actions))
            elif unmask := _UNMASK.fullmatch(scope):
                unmasked.update(_PERSONAL.values() if unmask[1] == "*" else _known(unmask[1]))
        return cls(frozenset(granted), frozenset(unmasked))

    def permits(self, resource: Resource, action: Action) -> bool:
        """Say whether the action is allowed, wherever the principal reaches."""
        return (resource, action) in self.granted

    def permits_reading(self, resource: Resource) -> bool:
        """Say whether the resource may be read, alone or in a list."""
        return (resource, Action.READ) in self.granted or (resource, Action.SEARCH) in self.granted


NO_SCOPES = Scopes()


def _granted(resource: str, actions: str) -> Iterator[tuple[Resource, Action]]:
    resources = list(Resource) if resource == "*" else [_RESOURCES[resource]] if resource in _RESOURCES else []
    for each in resources:
        for action in _actions(actions):
            yield each, action


def _actions(written: str) -> tuple[Action, ...]:
    # The words are SMART 1.0's, which issuers still write.
    if written == "*":
        return tuple(Action)
    if written in {"read", "write"}:
        return _READING if written == "read" else _WRITING
    return tuple(Action(letter) for letter in written)


def _known(name: str) -> list[Personal]:
    return [_PERSONAL[name]] if name in _PERSONAL else []


PATIENT_SCOPES = Scopes.parse("patient/*.cruds", "patient")
