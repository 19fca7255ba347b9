#!/bin/sh
# LibreOffice Calc recalculates the workbooks in the tests; install it where it is missing, or say how to.
set -eu
packages="libreoffice-calc python3-uno poppler-utils fonts-liberation"

# Debian and Ubuntu package apart what lets LibreOffice run Python, and with it our add-in.
runs_python() {
    program=$(dirname "$(readlink -f "$(command -v soffice)")")
    [ -e "$program/pythonloader.py" ] || [ -e "$program/../Resources/pythonloader.py" ]
}

if command -v soffice >/dev/null 2>&1 && command -v pdftoppm >/dev/null 2>&1 && runs_python; then
    exit 0
fi
echo "The tests need LibreOffice Calc with Python, and poppler-utils; installing them ..."
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No apt-get here. Install LibreOffice (soffice, with its Python) and poppler (pdftoppm) so that both are on the PATH." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Run as root: apt-get install $packages" >&2
        exit 1
    fi
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends $packages >/dev/null
command -v soffice >/dev/null 2>&1 || { echo "LibreOffice was installed but 'soffice' is not on the PATH" >&2; exit 1; }
