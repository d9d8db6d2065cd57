"""Who read a person's record."""

from resolvers.access_control import access_log as resolvers
from resolvers.access_control.scopes import Resource
from schema.access_control.guards import owned_by_all, part_of
from schema.base import graph_type, relation
from schema.facilities.hospital import Hospital


@graph_type(resolvers.RecordAccessPart, part_of(Resource.AUDIT_EVENT))
class RecordAccessPart(resolvers.RecordAccessPart):
    """What was done to the record at one hospital (访问明细)."""

    hospital = relation(resolvers.part_hospital, Hospital, "The hospital whose record it is (医院).")


@graph_type(resolvers.RecordAccess, owned_by_all(Resource.AUDIT_EVENT))
class RecordAccess(resolvers.RecordAccess):
    """An access to a person's record (访问记录, FHIR AuditEvent)."""

    hospital = relation(
        resolvers.hospital,
        Hospital | None,
        "Where the reader works; null for a person, or a hospital that is not here any more (访问者所在医院).",
    )
