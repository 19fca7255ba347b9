#!/bin/sh
# Headless Chromium runs the add-in's script in the tests; install it where it is missing, or say how to.
set -eu
have() {
    command -v chromedriver >/dev/null 2>&1 && { command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
}
have && exit 0
echo "The tests need Chromium and its driver; installing them ..."
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No apt-get here. Install Chromium (or Chrome) and chromedriver so that both are on the PATH." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Run as root: apt-get install chromium chromium-driver fonts-liberation" >&2
        exit 1
    fi
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-liberation >/dev/null
have || { echo "Chromium was installed but 'chromium' or 'chromedriver' is not on the PATH" >&2; exit 1; }
