"""YAML as spec files use it: what is typed, what stays text, and places as an editor counts them."""

import pytest

from les_xl.spec.nodes import Mapping, Scalar, Sequence, parse, plain


def _value(text: str) -> object:
    document, problems = parse("specs/les.yaml", f"key: {text}\n".encode())
    assert problems == ()
    assert document is not None
    return plain(document.root)["key"]


@pytest.mark.parametrize(
    "written",
    [
        "NO", "no", "Yes", "on", "off", "y", "n",
        "0123", "0o17", "0x1F", "0b1", "1_000", "1,000",
        "12:30", "1:30:00", "2025-04", "2025-04-01", "2001-12-14t21:59:43.10-05:00",
        "01E1", "1E5", "1e5", "00Q", "02M", ".5", "5.", ".inf", ".nan", "+.inf",
        "TRUe", "nULL", "<<", "=", "60%", "9" * 16,
    ],
)  # fmt: skip
def test_what_is_not_plainly_a_number_is_text(written: str) -> None:
    assert _value(written) == written


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("0", 0),
        ("6384.25", 6384.25),
        ("0.5", 0.5),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("|\n  12", "12\n"),
    ],
)
def test_what_is_plainly_typed_is(written: str, value: object) -> None:
    found = _value(written)
    assert found == value
    assert type(found) is type(value)


def test_keys_are_always_text() -> None:
    document, _ = parse("specs/les.yaml", b"2025: a\nNO: b\nnull: c\n1.5: d\n")
    assert document is not None
    assert plain(document.root) == {"2025": "a", "NO": "b", "null": "c", "1.5": "d"}


def _places(raw: bytes) -> list[tuple[str, int, int]]:
    document, problems = parse("specs/les.yaml", raw)
    assert problems == ()
    assert document is not None
    return [(entry.key.text, entry.key.line, entry.key.column) for entry in document.root.entries]


@pytest.mark.parametrize(
    "raw",
    [
        b"a: 1\nb: 2\n",
        b"a: 1\r\nb: 2\r\n",
        b"a: 1\rb: 2\r",
        b"\xef\xbb\xbfa: 1\nb: 2\n",
    ],
    ids=["LF", "CRLF", "CR", "BOM"],
)
def test_lines_count_alike_however_they_end(raw: bytes) -> None:
    assert _places(raw) == [("a", 1, 1), ("b", 2, 1)]


def test_columns_count_characters_and_not_bytes() -> None:
    document, _ = parse("specs/les.yaml", "{é: ü, ß: [🏥, x]}".encode())
    assert document is not None
    second = document.root.entries[1]
    assert (second.key.column, second.value.column) == (8, 11)
    assert isinstance(second.value, Sequence)
    assert [item.column for item in second.value.items] == [12, 15]


def test_lines_and_columns_of_nested_nodes() -> None:
    document, _ = parse("specs/les.yaml", b"# first\nmetrics:\n  - id: a\n    kind: flow\n  - id: b\n")
    assert document is not None
    metrics = document.root.entries[0].value
    assert isinstance(metrics, Sequence)
    second = metrics.items[1]
    assert isinstance(second, Mapping)
    assert (metrics.line, metrics.column) == (3, 3)
    assert (second.line, second.column) == (5, 5)
    assert second.entry("id") is not None
    assert second.entry("kind") is None
    assert second.entries[0].value == Scalar("b", "b", 5, 9)


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"a: [1, 2\nb: 3", "LES110", 1, 4),
        (b"a: [1, 2\n", "LES110", 1, 4),
        (b"a: 'open\n\n\n", "LES110", 1, 4),
        (b"a: \x00", "LES110", 1, 4),
        (b"a: 1\nb: \x1b[31m", "LES110", 2, 4),
        (b"a: 1\n  b: 2\n", "LES110", 2, 4),
        (b"a: 1\nb c\nd: 2\n", "LES110", 2, 1),
        (b"%YAML 3.0\n---\na: 1\n", "LES110", 1, 1),
        (b"@a: 1\n", "LES110", 1, 1),
        (b'a: 1\nb: "\\x1b[31m"\n', "LES110", 2, 4),
        (b'a: 1\nb: "\\uD800"\n', "LES110", 2, 4),
        (b'a: "\\UFFFFFFFF"\n', "LES110", 1, 7),
        (b"%YAML " + b"9" * 5000 + b".1\n---\na: 1\n", "LES110", 1, 7),
        (b"a: !%FF b\n", "LES110", 1, 5),
        (b"a: 1\nb:\n\t- c\n", "LES111", 3, 1),
        (b"a:\n  b: 1\n\tc: 2\n", "LES111", 3, 1),
        (b"a: 1\n<<: {b: 2}\n", "LES112", 2, 1),
        (b"a: &x [1]\n", "LES112", 1, 4),
        (b"a: !python/object:os.system {}\n", "LES113", 1, 4),
        (b"a: 1\nb: \xff\n", "LES115", 2, 4),
        (b"\xff\xfea\x00", "LES115", 1, 1),
        (b"", "LES116", 1, 1),
        (b"\n\n---\n", "LES116", 4, 1),
        (b"a: 1\n---\nb: 2\n", "LES117", 2, 1),
        (b"just text\n", "LES119", 1, 1),
        (b"? [a]\n: b\n", "LES120", 1, 3),
    ],
)
def test_what_is_wrong_with_the_text_is_said_at_its_place(
    raw: bytes, code: str, line: int, column: int
) -> None:
    _, problems = parse("specs/les.yaml", raw)
    first = problems[0]
    assert (first.code, first.place.line, first.place.column) == (code, line, column)


def test_a_line_too_long_to_show_is_not_shown() -> None:
    _, (problem,) = parse("specs/les.yaml", b"a: " + b"x" * 500 + b": y\n")
    assert (problem.code, problem.place.column, problem.source) == ("LES110", 504, "")
