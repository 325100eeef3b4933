#!/usr/bin/env python3
"""Django's command line for this project; the two commands of the README are in start.py."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yixin.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415  Django may not be installed

    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        from yixin.fulldisk import SENTENCE, is_full  # noqa: PLC0415  as above

        if not is_full(error):
            raise
        sys.exit(str(SENTENCE))


if __name__ == "__main__":
    main()
