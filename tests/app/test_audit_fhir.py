"""What is exported is what FHIR R4 asks of an AuditEvent."""

import re
from typing import Any

import pytest

from app.audit import fhir
from connectors.records.base import CardRef
from resolvers.access_control.audit import AuditAction, AuditEvent, AuditOutcome, Touch
from resolvers.access_control.principal import Role
from resolvers.access_control.scopes import Resource
from tests.app.audit_rows import CARD, OTHER, event

PLACE = "1772596800123-abababababababab-0000000007"
# From the R4 specification: the required bindings, and the codes of the systems that are used.
ACTIONS = set("CRUDE")
OUTCOMES = {"0", "4", "8", "12"}
CODES = {
    "http://terminology.hl7.org/CodeSystem/audit-event-type": {"rest"},
    "http://hl7.org/fhir/restful-interaction": {"read", "create", "update", "delete", "operation"},
    "http://dicom.nema.org/resources/ontology/DCM": {"110127"},
    "http://terminology.hl7.org/CodeSystem/v3-ActReason": {"PATRQT", "TREAT", "ETREAT", "HPAYMT", "HOPERAT", "PUBHLTH"},
    "http://terminology.hl7.org/CodeSystem/security-source-type": {"4"},
    "http://terminology.hl7.org/CodeSystem/audit-entity-type": {"1", "4"},
    "http://terminology.hl7.org/CodeSystem/object-role": {"1", "21"},
    "http://terminology.hl7.org/CodeSystem/extra-security-role-type": {"humanuser", "dataprocessor"},
}
# Members of R4's AuditEvent; an R5 name or a misspelt one is not among them.
MEMBERS = {
    "": {"resourceType", "id", "type", "subtype", "action", "recorded", "outcome", "outcomeDesc", "purposeOfEvent"}
    | {"agent", "source", "entity", "period"},
    "agent": {"type", "role", "who", "altId", "name", "requestor", "location", "policy", "media", "network"}
    | {"purposeOfUse"},
    "source": {"site", "observer", "type"},
    "entity": {"what", "type", "role", "lifecycle", "securityLabel", "name", "description", "query", "detail"},
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def codings(value: Any) -> list[dict[str, str]]:
    """Every coding anywhere in a resource."""
    if isinstance(value, list):
        return [coding for item in value for coding in codings(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if "code" in value else []
    return own + [coding for item in value.values() for coding in codings(item)]


def assert_is_audit_event(resource: dict[str, Any]) -> None:
    assert resource["resourceType"] == "AuditEvent"
    assert re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", resource["id"])
    assert resource.keys() <= MEMBERS[""]
    assert resource["action"] in ACTIONS
    assert INSTANT.fullmatch(resource["recorded"])
    assert resource["outcome"] in OUTCOMES
    assert all(coding["code"] in CODES[coding["system"]] for coding in codings(resource))
    assert resource["type"]["code"]
    assert resource["agent"]
    for agent in resource["agent"]:
        assert agent.keys() <= MEMBERS["agent"]
        assert isinstance(agent["requestor"], bool)
        assert agent["who"]
        assert agent["purposeOfUse"]
    assert resource["source"].keys() <= MEMBERS["source"]
    assert resource["source"]["observer"]
    for entity in resource["entity"]:
        assert entity.keys() <= MEMBERS["entity"]
        assert entity["what"]["identifier"]["value"]
        for detail in entity.get("detail", []):
            assert detail.keys() == {"type", "valueString"}
            assert all(isinstance(text, str) and text for text in detail.values())


@pytest.mark.parametrize("outcome", AuditOutcome)
@pytest.mark.parametrize("action", AuditAction)
def test_every_action_and_outcome_makes_a_valid_resource(action: AuditAction, outcome: AuditOutcome) -> None:
    [resource] = fhir.resources(event(action=action, outcome=outcome), PLACE)

    assert_is_audit_event(resource)
    assert resource["action"] == action.value
    assert resource["outcomeDesc"] == outcome.value


@pytest.mark.parametrize("role", Role)
def test_every_role_makes_a_valid_resource(role: Role) -> None:
    asked = event()
    asked.role = role
    asked.subject = "" if role is Role.ANONYMOUS else "subject-1"
    [resource] = fhir.resources(asked, PLACE)

    assert_is_audit_event(resource)


def test_it_says_who_did_what_to_whom_what_for_and_when() -> None:
    [resource] = fhir.resources(event(CARD, OTHER), PLACE)
    [agent] = resource["agent"]
    *people, request = resource["entity"]

    assert resource["recorded"] == "2026-03-04T04:00:00.123Z"
    assert agent["who"]["identifier"]["value"] == "staff-1"
    assert agent["purposeOfUse"][0]["coding"][0]["code"] == "TREAT"
    assert [person["what"]["identifier"] for person in people] == [
        {"system": "urn:patient-graph:hospital:253:card", "value": CARD.number},
        {"system": "urn:patient-graph:hospital:501:card", "value": OTHER.number},
    ]
    assert {"type": "field", "valueString": "Patient.name"} in people[0]["detail"]
    assert request["what"]["identifier"]["value"] == "r-1"


def test_an_event_with_several_outcomes_makes_one_resource_for_each() -> None:
    both: AuditEvent = event(CARD)
    both.touches += (Touch(OTHER, "child", AuditAction.READ, AuditOutcome.DENIED, (Resource.INVOICE,)),)
    served, denied = fhir.resources(both, PLACE)

    assert_is_audit_event(served)
    assert_is_audit_event(denied)
    assert (served["outcome"], denied["outcome"]) == ("0", "4")
    assert served["id"] != denied["id"]
    assert {"type": "person", "valueString": "child"} in denied["entity"][0]["detail"]


def test_an_emergency_and_an_untrusted_document_are_told() -> None:
    emergency = event(reason="昏迷送医")
    emergency.untrusted = True
    [resource] = fhir.resources(emergency, PLACE)

    assert "110127" in {coding["code"] for coding in resource["subtype"]}
    assert {"type": "emergency reason", "valueString": "昏迷送医"} in resource["entity"][-1]["detail"]
    assert {"type": "untrusted document", "valueString": "true"} in resource["entity"][-1]["detail"]


def test_a_refusal_about_nobody_in_particular_names_the_hospital() -> None:
    [resource] = fhir.resources(event(CardRef("253", ""), outcome=AuditOutcome.DENIED), PLACE)

    assert_is_audit_event(resource)
    assert resource["entity"][0]["what"]["identifier"] == {"system": "urn:patient-graph:hospital", "value": "253"}
