"""The catalogue of what can be wrong in a specification (LES1xx); importing it registers every kind."""

from les_xl.errors import spec_audiences, spec_conditions, spec_files, spec_mappings, spec_rules

__all__ = ["spec_audiences", "spec_conditions", "spec_files", "spec_mappings", "spec_rules"]
