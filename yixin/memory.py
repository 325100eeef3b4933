"""How often Python looks for garbage: seldom, for this program makes little of it and holds much that stays."""

import gc


def settle() -> None:
    """To be called once everything is loaded. Looking through it all again and again cost a large import a third."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
