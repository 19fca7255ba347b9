"""How the synthetic sample comes about, a step a module: practices, sign-up, targets, returns, activity, files."""
