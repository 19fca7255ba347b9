"""Suppliers' files: the mappings' rules, each layout loaded, and files that are not what they should be."""
