"""Codes of people: short, opaque, and never a number by which a person is known elsewhere.

In: the code as given. Out: the code; or a refusal that shows three characters of what looks like an identity
number or a mobile number. Deliberately absent: names, which lie outside the log.
"""

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ledger.events.values.described import Described
from ledger.events.values.kinds import Code, Refusal
from ledger.events.values.personal_numbers import PERSONAL, SHORTEST, is_personal, masked
from ledger.words import Words

MEMBER_CODE = r"^[A-Za-z0-9._-]{1,64}$"
MEMBER_FORM = Words(
    zh="应为 1 至 64 个字母、数字或“.”“_”“-”组成的代码",
    en="must be a code of 1 to 64 letters, digits, “.”, “_” or “-”",
)
_LONGEST = 64
# Too few digits for a number of a person: a mobile number has eleven, an identity number fifteen or more.
_FEW_DIGITS = r"^[A-Za-z._-]*[0-9](?:[A-Za-z._-]*[0-9]){0,9}[A-Za-z._-]*$"


class MemberCode(Code):
    """The code of a person."""

    def __init__(self, words: Described) -> None:
        super().__init__(words, MEMBER_CODE, MEMBER_FORM)

    def _core(self) -> CoreSchema:
        code = super()._core()
        with_few_digits = core_schema.str_schema(strict=True, pattern=_FEW_DIGITS, max_length=_LONGEST)
        looked_at = core_schema.no_info_after_validator_function(_not_personal, code)
        # Most codes cannot be such a number: they need no call from pydantic's core into Python.
        return core_schema.union_schema(
            [with_few_digits, looked_at],
            mode="left_to_right",
            custom_error_type="code",
            custom_error_message="refused",
        )

    def _refusal(self, value: object) -> Refusal:
        if isinstance(value, str) and is_personal(value):
            return Refusal(PERSONAL, masked(value))
        return super()._refusal(value)


def _not_personal(code: str) -> str:
    if len(code) >= SHORTEST and is_personal(code):
        raise PydanticCustomError("personal", "refused")
    return code
