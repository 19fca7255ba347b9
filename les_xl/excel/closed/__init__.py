"""A closed workbook changed in place: only the bytes of the cells and ranges concerned are replaced."""
