"""The table of rules, in the order of their ids."""

from regdocs.rules.rule import Rule

RULES: tuple[Rule, ...] = ()
