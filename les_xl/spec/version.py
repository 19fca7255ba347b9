"""Which files are the specifications of a workspace, and the one hash that stands for what they say."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

WORKSPACE_FILE = "specs/les.yaml"
SERVICES = "specs/services"
MAPPINGS = "specs/extracts"
AUDIENCES = "specs/audiences"
FOLDERS = (SERVICES, MAPPINGS, AUDIENCES)


def spec_files(root: Path) -> tuple[str, ...]:
    """Names of the spec files that exist, relative to the workspace, sorted. Hidden files are not specs."""
    found = [WORKSPACE_FILE] if (root / WORKSPACE_FILE).exists() else []
    for folder in FOLDERS:
        found += [f"{folder}/{path.name}" for path in (root / folder).glob("*.yaml") if path.name[0] != "."]
    return tuple(sorted(found))


def data_version(root: Path) -> str:
    """Hash of the spec files of a workspace, without parsing them (what `calc` asks for at every start).

    SHA-256 (hex) over the sorted names and contents, line ends made LF, so that a checkout on Windows is the
    same edition. Raises OSError where a file cannot be read.
    """
    return version_of({name: (root / name).read_bytes() for name in spec_files(root)})


def version_of(contents: Mapping[str, bytes]) -> str:
    """The hash of spec files already read: name relative to the workspace to bytes."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        body = contents[name].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        digest.update(f"{name}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()
