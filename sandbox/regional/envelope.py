"""What every answer is wrapped in, and the codes of the refusals."""

from typing import Any

from sandbox.town.deeds import Reason

Answer = dict[str, Any]

SUCCESS = "10001"
NOTHING_FOUND = "10002"
MISSING_PARAMETER = "20001"
WRONG_TYPE = "20002"
INVALID_PARAMETER = "20003"

MESSAGES = {
    NOTHING_FOUND: "未查询到数据",
    "10003": "系统错误",
    MISSING_PARAMETER: "缺少参数",
    WRONG_TYPE: "参数类型错误",
    INVALID_PARAMETER: "参数无效或格式错误",
    "20004": "参数超出范围",
    "30001": "数据库操作异常",
    "40001": "系统繁忙",
    "40002": "接口不允许调用",
    "40003": "医院没有开通本接口",
    "40004": "业务处理中",
    "50001": "无权访问该接口",
    "60001": "医院信息不存在",
    "60002": "医生信息不存在",
    "60101": "该卡不允许线上交费",
    "60102": "待交费信息不存在，无法完成支付",
    "60103": "待交费金额合计和支付金额合计不一致",
    "60202": "挂号金额与院内金额不一致",
    "60203": "已就诊，无法退挂号费",
    "60204": "要取消的挂号记录不存在",
    "60205": "号源已满",
    "60206": "医生已停诊",
    "60401": "该就诊人不允许交住院押金",
    "60402": "该就诊人已出院",
    "60506": "卡号信息不存在",
    "60701": "已分诊，同一诊室/医生不能重复分诊，请到分诊台处理",
    "90001": "系统未知错误",
}

CODES: dict[Reason, str] = {
    "card_unknown": "60506",
    "charge_unknown": "60102",
    "amount_mismatch": "60103",
    "slot_full": "60205",
    "slot_unknown": INVALID_PARAMETER,
    "appointment_unknown": "60204",
    "appointment_attended": "60203",
    "key_conflict": INVALID_PARAMETER,
    "identity_mismatch": INVALID_PARAMETER,
    "hospital_unknown": "60001",
    "balance_short": "20004",
    "fee_mismatch": "60202",
    "already_triaged": "60701",
    "deposit_not_admitted": "60401",
    "already_discharged": "60402",
    "application_unknown": INVALID_PARAMETER,
    "recharge_unknown": INVALID_PARAMETER,
}


class Refused(Exception):
    """The call is answered with this code."""

    def __init__(self, code: str, message: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def success(data: object, *, message: str = "成功") -> Answer:
    """An answer with data. The examples of some interfaces have an empty `msg`."""
    return {"success": True, "msg": message, "code": SUCCESS, "data": data}


def done(*, message: str = "成功", **beside: object) -> Answer:
    """An answer without a data node; some put a field beside the code instead."""
    return {"success": True, "msg": message, "code": SUCCESS, **beside}


def coded_by_number(answer: Answer) -> Answer:
    """The answer with its code as a number, as the examples of some chapters have it."""
    return answer | {"code": int(answer["code"])}


def refusal(code: str, message: str | None = None) -> Answer:
    """The answer of a refused call."""
    return {"success": False, "code": code, "msg": message or MESSAGES.get(code, "操作失败")}
