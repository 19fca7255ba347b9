"""The desktop add-in: `les.xlam` and `les.xlsm` built on any system, installed into Excel on Windows."""

XLWINGS = "0.37.8"
"""The version whose library the add-in's VBA names; pyproject.toml pins the same."""
LIBRARIES = (f"xlwings64-{XLWINGS}.dll", f"xlwings32-{XLWINGS}.dll")
"""xlwings' libraries for Excel of 64 and of 32 bits; its wheel for Windows puts both beside Python."""
MODULE = "LesXl"
"""Name of the add-in's one VBA module with code."""
MACROS = ("refresh", "check", "insert_function", "open_data_folder", "show_help")
"""Functions of `les_xl.hosts.macros` that the buttons of the ribbon call, without arguments."""
