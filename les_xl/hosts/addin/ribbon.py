"""The ribbon tab LES: its buttons, as the XML that Excel reads and the VBA that answers a click."""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from les_xl.hosts.addin import MACROS, MODULE


@dataclass(frozen=True)
class Button:
    """A button of the tab: the macro it calls, its words, Office's own picture and its key after Alt, Y."""

    macro: str
    label: str
    picture: str
    key: str
    screentip: str
    supertip: str
    needs_book: bool = True

    @property
    def callback(self) -> str:
        """Name of the VBA procedure behind the button: `LesOpenDataFolder`."""
        return "Les" + "".join(word.title() for word in self.macro.split("_"))


@dataclass(frozen=True)
class Group:
    """Buttons that stand together."""

    label: str
    buttons: tuple[Button, ...]


GROUPS = (
    Group(
        "Report",
        (
            Button(
                "refresh",
                "Refresh",
                "RefreshAll",
                "R",
                "Refresh this workbook",
                "Fills the LES tables and named cells of the active workbook with the figures of the latest "
                "load, and works out the LES functions anew. Everything else stays as it is.",
            ),
            Button(
                "check",
                "Check",
                "AcceptInvitation",
                "C",
                "Check this workbook",
                "Looks whether the figures of the active workbook are those of the latest load and tie out, "
                "and says what to look at. Changes nothing.",
            ),
        ),
    ),
    Group(
        "Functions",
        (
            Button(
                "insert_function",
                "Insert function",
                "FunctionWizard",
                "F",
                "Insert a LES function",
                "Puts a LES function into the selected cell, such as the percentage of plan of a LES in a "
                "month, for the ICB, a place, a PCN or a practice.",
            ),
        ),
    ),
    Group(
        "Workspace",
        (
            Button(
                "open_data_folder",
                "Open data folder",
                "FileOpen",
                "D",
                "Open the data folder",
                "Opens the folder with the specifications and the loaded extracts in the File Explorer.",
                needs_book=False,
            ),
            Button(
                "show_help",
                "Help",
                "Help",
                "H",
                "Help on LES-XL",
                "Shows the list of functions, where the figures come from, and which version this is.",
                needs_book=False,
            ),
        ),
    ),
)
BUTTONS = tuple(button for group in GROUPS for button in group.buttons)

if tuple(button.macro for button in BUTTONS) != MACROS:
    raise ValueError("the buttons of the ribbon and the macros differ")


def ribbon_xml() -> bytes:
    """The tab as the part `customUI/customUI.xml` (the schema since Excel 2010, as its relationship says)."""
    groups = "".join(_group(number, group) for number, group in enumerate(GROUPS, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui">'
        f'<ribbon><tabs><tab id="lesTab" label="LES" keytip="Y">{groups}</tab></tabs></ribbon></customUI>'
    ).encode()


def _group(number: int, group: Group) -> str:
    buttons = "".join(_button(button) for button in group.buttons)
    return f'<group id="lesGroup{number}" label={quoteattr(group.label)}>{buttons}</group>'


def _button(button: Button) -> str:
    attributes = {
        "id": f"les_{button.macro}",
        "label": button.label,
        "size": "large",
        "imageMso": button.picture,
        "keytip": button.key,
        "screentip": button.screentip,
        "supertip": button.supertip,
        "onAction": f"{MODULE}.Ribbon{button.callback}",
    }
    return f"<button {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes.items())}/>"


def ribbon_vba() -> str:
    """Two procedures a button: one for the ribbon, one for a shortcut or a button on a sheet."""
    return "\n".join(
        f"Public Sub Ribbon{button.callback}(control As IRibbonControl)\n"
        f"    {button.callback}\n"
        "End Sub\n\n"
        f"Public Sub {button.callback}()\n"
        f'    RunMacro "{button.macro}", {button.needs_book}\n'
        "End Sub\n"
        for button in BUTTONS
    )
