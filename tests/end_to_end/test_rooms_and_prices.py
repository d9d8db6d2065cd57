"""Operating rooms and price lists: what everybody sees, and what only those who work there."""

from decimal import Decimal
from typing import Any

from sandbox.tokens import staff_token
from sandbox.town.price_list import PRICES
from tests.end_to_end.world import HS256_SECRET, World

ROOMS = """{ hospital(id: "501") { capabilities campuses { id operatingRooms { id name address } } } }"""
BOARDS = """{ hospital(id: "501") { campuses { id
  operations { name departmentName bedNumber plannedTime status roomName }
  operatingRooms { name operations { name plannedTime status } } } } }"""
PRICE_LIST = """query($first: Int!, $after: String, $id: ID! = "501") { hospital(id: $id) {
  servicePrices(first: $first, after: $after) { nodes { id name price } pageInfo { hasNextPage endCursor } } } }"""
PRICES_CALL = "501 /getElectronicPrescriptionDetail_1609234017475"


def use_rooms_and_prices(town: World) -> None:
    """Reach all interfaces of this file."""
    assert boards(town)[0]["operations"]
    assert town.ask(PRICE_LIST, {"first": 1}).data["hospital"]["servicePrices"]["nodes"]


def boards(town: World, token: str | None = None) -> Any:
    return town.ask(BOARDS, token=token or town.staff(["501"])).data["hospital"]["campuses"]


def test_the_operating_rooms_of_a_campus_are_public(shared: World) -> None:
    found = shared.ask(ROOMS, token=None).data["hospital"]

    assert {"OPERATING_ROOMS", "PRICE_LIST"} <= set(found["capabilities"])
    names = {campus["id"]: [room["name"] for room in campus["operatingRooms"]] for campus in found["campuses"]}
    assert names == {campus: ["1号手术间", "2号手术间"] for campus in ("501-1", "501-2")}
    ids = [room["id"] for campus in found["campuses"] for room in campus["operatingRooms"]]
    assert len(set(ids)) == len(ids)


def test_staff_see_the_board_of_a_campus_by_room_and_time(shared: World) -> None:
    first, second = boards(shared)

    board = first["operations"]
    assert [(each["roomName"], each["plannedTime"]) for each in board] == [
        ("1号手术间", "12:30:00"),
        ("1号手术间", "14:30:00"),
        ("1号手术间", "16:30:00"),
        ("2号手术间", "13:30:00"),
        ("2号手术间", "15:30:00"),
    ]
    assert {each["status"] for each in board} == {"PLANNED", "PREPARING", "IN_PROGRESS", "RECOVERING", "FINISHED"}
    assert all(each["departmentName"] and each["bedNumber"] for each in board)
    assert second["operations"] == []


def test_staff_see_the_board_of_one_room(shared: World) -> None:
    rooms = {room["name"]: room["operations"] for room in boards(shared)[0]["operatingRooms"]}

    assert [each["status"] for each in rooms["2号手术间"]] == ["RECOVERING", "PREPARING"]
    assert len(rooms["1号手术间"]) == 3


def test_the_names_on_a_board_are_masked_for_who_may_not_see_them(shared: World) -> None:
    names = {person.name for person in shared.sandbox.town.people.values()}
    masking = staff_token(HS256_SECRET, ["501"], scope="user/Procedure.s")

    whole = {each["name"] for each in boards(shared)[0]["operations"]}
    masked = {each["name"] for each in boards(shared, masking)[0]["operations"]}

    assert whole <= names
    assert all(masked)
    assert names.isdisjoint(masked)


def test_a_board_is_for_those_who_work_there_alone(shared: World) -> None:
    for token, code in ((shared.token(), "FORBIDDEN"), (shared.staff(["253"]), "FORBIDDEN"), (None, "UNAUTHENTICATED")):
        answer = shared.ask(BOARDS, token=token)
        assert set(answer.codes) == {code}
        for campus in answer.body["data"]["hospital"]["campuses"]:
            assert campus["operations"] is None
            assert all(room["operations"] is None for room in campus["operatingRooms"])


def test_all_prices_are_found_page_by_page_by_anybody(shared: World) -> None:
    found, after = [], None
    while True:
        page = shared.ask(PRICE_LIST, {"first": 27, "after": after}, None).data["hospital"]["servicePrices"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert [(node["name"], Decimal(node["price"])) for node in found] == [(row.name, row.price) for row in PRICES]
    assert len({node["id"] for node in found}) == len(PRICES)


def test_only_the_pages_of_prices_are_fetched_that_are_asked_for(fresh: World) -> None:
    fresh.ask(PRICE_LIST, {"first": 20})
    assert fresh.sandbox.counters.snapshot()[PRICES_CALL] == 1
    fresh.ask(PRICE_LIST, {"first": 60})
    # The first page is kept.
    assert fresh.sandbox.counters.snapshot()[PRICES_CALL] == 2


def test_a_hospital_without_a_price_list_says_so(shared: World) -> None:
    answer = shared.ask(PRICE_LIST, {"first": 20, "id": "253"})

    assert answer.codes == ["UNSUPPORTED_BY_HOSPITAL"]
    assert answer.body["data"]["hospital"]["servicePrices"] is None
