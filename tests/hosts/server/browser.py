"""Headless Chromium with a stand-in for Excel; it talks to this machine only."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

from tests.hosts.server.serving import SECRET, Served

STAND_IN = (Path(__file__).parent / "stand_in.js").read_text(encoding="utf-8")
WAIT_SECONDS = 60
_SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=400,1200",
    # Whatever a page may ask for by name: nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """A browser with a profile of its own; a test that needs it fails without it."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.fail("Chromium or its driver is not installed; `make test` installs them", pytrace=False)
    options = ChromeOptions()
    options.binary_location = program
    for switch in (*_SWITCHES, f"--user-data-dir={profile}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options=options, service=Service(driver))
    try:
        browser.set_script_timeout(WAIT_SECONDS)
        browser.execute_cdp_cmd("Network.enable", {})
        yield browser
    finally:
        browser.quit()


def console(browser: Chrome) -> list[str]:
    """What the browser wrote on its console since this was asked last."""
    entries = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [str(entry["message"]) for entry in entries]


class Pane:
    """The task pane, open in a browser."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def run(self, script: str, *arguments: object) -> Any:
        """What a promise of the page gives."""
        done = "const done = arguments[arguments.length - 1];"
        return self.browser.execute_async_script(
            f"{done} (async () => {{ {script} }})().then(done, (e) => done('failed: ' + e));", *arguments
        )

    def answers(self, calls: Sequence[tuple[str, Sequence[object]]]) -> list[Any]:
        """What each cell shows after Excel called these functions in one recalculation."""
        return list(
            json.loads(self.run("return JSON.stringify(await standIn.calculate(arguments[0]))", calls))
        )

    def text(self, selector: str) -> str:
        """The text of an element, once it has one."""
        find = "return document.querySelector(arguments[0]).textContent"
        WebDriverWait(self.browser, WAIT_SECONDS, poll_frequency=0.02).until(
            lambda it: it.execute_script(find, selector)
        )
        return str(self.browser.execute_script(find, selector))

    def until(self, selector: str, text: str) -> None:
        """Wait until an element shows a text."""
        find = "return document.querySelector(arguments[0]).textContent.includes(arguments[1])"
        WebDriverWait(self.browser, WAIT_SECONDS, poll_frequency=0.02).until(
            lambda it: it.execute_script(find, selector, text)
        )


@contextmanager
def opened(browser: Chrome, served: Served, token: str | None = SECRET, before: str = "") -> Iterator[Pane]:
    """The task pane of a server, with a stand-in where Office.js would be, and somebody signed in."""
    signed_in = "" if token is None else f"localStorage.setItem('lesXlToken', {json.dumps(token)});"
    if token is None:
        signed_in = "localStorage.removeItem('lesXlToken');"
    source = f"{STAND_IN}\n{before}\nif (location.protocol === 'http:') {{ {signed_in} }}"
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": source})
    browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/excel/office/lib/*"]})
    try:
        console(browser)
        browser.get(f"{served.address}/excel/pane/pane.html")
        yield Pane(browser)
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
        browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
        browser.get("about:blank")
