#!/usr/bin/env python3
"""The two commands of the README, with nothing but Python: ``start.py`` runs 益心益意, ``start.py test`` tests it."""

# Older Pythons must be able to read this file as far as the sentence that says which one is needed: no newer syntax.
import argparse
import hashlib
import importlib.util
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from pathlib import Path

NEEDED = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"  # requirements file → its hash; only there while an installation is complete
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
NONE_FOUND = 5  # what pytest ends with where no test is what was asked for
UTF8 = {"PYTHONUTF8": "1"}  # for the programs it runs, whatever the machine's own encoding
QUIET_PIP = ("-q", "--no-input", "--disable-pip-version-check", "--no-warn-script-location")

SENTENCES = {
    "old": (
        "需要 Python 3.11 或更新的版本，现在这个是 {found}。",
        "Python 3.11 or newer is needed; this one is {found}.",
    ),
    "no venv": (
        "这台机器的 Python 缺少 venv，请先运行：sudo apt install python3-venv，然后再试一次。",
        "This machine's Python lacks venv: run sudo apt install python3-venv, then try again.",
    ),
    "port": (
        "端口 {port} 用不了（多半是已经有程序在用），请换一个：python3 start.py --port {other}",
        "Port {port} cannot be used (something is probably using it); try another: python3 start.py --port {other}",
    ),
    "installing": (
        "正在安装需要的软件包，第一次要几分钟……",
        "Installing the packages it needs; the first time takes a few minutes…",
    ),
    "preparing": ("正在准备数据库和页面……", "Preparing the database and the pages…"),
    "prepared": (
        "都准备好了。要打开网站，请运行：python3 start.py",
        "All is ready. To open the site, run: python3 start.py",
    ),
    "serving": (
        "网站在 {url} ，用浏览器打开即可；按 Ctrl+C 停止。",
        "The site is at {url} - open it in a browser; Ctrl+C stops it.",
    ),
    "failed": (
        "“{zh}”这一步没有成功（退出码 {code}），请看上面的提示。",
        'The step "{en}" failed (exit code {code}); see the message above.',
    ),
    "port number": ("端口应当是 1 到 65535 之间的数", "a port is a number from 1 to 65535"),
}
STEPS = {
    "venv": ("建立 .venv", "make .venv"),
    "install": ("安装软件包", "install the packages"),
    "env": ("写入 .env", "write .env"),
    "migrate": ("建立数据库", "migrate the database"),
    "static": ("收集静态文件", "collect the static files"),
    "demo": ("载入演示数据", "load the demo data"),
}


def say(name, to=None, **details):
    """Print the Chinese and the English sentence."""
    for sentence in SENTENCES[name]:
        print(sentence.format(**details), file=to or sys.stdout, flush=True)


def stop(name, **details):
    """Print the sentences where errors belong, and end with exit status 1."""
    say(name, to=sys.stderr, **details)
    sys.exit(1)


def port_number(text):
    number = int(text) if text.isdigit() else 0
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(" · ".join(SENTENCES["port number"]))
    return number


