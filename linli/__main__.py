"""``linli`` and ``python -m linli``."""

from __future__ import annotations

import os


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
    from linli.config.command.root import cli

    cli(prog_name="linli")


if __name__ == "__main__":
    main()
