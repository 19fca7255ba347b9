"""The parser written in C and the one in Python are of one mind, and the one in Python alone is enough."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from les_xl.spec import nodes
from les_xl.spec.nodes import Document, parse
from tests.spec.workspaces import ROOT

FILES = sorted((ROOT / "specs").rglob("*.yaml"))
TEXTS = [path.read_text(encoding="utf-8") for path in FILES]
TEXTS += [
    "a: |\n  x\n   y\n\nb: >-\n  folded\n  more\n\n  par\nc: 'it''s'\nd: \"x\\ty \\u00e9 \\\n   z\"\n",
    "- a\n- [b, {c: d, e}, 'f g', \"h\"]\n- k: v\n  l:\n  - 1\n",
    "a: {b: [c, d], \"e\": f, 'g':h}\n",
]
PIECES = [
    "- ", "[", "]", "{", "}", ":", ": ", ",", "'", '"', "#", " #", "|\n", ">\n", "|-\n", ">2\n", "---\n",
    "...\n", "&a ", "*a", "!", "!t ", "%", "@", "`", "\n", "\n\n", " ", "  ", "é", "\U0001f600", "\x00",
    "\x7f", "\\", "\\/", "~", "<<: ", "? ", "-", "=", "a:b", "::", "{}", "[]", "\xa0", "\u3000",
    "- - x", "? x\n", "'a':b", "x: ", "\n ", "\n  ", "\n- ", "\n#c\n", "[a: b]", "{a, b: c}", "\t", "\r\n",
    "\x85", "\u2028", "\ufeff",
]  # fmt: skip

pytestmark = pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML was built without libyaml")


def _in_python(text: str) -> tuple[Document | None, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "_FAST_LOADER", None)
        return parse("specs/les.yaml", text.encode("utf-8", errors="surrogatepass"))


def _agree(text: str) -> None:
    assert parse("specs/les.yaml", text.encode("utf-8", errors="surrogatepass")) == _in_python(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_committed_specs_are_read_the_same(path: Path) -> None:
    _agree(path.read_text(encoding="utf-8"))


@settings(max_examples=10 * settings().max_examples)
@example("a: [b: ]\n", [])
@example("a: {b: # c\n }\n", [])
@example("? a\n: b\n", [])
@example("%YAML 1.1\n---\na: b\n", [])
@given(
    st.builds(
        lambda text, first, lines: "\n".join(text.split("\n")[first : first + lines]) + "\n",
        st.sampled_from(TEXTS),
        st.integers(0, 60),
        st.integers(1, 12),
    ),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 5), st.sampled_from(PIECES)), max_size=4),
)
def test_what_is_broken_is_read_the_same(text: str, changes: list[tuple[int, int, str]]) -> None:
    for at, taken, put in changes:
        text = text[:at] + put + text[at + taken :]
    _agree(text)


def test_plain_specs_need_the_fast_parser_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "SafeLoader")
    for path in FILES:
        document, problems = parse(path.name, path.read_bytes())
        assert document is not None
        assert problems == ()
