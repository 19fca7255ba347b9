"""What holds for every test: how hard Hypothesis looks."""

import os

from hypothesis import settings

# The same examples each time, so that CI says the same of the same code; `make test-full` looks further.
settings.register_profile("quick", max_examples=50, derandomize=True, deadline=None, database=None)
settings.register_profile("full", max_examples=400, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("LES_XL_HYPOTHESIS", "quick"))