def parse(argv):
    """The options, with ``pytest``: whatever is meant for pytest, in its order."""
    parser = argparse.ArgumentParser(prog="start.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("command", nargs="?", choices=["test"], help="安装开发依赖并运行全部测试 · run the whole suite")
    parser.add_argument("--port", type=port_number, default=8000, help="端口 · default 8000")
    parser.add_argument("--no-serve", action="store_true", help="只准备，不打开网站 · prepare only")
    parser.add_argument("--all", action="store_true", help="test：也运行慢的测试 · the slow ones, too")
    options, rest = parser.parse_known_args(argv)
    if options.command != "test" and (options.all or rest):
        parser.error(f"unrecognized arguments: {' '.join(rest or ['--all'])}")
    options.pytest = rest
    return options


def run(step, command, show=False):
    """Run one step; if it fails, show the end of what it said and stop. ``show`` lets its output through."""
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | UTF8,
        stdout=None if show else subprocess.PIPE,
        stderr=subprocess.PIPE if show else subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        for line in last_words(result.stderr if show else result.stdout):
            print(line, file=sys.stderr)
        fail(step, result.returncode)


def last_words(output):
    """The last lines of a step's output: of a traceback only the line that names the error."""
    lines = [line for line in output.splitlines() if line.strip()]
    return lines[-1:] if any(line.startswith("Traceback ") for line in lines) else lines[-5:]


def fail(step, code):
    chinese, english = STEPS[step]
    stop("failed", zh=chinese, en=english, code=code)


def become(command):
    """Let the command take this process's place, so that it alone gets Ctrl-C and gives the exit status."""
    os.chdir(ROOT)
    if WINDOWS:
        sys.exit(subprocess.call(command, env=os.environ | UTF8))
    sys.stdout.flush()
    os.execve(command[0], command, os.environ | UTF8)


def fingerprint(name):
    """A hash over a requirements file and those it includes."""
    text = (ROOT / name).read_bytes()
    digest = hashlib.sha256(text)
    for included in re.findall(r"^-r\s+(\S+)", text.decode("utf-8"), re.MULTILINE):
        digest.update(fingerprint(included).encode())
    return digest.hexdigest()


def installed():
    """What the last complete installation had; empty if there was none or it was broken off."""
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def works(module):
    """Whether the environment's Python runs, is new enough and has the module."""
    code = f"import sys, {module}; sys.exit(sys.version_info < {NEEDED})"
    try:
        return subprocess.run([PYTHON, "-c", code], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def install(names):
    """Bring .venv up to the requirements files; no step is run where the last complete installation had them."""
    wanted, known, uv = {name: fingerprint(name) for name in names}, installed(), shutil.which("uv")
    current = {name: digest for name, digest in known.items() if wanted.get(name, digest) == digest}
    if wanted.items() <= current.items() and works("os"):
        return
    if not known or not works("os" if uv else "pip"):
        make_venv(uv)
    say("installing")
    STAMP.unlink(missing_ok=True)
    files = [part for name in names for part in ("-r", name)]
    run("install", ([uv, "pip", "install", "-q", "--python", PYTHON] if uv else pip(*QUIET_PIP)) + files)
    STAMP.write_text(json.dumps(current | wanted), encoding="utf-8")


def pip(*options):
    return [PYTHON, "-m", "pip", "install", *options]


def make_venv(uv):
    """A new .venv in place of whatever is left of an old one."""
    if not uv and not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        stop("no venv")
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
    except OSError as error:
        print(error, file=sys.stderr)
        fail("venv", 1)
    run("venv", [uv, "venv", "-q", "--python", sys.executable, VENV] if uv else [sys.executable, "-m", "venv", VENV])


def database_url(*, from_file):
    """DATABASE_URL of the environment or, if wanted, of .env; the environment wins."""
    url = os.environ.get("DATABASE_URL")
    env = ROOT / ".env"
    if url is None and from_file and env.is_file():
        found = re.findall(r"^\s*(?:export\s+)?DATABASE_URL\s*=\s*['\"]?(\S+)", env.read_text("utf-8"), re.MULTILINE)
        url = found[-1] if found else None
    return url or ""


def requirements(base, url):
    """The requirements files for a database."""
    return [base] + (["requirements-postgres.txt"] if url.startswith("postgres") else [])


def write_env():
    """Write .env once, readable by its owner only: a secret of this machine's own."""
    lines = ["SECRET_KEY=" + secrets.token_urlsafe(50), "ALLOWED_HOSTS=127.0.0.1,localhost", "HTTPS=off", ""]
    try:
        handle = os.open(ROOT / ".env", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        print(error, file=sys.stderr)
        fail("env", 1)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))


def require_port(port):
    """Stop, before any slow work, if the port cannot be had."""
    with socket.socket() as probe:
        if not WINDOWS:  # there it would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            stop("port", port=port, other=port + 1 if port < 65535 else 8000)


def collect():
    """Collect the static files, unless those of the packages and our own are the ones collected last."""
    digest = hashlib.sha256(STAMP.read_bytes())
    for path in sorted(path for path in (ROOT / "static").rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    stamp, manifest = ROOT / "var" / "collected.sha256", ROOT / "var" / "static" / "staticfiles.json"
    if not (manifest.is_file() and stamp.is_file() and stamp.read_text("utf-8") == digest.hexdigest()):
        run("static", [PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity=0"])
        stamp.write_text(digest.hexdigest(), encoding="utf-8")


def serve(port):
    address = f"127.0.0.1:{port}"
    say("serving", url=f"http://{address}")
    if WINDOWS:
        become([PYTHON, "-m", "waitress", f"--listen={address}", "yixin.wsgi:application"])
    options = ["--workers=2", "--threads=4", "--log-level=warning", "--no-control-socket"]
    become([PYTHON, "-m", "gunicorn", f"--bind={address}", *options, "yixin.wsgi"])


def test(options):
    install(requirements("requirements-dev.txt", database_url(from_file=False)))
    suite = [PYTHON, "-m", "pytest", "-n", "auto", "--maxschedchunk", "8", *options.pytest]
    if not options.all:
        become(suite)
    code = subprocess.call(suite, cwd=ROOT, env=os.environ | UTF8)
    if code not in (0, NONE_FOUND):
        sys.exit(code)
    become([PYTHON, "-m", "pytest", "-m", "slow", *options.pytest])  # they measure: nothing runs beside them


def start(options):
    if not options.no_serve:
        require_port(options.port)
    install(requirements("requirements.txt", database_url(from_file=True)))
    write_env()
    say("preparing")
    run("migrate", [PYTHON, "manage.py", "migrate", "--verbosity=0"])
    collect()
    run("demo", [PYTHON, "manage.py", "demo", "--if-empty"], show=True)
    if options.no_serve:
        say("prepared")
    else:
        serve(options.port)


def main(argv):
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an old console may lack a character: better a ? than an error
            stream.reconfigure(errors="replace")
    if sys.version_info < NEEDED:
        stop("old", found=".".join(map(str, sys.version_info[:3])))
    options = parse(argv)
    try:
        test(options) if options.command == "test" else start(options)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
