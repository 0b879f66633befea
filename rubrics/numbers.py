"""Numbers and texts of a rubric file.

In: what a file gives for a number (whole, decimal, text). Out: whole hundredths for points, exact fractions
for shares. Deliberately absent: binary floats; a number goes through its printed form, so 0.1 is one tenth.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from ledger.words import Words
from rubrics.problems import refuse

MAX_POINTS = 1_000_000
LANGUAGES = ("zh", "en")

_NOT_POINTS = ("必须是最多两位小数的数", "must be a number with at most two decimal places")
_NO_SHARE = (
    "必须是数（如 0.95）或分数（如 2/3）",
    "must be a number such as 0.95, or a fraction such as 2/3",
)


def parse_points(value: object) -> int:
    """Turn printed points into whole hundredths: 0.5, "0.5" and "0.50" are 50.

    Raises ValueError for anything but a plain number with at most two decimal places.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise refuse(*_NOT_POINTS)
    text = str(value)
    if not re.fullmatch(r"[-+]?([0-9]{1,18}|[0-9]{0,18}\.[0-9]{1,18})", text):
        raise refuse(*_NOT_POINTS)
    hundredths = Decimal(text) * 100
    if hundredths != hundredths.to_integral_value():
        raise refuse(*_NOT_POINTS)
    if abs(hundredths) > MAX_POINTS * 100:
        raise refuse(f"绝对值不能超过 {MAX_POINTS}", f"must be at most {MAX_POINTS}, up or down")
    return int(hundredths)


def print_points(hundredths: int) -> str:
    """Print hundredths with two decimals: 50 is "0.50"."""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def parse_share(value: object) -> Fraction:
    """Turn a share or bound into an exact fraction: "2/3", 0.8, 95.

    Raises ValueError for anything else.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise refuse(*_NO_SHARE)
    text = str(value).replace(" ", "")
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?(/[0-9]{1,12})?", text):
        raise refuse(*_NO_SHARE)
    number, _, divisor = text.partition("/")
    if divisor and int(divisor) == 0:
        raise refuse("分母不能为 0", "a fraction cannot be over 0")
    return Fraction(number) / (int(divisor) if divisor else 1)


def _check_amount(hundredths: int) -> int:
    if hundredths < 0:
        raise refuse("不能小于 0", "must be 0 or more")
    return hundredths


_POINTS = {
    "type": ["number", "string"],
    "pattern": r"^[-+]?(\d+|\d*\.\d{1,2})$",
    "description": "points, at most two decimal places",
}

Points = Annotated[
    int,
    BeforeValidator(parse_points),
    PlainSerializer(print_points, return_type=str, when_used="json"),
    WithJsonSchema(_POINTS),
]
"""Points in whole hundredths, of either sign."""

Amount = Annotated[
    int,
    BeforeValidator(parse_points),
    AfterValidator(_check_amount),
    PlainSerializer(print_points, return_type=str, when_used="json"),
    WithJsonSchema({**_POINTS, "minimum": 0}),
]
"""Points in whole hundredths, 0 or more."""

Share = Annotated[
    Fraction,
    BeforeValidator(parse_share),
    PlainSerializer(str, return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "type": ["number", "string"],
            "pattern": r"^-?\d{1,12}(\.\d{1,6})?( */ *\d{1,12})?$",
            "description": "a number, or a fraction such as 2/3",
        }
    ),
]
"""An exact share or bound."""


class Model(BaseModel):
    """The base of everything in a rubric file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Text(Model):
    """A short text in Chinese and English; where one was left out, the other stands for it."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_extra={"anyOf": [{"required": ["zh"]}, {"required": ["en"]}]}
    )

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _one_language(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        given = {key: text for key, text in value.items() if not (text is None and key in LANGUAGES)}
        known = [key for key in LANGUAGES if isinstance(given.get(key), str)]
        if len(known) == 1 and not set(LANGUAGES) <= given.keys():
            return {**dict.fromkeys(LANGUAGES, given[known[0]]), **given}
        return given

    @property
    def words(self) -> Words:
        """The text as the rest of the program passes texts on."""
        return Words(self.zh, self.en)
