"""start.py, run in a trial folder: which steps it takes, and what it says."""

import ast
import os
import re
import signal
import socket
import stat
import string
import time
from pathlib import Path

import pytest
from django.conf import settings

import start
from yixin.tests.trial import Trial

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")

MAKE = ["uv venv -q --python REAL .venv"]
INSTALL = ["uv pip install -q --python .venv/bin/python -r requirements.txt"]
MIGRATE = ["python manage.py migrate --verbosity=0"]
COLLECT = ["python manage.py collectstatic --noinput --verbosity=0"]
DEMO = ["python manage.py demo --if-empty"]
PREPARING = "正在准备数据库和页面……\nPreparing the database and the pages…\n"
INSTALLING = (
    "正在安装需要的软件包，第一次要几分钟……\nInstalling the packages it needs; the first time takes a few minutes…\n"
)
PREPARED = "都准备好了。要打开网站，请运行：python3 start.py\nAll is ready. To open the site, run: python3 start.py\n"


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path)


def failed(chinese: str, english: str, code: int) -> str:
    return (
        f"“{chinese}”这一步没有成功（退出码 {code}），请看上面的提示。\n"
        f'The step "{english}" failed (exit code {code}); see the message above.\n'
    )


def test_first_run_takes_every_step_and_shows_the_passwords(trial):
    result = trial.run("--no-serve")

    assert result == (0, INSTALLING + PREPARING + "staff  wxyz-1234\n" + PREPARED, "")
    assert trial.calls == MAKE + INSTALL + MIGRATE + COLLECT + DEMO


def test_second_run_neither_installs_nor_collects(trial):
    trial.run("--no-serve")

    result = trial.run("--no-serve")

    assert result == (0, PREPARING + "staff  wxyz-1234\n" + PREPARED, "")
    assert trial.calls == MIGRATE + DEMO


@pytest.mark.parametrize(
    ("path", "calls"),
    [("requirements.txt", INSTALL + MIGRATE + COLLECT + DEMO), ("static/site.css", MIGRATE + COLLECT + DEMO)],
)
def test_a_changed_file_is_taken_up(trial, path, calls):
    trial.run("--no-serve")
    with (trial.root / path).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")

    trial.run("--no-serve")

    assert trial.calls == calls


def test_an_installation_broken_off_is_made_anew(trial):
    result = trial.run("--no-serve", FAILING="pip")
    assert result == (1, INSTALLING, "no route to the packages\n" + failed("安装软件包", "install the packages", 2))

    result = trial.run("--no-serve")

    assert result[0] == 0
    assert trial.calls == MAKE + INSTALL + MIGRATE + COLLECT + DEMO


def test_an_environment_whose_python_is_gone_is_made_anew(trial):
    trial.run("--no-serve")
    (trial.root / ".venv" / "bin" / "python").unlink()

    trial.run("--no-serve")

    assert trial.calls == MAKE + INSTALL + MIGRATE + DEMO


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("venv", "no route to the packages\n" + failed("建立 .venv", "make .venv", 2)),
        ("migrate", "OperationalError: no such host\n" + failed("建立数据库", "migrate the database", 3)),
        ("collectstatic", "OperationalError: no such host\n" + failed("收集静态文件", "collect the static files", 3)),
        ("demo", "OperationalError: no such host\n" + failed("载入演示数据", "load the demo data", 3)),
    ],
)
def test_a_failing_step_is_named_without_a_traceback(trial, step, said):
    code, _, err = trial.run("--no-serve", FAILING=step)

    assert (code, err) == (1, said)


def test_env_is_written_once_and_for_its_owner_only(trial):
    trial.run("--no-serve")
    path = trial.root / ".env"
    first = path.read_text("utf-8")

    trial.run("--no-serve")

    assert path.read_text("utf-8") == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.fullmatch(r"SECRET_KEY=[\w-]{60,}\nALLOWED_HOSTS=127\.0\.0\.1,localhost\nHTTPS=off\n", first)


def test_postgres_brings_its_own_requirements(trial):
    trial.run("--no-serve", DATABASE_URL="postgres://hub@db.example/yixin")

    assert trial.calls[1] == INSTALL[0] + " -r requirements-postgres.txt"


def test_postgres_may_be_named_in_env(trial):
    (trial.root / ".env").write_text("DATABASE_URL='postgres://hub@db.example/yixin'\n", encoding="utf-8")

    trial.run("--no-serve")

    assert trial.calls[1] == INSTALL[0] + " -r requirements-postgres.txt"


def test_test_runs_pytest_on_all_cores_and_ends_as_it_does(trial):
    result = trial.run("test", "-k", "event and not slow", "-x", "reports/tests", "--no-serve", "--port", "9000")

    assert result == (5, INSTALLING, "")
    assert trial.calls == [
        *MAKE,
        INSTALL[0].replace("requirements", "requirements-dev"),
        "python -m pytest -n auto --maxschedchunk 8 -k event and not slow -x reports/tests",
    ]


