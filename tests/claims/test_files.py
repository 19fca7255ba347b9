"""Files of claims: every kind that is read, and each reason for which one is not."""

from pathlib import Path

import pytest
from xlsxwriter import Workbook

from les_xl.errors import LesError
from les_xl.errors.claims import CLAIMS_OF_PATIENTS
from les_xl.position import Position
from les_xl.report.claims.files import read_claims
from les_xl.report.claims.judge import judge

NHS_NUMBER = "943 476 5919"
"""The example of the NHS Data Dictionary; it passes the check and is nobody's."""

WRONG = "LTC LES has delivered 44,698 assessments by October 2025."


def codes(path: Path) -> list[str]:
    """The codes with which a file is refused; none of its problems repeats an identifier."""
    with pytest.raises(LesError) as refused:
        read_claims(path)
    assert NHS_NUMBER not in str(refused.value)
    return [problem.code for problem in refused.value.problems]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    """A file of that content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", f"# LES\r\n\r\n- {WRONG}\r\n".encode("utf-8-sig")),
        ("a.txt", f"The “report” – {WRONG}\r\n".encode("cp1252")),
        ("a.yaml", f"- {WRONG}\n"),
        ("a.yml", f"spec: claims/1\nclaims:\n  - >\n    {WRONG}\n"),
    ],
)
def test_texts(tmp_path: Path, position: Position, name: str, content: bytes | str) -> None:
    found = judge(read_claims(written(tmp_path, name, content)), position)
    assert [(verdict.judgement, verdict.right) for verdict in found] == [("disagrees", "44,608")]
    assert found[0].place.file == str(tmp_path / name)


def test_markdown_tables(tmp_path: Path, position: Position) -> None:
    text = "| LES | Measure | Sep-25 | Oct-25 |\n|---|---|---:|---:|\n| Dementia | Delivered | 813 | 695 |\n"
    found = judge(read_claims(written(tmp_path, "a.md", text)), position)
    assert [(verdict.claim, verdict.judgement) for verdict in found] == [
        ("Dementia: delivered in September 2025", "agrees"),
        ("Dementia: delivered in October 2025", "disagrees"),
    ]
    assert found[1].place.line == 3


def commentary(path: Path, text: str) -> Path:
    """A workbook with a commentary table, among other sheets."""
    with Workbook(path) as book:
        book.add_worksheet("Summary").write_row(0, 0, ["LES", "Planned", "99,999 delivered in all of it"])
        sheet = book.add_worksheet("Commentary")
        sheet.write_row(4, 1, ["Section", "Month", "Heading", "Drafted facts", "Commentary"])
        sheet.write_row(5, 1, ["LTC LES", "Oct-25", "What does this tell us?", WRONG, text])
    return path


def test_the_commentary_of_a_workbook(tmp_path: Path, position: Position) -> None:
    path = commentary(tmp_path / "a.xlsx", "It has delivered 59% of its annual target.")
    found = judge(read_claims(path), position)
    assert [(verdict.judgement, verdict.right) for verdict in found] == [("disagrees", "58.2%")]
    assert str(found[0].place) == f"{path}, sheet 'Commentary', row 6, column 'Commentary'"


def test_any_other_workbook(tmp_path: Path, position: Position) -> None:
    with Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Slide 4")
        sheet.write(0, 0, WRONG)
        sheet.write_row(2, 0, ["LES", "", "Sep-25", "Oct-25"])
        sheet.write_row(3, 0, ["Dementia", "Planned Activity", 1332, 1331])
    found = judge(read_claims(tmp_path / "a.xlsx"), position)
    assert [verdict.judgement for verdict in found] == ["disagrees", "agrees", "disagrees"]


def test_an_ending_that_is_not_read(tmp_path: Path) -> None:
    assert codes(written(tmp_path, "report.docx", "x")) == ["LES700"]


@pytest.mark.parametrize(
    ("name", "kind"), [("report.docx", ".docx file"), ("report", "file without an ending"), ("", "folder")]
)
def test_what_is_no_file_of_claims_is_named(tmp_path: Path, name: str, kind: str) -> None:
    with pytest.raises(LesError, match=f"is a {kind}, which is not checked"):
        read_claims(written(tmp_path, name, "x") if name else tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert codes(tmp_path / "report.md") == ["LES701"]


@pytest.mark.parametrize(("name", "content"), [("a.md", b"\0\1\2"), ("a.xlsx", b"no workbook")])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes) -> None:
    assert codes(written(tmp_path, name, content)) == ["LES702"]
    folder = tmp_path / "folder.md"
    folder.mkdir()
    assert codes(folder) == ["LES702"]


@pytest.mark.parametrize("content", ["claims: one sentence\n", "- a: [b]\n- {c: d}\n", "- [\n", ""])
def test_yaml_that_is_no_list_of_sentences(tmp_path: Path, content: str) -> None:
    assert set(codes(written(tmp_path, "a.yaml", content))) == {"LES703"}


def test_every_wrong_item_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(LesError) as refused:
        read_claims(written(tmp_path, "a.yaml", "- fine\n- a: b\n- [c]\n"))
    assert [problem.place.line for problem in refused.value.problems] == [2, 3]


def test_a_patient_is_refused_and_never_repeated(tmp_path: Path) -> None:
    assert codes(written(tmp_path, "a.md", f"Mr A, {NHS_NUMBER}, was seen.")) == [CLAIMS_OF_PATIENTS.code]
    assert codes(written(tmp_path, "b.md", f"| a | b |\n| {NHS_NUMBER} | c |\n")) == [CLAIMS_OF_PATIENTS.code]
    assert codes(commentary(tmp_path / "c.xlsx", f"Seen: {NHS_NUMBER}")) == [CLAIMS_OF_PATIENTS.code]
