"""Small audiences to break, each way to break them, and the codes that each is told by."""

from tests.spec.workspaces import GOOD, Files

GROUP = "specs/audiences/group.yaml"
BOARD = "specs/audiences/board.yaml"

AUDIENCES: dict[str, str] = {
    GROUP: """\
spec: audience/1
audience: group
name: The group
kind: group
receives: full
sections: [summary, exceptions]
formats: [pdf]
escalates_to: board
""",
    BOARD: """\
spec: audience/1
audience: board
name: The board
kind: board
receives: summary_3as
appended: full
sections: [summary, escalations]
les: [dementia]
formats: [pdf, slides]
escalated_from: [group]
owns: [dementia]
""",
}
WITH_AUDIENCES: dict[str, str] = {**GOOD, **AUDIENCES}
"""The good workspace with two audiences, one of which escalates to the other."""


def changed(file: str, *edits: tuple[str, str]) -> Files:
    """The workspace with texts of one of its files replaced, each of which stands there once."""
    text = WITH_AUDIENCES[file]
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return {**WITH_AUDIENCES, file: text}


def single(each: str, *lines: str) -> Files:
    """The workspace with one more audience, of one place, practice or trust each."""
    text = f"spec: audience/1\naudience: one\nname: One\nformats: [pdf]\nkind: {each}\n"
    return {**WITH_AUDIENCES, "specs/audiences/one.yaml": text + "\n".join(lines) + "\n"}


MISTAKES: dict[str, tuple[Files, tuple[str, ...]]] = {
    "a misspelt audience": (
        changed(GROUP, ("escalates_to: board", "escalates_to: §bord")),
        ("LES190",),
    ),
    "an escalation to itself": (
        changed(BOARD, ("owns: [dementia]", "escalates_to: §board\nowns: [dementia]")),
        ("LES190",),
    ),
    "a receiver that does not know": (
        {**changed(GROUP), BOARD: AUDIENCES[BOARD].replace("escalated_from: [group]\n", "")}
        | {GROUP: AUDIENCES[GROUP].replace("escalates_to: board", "escalates_to: §board")},
        ("LES191",),
    ),
    "a giver that does not know": (
        {**changed(GROUP, ("escalates_to: board\n", ""))}
        | {BOARD: AUDIENCES[BOARD].replace("[group]", "[§group]")},
        ("LES191",),
    ),
    "a misspelt LES": (
        changed(BOARD, ("\nles: [dementia]", "\nles: [§dementa]")),
        ("LES192",),
    ),
    "an unknown LES that is owned": (
        changed(BOARD, ("owns: [dementia]", "owns: [dementia, §eye_drops]")),
        ("LES192",),
    ),
    "a second file": (
        {
            **WITH_AUDIENCES,
            "specs/audiences/group_new.yaml": AUDIENCES[GROUP].replace("audience: g", "audience: §g"),
        },
        ("LES193",),
    ),
    "a file of another name": (
        {
            **GOOD,
            "specs/audiences/the_board.yaml": AUDIENCES[BOARD]
            .replace("audience: board", "audience: §board")
            .replace("escalated_from: [group]\n", ""),
        },
        ("LES194",),
    ),
    "a practice pack that is one for all": (
        single("§practice", "receives: full", "sections: [summary]"),
        ("LES195",),
    ),
    "a committee with a pack for each practice": (
        changed(GROUP, ("kind: group", "kind: group\nfor_each: §practice"), ("ves: full", "ves: practice")),
        ("LES195",),
    ),
    "a practice that gets everybody's report": (
        single("practice", "for_each: practice", "receives: §full", "sections: [summary]"),
        ("LES195",),
    ),
    "a trust to whose pack everything is appended": (
        single("trust", "for_each: trust", "receives: trust", "appended: §full", "sections: [impact]"),
        ("LES195",),
    ),
    "a group that gets one practice's form": (
        changed(GROUP, ("receives: full", "receives: §practice")),
        ("LES195",),
    ),
    "a practice that sees all practices": (
        single("practice", "for_each: practice", "receives: practice", "sections: [summary, §practices]"),
        ("LES196",),
    ),
    "a trust that sees practices' problems": (
        single("trust", "for_each: trust", "receives: trust", "sections: [§data_quality]"),
        ("LES196",),
    ),
    "a section twice": (
        changed(GROUP, ("[summary, exceptions]", "[summary, exceptions, §summary]")),
        ("LES141",),
    ),
    "a LES, a format and an audience twice": (
        changed(
            BOARD,
            ("\nles: [dementia]", "\nles: [dementia, §dementia]"),
            ("[pdf, slides]", "[pdf, slides, §pdf]"),
            ("[group]", "[group, §group]"),
            ("owns: [dementia]", "owns: [dementia, §dementia]"),
        ),
        ("LES141", "LES141", "LES141", "LES141"),
    ),
    "a misspelt section": (
        changed(GROUP, ("[summary, exceptions]", "[summary, §exeptions]")),
        ("LES104",),
    ),
    "no section": (changed(GROUP, ("sections: [summary, exceptions]", "sections: §[]")), ("LES107",)),
    "an unknown key": (changed(GROUP, ("receives: full", "§recieves: full")), ("LES101",)),
}
"""What is done wrong: the files, with a mark where a problem is expected, and the codes of the problems."""
