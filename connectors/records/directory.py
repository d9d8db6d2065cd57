"""Who works at a hospital (科室人员)."""

from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import Doc, DocumentedEnum


class StaffRole(DocumentedEnum):
    """What somebody is at a department (人员类型)."""

    DOCTOR = "DOCTOR", "A doctor (医生)."
    NURSE = "NURSE", "A nurse (护士)."
    UNKNOWN = "UNKNOWN", "The hospital does not say (未知)."


@dataclass(kw_only=True, slots=True)
class StaffMember:
    """Somebody who works at a department (科室人员, FHIR PractitionerRole)."""

    number: Annotated[str, Doc("The hospital's own key of the person (人员编码).")]
    name: Annotated[str, Doc("Name (姓名).")]
    role: Annotated[StaffRole, Doc("Doctor or nurse (人员类型).")] = StaffRole.UNKNOWN
    position: Annotated[str | None, Doc("Position (职务).")] = None
    education: Annotated[str | None, Doc("Education (学历).")] = None
    specialty: Annotated[str | None, Doc("What the person is good at (擅长领域).")] = None
    photo: Annotated[str | None, Doc("Photo in Base64 (照片).")] = None
    department_name: Annotated[str | None, Doc("Department (科室名称).")] = None
    campus_name: Annotated[str | None, Doc("Campus (院区名称).")] = None
