"""The server for Excel: what travels, who may ask, the add-in's script in a browser."""
