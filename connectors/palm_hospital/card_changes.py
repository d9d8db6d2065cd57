"""Corrections of what the hospital has of a person: /card/update."""

from connectors.core.claims import endpoint
from connectors.core.readers import DONE
from connectors.palm_hospital.base import Palm
from connectors.palm_hospital.words import WORDS_OF_GENDER
from connectors.records.base import CardRef
from connectors.records.card_changes import HolderChange
from connectors.records.demographics import NAMES_OF_ETHNICITY
from connectors.records.people import Gender
from connectors.records.problems import ProblemCode


class CardChanges:
    """Implements `connectors.ports.HolderChanges`."""

    def __init__(self, palm: Palm) -> None:
        """Take the system."""
        self._palm = palm
        self.call = palm.call

    @endpoint("/card/update")
    async def change_holder(self, card: CardRef, change: HolderChange) -> None:
        """Correction of a card's holder (/card/update). It says what is to be, so it may be sent again.

        `health_card_id` is left out: nobody corrects the number of a card.
        """
        self._require_words_for(change)
        await self.call(
            "/card/update",
            card.hospital_id,
            {
                "patient_id": self._palm.patient_id(card),
                "sex": change.gender and WORDS_OF_GENDER[change.gender],
                "id_no": change.identity_number,
                "phone_no": change.phone,
                "nation_name": change.ethnicity and NAMES_OF_ETHNICITY[change.ethnicity],
                # Without hyphens here, unlike in all other interfaces.
                "birthday": change.birth_date and f"{change.birth_date:%Y%m%d}",
            },
            DONE,
            self._palm.idempotent(card.number, card),
        )

    def _require_words_for(self, change: HolderChange) -> None:
        """Refuse a change that would arrive in part only: half of it done is not what was asked for."""
        if change.name is not None or change.address is not None or change.marital_status is not None:
            told = "该医院不支持在线修改姓名、地址、婚姻状况，请到窗口办理"
            raise self._palm.refused("/card/update", ProblemCode.BAD_INPUT, "a value that has no field", told)
        if change.gender is Gender.OTHER:
            raise self._palm.refused("/card/update", ProblemCode.BAD_INPUT, "no word for this gender", "性别须为男或女")
