"""How the synthetic sample comes about: one module a step."""
