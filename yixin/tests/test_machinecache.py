"""The cache of one machine does what Django's own do, and counts right however many count at once."""

import subprocess
import sys
import threading

import pytest

from yixin.machinecache import NEW_BETWEEN_SWEEPS, MachineCache

COUNT = """
import sys
from django.conf import settings
settings.configure()
from yixin.machinecache import MachineCache
cache = MachineCache(sys.argv[1], {})
for _ in range(500):
    cache.incr("n")
"""


@pytest.fixture
def cache(tmp_path):
    return MachineCache(str(tmp_path / "cache.sqlite3"), {})


@pytest.mark.parametrize("value", [0, -3, 2**40, True, 1.5, "知行", b"\x00", None, {"a": [1, 2]}])
def test_what_is_put_in_comes_out(cache, value):
    cache.set("k", value)

    assert cache.get("k", "nothing") == value
    assert type(cache.get("k")) is type(value)
    assert ("k" in cache, cache.get("other", "nothing")) == (True, "nothing")


def test_add_is_for_the_first_only(cache):
    assert (cache.add("k", 1), cache.add("k", 2), cache.get("k")) == (True, False, 1)


def test_add_takes_the_place_of_what_has_expired(cache):
    cache.set("k", 1, timeout=-1)

    assert (cache.add("k", 2), cache.get("k")) == (True, 2)


def test_what_has_expired_is_gone(cache):
    cache.set("k", 1, timeout=0)

    assert (cache.get("k"), cache.touch("k"), "k" in cache) == (None, False, False)
    with pytest.raises(ValueError, match="not found"):
        cache.incr("k")


def test_touch_delete_and_clear(cache):
    cache.set_many({"a": 1, "b": 2, "c": 3}, timeout=None)

    assert (cache.touch("a", 0), cache.delete("b"), cache.delete("b")) == (True, True, False)
    assert cache.get_many(["a", "b", "c"]) == {"c": 3}
    cache.clear()
    assert cache.get("c") is None


def test_incr_and_decr_give_the_new_number(cache):
    cache.set("k", 5)

    assert (cache.incr("k"), cache.incr("k", 10), cache.decr("k", 3)) == (6, 16, 13)


def test_what_has_expired_does_not_stay_in_the_file(cache):
    for number in range(NEW_BETWEEN_SWEEPS + 1):
        cache.add(f"k{number}", 1, timeout=-1)

    assert cache._execute("SELECT count(*) FROM entry").fetchone() == (1,)


def test_threads_lose_no_count(cache):
    cache.set("n", 0)

    def count():
        own = MachineCache(cache.path, {})
        for _ in range(200):
            own.incr("n")
        own._connection.close()

    threads = [threading.Thread(target=count) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert cache.get("n") == 1600


def test_processes_lose_no_count(cache):
    cache.set("n", 0)

    command = [sys.executable, "-c", COUNT, str(cache.path)]
    running = [subprocess.Popen(command) for _ in range(3)]  # noqa: S603 our own command line

    assert [process.wait() for process in running] == [0, 0, 0]
    assert cache.get("n") == 1500
