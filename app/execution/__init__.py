"""Compiled operations: an operation is turned into a callable once, and run many times."""

from app.execution.plan import Plan, PlanCache, compile_operation

__all__ = ["Plan", "PlanCache", "compile_operation"]
