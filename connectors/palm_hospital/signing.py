"""The payment signature. The document says MD5 and no more: what is signed, and with what key, each hospital tells."""

import hashlib
from decimal import Decimal
from string import Formatter

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator

_NAMES = frozenset({"patient_id", "his_order_no", "business_no", "total", "key"})


class Signer(BaseModel):
    """How a hospital wants payments signed: a template such as `{patient_id}|{his_order_no}|{total}|{key}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    template: str
    key: SecretStr

    @field_validator("template")
    @classmethod
    def _known_names(cls, template: str) -> str:
        """Only the bare names, and always the key: a signature without it protects nothing."""
        parts = [
            (name, spec, conversion) for _, name, spec, conversion in Formatter().parse(template) if name is not None
        ]
        if any(name not in _NAMES or spec or conversion for name, spec, conversion in parts):
            raise ValueError(f"the template may name {', '.join(sorted(_NAMES))}")
        if "key" not in {name for name, _, _ in parts}:
            raise ValueError("the template must name key")
        return template

    def sign(self, *, patient_id: str, his_order_no: str, business_no: str, total: Decimal) -> str:
        """Upper-case hexadecimal MD5; the total is written with two decimals."""
        text = self.template.format(
            patient_id=patient_id,
            his_order_no=his_order_no,
            business_no=business_no,
            total=f"{total:.2f}",
            key=self.key.get_secret_value(),
        )
        # MD5 is what the document prescribes.
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest().upper()
