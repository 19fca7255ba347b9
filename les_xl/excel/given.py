"""Which of the product's tables a workbook has ever been given, so that what was deleted stays deleted.

The workbook remembers it in its custom document properties `LesGiven1`, `LesGiven2`, …, which Excel,
LibreOffice and openpyxl keep and anyone can read (File, Info, Properties, Advanced Properties, Custom).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PROPERTY = re.compile(r"LesGiven[0-9]+")
_LONGEST = 255
"""Characters that Excel keeps of a property's text."""

BEFORE_MEMORY = frozenset(
    (
        "tblPoints", "tblDataDates", "tblSummary", "tblCostVolume", "tblCapitated", "tblBanding",
        "tblProfile", "tblPractices", "tblExceptions", "tblResolved", "tblCommentary", "tblActions",
        "tblRisks", "tblOmitted", "tblEscalations", "Explorer", "tblChecks", "tblReturns", "tblNotes",
        "tblListLes", "tblListMonths", "tblListOrganisations", "tblListSections", "tblListAudiences",
    )
)  # fmt: skip
"""What every workbook has been given that remembers nothing: those of before versions wrote it down."""

_OF_A_LES = ("tblLes_", "tblFlags_", "tblGroups_")
"""How the names of the tables begin that such a workbook had of each LES of its day, whichever those were."""


@dataclass(frozen=True)
class Given:
    """The names that a workbook remembers; None where it remembers nothing.

    A name is a table's, or that of a sheet without tables.
    """

    names: frozenset[str] | None

    @classmethod
    def read(cls, properties: Mapping[str, str]) -> "Given":
        """From the workbook's own properties."""
        texts = [text for name, text in properties.items() if PROPERTY.fullmatch(name)]
        return cls(frozenset(name for text in texts for name in text.split(";") if name) if texts else None)

    def holds(self, name: str) -> bool:
        """True for a name that the workbook has been given, be it there or not."""
        if self.names is None:
            return name in BEFORE_MEMORY or name.startswith(_OF_A_LES)
        return name in self.names

    def with_more(self, names: Iterable[str]) -> "Given":
        """The same with names that come now."""
        return Given((BEFORE_MEMORY if self.names is None else self.names) | frozenset(names))

    def properties(self) -> dict[str, str]:
        """As the workbook keeps it: lists of names, none longer than a property can be."""
        texts = [""]
        for name in sorted(self.names or ()):
            joined = f"{texts[-1]};{name}" if texts[-1] else name
            if len(joined) > _LONGEST:
                texts.append(name)
            else:
                texts[-1] = joined
        return {f"LesGiven{at}": text for at, text in enumerate(texts, 1) if text}
