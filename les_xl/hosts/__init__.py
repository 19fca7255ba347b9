"""Hosts of the functions (desktop, server, LibreOffice) and of the macros."""
