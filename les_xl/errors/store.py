"""The catalogue of what can be wrong with the store: its loads, and the folder that holds it."""

from les_xl.errors.problem import Kind, register

NO_SUCH_LOAD = Kind(
    "LES301",
    "No such load",
    "there is no load {load} in the store",
    "`les-xl loads` lists the loads",
    mistake="les-xl unload 99",
    mended="les-xl unload 9",
)
NOT_AN_AS_OF = Kind(
    "LES302",
    "Not a load number or a date",
    "'{text}' is neither a load number nor a date",
    "write the number of a load, such as 12, or a date, such as 2025-11-20",
    mistake="les-xl calc … --as-of yesterday",
    mended="les-xl calc … --as-of 2025-11-20",
)
ALREADY_RETRACTED = Kind(
    "LES303",
    "Load taken back already",
    "load {load} was taken back before, by load {by}",
    "nothing is left to do",
    mistake="les-xl unload 7   (a second time)",
    mended="les-xl loads",
)
RETRACTS_A_RETRACTION = Kind(
    "LES304",
    "A retraction cannot be taken back",
    "load {load} only takes back load {retracts}; it holds no rows of its own",
    "to have the rows of load {retracts} again, load its file again",
    mistake="les-xl unload 8   (where load 8 took back load 7)",
    mended="les-xl load activity_2025-10.csv",
)
CANNOT_WRITE = Kind(
    "LES305",
    "Store cannot be written",
    "the store could not be written: {reason}",
    "the store is as it was; see that the disk has room and that you may write there, then load again",
    mistake="les-xl load extracts   (with a full disk, or a folder that you may only read)",
    mended="les-xl load extracts   (after making room)",
)
CANNOT_READ = Kind(
    "LES306",
    "Store cannot be read",
    "the store could not be read: {reason}",
    "see that the folder is complete and that nothing else writes in it; restore it from a backup if not",
    mistake="deleting files inside data/store by hand",
    mended="les-xl unload 7",
)
UNFIT_PATH = Kind(
    "LES307",
    "Folder name cannot hold a store",
    "a store cannot be in a folder whose path contains {characters}",
    "move the workspace to a folder without these characters; spaces and accents are fine",
    mistake="C:\\LES [2025]\\data\\store",
    mended="C:\\LES 2025\\data\\store",
)
BUSY = Kind(
    "LES308",
    "Store is busy",
    "others kept writing to the store, and this load found no gap after {attempts} attempts",
    "nothing was stored; load again in a minute",
    mistake="many `les-xl load` at the same time",
    mended="les-xl load extracts   (one at a time)",
)

register(
    NO_SUCH_LOAD,
    NOT_AN_AS_OF,
    ALREADY_RETRACTED,
    RETRACTS_A_RETRACTION,
    CANNOT_WRITE,
    CANNOT_READ,
    UNFIT_PATH,
    BUSY,
)
