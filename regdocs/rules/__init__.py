"""Checks over the whole protocol: one function a rule id, in one explicit table."""
