"""Tests of the LibreOffice add-in: what is in it, its worker, and Calc itself."""
