"""The kinds of rules, in the order of the union that has them."""

from typing import get_args

from rubrics.rules import Rule

MODELS = get_args(get_args(Rule)[0])
KINDS = [get_args(model.model_fields["kind"].annotation)[0] for model in MODELS]
