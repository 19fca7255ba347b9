"""Planting a fault: a workbook written anew with single parts changed, added or left out."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Edit = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Plant:
    """What to do to the parts of a workbook: edits by part name, new parts, parts left out."""

    edits: Mapping[str, Edit] = field(default_factory=dict)
    added: Mapping[str, bytes] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


def plant(source: Path, target: Path, fault: Plant) -> Path:
    """Write `source` with the fault as `target`; every part it edits must be there."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        assert {*fault.edits, *fault.dropped} <= {*names}, "no such part to edit or drop"
        for name in names:
            if name not in fault.dropped:
                edit = fault.edits.get(name)
                new.writestr(name, edit(old.read(name)) if edit else old.read(name))
        for name, content in fault.added.items():
            new.writestr(name, content)
    return target


def swap(old: str, new: str) -> Edit:
    """An edit that replaces a text which must be there, once or more."""

    def edit(content: bytes) -> bytes:
        assert old.encode() in content, f"nothing to replace: {old}"
        return content.replace(old.encode(), new.encode(), 1)

    return edit
