"""A caller of the regional HIS over a real socket, and a good request for each of its interfaces."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import regional_till
from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox.exchange import Sandbox
from sandbox.regional.routes import routes
from sandbox.serving import running
from sandbox.town.model import Card, Hospital, Person, Session, Slot

TODAY = dt.date(2026, 3, 18)
BODY = dict[str, Any]


class Caller:
    """Calls interfaces by what follows `hospital.interface.` in their names, as p01 unless told otherwise."""

    def __init__(self, sandbox: Sandbox, http: httpx.Client) -> None:
        self.sandbox = sandbox
        self.http = http

    def post(self, name: str, body: BODY) -> BODY:
        response = self.http.post(name, json=body)
        assert response.status_code == 200
        return response.json()

    def call(self, short: str, **fields: Any) -> BODY:
        return self.post(f"hospital.interface.{short}", self.request(short) | fields)

    def hospital(self, hospital_id: str = "253") -> Hospital:
        return self.sandbox.town.hospitals[hospital_id]

    @property
    def person(self) -> Person:
        return self.sandbox.town.people["p01"]

    @property
    def card(self) -> Card:
        return next(card for card in self.hospital().cards if card.person_id == "p01")

    def reset(self) -> None:
        """Everything as at the start, and a slot that is surely free."""
        self.sandbox.reset()
        self.session().slots[0].booked = 0
        regional_till.prepare(self)

    def session(self) -> Session:
        """A coming session."""
        return next(s for s in self.hospital().sessions if s.day > TODAY + dt.timedelta(days=1) and s.part == "AM")

    def charges(self) -> BODY:
        """What p01 has to pay, as 3.1.1 tells it."""
        return self.call("queryWaitPay")["data"]

    def request(self, short: str) -> BODY:
        """A good request, with every field that the contract names."""
        holder = {"medicalCardNumber": self.card.number, "idCard": self.person.identity_number}
        named = holder | {"patientName": self.person.name}
        span = {"startTime": "2020-01-01 00:00:00", "endTime": "2030-01-01 00:00:00"}
        one = {"hospitalId": "253"}
        lab = next(r for r in self.hospital().reports if r.card_number == self.card.number and r.kind == "lab")
        image = next(r for r in self.hospital().reports if r.card_number == self.card.number and r.kind == "imaging")
        detail = one | holder | {"patType": "", "admissionNumber": ""}
        requests: dict[str, BODY] = {
            "createCard": self._new_card(),
            "queryPatientInfo": one | holder,
            "selHisCardListByNameAndIdCard": one | {"name": self.person.name, "idCardNo": self.person.identity_number},
            "queryBalance": one | holder,
            "queryWaitPay": one | holder,
            "clinicPayment": one | holder | self._payment(),
            "laboratoryReport": named | span | {"patType": "", "hospitalId": "253"},
            "pacsReport": named | span | {"patType": "", "hospitalId": "253"},
            "laboratoryReportDetail": detail | {"id": lab.id, "type": "0"},
            "pacsReportDetail": detail | {"id": image.id, "type": "1"},
            "queryOutpatientCostDetail": one | named | span,
            "queryHospitalizationRecord": one | named | span,
            "todayRegisterGetDepts": one,
            "todayRegisterGetDoctors": one | {"departmentId": self.hospital().departments[0].id},
            "remainApp": self._slots(),
            "appointmentInfo": self._booking(self.session(), self.session().slots[0]),
            "cancelAppointment": self._known_booking(),
            "appointment.getScheduleInfo": one | holder | {"startDate": "2020-01-01", "endDate": "2030-01-01"},
            "electronicMedicalRecord": one | named | span | {"patType": ""},
            "electronicMedicalRecordDetail": one | {"id": lab.visit_id},
            "getPrescriptionRecord": one | named | span,
            "getPrescriptionDetail": one | {"prescriptionId": self.hospital().prescriptions[0].id},
            "getAppointmentDoctors": one | holder | {"callerCode": "bailing"},
        }
        requests |= regional_till.requests(self)
        return requests[short]

    def _new_card(self) -> BODY:
        return {
            "hospitalId": "253",
            "medicalCardNumber": "699999999999999",
            "name": "样例新",
            "sex": "女",
            "gender": "2",
            "birthday": "1979-07-02",
            "address": "样例路1号",
            "idcard": "990000197907020001",
            "cardNoType": "01",
            "phone": "10000009999",
        }

    def _payment(self) -> BODY:
        owed = [c for c in self.hospital().charges if c.card_number == self.card.number and c.bill_id is None]
        return {
            "outTradeNo": "ZJZF-1",
            "amount": f"{sum(c.amount - c.discount for c in owed) - 10:.2f}",
            "balancePayment": "10.00",
            "payTime": "2026-03-18 12:23:32",
            "payType": "WeChatPay",
            "detailId": [c.id for c in owed],
        }

    def _slots(self) -> BODY:
        session = self.session()
        return {
            "hosCode": "0531",
            "hospitalId": "253",
            "deptCode": session.department_id,
            "docCode": session.doctor_id,
            "scheduleDate": f"{session.day:%Y%m%d}",
            "amPm": session.part,
        }

    def _booking(self, session: Session, slot: Slot) -> BODY:
        return {
            "hosCode": "0531",
            "hospitalId": "253",
            "deptCode": session.department_id,
            "docCode": session.doctor_id,
            "date": f"{session.day:%Y%m%d}",
            "amPm": session.part,
            "startTime": f"{slot.starts_at:%H:%M}",
            "patientName": self.person.name,
            "medicalCard": self.card.number,
            "patientId": self.person.identity_number,
            "type": "01",
            "patientPhone": self.person.phone,
            "recordId": "record-1",
            "hisTimeId": slot.id,
        }

    def _known_booking(self) -> BODY:
        """What cancels the coming appointment that p01 has from the start."""
        coming = {s.id: s for s in self.hospital().sessions if s.day > TODAY}
        mine = [a for a in self.hospital().appointments if a.card_number == self.card.number]
        known = next(a for a in mine if a.session_id in coming)
        session = coming[known.session_id]
        slot = next(s for s in session.slots if s.id == known.slot_id)
        body = self._booking(session, slot) | {"recordId": known.key}
        del body["hisTimeId"]
        return body


@contextmanager
def calling() -> Iterator[Caller]:
    """A served regional HIS and somebody to call it."""
    sandbox = Sandbox(today=TODAY)
    app = Starlette(routes=[Mount("/regional", routes=routes(sandbox))])
    with running(app) as url, httpx.Client(base_url=f"{url}/regional/", timeout=10) as http:
        yield Caller(sandbox, http)
