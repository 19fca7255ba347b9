"""The catalogue of what can be wrong with the desktop add-in: building it, installing it, its workspace."""

from les_xl.errors.problem import Kind, register

NOT_WINDOWS = Kind(
    "LES620",
    "Not Windows",
    "the desktop add-in is for Excel on Windows, and this is {system}",
    "install it on the analyst's Windows computer; `les-xl addin build` makes the files anywhere",
    mistake="les-xl addin install   (on a Mac or on Linux)",
    mended="les-xl addin install   (on Windows)",
)
NO_APPDATA = Kind(
    "LES621",
    "No place for add-ins",
    "Windows does not say where this user's programs keep their files: APPDATA is not set",
    "open a new command prompt as the user who works in Excel, and try again",
    mistake="les-xl addin install   (as a service, without a user's profile)",
    mended="les-xl addin install   (in the analyst's own command prompt)",
)
IN_USE = Kind(
    "LES622",
    "Add-in in use",
    "{file} cannot be changed: {reason}",
    "close every window of Excel and try again",
    mistake="les-xl addin install   (while Excel is open)",
    mended="les-xl addin install   (after Excel was closed)",
)
NO_LIBRARY = Kind(
    "LES623",
    "xlwings' library is not beside Python",
    "{library} is neither in {folder} nor in the folder above it, where Excel looks for it",
    "install LES-XL into a virtual environment (py -m venv), not with pip's --user, and run this again",
    mistake="py -m pip install --user les-xl",
    mended=r"py -m venv C:\LES\python, then C:\LES\python\Scripts\pip install les-xl",
)
OTHER_XLWINGS = Kind(
    "LES624",
    "Another version of xlwings",
    "xlwings {found} is installed, and this version of LES-XL works with {wanted} only",
    "py -m pip install xlwings=={wanted}",
    mistake="py -m pip install --upgrade xlwings",
    mended="py -m pip install --upgrade les-xl   (brings the xlwings that it works with)",
)
UNKNOWN_SEED = Kind(
    "LES625",
    "xlwings' file is not as expected",
    "the add-in cannot be made: {what} of xlwings {version} is not as LES-XL knows it",
    "install LES-XL anew into an empty virtual environment",
    mistake="a changed quickstart_addin_ribbon.xlam in xlwings' folder",
    mended="xlwings as pip installs it",
)
NOT_ANSI = Kind(
    "LES626",
    "Path that Excel cannot read",
    "'{path}' has letters that the add-in's macros cannot read on this computer",
    "put it into a folder with a plain name, such as C:\\LES",
    mistake="a virtual environment in C:\\Users\\Zoë Łuczak\\LES on a computer with British settings",
    mended="the same in C:\\LES",
)
NO_WORKSPACE_KNOWN = Kind(
    "LES627",
    "No workspace known",
    "neither LES_XL_WORKSPACE nor {settings} says where the workspace is",
    "run `les-xl addin install` in the folder that holds specs/",
    mistake="les.xlam copied from another computer",
    mended="cd C:\\LES, then les-xl addin install",
)
NOT_A_WORKSPACE = Kind(
    "LES628",
    "Not a workspace",
    "{named_by} says that the workspace is {folder}, and there is no specs/les.yaml in it",
    "run `les-xl addin install` in the folder that holds specs/, or correct LES_XL_WORKSPACE",
    mistake="the workspace's folder moved or renamed after `les-xl addin install`",
    mended="les-xl addin install   (in the folder where it is now)",
)
NOT_OURS = Kind(
    "LES629",
    "Another add-in of that name",
    "{file} is there and was not made by LES-XL",
    "move it elsewhere and try again",
    mistake="an add-in of somebody else saved as les.xlam in XLSTART",
    mended="that add-in under another name",
)
CANNOT_WRITE = Kind(
    "LES630",
    "Cannot write",
    "{file} cannot be written: {reason}",
    "name a folder that you may write in with --out",
    mistake="les-xl addin build --out C:\\Windows",
    mended="les-xl addin build --out dist",
)
NOT_INSTALLED = Kind(
    "LES631",
    "Add-in not installed",
    "there is no {file}",
    "run `les-xl addin install` in the folder that holds specs/",
    mistake="les-xl addin status   (before the add-in was installed)",
    mended="les-xl addin install",
)
OTHER_BUILD = Kind(
    "LES632",
    "Add-in of another version",
    "{file} is of LES-XL {found} with xlwings {found_xlwings}; here is LES-XL {wanted} with xlwings "
    "{wanted_xlwings}",
    "close Excel and run `les-xl addin install` again",
    mistake="py -m pip install --upgrade les-xl   (and nothing else)",
    mended="py -m pip install --upgrade les-xl, then les-xl addin install",
)
NO_INTERPRETER = Kind(
    "LES633",
    "Python is not where the add-in looks",
    "{settings} says that Python is {interpreter!r}, and there is none",
    "run `les-xl addin install` again",
    mistake="the virtual environment moved or deleted after `les-xl addin install`",
    mended="les-xl addin install   (from where Python is now)",
)

register(
    NOT_WINDOWS,
    NO_APPDATA,
    IN_USE,
    NO_LIBRARY,
    OTHER_XLWINGS,
    UNKNOWN_SEED,
    NOT_ANSI,
    NO_WORKSPACE_KNOWN,
    NOT_A_WORKSPACE,
    NOT_OURS,
    CANNOT_WRITE,
    NOT_INSTALLED,
    OTHER_BUILD,
    NO_INTERPRETER,
)