def test_all_runs_the_slow_ones_too_by_themselves(trial):
    trial.run("test")

    result = trial.run("test", "--all", "-x", ENDING="0")

    assert result == (0, "", "")
    assert trial.calls == ["python -m pytest -n auto --maxschedchunk 8 -x", "python -m pytest -m slow -x"]


def test_slow_ones_are_not_run_where_the_others_fail(trial):
    trial.run("test")

    result = trial.run("test", "--all", ENDING="1")

    assert result == (1, "", "")
    assert trial.calls == ["python -m pytest -n auto --maxschedchunk 8"]


def test_test_and_start_share_one_environment(trial):
    trial.run("test")
    trial.run("--no-serve")
    assert trial.calls == INSTALL + MIGRATE + COLLECT + DEMO

    trial.run("test")

    assert trial.calls == ["python -m pytest -n auto --maxschedchunk 8"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_start_ends_by_serving_and_says_where(trial):
    port = free_port()

    code, out, err = trial.run("--port", str(port))

    assert (code, err) == (0, "")
    assert out.splitlines()[-2:] == [
        f"网站在 http://127.0.0.1:{port} ，用浏览器打开即可；按 Ctrl+C 停止。",
        f"The site is at http://127.0.0.1:{port} - open it in a browser; Ctrl+C stops it.",
    ]
    assert trial.calls[-1] == (
        f"python -m gunicorn --bind=127.0.0.1:{port} --workers=2 --threads=4 --log-level=warning --no-control-socket"
        " yixin.wsgi"
    )


def test_a_port_in_use_is_said_before_anything_is_done(trial):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = trial.run("--port", str(port))

    other = f"python3 start.py --port {port + 1}"
    assert result == (
        1,
        "",
        f"端口 {port} 用不了（多半是已经有程序在用），请换一个：{other}\n"
        f"Port {port} cannot be used (something is probably using it); try another: {other}\n",
    )
    assert (trial.calls, (trial.root / ".venv").exists()) == ([], False)


def test_a_python_without_venv_is_told_what_to_install(trial):
    (trial.bin / "uv").unlink()
    code = (
        "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['start.py', '--no-serve'];"
        f" runpy.run_path({str(trial.root / 'start.py')!r}, run_name='__main__')"
    )

    result = trial.run(python=("-c", code), PATH=str(trial.bin))

    assert result == (
        1,
        "",
        "这台机器的 Python 缺少 venv，请先运行：sudo apt install python3-venv，然后再试一次。\n"
        "This machine's Python lacks venv: run sudo apt install python3-venv, then try again.\n",
    )


def test_an_old_python_is_told_which_one_is_needed(trial):
    code = (
        "import runpy, sys; sys.version_info = (3, 8, 18); sys.argv = ['start.py'];"
        f" runpy.run_path({str(trial.root / 'start.py')!r}, run_name='__main__')"
    )

    result = trial.run(python=("-c", code))

    assert result == (
        1,
        "",
        "需要 Python 3.11 或更新的版本，现在这个是 3.8.18。\nPython 3.11 or newer is needed; this one is 3.8.18.\n",
    )


def test_an_old_python_can_read_as_far_as_that():
    source = (settings.BASE_DIR / "start.py").read_text("utf-8")

    assert isinstance(ast.parse(source, feature_version=(3, 8)), ast.Module)


def test_ctrl_c_ends_quietly(trial):
    process = trial.begin("--no-serve", SLOW="pip")
    while not any(call.startswith("uv pip") for call in trial.calls) and process.poll() is None:
        time.sleep(0.05)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (130, INSTALLING, "")


@pytest.mark.parametrize(
    ("argv", "options"),
    [
        ([], (None, 8000, False, [])),
        (["--port", "8001"], (None, 8001, False, [])),
        (["--no-serve", "--port=80"], (None, 80, True, [])),
        (["test"], ("test", 8000, False, [])),
        (["test", "-q", "--co"], ("test", 8000, False, ["-q", "--co"])),
        (["test", "-p", "no:randomly", "a.py::b[c d]"], ("test", 8000, False, ["-p", "no:randomly", "a.py::b[c d]"])),
    ],
)
def test_options(argv, options):
    parsed = start.parse(argv)

    assert (parsed.command, parsed.port, parsed.no_serve, parsed.pytest) == options
    assert not parsed.all


@pytest.mark.parametrize(
    "argv",
    [["--port", "0"], ["--port", "65536"], ["--port", "八千"], ["--port", "-1"], ["serve"], ["--no-server"], ["--all"]],
)
def test_options_not_understood_are_refused(argv, capsys):
    with pytest.raises(SystemExit) as end:
        start.parse(argv)

    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: start.py ")


@pytest.mark.parametrize("pair", [*start.SENTENCES.values(), *start.STEPS.values()], ids=lambda pair: pair[1][:20])
def test_sentences_say_the_same_in_both_languages(pair):
    chinese, english = pair
    fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in pair]

    assert re.search("[一-鿿]", chinese)
    assert not re.search("[一-鿿]", english)
    assert fields[0] == fields[1] or chinese.startswith("“{zh}”")
