"""The `=LES_…` functions: a registry of pure functions over a prebuilt index of the position."""
