"""The catalogue of what can be wrong about `les-xl serve`: starting it, and what it is asked."""

from les_xl.errors.problem import Kind, register

EXTRA_MISSING = Kind(
    "LES640",
    "The server's packages are not installed",
    "les-xl serve needs packages that are not installed ({package} is missing)",
    'install them: pip install "les-xl[server]"',
    mistake="les-xl serve   (after pip install les-xl)",
    mended='pip install "les-xl[server]"',
)
CANNOT_LISTEN = Kind(
    "LES641",
    "Cannot listen there",
    "cannot listen on {host}, port {port}: {reason}",
    "end the program that uses it (an earlier les-xl serve?), or name another with --port",
    mistake="les-xl serve --port 8443   (while another one runs)",
    mended="les-xl serve --port 8444",
)
NO_SIGN_IN = Kind(
    "LES642",
    "Nobody could sign in",
    "no sign-in is set up, and the server answers nobody who has not signed in",
    "name your Entra ID tenant and application with --tenant and --client; "
    "to try it on your own machine, set {variable} to a long secret of your own",
    mistake="les-xl serve",
    mended="les-xl serve --tenant contoso.example --client 11111111-2222-3333-4444-555555555555",
)
WEAK_TOKEN = Kind(
    "LES643",
    "A token that can be guessed",
    "the token in {variable} has {length} characters, and fewer than {least} can be guessed",
    'make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"',
    mistake="LES_XL_TOKEN=test-token",
    mended="LES_XL_TOKEN set to 43 random characters",
)
HALF_SIGN_IN = Kind(
    "LES644",
    "Half a sign-in",
    "{given} is given without {lacking}",
    "give both --tenant and --client, or for another issuer set all three variables of docs/server.md",
    mistake="les-xl serve --tenant contoso.example",
    mended="les-xl serve --tenant contoso.example --client 11111111-2222-3333-4444-555555555555",
)
NO_KEYS = Kind(
    "LES645",
    "Signing keys cannot be read",
    "the keys that tokens are signed with cannot be read from {where}: {reason}",
    "check the file, or that this machine may reach the address",
    mistake="LES_XL_JWKS=keys.pem",
    mended="LES_XL_JWKS=keys.json   (a JSON Web Key Set)",
)
CERTIFICATE = Kind(
    "LES646",
    "No certificate for the address",
    "{reason}",
    "give both --cert and --key (PEM files) for the address, or use --behind-proxy where a proxy has them",
    mistake="les-xl serve --cert les.pem",
    mended="les-xl serve --cert les.pem --key les.key",
)
BAD_ADDRESS = Kind(
    "LES647",
    "Not an address for Excel",
    "'{given}' is not an address that Excel can open",
    "give it as Excel will open it: https://, a name, and a port if it is not 443; no path",
    mistake="les-xl serve --address les.example",
    mended="les-xl serve --address https://les.example",
)
NOT_SIGNED_IN = Kind(
    "LES648",
    "Not signed in",
    "you are not signed in, or the sign-in has expired",
    "open the LES pane (ribbon tab LES) and sign in, then recalculate",
    mistake="a recalculation without a sign-in",
    mended="sign in in the LES pane",
)
OTHER_SITE = Kind(
    "LES649",
    "A request from another site",
    "the request comes from another site than this server's",
    "open the add-in from the address that is in its manifest",
    mistake="a web page elsewhere that asks this server",
    mended="the add-in from https://localhost:8443",
)
TOO_LARGE = Kind(
    "LES650",
    "Request too large",
    "the request has more than {most}",
    "recalculate fewer sheets at a time, or leave large sheets of your own out of the workbook",
    mistake="a workbook of 100 MB sent for a refresh",
    mended="the workbook without the sheets that the refresh does not need",
)
MALFORMED = Kind(
    "LES651",
    "Malformed request",
    "the request is not what the add-in sends: {reason}",
    "close Excel and open it again, so that it loads the add-in anew",
    mistake='{"calls": "LES_PLAN"}',
    mended='{"calls": [["LES_PLAN", [[["Dementia"]]]]]}',
)
TOO_SLOW = Kind(
    "LES652",
    "No answer in time",
    "there was no answer within {seconds} seconds",
    "recalculate; figures of a new load may still be in the making",
    mistake="a recalculation right after a very large load",
    mended="the same recalculation a minute later",
)
NOT_HERE = Kind(
    "LES653",
    "Nothing at that address",
    "there is nothing at this address",
    "the add-in's manifest is at /excel/manifest.xml",
    mistake="https://localhost:8443/excel/mainfest.xml",
    mended="https://localhost:8443/excel/manifest.xml",
)
NO_LICENCE = Kind(
    "LES654",
    "Macros need a licence key",
    "Refresh and Check run through xlwings Server, which needs a licence key",
    "set {variable}: 'noncommercial' for the uses its PolyForm Noncommercial licence permits, "
    "or a key bought from xlwings; the functions need none",
    mistake="Refresh on the ribbon, with no XLWINGS_LICENSE_KEY where les-xl serve was started",
    mended="XLWINGS_LICENSE_KEY=noncommercial",
)
NO_MACRO = Kind(
    "LES655",
    "Unknown macro",
    "there is no macro '{name}' here",
    "there are {known}",
    mistake="a ribbon of a newer add-in than the server",
    mended="the add-in loaded anew from the server's manifest",
)

register(
    EXTRA_MISSING,
    CANNOT_LISTEN,
    NO_SIGN_IN,
    WEAK_TOKEN,
    HALF_SIGN_IN,
    NO_KEYS,
    CERTIFICATE,
    BAD_ADDRESS,
    NOT_SIGNED_IN,
    OTHER_SITE,
    TOO_LARGE,
    MALFORMED,
    TOO_SLOW,
    NOT_HERE,
    NO_LICENCE,
    NO_MACRO,
)
