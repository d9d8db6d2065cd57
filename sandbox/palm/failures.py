"""What this vendor says when it says no: a Chinese sentence and no numbered code."""

from collections.abc import Mapping


class Failure(Exception):
    """The call is refused; `reason` is what the envelope tells."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


UNEXPLAINED = "业务处理失败"

SENTENCES: Mapping[str, str] = {
    "card_unknown": "未找到患者",
    "charge_unknown": "费用不存在或已缴费",
    "amount_mismatch": "金额与费用不符",
    "slot_full": "该时段已约满",
    "slot_unknown": "排班或时段不存在",
    "appointment_unknown": "预约记录不存在",
    "appointment_attended": "已就诊，不能取消",
    "key_conflict": "流水号重复且内容不一致",
    "identity_mismatch": "姓名与身份证号不一致",
    "hospital_unknown": "医院不存在",
    "balance_short": "卡余额不足",
    "fee_mismatch": "金额与挂号费不符",
    "already_triaged": "已分诊",
    "deposit_not_admitted": "不允许缴纳住院押金",
    "already_discharged": "患者已出院",
    "recharge_unknown": "充值记录不存在",
    "application_unknown": "入院申请不存在或已办理",
}
"""The sentence for each reason why the town refuses a deed."""
