import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from yixin import env

NAME = "YIXIN_TEST_VARIABLE"


@pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
def test_flag_is_on(monkeypatch, word):
    monkeypatch.setenv(NAME, word)

    assert env.flag(NAME, default=False) is True


@pytest.mark.parametrize("word", ["0", "False", "no", "off\n"])
def test_flag_is_off(monkeypatch, word):
    monkeypatch.setenv(NAME, word)

    assert env.flag(NAME, default=True) is False


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("word", [None, "", "  "])
def test_flag_without_a_word_is_the_default(monkeypatch, word, default):
    monkeypatch.delenv(NAME, raising=False)
    if word is not None:
        monkeypatch.setenv(NAME, word)

    assert env.flag(NAME, default=default) is default


@pytest.mark.parametrize("word", ["maybe", "2", "enabled", "None", "开", "t", "真"])
def test_flag_refuses_any_other_word(monkeypatch, word):
    monkeypatch.setenv(NAME, word)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.flag(NAME, default=False)


@pytest.mark.parametrize(
    ("word", "number"), [("", 0), ("off", 0), ("0", 0), ("on", 1), ("1", 1), (" 2\n", 2), ("9", 9)]
)
def test_count_is_a_digit_or_a_switch(monkeypatch, word, number):
    monkeypatch.setenv(NAME, word)

    assert env.count(NAME) == number


@pytest.mark.parametrize("word", ["-1", "12", "two", "２", "1.0"])
def test_count_refuses_anything_else(monkeypatch, word):
    monkeypatch.setenv(NAME, word)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.count(NAME)


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (None, []),
        ("", []),
        (" , ,", []),
        ("example.org", ["example.org"]),
        (" a.example , b.example ,", ["a.example", "b.example"]),
    ],
)
def test_listing_has_no_blank_part(monkeypatch, value, parts):
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)

    assert env.listing(NAME) == parts


@pytest.mark.parametrize("value", [None, "", "   "])
def test_required_says_what_is_missing_and_what_to_do(monkeypatch, value):
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.required(NAME, "请写进 .env")

    assert str(refusal.value) == f"{NAME} 没有设置：请写进 .env。 {NAME} is not set."


def test_required_strips_blanks(monkeypatch):
    monkeypatch.setenv(NAME, " key \n")

    assert env.required(NAME, "") == "key"


@pytest.mark.parametrize("value", ["…", "k9abc…", "k9abc  # made by hand", "k9abc\t# python3 -c …"])
def test_a_key_out_of_an_example_or_with_a_comment_is_refused(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured) as refusal:
        env.key(NAME, "")

    assert str(refusal.value) == (
        f"{NAME} 里有“…”或者注释，请只写密钥本身，注释另起一行。"
        f" {NAME} holds “…” or a comment: write the key alone, and the comment on a line of its own."
    )


@pytest.mark.parametrize("value", ["k9-abc_", "django#made(this)", "#first", "with blanks in it"])
def test_a_key_may_hold_any_other_sign(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    assert env.key(NAME, "") == value


@pytest.mark.parametrize(("told", "value"), [(None, "plain"), ("", "plain"), ("  ", "plain"), (" json\n", "json")])
def test_text_is_what_is_told_or_the_default(monkeypatch, told, value):
    monkeypatch.delenv(NAME, raising=False)
    if told is not None:
        monkeypatch.setenv(NAME, told)

    assert env.text(NAME, "plain") == value


def parts(database: dict) -> dict:
    return {key: value for key, value in database.items() if value}


@pytest.mark.parametrize(
    ("url", "database"),
    [
        (
            "sqlite:////var/lib/yixin/db.sqlite3",
            {"ENGINE": "django.db.backends.sqlite3", "NAME": "/var/lib/yixin/db.sqlite3"},
        ),
        (
            "sqlite:////home/用户/有 空格/db.sqlite3",
            {"ENGINE": "django.db.backends.sqlite3", "NAME": "/home/用户/有 空格/db.sqlite3"},
        ),
        (
            "postgres://hub:secret@db.example:5433/yixin",
            {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "yixin",
                "USER": "hub",
                "PASSWORD": "secret",
                "HOST": "db.example",
                "PORT": 5433,
            },
        ),
        (
            "postgresql://hub:p%40ss%23@db.example/yixin",
            {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": "yixin",
                "USER": "hub",
                "PASSWORD": "p@ss#",
                "HOST": "db.example",
            },
        ),
    ],
)
def test_database_of_an_address(monkeypatch, url, database):
    monkeypatch.setenv(NAME, url)

    assert parts(env.database(NAME, "sqlite:////never")) == database


@pytest.mark.parametrize("value", [None, "", " "])
def test_database_without_an_address_is_the_default(monkeypatch, value):
    monkeypatch.delenv(NAME, raising=False)
    if value is not None:
        monkeypatch.setenv(NAME, value)

    assert parts(env.database(NAME, "sqlite:////default")) == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/default",
    }


@pytest.mark.parametrize("url", ["mysql://root@db.example/yixin", "/var/db.sqlite3", "db.sqlite3", "true"])
def test_database_refuses_what_the_suite_was_never_run_on(monkeypatch, url):
    monkeypatch.setenv(NAME, url)

    with pytest.raises(ImproperlyConfigured, match="sqlite: "):
        env.database(NAME, "sqlite:////default")


@pytest.mark.parametrize(("word", "value"), [(None, 300), ("", 300), ("0", 0), (" 1000 ", 1000)])
def test_number_is_whole_or_the_default(monkeypatch, word, value):
    monkeypatch.delenv(NAME, raising=False)
    if word is not None:
        monkeypatch.setenv(NAME, word)

    assert env.number(NAME, 300) == value


@pytest.mark.parametrize("word", ["-1", "1.5", "many", "３００", "1e3", "1_000"])
def test_number_refuses_any_other_word(monkeypatch, word):
    monkeypatch.setenv(NAME, word)

    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.number(NAME, 300)


def test_cache_is_a_file_of_this_machine_or_redis(monkeypatch, tmp_path):
    monkeypatch.setenv(NAME, "")
    own = env.cache(NAME, tmp_path / "cache.sqlite3")
    monkeypatch.setenv(NAME, "redis://cache.example:6379/1")
    shared = env.cache(NAME, tmp_path / "cache.sqlite3")

    assert own == {"BACKEND": "yixin.machinecache.MachineCache", "LOCATION": str(tmp_path / "cache.sqlite3")}
    assert (shared["BACKEND"], shared["LOCATION"]) == (
        "django.core.cache.backends.redis.RedisCache",
        "redis://cache.example:6379/1",
    )


def test_file_fills_in_what_the_environment_lacks(monkeypatch, tmp_path):
    file = tmp_path / ".env"
    file.write_text("# ours\nYIXIN_TEST_A=file\nYIXIN_TEST_B=file\nYIXIN_TEST_C=file\n", encoding="utf-8")
    monkeypatch.setenv("YIXIN_TEST_A", "outside")
    monkeypatch.setenv("YIXIN_TEST_B", "")  # set, though blank: the file does not fill it in
    monkeypatch.setenv("YIXIN_TEST_C", "so that it is taken away again after the test")
    monkeypatch.delenv("YIXIN_TEST_C")

    env.load(file)

    assert [os.environ[f"YIXIN_TEST_{letter}"] for letter in "ABC"] == ["outside", "", "file"]


def test_file_that_is_not_there_is_no_error(tmp_path):
    before = dict(os.environ)

    env.load(tmp_path / ".env")

    assert dict(os.environ) == before
