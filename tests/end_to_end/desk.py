"""Operations of a day at the hospital, and what tests need to ask for them."""

from typing import Any

from tests.end_to_end.test_booking import BOOK, SLOTS, card_at
from tests.end_to_end.world import World

TODAY = """query($hospital: ID!) { hospital(id: $hospital) { departments { name sameDaySessions {
    id doctorName clinic fee day remaining slots { id startsAt dayPart number remaining } } } } }"""
TERMS = """query($session: ID!) { viewer { patients { name cards { hospital { code }
    registrationTerms(sessionId: $session) { admitted refusal fee } } } } }"""
CARD = "{ viewer { patients { cards { id balance registrationsToday hospital { code } } } } }"
REGISTER = """mutation($input: RegisterSameDayInput!) { registerSameDay(input: $input) {
    appointment { id status startsAt departmentName doctorName fee registrationNumber paymentReference cancellable
        queuePosition { number position ahead room hospital { code } } }
    userErrors { code field message } } }"""
REGISTERED = """query($id: ID!) { node(id: $id) { ... on Appointment { id status cancellable
    queuePosition { number ahead } } } }"""
CANCEL = """mutation($input: CancelAppointmentInput!) { cancelAppointment(input: $input) {
    cancellation { refundNumber invoiceNumber } userErrors { code field message } } }"""
PAY = """mutation($input: PayAppointmentInput!) { payAppointment(input: $input) {
    payment { number status amount registrationNumber hospitalReference } userErrors { code field message } } }"""
ROOMS = """{ viewer { patients { cards { hospital { code } consultingRooms { id name waitingArea departmentName
    doctorName clinic waiting queuePosition { number } } } } } }"""
TRIAGE = """mutation($input: TriageInput!) { triage(input: $input) {
    checkIn { hospital { code } queuePosition { number position ahead room } } userErrors { code field message } } }"""
CHECK_IN = """mutation($input: CheckInInput!) { checkIn(input: $input) {
    checkIn { hospital { code } queuePosition { number position ahead room } } userErrors { code field message } } }"""
EXAMINATION_QUEUES = """{ viewer { patients { examinationQueues { totalCount failures { code } nodes {
    number position ahead room departmentName item triagedAt appointedAt hospital { code } } } } } }"""
FEVER_CLINICS = """query($hospital: ID!) { hospital(id: $hospital) { feverClinics { name address campusName
    campusAddress phone openingHours rooms waiting } } }"""


def sessions_today(world: World, hospital: str = "253") -> list[Any]:
    departments = world.ask(TODAY, {"hospital": hospital}, None).data["hospital"]["departments"]
    return [session | {"department": place["name"]} for place in departments for session in place["sameDaySessions"]]


def open_session(world: World, hospital: str = "253") -> Any:
    return next(session for session in sessions_today(world, hospital) if session["slots"])


def card(world: World, hospital: str = "253", person: int = 0) -> Any:
    cards = world.ask(CARD).body["data"]["viewer"]["patients"][person]["cards"]
    return next(card for card in cards if card["hospital"]["code"] == hospital)


def terms(world: World, session: Any, *, person: int = 0, hospital: str = "253") -> Any:
    # The cards at other hospitals have no such session: theirs are errors.
    patient = world.ask(TERMS, {"session": session["id"]}).body["data"]["viewer"]["patients"][person]
    return next(card for card in patient["cards"] if card["hospital"]["code"] == hospital)["registrationTerms"]


def registration(world: World, session: Any, key: str = "registration-0001", **changes: Any) -> dict[str, Any]:
    """Input for the first slot of a session, paid online as its terms say."""
    given = {"businessKey": key, "cardId": card(world)["id"], "slotId": session["slots"][0]["id"]}
    given |= {"fee": terms(world, session)["fee"], "method": "WECHAT_PAY", "paymentNumber": f"DRGH-{key}"}
    return {name: value for name, value in (given | changes).items() if value is not None}


def register(world: World, given: dict[str, Any]) -> Any:
    return world.ask(REGISTER, {"input": given}).data["registerSameDay"]


def triage(world: World, room: Any, key: str = "triage-0001", token: str | None = "") -> Any:
    return world.ask(TRIAGE, {"input": {"businessKey": key, "roomId": room["id"]}}, token)


def rooms(world: World, hospital: str = "253") -> list[Any]:
    cards = world.ask(ROOMS).body["data"]["viewer"]["patients"][0]["cards"]
    found: list[Any] = next(card for card in cards if card["hospital"]["code"] == hospital)["consultingRooms"]
    return found


def booked_for_today(world: World) -> Any:
    day = world.sandbox.town.today.isoformat()
    departments = world.ask(SLOTS, {"hospital": "253", "day": day}, None).data["hospital"]["departments"]
    slots = [slot for place in departments for schedule in place["schedules"] for slot in schedule["slots"]]
    slot = next(slot for slot in slots if slot["remaining"] > 0)
    given = {"businessKey": "booking-0001", "cardId": card_at(world, "253"), "slotId": slot["id"]}
    return world.ask(BOOK, {"input": given}).data["bookAppointment"]["appointment"]


def check_in(world: World, appointment: Any, key: str = "check-in-0001") -> Any:
    given = {"businessKey": key, "appointmentId": appointment["id"]}
    return world.ask(CHECK_IN, {"input": given}).data["checkIn"]


def use_desk(world: World) -> None:
    """Everything of a day at the hospital, once."""
    made = register(world, registration(world, open_session(world)))["appointment"]
    assert made["queuePosition"]["number"]
    given = {"businessKey": "cancelling-desk", "appointmentId": made["id"]}
    assert world.ask(CANCEL, {"input": given}).data["cancelAppointment"]["cancellation"]["refundNumber"]
    assert triage(world, rooms(world)[0]).data["triage"]["checkIn"]["queuePosition"]
    appointment = booked_for_today(world)
    given = {"businessKey": "paying-desk", "appointmentId": appointment["id"], "fee": "0.01", "method": "ALIPAY"}
    # The hospital refuses the wrong fee: it was asked.
    assert world.ask(PAY, {"input": given}).data["payAppointment"]["userErrors"][0]["code"] == "AMOUNT_MISMATCH"
    node = world.ask(
        "query($id: ID!) { node(id: $id) { ... on Appointment { surcharge } } }", {"id": appointment["id"]}
    )
    assert node.data["node"]["surcharge"] is not None
    assert check_in(world, appointment)["checkIn"]["queuePosition"]["position"]
    assert world.ask(EXAMINATION_QUEUES).data["viewer"]["patients"][0]["examinationQueues"]["totalCount"]
    assert world.ask(FEVER_CLINICS, {"hospital": "253"}).data["hospital"]["feverClinics"]
