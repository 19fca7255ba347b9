"""The master workbook: created with XlsxWriter; later filled in place."""
