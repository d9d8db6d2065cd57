"""A caller of the palm hospital: a client on a real socket, and requests that it understands."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx
import palm_nucleic_acid_desk
import palm_paper_desk
import palm_recharge_desk
import palm_registration_desk
import palm_report_desk
import palm_stay_desk
from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox.exchange import Sandbox
from sandbox.palm.routes import routes
from sandbox.palm.signing import payment_sign
from sandbox.serving import running
from sandbox.town.model import Card, Hospital, Session, Slot

FORM = {"content-type": "application/x-www-form-urlencoded"}
USER = {"USER_ID": "hpalm", "USER_DEPT_ID": "hpalm", "DATA_SOURCE": "w1"}


@dataclass
class Desk:
    """The sandbox, seen from inside and from outside."""

    sandbox: Sandbox
    client: httpx.Client

    @property
    def hospital(self) -> Hospital:
        return self.sandbox.town.hospitals["501"]

    def card(self, person_id: str = "p01") -> Card:
        return next(card for card in self.hospital.cards if card.person_id == person_id)

    def ask(self, path: str, body: object = None) -> dict[str, Any]:
        """The answer to a call that HTTP has nothing against."""
        if path in ("/getHospitalList", "/getAllDoctorList"):
            response = self.client.post(f"/palm{path}", headers=FORM)
        else:
            response = self.client.post(f"/palm{path}", json={} if body is None else body)
        assert response.status_code == 200
        return response.json()

    def status(self, path: str, body: object = None) -> tuple[int, str]:
        """Code and sentence of the answer."""
        answer = self.ask(path, body)
        head = answer.get("head", answer)
        return head.get("code", head.get("ResultCode")), head.get("msg", head.get("ResultMsg"))

    def free_slot(self, skip: int = 0) -> tuple[Session, Slot]:
        """A slot to come with nothing booked."""
        coming = [row for row in self.hospital.sessions if row.day > self.sandbox.town.today]
        free = [(session, slot) for session in coming for slot in session.slots if slot.booked == 0]
        return free[skip]

    def booking(self, skip: int = 0, **changes: str) -> dict[str, str]:
        """A request of /new."""
        session, slot = self.free_slot(skip)
        who = {"ACCOUNT_ID": "account-1", "PATIENT_ID": self.card().patient_id, "SEX": "男"}
        return USER | who | {"SCHEDULE_ID": session.id, "TIME_ID": slot.id} | changes

    def settlement(self, **changes: object) -> dict[str, object]:
        """A signed request of /recipeCharge for the first group that p01 has to pay, with a new order."""
        card = self.card()
        group = next(row for row in self.hospital.charges if row.card_number == card.number and row.bill_id is None)
        charges = [row for row in self.hospital.charges if row.group_id == group.group_id]
        total = sum((row.amount - row.discount for row in charges), Decimal(0))
        order = self.ask("/paymentNew", self.order(total))["order"]["order_no"]
        body = {
            "patient_id": card.patient_id,
            "visit_id": group.visit_id,
            "his_order_no": order,
            "business_no": "W001",
            "business_info": "{}",
            "op_flag": 1,
            "balance_pay": 1,
            "total": float(total),
            "pay_mode": "wePay",
            "orders": [{"order_id": group.group_id}],
        } | changes
        return body | {"sign": sign(body)} if "sign" not in changes else body

    def order(self, total: Decimal) -> dict[str, object]:
        """A request of /paymentNew for p01."""
        card = self.card()
        return {
            "patient_id": card.patient_id,
            "card_no": card.number,
            "op_flag": 1,
            "total": float(total),
            "pay_mode": "wePay",
            "user_dept_id": "hpalm",
            "user_id": "hpalm",
            "data_source": "w1",
            "purpose": "2",
            "remark": "微信公众号",
        }

    def requests(self) -> dict[str, object]:
        """One request for every interface that succeeds and finds something."""
        card, today, far = self.card(), self.sandbox.town.today, "2000-01-01"
        patient = {"patient_id": card.patient_id}
        person = self.sandbox.town.people["p01"]
        mine = [row for row in self.hospital.charges if row.card_number == card.number]
        pending, paid = (next(r for r in mine if (r.bill_id is None) == is_open) for is_open in (True, False))
        reports = {row.kind: row.id for row in self.hospital.reports if row.card_number == card.number}
        recipe = next(row.id for row in self.hospital.prescriptions if row.card_number == card.number)
        appointment = next(row.id for row in self.hospital.appointments if row.card_number == card.number)
        session, _ = self.free_slot()
        settlement = self.settlement()
        others = (
            palm_stay_desk.requests(self)
            | palm_registration_desk.requests(self)
            | palm_nucleic_acid_desk.requests(self)
            | palm_paper_desk.requests(self)
        )
        others |= palm_report_desk.requests(self)
        others |= palm_recharge_desk.requests(self)
        report_days = {"start_time": far, "end_time": str(today)}
        return others | {
            "/getHospitalList": None,
            "/getPatient": patient | {"op_flag": 1},
            "/getPatientList": [patient | {"op_flag": 1}],
            "/createCard": {
                "name": person.name,
                "sex": "男",
                "id_no": person.identity_number,
                "phone_no": person.phone,
                "birthday": str(person.birth_date),
                "unit_name": "",
                "post_addr": person.address,
            },
            "/getVisitInfoNew": patient,
            "/getVisitInfoNewDetail": patient | {"visit_id": pending.visit_id},
            "/getRegisterList": patient | {"begin_date": far, "end_date": str(today), "flag": 0},
            "/getRecipe": patient | {"visit_id": pending.visit_id, "flag": 0},
            "/getChargeDetail": patient | {"visit_id": paid.visit_id},
            "/cpayCheck": patient
            | {"card_no": card.number, "op_flag": 1, "total": settlement["total"], "orders": settlement["orders"]},
            "/paymentNew": self.order(Decimal("10.00")),
            "/recipeCharge": settlement,
            "/getLisPacsList": patient | {"card_no": card.number, "visit_no": "", "op_flag": 1} | report_days,
            "/getLisReport": {"report_id": reports["lab"], "category": "lis", "op_flag": 1},
            "/getPacsReport": {"report_id": reports["imaging"], "category": "lis", "op_flag": 1},
            "/getElectronicPrescriptionBasicInfo": patient,
            "/getElectronicPrescriptionDetail": patient | {"recipe_id": recipe},
            "/get_dept": {},
            "/get_doctor": {"DEPT_ID": session.department_id},
            "/get_schedule": {"DEPT_ID": session.department_id, "DT": str(session.day), "DATA_SOURCE": "w1"},
            "/get_time": {"SCHEDULE_ID": session.id, "DATA_SOURCE": "w1"},
            "/new": self.booking(),
            "/query": {"APPT_ID": appointment, "DATA_SOURCE": "w1"},
            "/cancel": USER | {"APPT_ID": self.booked(), "SEND_SMS": "0"},
        }

    def booked(self) -> str:
        """The appointment id of something new to cancel."""
        return self.ask("/new", self.booking(skip=1))["APPT_ID"]


def sign(body: dict[str, Any]) -> str:
    """The signature of a request of /recipeCharge."""
    names = ("patient_id", "his_order_no", "business_no")
    return payment_sign(**{name: body[name] for name in names}, total=Decimal(str(body["total"])))


@contextmanager
def palm_desk() -> Iterator[Desk]:
    """A fresh town, served on a real socket."""
    sandbox = Sandbox(today=dt.date(2026, 3, 4))
    with (
        running(Starlette(routes=[Mount("/palm", routes=routes(sandbox))])) as address,
        httpx.Client(base_url=address, timeout=10) as client,
    ):
        yield Desk(sandbox, client)
