import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, GraphQLScalarType

from connectors.records.base import INTERNAL, Doc
from schema.access_control.guards import PUBLIC
from schema.base import graph_type
from schema.build import SDL_FILE, core_schema, sdl

CHINESE = re.compile(r"\([^()]*[\u4e00-\u9fff][^()]*\)")
VENDOR_WORDS = {
    *("medicalCardNumber", "medicalCardNo", "outTradeNo", "hisTimeId", "timeId", "recordId", "regId", "idCard"),
    *("cardNo", "patientName", "deptCode", "doctorCode", "hospitalCode", "visitNo", "refundNo", "isPositive"),
    *("reportStatus", "success", "msg", "ResultCode", "openId", "appId"),
}
VENDORS = re.compile(r"palm|prefront|regional|hospital\.interface|wechat(?!_?pay|_?login)|sichuan|hebei", re.IGNORECASE)
# What records hold for the server alone.
INTERNAL_NAMES = {"card_ref", "ref", "pdfAddress", "imageAddress", "photoAddress", "bookingKey", "personId", "audited"}


def parts() -> Iterator[tuple[str, str | None]]:
    """Every place of the schema that wants a description, with what it has."""
    for name, kind in core_schema.type_map.items():
        if name.startswith("__") or isinstance(kind, GraphQLScalarType):
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{key}", value.description) for key, value in kind.values.items())
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for key, field in kind.fields.items():
                yield f"{name}.{key}", field.description
                for argument, given in getattr(field, "args", {}).items():
                    yield f"{name}.{key}({argument})", given.description


PLACES = dict(parts())


def test_the_committed_sdl_is_what_the_schema_prints() -> None:
    assert SDL_FILE.read_text(encoding="utf-8") == sdl(), "run `patient-graph sdl` and commit its diff"


def test_every_place_has_a_description_with_its_chinese_term_in_brackets() -> None:
    assert len(PLACES) > 200
    assert [place for place, said in PLACES.items() if not said or not CHINESE.search(said)] == []


def test_every_description_is_a_whole_sentence_on_one_line() -> None:
    assert [place for place, said in PLACES.items() if said and ("\n" in said or not said.endswith("."))] == []


def test_no_vendors_spelling_is_public() -> None:
    names = {re.split(r"[.(]", place)[-1].rstrip(")") for place in PLACES}
    assert names & VENDOR_WORDS == set()
    assert [place for place in PLACES if VENDORS.search(place)] == []
    assert [place for place, said in PLACES.items() if said and VENDORS.search(said.replace("WeChat Pay", ""))] == []


def test_nothing_internal_is_public() -> None:
    fields = {place.split(".")[-1] for place in PLACES if "." in place}
    assert fields & INTERNAL_NAMES == set()
    of_people = {"Charge", "Bill", "Visit", "LabReport", "ImagingReport", "Prescription", "Appointment", "ChargeSheet"}
    assert [kind for kind in sorted(of_people) if f"{kind}.card" in PLACES] == []
    assert not {"LabReportDetail.patientName", "Hospital.hospitalId", "Doctor.departmentId"} & PLACES.keys()


def test_every_fan_out_list_names_what_failed() -> None:
    connections = [name for name in core_schema.type_map if name.endswith("Connection")]
    assert len(connections) > 4
    for name in connections:
        assert set(core_schema.type_map[name].fields) == {"nodes", "pageInfo", "totalCount", "failures"}


def test_every_mutation_takes_one_input_and_returns_a_payload_with_user_errors() -> None:
    assert core_schema.mutation_type is not None
    for field in core_schema.mutation_type.fields.values():
        assert list(field.args) == ["input"]
        payload = field.type.of_type
        assert payload.name.endswith("Payload")
        assert "userErrors" in payload.fields


@dataclass(kw_only=True)
class Undocumented:
    """A record (记录)."""

    id: Annotated[str, Doc("Its id (标识).")]
    forgotten: str


@dataclass(kw_only=True)
class Documented:
    """A record (记录)."""

    id: Annotated[str, Doc("Its id (标识).")]
    hidden: Annotated[str, INTERNAL]


def test_a_record_field_that_is_neither_documented_nor_internal_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Undocumented\.forgotten is neither documented nor internal"):
        graph_type(Undocumented, PUBLIC)(type("Public", (Undocumented,), {}))


def test_an_internal_record_field_is_left_out_of_the_public_type() -> None:
    made = graph_type(Documented, PUBLIC)(type("Public", (Documented,), {}))
    fields = made.__strawberry_definition__.fields
    assert [(field.name, field.description) for field in fields] == [("id", "Its id (标识).")]
