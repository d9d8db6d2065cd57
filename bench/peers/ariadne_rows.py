"""What the hospitals' answers become for Ariadne: plain dictionaries in the schema's terms."""

from typing import Any

from bench.peers.strawberry_types import moment, money, text

Row = dict[str, Any]
_GENDERS = {"男": "MALE", "女": "FEMALE", "其他": "OTHER"}
_VISIT_CLASSES = {"1": "OUTPATIENT", "2": "INPATIENT"}
_STATUSES = {"reviewed": "FINAL", "submitted": "SUBMITTED", "rescinded": "RECALLED", "registered": "REGISTERED"}
_MARKS = {"-1": "LOW", "0": "NORMAL", "1": "HIGH", "2": "ABNORMAL", "": "NORMAL", "↑": "HIGH", "↓": "LOW"}


def holder(row: Row) -> Row:
    """Who holds a card; the number in the clear is for calls only."""
    return {
        "name": text(row["name"]),
        "gender": _GENDERS.get(row["sex"], "UNKNOWN"),
        "birthDate": str(row["birthdate"])[:10],
        "phone": text(row["phone"]),
        "identityNumber": text(row["idCardNo"]),
        "number": row["idCardNo"],
    }


def record(row: Row) -> Row:
    """A visit of the regional HIS."""
    return {
        "hospitalId": row["hospitalId"],
        "key": f"record {row['id']}",
        "startedAt": moment(row["time"]),
        "visitClass": _VISIT_CLASSES.get(row["patType"], "UNKNOWN"),
        "departmentName": text(row["department"]),
        "doctorName": text(row["doctor"]),
        "complaint": text(row["complaints"]),
    }


def stay(row: Row) -> Row:
    """A stay of the regional HIS."""
    return {
        "hospitalId": row["hospitalId"],
        "key": f"stay {row['id']}",
        "startedAt": moment(row["dateOfAdmission"]),
        "visitClass": "INPATIENT",
        "departmentName": text(row["dept"]),
    }


def palm_visit(row: Row) -> Row:
    """A visit of the palm hospital."""
    return {
        "hospitalId": "501",
        "key": row["id"],
        "startedAt": moment(row["visit_date"]),
        "visitClass": "OUTPATIENT",
        "departmentName": text(row["dept_name"]),
        "doctorName": text(row["doctor_name"]),
    }


def palm_stay(row: Row) -> Row:
    """A stay of the palm hospital."""
    return {
        "hospitalId": "501",
        "key": f"stay {row['visit_no']}",
        "startedAt": moment(row["admission_time"]),
        "visitClass": "INPATIENT",
        "departmentName": text(row["dept_name"]),
    }


def bill(row: Row) -> Row:
    """A bill of the regional HIS."""
    return {
        "hospitalId": row["hospitalId"],
        "key": row["invoiceId"],
        "chargedAt": moment(row["time"]),
        "total": money(row["total"]),
        "discount": money(row["preferentialAmount"]),
        "insuranceAmount": money(row["medInsuranceAmount"]),
        "paidAmount": money(row["getAmount"]),
        "items": [
            {
                "name": text(item["item"]),
                "category": text(item["type"]),
                "unitPrice": text(item["price"]),
                "quantity": text(item["quantity"]),
                "amount": money(item["amount"]),
            }
            for item in row["details"]
        ],
    }


def report(row: Row, asked: Row) -> Row:
    """A report of the regional HIS, and how to ask for what it found; None for what is withheld."""
    shown = row["isPositive"] != "1"
    body = {"hospitalId": row["hospitalId"], "id": row["id"], "type": "0", "patType": ""}
    return {
        "hospitalId": row["hospitalId"],
        "key": row["id"],
        "kind": "ImagingReport" if row["type"] == "1" else "LabReport",
        "title": text(row["item"]),
        "status": _STATUSES.get(row["status"], "UNKNOWN"),
        "reportedAt": moment(row["time"]),
        "asked": body | {name: asked[name] for name in ("idCard", "medicalCardNumber")} if shown else None,
    }


def palm_report(row: Row, op_flag: int) -> Row:
    """A report of the palm hospital."""
    audited = text(row["audit_time_full"])
    return {
        "hospitalId": "501",
        "key": f"{row['category']} {row['id']}",
        "kind": "ImagingReport" if row["category"] == "pacs" else "LabReport",
        "title": text(row["report_name"]),
        "status": "FINAL" if audited else "SUBMITTED",
        "reportedAt": moment(audited) or moment(row["report_date"]),
        "asked": {"report_id": row["id"], "category": "lis", "op_flag": op_flag},
    }


def found(row: Row) -> Row | None:
    """What the regional laboratory found; None where it is withheld."""
    if row["reportStatus"] != "2" or row["isPositive"] == "1":
        return None
    return {
        "performedBy": text(row["executor"]),
        "auditedBy": text(row["auditor"]),
        "observations": [
            _observation(item["item"], item["result"], item["unit"], item["multiRowValue"], item["normal"])
            for item in row["details"]
        ],
    }


def palm_found(body: Row) -> Row:
    """What the palm hospital's laboratory found."""
    return {
        "performedBy": text(body["recordInfo"]["exam_user_name"]),
        "auditedBy": text(body["recordInfo"]["audit_user_name"]),
        "observations": [
            _observation(item["item_name"], item["item_value"], item["item_unit"], item["item_range"], item["item_tip"])
            for item in body["records"]
        ],
    }


def prescription(row: Row) -> Row:
    """A prescription of the regional HIS."""
    return {
        "hospitalId": row["hospitalId"],
        "key": row["prescriptionId"],
        "patient": None,
        "prescribedAt": moment(row["createTime"]),
        "diagnosis": text(row["diagnose"]),
    }


def palm_prescription(row: Row) -> Row:
    """A prescription of the palm hospital."""
    return {
        "hospitalId": "501",
        "key": row["id"],
        "patient": row["patient_id"],
        "prescribedAt": moment(row["bill_time"]),
    }


def drugs(row: Row) -> Row:
    """What a doctor of the region prescribed."""
    return {
        "doctorName": text(row["doctorName"]),
        "drugs": [
            {
                "name": text(drug["drugName"]),
                "specification": text(drug["spec"]),
                "quantity": text(drug["quantity"]),
                "route": text(drug["usage"]),
                "dose": text(drug["useAmount"]),
                "frequency": text(drug["frequencyName"]),
                "storage": text(drug["storage"]),
                "notice": text(drug["notice"]),
            }
            for drug in row["drugList"]
        ],
    }


def palm_drugs(row: Row) -> Row:
    """What a doctor of the palm hospital prescribed."""
    drug = {"name": text(row["item_name"]), "quantity": f"{row['quantity']}{row['unit']}"}
    return {"doctorName": text(row["doctor_name"]), "drugs": [drug]}


def _observation(name: object, value: object, unit: object, usual: object, mark: object) -> Row:
    return {
        "name": text(name),
        "value": text(value),
        "unit": text(unit),
        "referenceRange": text(usual),
        "interpretation": _MARKS.get(str(mark), "UNKNOWN"),
    }
