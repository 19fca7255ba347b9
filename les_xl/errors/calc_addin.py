"""The catalogue of what can go wrong in and around the LibreOffice add-in."""

from les_xl.errors.problem import Kind, register

NO_ANSWER = Kind(
    "LES660",
    "LES-XL does not answer LibreOffice",
    "LES-XL did not answer{heard}",
    "the add-in starts {python}; if that was moved or renewed, run les-xl addin build-calc and install the "
    "add-in again",
    mistake="the Python environment deleted after les.oxt was built",
    mended="les-xl addin build-calc, then the new dist/les.oxt installed",
)
OTHER_VERSION = Kind(
    "LES661",
    "Add-in of another version",
    "this version of LES-XL has no function {name}",
    "run les-xl addin build-calc and install the add-in again",
    mistake="LES-XL updated, and the add-in of before still in LibreOffice",
    mended="les-xl addin build-calc, then the new dist/les.oxt installed",
)
WORKER_FAULT = Kind(
    "LES662",
    "Something unforeseen behind the add-in",
    "LES-XL stopped because of a fault of its own: {what}",
    "the same function after les-xl calc may say more",
    mistake="(a fault in LES-XL)",
    mended="les-xl calc with the function of the cell, for whoever looks after LES-XL",
)
CANNOT_BUILD = Kind(
    "LES663",
    "Add-in cannot be written",
    "{name} cannot be written: {reason}",
    "close LibreOffice if it has the file open, or name another place",
    mistake="les-xl addin build-calc --to C:\\Windows\\les.oxt",
    mended="les-xl addin build-calc --to dist\\les.oxt",
)

register(NO_ANSWER, OTHER_VERSION, WORKER_FAULT, CANNOT_BUILD)
