"""What goes into the LibreOffice add-in as it is: read by LibreOffice's own Python, never imported here."""
