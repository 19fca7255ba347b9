#!/bin/sh
# Microsoft's converter reads the add-in's manifest in the tests, and its schemas judge what it read.
# No lock file: the exact versions in package.json pin the two packages.
set -eu
cd "$(dirname "$0")/manifest"
installed() {
    for package in @microsoft/app-manifest office-addin-manifest-converter; do
        wanted=$(sed -n "s|.*\"$package\": \"\([^\"]*\)\".*|\1|p" package.json)
        grep -qs "\"version\": \"$wanted\"" "node_modules/$package/package.json" || return 1
    done
}
installed && exit 0
if ! command -v npm >/dev/null 2>&1; then
    echo "No npm here; tests/install-validator.sh installs Node.js with it." >&2
    exit 1
fi
echo "Installing Microsoft's manifest converter into tests/manifest ..."
npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null || {
    echo "npm could not install the packages of tests/manifest; is its package registry within reach?" >&2
    exit 1
}
installed || { echo "the packages of tests/manifest were installed, but not in the wanted versions" >&2; exit 1; }
