"""Audit events as FHIR R4 AuditEvent resources: one for each action and outcome that a request had."""

from collections.abc import Iterator
from typing import Any

from connectors.records.base import CardRef
from resolvers.access_control.audit import AuditAction, AuditEvent, AuditOutcome, Touch
from resolvers.access_control.principal import Role

_TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type"
_SUBTYPES = "http://hl7.org/fhir/restful-interaction"
_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_REASONS = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_SOURCES = "http://terminology.hl7.org/CodeSystem/security-source-type"
_ENTITIES = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
_OBJECT_ROLES = "http://terminology.hl7.org/CodeSystem/object-role"
_PARTICIPANTS = "http://terminology.hl7.org/CodeSystem/extra-security-role-type"
_OWN = "urn:patient-graph"

_INTERACTIONS = {
    AuditAction.CREATE: "create",
    AuditAction.READ: "read",
    AuditAction.UPDATE: "update",
    AuditAction.DELETE: "delete",
    AuditAction.EXECUTE: "operation",
}
# FHIR knows success, and failures minor, serious and major. What nobody knows the end of is the worse one.
_OUTCOMES = {
    AuditOutcome.SERVED: "0",
    AuditOutcome.FROM_CACHE: "0",
    AuditOutcome.PUSHED: "0",
    AuditOutcome.DENIED: "4",
    AuditOutcome.FAILED: "4",
    AuditOutcome.UNKNOWN: "8",
}
_AGENTS = {
    Role.PATIENT: ("humanuser", "human user"),
    Role.STAFF: ("humanuser", "human user"),
    Role.SYSTEM: ("dataprocessor", "data processor"),
    Role.ANONYMOUS: ("humanuser", "human user"),
}


def resources(event: AuditEvent, place: str) -> Iterator[dict[str, Any]]:
    """Make the resources of an event that stands at a place of the log."""
    groups: dict[tuple[AuditAction, AuditOutcome], list[Touch]] = {}
    for touch in event.touches:
        groups.setdefault((touch.action, touch.outcome), []).append(touch)
    for number, ((action, outcome), touches) in enumerate(groups.items()):
        yield {
            "resourceType": "AuditEvent",
            "id": f"{place}-{number}",
            "type": _coding(_TYPES, "rest", "RESTful Operation"),
            "subtype": _subtypes(event, action),
            "action": action.value,
            "recorded": event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "outcome": _OUTCOMES[outcome],
            "outcomeDesc": outcome.value,
            "purposeOfEvent": [{"coding": [_coding(_REASONS, event.purpose.value)]}],
            "agent": [_agent(event)],
            "source": _source(event),
            "entity": [_person(event, touch) for touch in touches] + [_request(event)],
        }


def _subtypes(event: AuditEvent, action: AuditAction) -> list[dict[str, str]]:
    subtypes = [_coding(_SUBTYPES, _INTERACTIONS[action])]
    if event.reason is not None:
        subtypes.append(_coding(_DICOM, "110127", "Emergency Override Started"))
    return subtypes


def _agent(event: AuditEvent) -> dict[str, Any]:
    code, display = _AGENTS[event.role]
    agent: dict[str, Any] = {
        "type": {"coding": [_coding(_PARTICIPANTS, code, display)]},
        "role": [{"text": event.role.value}],
        "requestor": True,
        "purposeOfUse": [{"coding": [_coding(_REASONS, event.purpose.value)]}],
    }
    if event.subject:
        agent["who"] = {"identifier": {"system": f"{_OWN}:subject", "value": event.subject}}
    else:
        agent["who"] = {"display": "anonymous"}
    return agent


def _source(event: AuditEvent) -> dict[str, Any]:
    source: dict[str, Any] = {
        "observer": {"identifier": {"system": f"{_OWN}:server", "value": "patient-graph"}, "display": "patient-graph"},
        "type": [_coding(_SOURCES, "4", "Application Server")],
    }
    if event.hospital_ids:
        source["site"] = ",".join(event.hospital_ids)
    return source


def _person(event: AuditEvent, touch: Touch) -> dict[str, Any]:
    kinds = [resource.value for resource in touch.resources]
    details = [*(_detail("resource", kind) for kind in kinds), *(_detail("field", name) for name in event.fields)]
    if touch.person_id is not None:
        details.append(_detail("person", touch.person_id))
    entity: dict[str, Any] = {
        "what": {"identifier": _named(touch.card), "type": "Patient"},
        "type": _coding(_ENTITIES, "1", "Person"),
        "role": _coding(_OBJECT_ROLES, "1", "Patient"),
        "detail": details,
    }
    return entity


def _named(card: CardRef) -> dict[str, str]:
    # What hospitals send names people by their own key.
    if not card.number and card.patient_id:
        return {"system": f"{_OWN}:hospital:{card.hospital_id}:patient", "value": card.patient_id}
    # Who was refused may have asked for anybody of a hospital.
    if not card.number:
        return {"system": f"{_OWN}:hospital", "value": card.hospital_id}
    return {"system": f"{_OWN}:hospital:{card.hospital_id}:card", "value": card.number}


def _request(event: AuditEvent) -> dict[str, Any]:
    details = [_detail("untrusted document", "true")] if event.untrusted else []
    if event.operation is not None:
        details.append(_detail("operation", event.operation))
    if event.reason is not None:
        details.append(_detail("emergency reason", event.reason))
    entity: dict[str, Any] = {
        "what": {"identifier": {"system": f"{_OWN}:request", "value": event.request_id}},
        "type": _coding(_ENTITIES, "4", "Other"),
        "role": _coding(_OBJECT_ROLES, "21", "Job Stream"),
    }
    return entity | ({"detail": details} if details else {})


def _detail(kind: str, value: str) -> dict[str, str]:
    return {"type": kind, "valueString": value}


def _coding(system: str, code: str, display: str | None = None) -> dict[str, str]:
    coding = {"system": system, "code": code}
    return coding | ({"display": display} if display else {})
