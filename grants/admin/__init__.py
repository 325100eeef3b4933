from . import fundings, grants, payments, rounds

__all__ = ["fundings", "grants", "payments", "rounds"]
