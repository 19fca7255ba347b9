"""What a YAML parser complains of, in words that tell somebody who edits a specification what to do."""

_MEANT = (
    (
        "mapping values are not allowed here",
        "a colon stands here that begins no value",
        'put a text that has a colon in it in quotes: title: "Dementia: reviews"',
    ),
    (
        "could not find expected ':'",
        "there is no colon after the key",
        "write a colon and a space after the key: title: Dementia",
    ),
    (
        "but found '<block mapping start>'",
        "this line is indented otherwise than what it belongs to",
        "put it under the first letter of the line that it belongs with",
    ),
    (
        "but found '<block sequence start>'",
        "this line is indented otherwise than what it belongs to",
        "put the dash under the other dashes of its list",
    ),
    (
        "but found '<scalar>'",
        "a text ended before here, and another begins",
        "look for a quotation mark that is missing here or on a line above",
    ),
    (
        "but found '-'",
        "this line is indented otherwise than what it belongs to",
        "put the dash under the other dashes of its list",
    ),
    (
        "unexpected end of stream",
        "this quotation mark is never closed",
        "close it with the same mark at the end of the text",
    ),
    (
        "expected ',' or ']'",
        "in this list a comma or the closing bracket is missing",
        "put a comma between two values and ] after the last",
    ),
    (
        "expected ',' or '}'",
        "here a comma or the closing brace is missing",
        "put a comma between two keys and } after the last",
    ),
    (
        "expected the node content",
        "a value is missing here",
        "look for a comma or a bracket too many",
    ),
    (
        "cannot start any token",
        "the value begins with a sign that means something else in YAML",
        "put the value in quotes",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes stands before a letter that it means nothing with",
        "write the text in single quotes",
    ),
    (
        "found unknown directive",
        "a line that begins with % means something else in YAML",
        "take the line out, or put the value in quotes",
    ),
)
OTHERWISE = "look at this line and the one above it for a missing colon, quote or bracket"
UNFIT = "take it out, and type the text again: it may have come from another program"


def told(complaint: str) -> tuple[str, str]:
    """A parser's complaint as what is wrong, and what to do about it."""
    for words, what, hint in _MEANT:
        if words in complaint:
            return what, hint
    return complaint, OTHERWISE
