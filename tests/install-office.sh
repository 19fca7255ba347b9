#!/bin/sh
# LibreOffice Calc recalculates the workbooks in the tests; install it where it is missing, or say how to.
set -eu
if command -v soffice >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1; then
    exit 0
fi
echo "The tests need LibreOffice Calc and poppler-utils; installing them ..."
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No apt-get here. Install LibreOffice (soffice) and poppler (pdftoppm) so that both are on the PATH." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Run as root: apt-get install libreoffice-calc poppler-utils fonts-liberation" >&2
        exit 1
    fi
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends libreoffice-calc poppler-utils fonts-liberation >/dev/null
command -v soffice >/dev/null 2>&1 || { echo "LibreOffice was installed but 'soffice' is not on the PATH" >&2; exit 1; }
