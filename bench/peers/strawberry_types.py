"""The types that the operation touches, read from the hospitals' answers: strawberry as its manual shows it."""

from enum import Enum
from typing import Any

import strawberry

Row = dict[str, Any]
_NAMES = {"253": "县人民医院", "254": "县中医院", "501": "掌上医院"}
_STATUSES = {"reviewed": "FINAL", "submitted": "SUBMITTED", "rescinded": "RECALLED", "registered": "REGISTERED"}
_MARKS = {"-1": "LOW", "0": "NORMAL", "1": "HIGH", "2": "ABNORMAL", "": "NORMAL", "↑": "HIGH", "↓": "LOW"}
_SHORT = 10


@strawberry.enum
class Gender(Enum):
    """Gender."""

    MALE = "男"
    FEMALE = "女"
    UNKNOWN = "未知"


@strawberry.enum
class VisitClass(Enum):
    """Kind of visit."""

    OUTPATIENT = "1"
    INPATIENT = "2"


@strawberry.enum
class ReportStatus(Enum):
    """State of a report."""

    REGISTERED = "REGISTERED"
    SUBMITTED = "SUBMITTED"
    FINAL = "FINAL"
    RECALLED = "RECALLED"
    UNKNOWN = "UNKNOWN"


@strawberry.enum
class Interpretation(Enum):
    """Mark of an observation."""

    LOW = "LOW"
    NORMAL = "NORMAL"
    HIGH = "HIGH"
    ABNORMAL = "ABNORMAL"
    UNKNOWN = "UNKNOWN"


def text(value: object) -> str | None:
    """Text, empty is None."""
    return str(value).strip() or None if value is not None else None


def moment(value: object) -> str | None:
    """A time in hospital time."""
    written = text(value)
    if written is None:
        return None
    return f"{written}T00:00:00+08:00" if len(written) == _SHORT else f"{written.replace(' ', 'T')}+08:00"


def money(value: object) -> str | None:
    """An amount with two places."""
    return None if text(value) is None else f"{float(str(value)):.2f}"


@strawberry.type
class Hospital:
    """A hospital."""

    code: str
    name: str


@strawberry.type
class HospitalFailure:
    """A hospital that is missing from a list."""

    code: str


@strawberry.type
class Held:
    """Something kept at a hospital."""

    hospital_id: strawberry.Private[str]
    key: strawberry.Private[str]

    @strawberry.field
    def hospital(self) -> Hospital:
        """Where."""
        return Hospital(code=self.hospital_id, name=_NAMES[self.hospital_id])


@strawberry.type
class Visit(Held):
    """A visit."""

    started_at: str | None
    visit_class: VisitClass
    department_name: str | None
    doctor_name: str | None = None
    complaint: str | None = None


def palm_stay(row: Row) -> Visit:
    """A stay of the palm hospital."""
    return Visit(
        hospital_id="501",
        key=f"stay {row['visit_no']}",
        started_at=moment(row["admission_time"]),
        visit_class=VisitClass.INPATIENT,
        department_name=text(row["dept_name"]),
    )


@strawberry.type
class BillItem:
    """A line of a bill."""

    name: str
    category: str | None
    unit_price: str | None
    quantity: str | None
    amount: str


@strawberry.type
class Bill(Held):
    """A bill."""

    charged_at: str | None
    total: str
    discount: str | None
    insurance_amount: str | None
    paid_amount: str | None
    items: list[BillItem]


@strawberry.type
class Observation:
    """One result."""

    name: str
    value: str | None
    unit: str | None
    reference_range: str | None
    interpretation: Interpretation


@strawberry.type
class LabReportDetail:
    """What a laboratory found."""

    shown: strawberry.Private[bool] = True
    performed_by: str | None = None
    audited_by: str | None = None
    observations: list[Observation] = strawberry.field(default_factory=list)


@strawberry.type
class PrescribedDrug:
    """A medicine."""

    name: str
    quantity: str | None
    specification: str | None = None
    route: str | None = None
    dose: str | None = None
    frequency: str | None = None
    storage: str | None = None
    notice: str | None = None


@strawberry.type
class PrescriptionDetail:
    """What was prescribed."""

    doctor_name: str | None
    drugs: list[PrescribedDrug]


def mark(value: object) -> Interpretation:
    """Read a mark."""
    return Interpretation(_MARKS.get(str(value), "UNKNOWN"))


def status(value: object) -> ReportStatus:
    """Read a report's state."""
    return ReportStatus(_STATUSES.get(str(value), "UNKNOWN"))


def bill(row: Row) -> Bill:
    """Read a bill."""
    return Bill(
        hospital_id=row["hospitalId"],
        key=row["invoiceId"],
        charged_at=moment(row["time"]),
        total=money(row["total"]) or "",
        discount=money(row["preferentialAmount"]),
        insurance_amount=money(row["medInsuranceAmount"]),
        paid_amount=money(row["getAmount"]),
        items=[
            BillItem(
                name=item["item"],
                category=text(item["type"]),
                unit_price=text(item["price"]),
                quantity=text(item["quantity"]),
                amount=money(item["amount"]) or "",
            )
            for item in row["details"]
        ],
    )


def regional_lab_report(row: Row) -> LabReportDetail:
    """Read the regional HIS's report."""
    return LabReportDetail(
        shown=row["reportStatus"] == "2" and row["isPositive"] != "1",
        performed_by=text(row["executor"]),
        audited_by=text(row["auditor"]),
        observations=[
            Observation(
                name=item["item"],
                value=text(item["result"]),
                unit=text(item["unit"]),
                reference_range=text(item["multiRowValue"]),
                interpretation=mark(item["normal"]),
            )
            for item in row["details"]
        ],
    )


def palm_lab_report(body: Row) -> LabReportDetail:
    """Read the palm hospital's report."""
    return LabReportDetail(
        performed_by=text(body["recordInfo"]["exam_user_name"]),
        audited_by=text(body["recordInfo"]["audit_user_name"]),
        observations=[
            Observation(
                name=item["item_name"],
                value=text(item["item_value"]),
                unit=text(item["item_unit"]),
                reference_range=text(item["item_range"]),
                interpretation=mark(item["item_tip"]),
            )
            for item in body["records"]
        ],
    )


def regional_prescription(row: Row) -> PrescriptionDetail:
    """Read the regional HIS's prescription."""
    return PrescriptionDetail(
        doctor_name=text(row["doctorName"]),
        drugs=[
            PrescribedDrug(
                name=drug["drugName"],
                specification=text(drug["spec"]),
                quantity=text(drug["quantity"]),
                route=text(drug["usage"]),
                dose=text(drug["useAmount"]),
                frequency=text(drug["frequencyName"]),
                storage=text(drug["storage"]),
                notice=text(drug["notice"]),
            )
            for drug in row["drugList"]
        ],
    )


def palm_prescription(row: Row) -> PrescriptionDetail:
    """Read the palm hospital's prescription."""
    drug = PrescribedDrug(name=row["item_name"], quantity=f"{row['quantity']}{row['unit']}")
    return PrescriptionDetail(doctor_name=text(row["doctor_name"]), drugs=[drug])
