"""Laboratory tests that people order themselves."""

import strawberry

from connectors.records import lab_tests as records
from resolvers.diagnostic_tests import lab_tests as resolvers
from schema.access_control.guards import PUBLIC
from schema.base import graph_type, relation
from schema.cost import Cost
from schema.node import of_hospital


@graph_type(records.LabSlot, PUBLIC)
class LabSlot(records.LabSlot):
    """A number, or several of one time, of a session (检验号源)."""

    id = of_hospital("LabSlot")


@graph_type(records.LabSession, PUBLIC)
class LabSession(records.LabSession):
    """A day, or half of one, on which a test can be taken (检验排班)."""

    id = of_hospital("LabSession")


@graph_type(records.LabTest, PUBLIC)
class LabTest(records.LabTest):
    """A laboratory test that people can order themselves (可预约检验项目)."""

    id = of_hospital("LabTest")


@strawberry.type
class LabTestsOfHospital:
    """What a hospital offers of laboratory tests."""

    lab_tests = relation(
        resolvers.lab_tests,
        list[LabTest] | None,
        "Laboratory tests that people can order themselves (可预约检验项目).",
        cost=Cost(calls=1, size=20),
    )
    lab_slots = relation(
        resolvers.lab_slots,
        list[LabSlot] | None,
        "Numbers of a session; none where it has no numbers (剩余号源).",
        cost=Cost(calls=1, size=50),
    )
