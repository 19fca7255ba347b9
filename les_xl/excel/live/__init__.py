"""A workbook that is open in Excel on Windows, refreshed through xlwings: whole, or put back as it was."""
