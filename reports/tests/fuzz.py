"""Query strings that nobody means: the same ones for the same seed."""

from collections.abc import Iterator
from random import Random
from urllib.parse import quote_from_bytes

LONG = 10_000
WORDS = """
-1 0 00 1.5 1e309 NaN inf -0 +1 1_000 0x10 null None true undefined [] {} a,b 1,2 , ,, 360100,360700 360100 999999
９ １２ １０００ ① ٣ 〇 Ⅷ ＺＸ ｚｈｉｘｉｎｇ ß İ ﬃ ㎏ 𠮷野 𝕫𝕩 知行 zx zhixing 在一起 360700 education ngo table 1 2
[ ( * (a+)+$ (?P< \\ \\x % _ %% a%b_c ^$ | {1,99999} .+ " ; ${7*7} {{7*7}} ../../etc /etc/passwd //x
0,zhixing,zhixing 9,a,a 5,知,行 1,a,b,c a,b,c 0,%,_ ２,a,b 3,,x 0,a,
"""
# As the bytes that a browser, or something else, would have quoted.
ODD = [
    *WORDS.split(),
    *("9" * 19, "9" * 20, "9" * 400, *map(str, (10**9, 10**20, -(10**20), 2**31, 2**63, 2**63 - 1)), "", " ", "\u3000"),
    *("\x00", "a\x00b", "\x00" * 50, "1,\x00,\x00", "0,a\x00,b", "\x1b[31m", "\r\nX-Header: 1", "\t", "\x7f", "\x85"),
    *("\u2028", "\ufeff", "\ufffe", "\U0010ffff", "\u202e\u591c\u884c\u77e5", "\u200f\u05e9\u05dc\u05d5\u05dd"),
    *("a" * LONG, "长" * (LONG // 3), "知行" * 60, " " * LONG, "\u0301" * 3000, "\ufdfa" * 500, ".*" * 200),
    *("\U0001f468\u200d\U0001f469" * 300, "3,," + "a" * 2000, "' OR 1=1 --", "'; DROP TABLE x", "<script>", '{"a":1}'),
]
# Half a character, half a pair of halves, more than there is.
BYTES = [b"\xed\xa0\x80", b"\xed\xb0\x80\xed\xa0\x80", b"\xff\xfe", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xe4\xb8"]
BROKEN = "% %0 %zz %u4e2d %00 %2500 %c0%ae + & &&& = == ; ? # %%% \\u0000 0,%00,%00 0,%ed%a0%80,a"
NAMES = "{0}[] {0}[0] {0}[a] {0}.x {0}__in {0}__regex {0}__isnull {0}%00 %00{0} {0}%20"


def query_strings(name: str, others: list[str], number: int, seed: int) -> Iterator[str]:
    """So many for the box of that name, in which the other boxes stand now and then."""
    random = Random(f"{name}{seed}")  # noqa: S311 no secret
    fixed = [*(quoted(text) for text in ODD), *map(quote_from_bytes, BYTES), *BROKEN.split()]
    for count in range(number):
        value = fixed[count] if count < len(fixed) else mixed(random, fixed)
        pairs = [f"{name}={value}"]
        match random.randrange(8):
            case 0:  # more than once
                pairs += [f"{name}={mixed(random, fixed)}" for _ in range(random.choice([1, 2, 50]))]
            case 1:
                pairs += [f"{other}={mixed(random, fixed)}" for other in random.sample(others, min(3, len(others)))]
            case 2:
                pairs.append(f"{random.choice(NAMES.split()).format(name)}={mixed(random, fixed)}")
            case 3:
                pairs.append(f"{random.choice(others)}={random.choice(['360100', 'zx', '2', 'table'])}")
        random.shuffle(pairs)
        yield "&".join(pairs)


def mixed(random: Random, fixed: list[str]) -> str:
    """Some of the odd ones joined, or any characters, or any bytes."""
    match random.randrange(4):
        case 0:
            return random.choice(fixed)
        case 1:
            return "".join(random.choice(fixed)[:300] for _ in range(random.randint(2, 4)))
        case 2:
            return quoted("".join(map(chr, (random.randrange(0x11000) for _ in range(random.randint(1, 30))))))
        case _:
            return quote_from_bytes(random.randbytes(random.randint(1, 30)))


def quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))
