"""start.py in a folder of its own, with stand-ins for uv and for the environment's Python that note their calls."""

import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

UV = """#!/bin/sh
echo "uv $*" >> "$TRIAL/calls"
[ "$1" = "$SLOW" ] && sleep 20
[ "$1" = "$FAILING" ] && { echo "no route to the packages" >&2; exit 2; }
[ "$1" = venv ] && { for folder; do :; done; mkdir -p "$folder/bin"; cp "$TRIAL/python" "$folder/bin/python"; }
exit 0
"""
PYTHON = """#!/bin/sh
[ "$1" = -c ] && exec "$REAL" "$@"
echo "python $*" >> "$TRIAL/calls"
if [ "$2" = "$FAILING" ]; then
  printf 'Traceback (most recent call last):\\n  File "x.py"\\nOperationalError: no such host\\n' >&2
  exit 3
fi
[ "$2" = collectstatic ] && { mkdir -p var/static; echo {} > var/static/staticfiles.json; }
[ "$2" = demo ] && echo "staff  wxyz-1234"
[ "$2" = pytest ] && exit "${ENDING:-5}"
exit 0
"""


class Trial:
    """A copy of start.py and the requirements in a folder whose name has a space and Chinese characters."""

    def __init__(self, folder: Path):
        self.root, self.bin, self.log = folder / "益心 益意", folder / "bin", folder / "calls"
        for new in (self.root / "static", self.bin):
            new.mkdir(parents=True)
        for path in (settings.BASE_DIR / "start.py", *settings.BASE_DIR.glob("requirements*.txt")):
            shutil.copy(path, self.root)
        (self.root / "static" / "site.css").write_text("p {}", encoding="utf-8")
        for path, script in ((self.bin / "uv", UV), (folder / "python", PYTHON)):
            path.write_text(script, encoding="utf-8")
            path.chmod(0o755)
        self.environment = {"PATH": f"{self.bin}:/usr/bin:/bin", "TRIAL": str(folder), "REAL": sys.executable}
        self.environment |= {"PYTHONUTF8": "1"}

    def begin(self, *arguments: str, python: tuple = (), **environment: str) -> subprocess.Popen:
        self.log.write_text("")
        return subprocess.Popen(  # noqa: S603  our own script
            [sys.executable, *(python or [self.root / "start.py"]), *arguments],
            cwd="/",
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *arguments: str, **options) -> tuple[int, str, str]:
        """Exit status, standard output and standard error."""
        process = self.begin(*arguments, **options)
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err

    @property
    def calls(self) -> list[str]:
        """What the last run started, in order, with the folder's own paths shortened."""
        text = self.log.read_text("utf-8").replace(f"{self.root}/", "").replace(sys.executable, "REAL")
        return text.splitlines()
