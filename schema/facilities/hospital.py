"""Hospitals, departments, doctors, schedules, slots."""

from connectors.records import hospitals as hospital_records
from connectors.records import scheduling as records
from resolvers.facilities import hospitals as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_enum, graph_type, relation
from schema.checkups.items import CheckupItemsOfHospital
from schema.clinical_records.consultation import ConsultationsOfHospital
from schema.communication.admission_guide import AdmissionGuidesOfHospital
from schema.communication.outreach import OutreachOfHospital
from schema.cost import Cost
from schema.diagnostic_tests.lab_test import LabTestsOfHospital
from schema.diagnostic_tests.nucleic_acid import NucleicAcidTestsOfHospital
from schema.facilities.directory import DirectoryOfCampus, DirectoryOfDepartment, DirectoryOfHospital
from schema.facilities.drift import DriftOfHospital
from schema.facilities.operating_rooms import OperatingRoomsOfCampus
from schema.facilities.statistics import StatisticsOfHospital
from schema.finance.prices import PricesOfHospital
from schema.finance.reconciliation import ReconciliationOfHospital
from schema.inpatient.admission_beds import AdmissionBookingsOfHospital
from schema.inpatient.inpatients import StaysOfHospital
from schema.node import Node, node_id, of_hospital
from schema.outpatient.fever_clinic import FeverClinicsOfHospital
from schema.outpatient.same_day import SameDayOfDepartment

_CAPABILITIES = list[graph_enum(hospital_records.Capability)]  # type: ignore[misc, valid-type]  # an enum made public at run time


@graph_type(hospital_records.Campus, PUBLIC)
class Campus(DirectoryOfCampus, OperatingRoomsOfCampus, hospital_records.Campus):
    """A site of a hospital (院区)."""


@graph_type(records.Slot, PUBLIC)
class Slot(records.Slot):
    """A stretch of a session that can be booked (号源)."""

    id = of_hospital("Slot")


@graph_type(records.Schedule, PUBLIC)
class Schedule(records.Schedule):
    """A doctor's session on a day, or a department's where no doctor is named (排班)."""

    id = of_hospital("Schedule")
    slots = relation(
        resolvers.slots, list[Slot] | None, "The slots of the session (号源).", cost=Cost(calls=2, size=30)
    )


@graph_type(records.Doctor, PUBLIC)
class Doctor(records.Doctor):
    """A doctor who can be booked (医生, FHIR Practitioner)."""

    id = of_hospital("Doctor")
    schedules = relation(
        resolvers.doctor_schedules,
        list[Schedule] | None,
        "The doctor's sessions on a day (排班).",
        cost=Cost(calls=1, size=3),
    )


@graph_type(records.Department, PUBLIC)
class Department(SameDayOfDepartment, DirectoryOfDepartment, records.Department, Node):
    """A department that can be booked (科室)."""

    id = of_hospital("Department")
    doctors = relation(
        resolvers.doctors, list[Doctor] | None, "Doctors who can be booked (医生).", cost=Cost(calls=1, size=10)
    )
    schedules = relation(
        resolvers.department_schedules,
        list[Schedule] | None,
        "The department's sessions on a day (排班).",
        cost=Cost(calls=1, size=10),
    )


@graph_type(resolvers.Hospital, PUBLIC)
class Hospital(
    DriftOfHospital,
    DirectoryOfHospital,
    LabTestsOfHospital,
    NucleicAcidTestsOfHospital,
    StaysOfHospital,
    StatisticsOfHospital,
    OutreachOfHospital,
    AdmissionGuidesOfHospital,
    AdmissionBookingsOfHospital,
    ConsultationsOfHospital,
    FeverClinicsOfHospital,
    ReconciliationOfHospital,
    CheckupItemsOfHospital,
    PricesOfHospital,
    resolvers.Hospital,
    Node,
):
    """A hospital (医院)."""

    id = node_id(resolvers.hospital_id)
    capabilities = relation(
        resolvers.capabilities, _CAPABILITIES, "What the hospital offers; hide the rest (医院能力)."
    )
    campuses = relation(
        resolvers.campuses, list[Campus] | None, "The hospital's sites (院区).", cost=Cost(calls=1, size=10)
    )
    departments = relation(
        resolvers.departments,
        list[Department] | None,
        "Departments that can be booked (科室).",
        cost=Cost(calls=1, size=30),
    )
