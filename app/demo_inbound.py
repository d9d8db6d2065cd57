"""What the demonstration shows of messages that a hospital sends."""

import json
import secrets
from typing import Any

from sandbox.town.model import Town

HOSPITAL = "501"


def inbound_settings(hospital_id: str, secret: str) -> dict[str, Any]:
    """Let the palm hospital of the town call here."""
    return {"inbound": {"secrets": [secret]}} if hospital_id == HOSPITAL else {}


def new_secret() -> str:
    """Make what the hospital shows."""
    return secrets.token_urlsafe(32)


def how_to_send(url: str, secret: str, town: Town) -> str:
    """Write the call that sends a message to the first person of the town."""
    card = next(card for card in town.hospitals[HOSPITAL].cards if card.person_id == "p01")
    body = {"category": "report", "patient_id": card.patient_id, "first_data": "您的检验报告已出", "data1": "血常规"}
    return (
        f"curl -s {url}/inbound/{HOSPITAL}/template/hisSendMessage -H 'Content-Type: application/json' "
        f"-H 'Authorization: Bearer {secret}' -d '{json.dumps(body, ensure_ascii=False)}'"
    )
