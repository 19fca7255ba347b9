"""Specifications: what the YAML files under `specs/` say, checked, as frozen models."""
