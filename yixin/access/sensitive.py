"""Words by which a title or a name ties people to an illness or a minority: what they name is treated as sensitive.

Only a net below the people who decide: it marks new records that come in by the hundred, and says so.
"""

import re

_WORDS = re.compile(
    "艾滋|感染者|性病|梅毒|戒毒|吸毒|美沙酮|同性恋|同性戀|女同|男同|男男|拉拉|性少数|性别少数|跨性别|双性恋|酷儿|出柜|"
    "性工作者|(?<![a-z])(?:hiv|aids|les|gay|lgbt[a-z+]*|lesbian|msm)(?![a-z])",
    re.IGNORECASE,
)


def sensitive_word(*texts: str | None) -> str:
    """The first such word in any of the texts; "" for none."""
    found = next((match for text in texts if text and (match := _WORDS.search(text))), None)
    return found[0] if found else ""
