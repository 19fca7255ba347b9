"""The pages in docs/ are current, and what they and the README name exists."""

import re
from pathlib import Path

import pytest

from les_xl.cli import reference as commands
from les_xl.errors import reference as errors
from les_xl.functions import reference as functions
from les_xl.spec import reference as specs

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")]
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("commands.md", commands.markdown()),
        ("errors.md", errors.markdown()),
        ("functions.md", functions.markdown()),
        ("specs.md", specs.markdown()),
    ],
    ids=lambda value: value if value.endswith(".md") else "",
)
def test_a_generated_page_is_current(name: str, text: str) -> None:
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert written == text, "write it anew with: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## ", makefile, re.MULTILINE) or target == "lint"
