"""Writes the layouts: `python -m sample.layouts.generate [FOLDER]`, always the same files."""

import sys
from pathlib import Path

from sample.layouts.books import MEMBERSHIP, WIDE, write_membership, write_wide
from sample.layouts.source import read_source
from sample.layouts.texts import CQRS, EPRACCUR, SEARCH, write_cqrs, write_epraccur, write_search

FILES = Path(__file__).resolve().parent / "files"


def generate(folder: Path = FILES) -> None:
    """Write one file of each layout into a folder."""
    source = read_source()
    write_search(folder / SEARCH, source)
    write_wide(folder / WIDE, source)
    write_cqrs(folder / CQRS, source)
    write_epraccur(folder / EPRACCUR, source)
    write_membership(folder / MEMBERSHIP, source)


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else FILES)
