"""`python -m les_xl`: the same as `les-xl`, for folders and systems where scripts are not on the PATH."""

import sys

from les_xl.cli import main

sys.exit(main())
