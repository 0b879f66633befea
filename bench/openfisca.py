"""A peer's model for one row: 25 formulas of OpenFisca, one entity, the months of a year.

In: nothing. Out: a simulation computed. Deliberately absent: anything that scores a branch; it shows what
the field's own library takes for as many formulas.
"""

from functools import cache
from typing import Any

FORMULAS = 25


@cache
def _system() -> Any:
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import MONTH
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    branch = build_entity("branch", "branches", "", is_person=True)

    def make(number: int) -> type:
        def formula(entity: Any, period: Any) -> Any:
            before = entity("input" if not number else f"score_{number - 1}", period)
            return (before * 0.5 + number).clip(0, 100)

        body = {
            "value_type": float,
            "entity": branch,
            "definition_period": MONTH,
            "label": "",
            "formula": formula,
        }
        return type(f"score_{number}", (Variable,), body)

    system = TaxBenefitSystem([branch])
    given = {"value_type": float, "entity": branch, "definition_period": MONTH, "label": ""}
    system.add_variable(type("input", (Variable,), given))
    for number in range(FORMULAS):
        system.add_variable(make(number))
    return system


def simulation() -> float:
    """Compute all formulas for one entity."""
    from openfisca_core.simulation_builder import SimulationBuilder

    months = {f"2024-{month:02d}": 90 for month in range(1, 13)}
    made = SimulationBuilder().build_from_dict(_system(), {"branches": {"b": {"input": months}}})
    return float(made.calculate_add(f"score_{FORMULAS - 1}", "2024")[0])
