"""Party membership dues: what members paid, and what the branch passed on.

In: amounts in yuan. Out: the models of the two types. Deliberately absent: incomes and rates; what is owed
is given as an amount or not at all.
"""

from decimal import Decimal
from typing import Annotated

from ledger.events.payload import Payload
from ledger.events.values.amounts import Amount
from ledger.events.values.days import Month, Quarter
from ledger.events.values.described import said
from ledger.events.values.fields import Member
from ledger.events.values.kinds import Kind

_MONEY: Kind = "money"

Paid = Annotated[
    Decimal,
    Amount(said("金额 | 金额，单位为元。", "amount | In yuan."), _MONEY, positive=True),
]


class DuesPaid(Payload):
    """One payment for one month; several payments for a month add up."""

    type_word = "dues_paid"
    label, about = said(
        "缴纳党费 | 党员在当日缴纳了某月的党费；同月几次缴纳合并计算。",
        "dues paid | A member paid dues for a month on that day; several payments add up.",
    )

    member: Member
    month: Annotated[str, Month(said("党费月份 | 党费所属的月份。", "month | The month that was paid for."))]
    amount: Paid
    due: Annotated[
        Decimal | None,
        Amount(
            said(
                "应缴金额 | 该月应缴多少元；不填则视为已缴足，填了几次取最大者。",
                "due | The yuan owed for the month; left out, any payment is in full; "
                "of several the greatest counts.",
            ),
            _MONEY,
        ),
    ] = None


class DuesRemitted(Payload):
    """A quarter's dues, passed on to the superior."""

    type_word = "dues_remitted"
    label, about = said(
        "上缴党费 | 支部向上级上缴了某季度的党费。",
        "dues remitted | The branch passed a quarter's dues on to its superior.",
    )

    quarter: Annotated[
        str, Quarter(said("党费季度 | 党费所属的季度。", "quarter | The quarter that was remitted."))
    ]
    amount: Paid
