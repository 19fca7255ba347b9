"""The grammar of `when:` conditions: tokens to a tree, by recursive descent; nothing is ever eval-ed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from les_xl.errors import Kind, LesError, nearest
from les_xl.errors import spec_conditions as kinds
from les_xl.spec.tokens import MEASURE_NAMES, Token, refuse, tokens_of

MAX_DEPTH = 20

Comparator = Literal["<", "<=", ">", ">=", "==", "!="]
COMPARATORS: tuple[Comparator, ...] = ("<", "<=", ">", ">=", "==", "!=")
Sign = Literal["+", "-", "*", "/"]
_FIRST: tuple[Sign, ...] = ("*", "/")
_THEN: tuple[Sign, ...] = ("+", "-")


@dataclass(frozen=True)
class Number:
    """A constant; a percentage is held as a fraction."""

    value: float
    percent: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Measure:
    """A named measure."""

    name: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Arithmetic:
    """Two quantities made one."""

    sign: Sign
    left: "Quantity"
    right: "Quantity"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Comparison:
    """Two quantities compared."""

    sign: Comparator
    left: "Quantity"
    right: "Quantity"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Joined:
    """Two truths joined by and, or by or."""

    word: Literal["and", "or"]
    left: "Truth"
    right: "Truth"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Not:
    """A truth turned round; what is unknown stays unknown."""

    of: "Truth"
    at: int = field(default=0, compare=False)


Quantity = Number | Measure | Arithmetic
Truth = Comparison | Joined | Not
Tree = Quantity | Truth


def read_condition(text: str) -> Truth:
    """The tree of a condition. Raises LesError (LES170 to LES174) at the column where it goes wrong."""
    return _Reader(text).condition()


def names_in(tree: Tree) -> tuple[str, ...]:
    """Measures that a tree names, each once, in the order of their first use."""
    if isinstance(tree, Measure):
        return (tree.name,)
    if isinstance(tree, Number):
        return ()
    parts = (tree.of,) if isinstance(tree, Not) else (tree.left, tree.right)
    return tuple(dict.fromkeys(name for part in parts for name in names_in(part)))


def constant(tree: Quantity) -> Number | None:
    """The one number that a quantity comes to; None where it names a measure, or divides by 0."""
    if isinstance(tree, Number):
        return tree
    if isinstance(tree, Measure):
        return None
    left, right = constant(tree.left), constant(tree.right)
    if left is None or right is None or (tree.sign == "/" and right.value == 0):
        return None
    return Number(_worked_out(tree.sign, left.value, right.value), left.percent or right.percent, tree.at)


def _worked_out(sign: Sign, left: float, right: float) -> float:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    return left * right if sign == "*" else left / right


class _Reader:
    """One pass over the tokens; each method reads one level of the grammar, loosest first."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens_of(text)
        self._next = 0
        self._depth = 0

    def condition(self) -> Truth:
        """`or` of `and` of `not` of comparisons, to the end of the text."""
        read = self._either()
        if self._peek.sort != "end":
            raise self._unexpected("a comparison, 'and', 'or' or the end")
        tree = self._truth(read)
        if not names_in(tree):
            raise self._refuse(
                kinds.NOT_A_CONDITION, 0, what="it names no measure, so it is always or never so"
            )
        return tree

    def _either(self) -> Tree:
        left = self._all()
        while token := self._take("or"):
            left = Joined("or", self._truth(left), self._truth(self._all()), token.at)
        return left

    def _all(self) -> Tree:
        left = self._negation()
        while token := self._take("and"):
            left = Joined("and", self._truth(left), self._truth(self._negation()), token.at)
        return left

    def _negation(self) -> Tree:
        if token := self._take("not"):
            return Not(self._truth(self._deeper(self._negation)), token.at)
        return self._comparison()

    def _comparison(self) -> Tree:
        left = self._sum()
        if not (token := self._take(*COMPARATORS)):
            return left
        sign = next(sign for sign in COMPARATORS if sign == token.text)
        compared = Comparison(sign, self._quantity(left), self._quantity(self._sum()), token.at)
        if chained := self._take(*COMPARATORS):
            what = "compare two at a time, and join the comparisons with 'and'"
            raise self._refuse(kinds.CONDITION, chained.at, what=what)
        self._check_units(compared.left, compared.right)
        self._check_units(compared.right, compared.left)
        return compared

    def _sum(self) -> Tree:
        return self._chain(_THEN, self._product)

    def _product(self) -> Tree:
        return self._chain(_FIRST, self._signed)

    def _chain(self, signs: tuple[Sign, ...], operand: Callable[[], Tree]) -> Tree:
        left = operand()
        while token := self._take(*signs):
            sign = next(sign for sign in signs if sign == token.text)
            left = Arithmetic(sign, self._quantity(left), self._quantity(operand()), token.at)
        return left

    def _signed(self) -> Tree:
        if not (token := self._take("-")):
            return self._single()
        of = self._quantity(self._deeper(self._signed))
        if isinstance(of, Number):
            return replace(of, value=-of.value, at=token.at)
        return Arithmetic("-", Number(0.0, at=token.at), of, token.at)

    def _single(self) -> Tree:
        token = self._peek
        if self._take("("):
            inner = self._deeper(self._either)
            if not self._take(")"):
                raise self._unexpected("')'")
            return inner
        if token.sort == "number":
            self._next += 1
            percent = self._take("%") is not None
            return Number(float(Decimal(token.text) / (100 if percent else 1)), percent, token.at)
        if token.sort == "name":
            self._next += 1
            return self._measure(token)
        raise self._unexpected("a measure or a number")

    def _measure(self, token: Token) -> Measure:
        if token.text in MEASURE_NAMES:
            return Measure(token.text, token.at)
        near = nearest(token.text, MEASURE_NAMES)
        hint = f"did you mean '{near}'?" if near else "the measures are " + ", ".join(MEASURE_NAMES)
        raise self._refuse(kinds.UNKNOWN_MEASURE, token.at, name=token.text, hint=hint)

    @property
    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self, *signs: str) -> Token | None:
        token = self._peek
        if token.sort != "sign" or token.text not in signs:
            return None
        self._next += 1
        return token

    def _deeper(self, read: Callable[[], Tree]) -> Tree:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            what = f"nested more than {MAX_DEPTH} deep"
            raise self._refuse(kinds.CONDITION_TOO_LONG, self._peek.at, what=what)
        tree = read()
        self._depth -= 1
        return tree

    def _quantity(self, tree: Tree) -> Quantity:
        if isinstance(tree, Quantity):
            return tree
        what = "a comparison stands where a measure or a number must"
        raise self._refuse(kinds.NOT_A_CONDITION, tree.at, what=what)

    def _truth(self, tree: Tree) -> Truth:
        if isinstance(tree, Truth):
            return tree
        what = "a measure or a number alone says neither yes nor no"
        raise self._refuse(kinds.NOT_A_CONDITION, tree.at, what=what)

    def _check_units(self, measure: Quantity, other: Quantity) -> None:
        number = constant(other)
        if not isinstance(measure, Measure) or number is None or number.value == 0:
            return
        is_share = measure.name.startswith("pct_")
        if is_share != number.percent:
            better = "a percentage with its sign, such as 60%" if is_share else "a plain number, such as 2"
            raise self._refuse(kinds.MIXED_UNITS, number.at, name=measure.name, better=better)

    def _unexpected(self, wanted: str) -> LesError:
        token = self._peek
        found = "the condition ends" if token.sort == "end" else f"'{token.text}' stands"
        return self._refuse(kinds.CONDITION, token.at, what=f"{found} where {wanted} is expected")

    def _refuse(self, kind: Kind, at: int, **words: str) -> LesError:
        return refuse(kind, self._text, at, **words)
