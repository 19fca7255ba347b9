"""The catalogue of what can be wrong with what `specs explain` and `specs diff` are asked for."""

from les_xl.errors.problem import Kind, register

NO_SUCH_LES = Kind(
    "LES911",
    "No such LES",
    "there is no LES '{word}'",
    "{hint}",
    mistake="les-xl specs explain demensia",
    mended="les-xl specs explain dementia",
)
NOTHING_TO_COMPARE = Kind(
    "LES912",
    "Nothing to compare",
    "{path} {what}",
    "name a workspace, its folder specs, a folder of specifications or one file",
    mistake="les-xl specs diff last_year .   (and no folder last_year)",
    mended="les-xl specs diff ../2024-25 .",
)

register(NO_SUCH_LES, NOTHING_TO_COMPARE)
