"""Tests of the tables, the sentences and the master workbook."""
