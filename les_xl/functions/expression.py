"""One call as typed in a cell or a terminal, such as `=LES_AS_AT("Dementia")`: read, and answered."""

import re
from dataclasses import dataclass
from typing import Literal, NoReturn

from les_xl.errors import Kind, LesError, Place, nearest
from les_xl.errors import functions as kinds
from les_xl.functions.arguments import Argument
from les_xl.functions.index import Index
from les_xl.functions.registry import Function, find_function, functions
from les_xl.functions.results import MISSING, ExcelError, NotAvailable, Result, Table
from les_xl.marks import Mark

AnswerKind = Literal["number", "text", "mark", "table", "error"]

_LONGEST = 8192  # characters of a formula in Excel
_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![\w.])", re.ASCII)
_TEXT = re.compile(r'"((?:[^"]|"")*)"' + r"|'((?:[^']|'')*)'")
_ERROR = re.compile("|".join(re.escape(error) for error in ExcelError), re.IGNORECASE)
_LOGICAL = {"TRUE": True, "FALSE": False}


@dataclass(frozen=True)
class Call:
    """A function by its name, where that began (counted from 0), and its arguments."""

    name: str
    at: int
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class Answer:
    """What a cell would show. `reason` and `code` say why there is no value (kind `error`)."""

    value: float | str | Table
    kind: AnswerKind
    reason: str = ""
    code: str = ""

    def __str__(self) -> str:
        """The value to its last digit, a mark, a table's lines, or `#N/A` with the reason."""
        if isinstance(self.value, Table):
            lines = (self.value.columns, *self.value.rows)
            return "\n".join("\t".join(str(cell) for cell in line) for line in lines)
        return f"{self.value}: {self.reason} ({self.code})" if self.reason else str(self.value)

    def as_json(self) -> dict[str, object]:
        """Value and kind as JSON can hold them, with reason and code where there are any."""
        value = self.value
        plain = [list(value.columns), *map(list, value.rows)] if isinstance(value, Table) else value
        why = {"reason": self.reason, "code": self.code} if self.reason else {}
        return {"value": plain, "kind": self.kind, **why}


def evaluate(text: str, index: Index) -> Answer:
    """Answer one call from an index.

    Raises LesError (LES520 to LES526), with the position, where the text is no call of a function. What the
    function does not have is an Answer of kind `error`.
    """
    call = parse(text)
    function = _function(call, text)
    return _answer(function.answer(index, *call.arguments))


def _function(call: Call, text: str) -> Function:
    function = find_function(call.name)
    if function is None:
        meant = nearest(call.name, (each.name for each in functions()))
        advice = f"did you mean {meant}?" if meant else f"there are {', '.join(f.name for f in functions())}"
        _refuse(kinds.UNKNOWN_FUNCTION, text, call.at, given=call.name, advice=advice)
    if len(call.arguments) > len(function.parameters):
        raise LesError(function.too_many(Place(line=1, column=call.at + 1), _shown(text)))
    return function


def _answer(result: Result) -> Answer:
    if isinstance(result, NotAvailable):
        return Answer(str(result), "error", result.reason, result.code)
    if isinstance(result, ExcelError):
        return Answer(result.value, "error")
    if isinstance(result, Mark):
        return Answer(result.value, "mark")
    if isinstance(result, Table):
        return Answer(result, "table")
    return Answer(result, "text" if isinstance(result, str) else "number")


def parse(text: str) -> Call:
    """Read one call; nothing is evaluated.

    Arguments are texts, numbers, TRUE, FALSE, an error value, or nothing; between them `,` or `;`.
    Raises LesError (LES520, LES522, LES523, LES525, LES526), with the position.
    """
    if len(text) > _LONGEST:
        _refuse(kinds.TOO_LONG, "", 0, most=f"{_LONGEST:,}", length=f"{len(text):,}")
    return _Reader(text).call()


class _Reader:
    """A place in a text that moves on as the text is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def call(self) -> Call:
        self._spaces()
        if self._peek() == "=":
            self.at += 1
            self._spaces()
        begins = self.at
        name = self._take(_NAME)
        self._spaces()
        if name is None or self._peek() != "(":
            _refuse(kinds.NOT_A_CALL, self.text, self.at if name is None else begins)
        self.at += 1
        arguments = self._arguments()
        self._spaces()
        if self.at < len(self.text):
            self._unexpected()
        return Call(name[0], begins, arguments)

    def _arguments(self) -> tuple[Argument, ...]:
        found: list[Argument] = []
        while True:
            found.append(self._argument())
            self._spaces()
            closing = self._peek()
            if closing == ")":
                self.at += 1
                return () if found == [MISSING] else tuple(found)
            if not closing:
                _refuse(kinds.NOT_CLOSED, self.text, self.at)
            if closing not in ",;":
                self._unexpected()
            self.at += 1

    def _argument(self) -> Argument:
        self._spaces()
        if self._peek() in ("", ",", ";", ")"):
            return MISSING
        if self._peek() in "\"'":
            return self._quoted()
        if (error := self._take(_ERROR)) is not None:
            return ExcelError(error[0].upper())
        if (number := self._take(_NUMBER)) is not None:
            return float(number[0])
        word = _NAME.match(self.text, self.at)
        if word is None or word[0].upper() not in _LOGICAL:
            self._unexpected()
        self.at = word.end()
        return _LOGICAL[word[0].upper()]

    def _quoted(self) -> str:
        quote = self._peek()
        found = self._take(_TEXT)
        if found is None:
            _refuse(kinds.OPEN_TEXT, self.text, self.at)
        return found[0][1:-1].replace(quote * 2, quote)

    def _unexpected(self) -> NoReturn:
        word = _NAME.match(self.text, self.at)
        _refuse(kinds.UNEXPECTED, self.text, self.at, given=word[0] if word else self.text[self.at])

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _spaces(self) -> None:
        while self._peek().isspace():
            self.at += 1


def _refuse(kind: Kind, text: str, at: int, **words: str) -> NoReturn:
    raise LesError(kind.at(Place(line=1, column=at + 1), source=_shown(text), **words))


def _shown(text: str) -> str:
    # One character a column, so that the caret stands under its place also after a tab or a line end.
    return "".join(character if character.isprintable() else " " for character in text)
