"""The tables of the workbook, one module a sheet: each takes a position and gives a `Table`."""
