"""The task pane in a browser: by keyboard, with names for everything, and what its buttons do in Excel."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from les_xl.functions.registry import functions
from tests.hosts.server.browser import Pane, console, opened
from tests.hosts.server.serving import SECRET, Served, serving

pytestmark = pytest.mark.office
MACRO = "/excel/xlwings/custom-scripts-call/refresh"


@pytest.fixture
def pane(browser: Chrome, served: Served) -> Iterator[Pane]:
    """The pane of somebody who is signed in."""
    with opened(browser, served) as found:
        found.until("#month", "October 2025")
        yield found


def _done(pane: Pane) -> list[str]:
    return list(pane.browser.execute_script("return standIn.done"))


def test_it_says_which_figures_answer(pane: Pane) -> None:
    assert pane.text("#month") == "October 2025"
    assert pane.text("#load").startswith("load 1, specifications ")
    assert not pane.browser.find_element("id", "sign-in").is_displayed()
    assert pane.browser.find_element("id", "global-error-alert").is_displayed() is False


def test_a_stranger_signs_in_by_keyboard(browser: Chrome, served: Served) -> None:
    with opened(browser, served, None) as pane:
        pane.until("#global-error-alert", "you are not signed in")
        field = browser.find_element("id", "token")
        assert field.is_displayed()
        field.send_keys("a wrong one", Keys.ENTER)
        pane.until("#global-error-alert", "you are not signed in")
        field.clear()
        field.send_keys(SECRET, Keys.ENTER)
        pane.until("#said", "Signed in. Figures up to October 2025.")
        assert not field.is_displayed()
        assert browser.switch_to.active_element.get_attribute("id") == "refresh"
        browser.refresh()


def test_check_says_what_does_not_tie_out(pane: Pane) -> None:
    """One thing does not: the published plan of the LTC LES (12 × 6,384 is not 76,637)."""
    pane.browser.find_element("id", "check").send_keys(Keys.ENTER)
    pane.until("#checked", "1 of 316 checks failed")
    assert pane.text("#failed") == "Monthly plans add up to the annual target: LTC LES: 76,608 and 76,637"
    assert pane.browser.switch_to.active_element.get_attribute("id") == "check"


def test_a_function_is_put_into_the_selected_cell(pane: Pane) -> None:
    offered = [option.text for option in pane.browser.find_elements(By.CSS_SELECTOR, "#function option")]
    assert set(offered) >= {each.name for each in functions()}
    pane.browser.find_element("id", "function").send_keys("LES_PCT_PLAN_T")
    assert pane.text("#syntax") == "LES_PCT_PLAN_TO_DATE(les, [month], [org], [metric])"
    pane.browser.find_element("id", "insert").send_keys(Keys.SPACE)
    pane.until("#said", "LES_PCT_PLAN_TO_DATE is in the selected cell")
    assert _done(pane) == ['cell =LES_PCT_PLAN_TO_DATE("LTC LES","Oct-25")']


def test_recalculate_makes_excel_ask_again(pane: Pane) -> None:
    pane.browser.find_element("id", "recalculate").send_keys(Keys.ENTER)
    pane.until("#said", "Recalculated: figures up to October 2025.")
    assert _done(pane) == ["calculated Full"]


def _replaced_macro(pane: Pane, works: str) -> None:
    """xlwings' own script reads the whole workbook through Office.js; here it is only told what to do."""
    pane.browser.execute_script(
        f"xlwings.runPython = async (how) => {{ standIn.done.push(JSON.stringify(how)); {works} }}"
    )


def test_refresh_runs_the_macro_as_who_is_signed_in_and_recalculates(pane: Pane) -> None:
    _replaced_macro(pane, "")
    pane.browser.find_element("id", "refresh").send_keys(Keys.ENTER)
    pane.until("#said", "Refreshed: figures up to October 2025.")
    asked, calculated = _done(pane)
    assert '"scriptName":"refresh"' in asked
    assert f'"Authorization":"Bearer {SECRET}"' in asked
    assert calculated == "calculated Full"


def test_check_looks_into_the_workbook_too_where_macros_can_run(pane: Pane) -> None:
    _replaced_macro(pane, "")
    pane.browser.execute_script(
        "const own = lesXl.request;"
        "lesXl.request = async (...asked) => ({ ...(await own(...asked)), macros: true });"
    )
    pane.browser.find_element("id", "recalculate").click()
    pane.until("#said", "Recalculated")
    pane.browser.find_element("id", "check").click()
    pane.until("#checked", "checks failed")
    WebDriverWait(pane.browser, 60).until(lambda _: len(_done(pane)) == 2)
    assert '"scriptName":"check"' in _done(pane)[1]


def test_a_refresh_that_is_refused_says_why_and_recalculates_nothing(pane: Pane) -> None:
    shows = (
        "const at = document.getElementById('global-error-alert');"
        "at.querySelector('span').textContent = 'LES444 Excel is busy'; at.classList.remove('d-none');"
    )
    _replaced_macro(pane, shows)
    pane.browser.find_element("id", "refresh").send_keys(Keys.ENTER)
    pane.until("#global-error-alert", "LES444 Excel is busy")
    assert pane.browser.find_element("id", "global-error-alert").get_attribute("role") == "alert"
    assert len(_done(pane)) == 1


@pytest.mark.parametrize(
    ("command", "effect"), [("lesCheck", "#failed"), ("lesInsert", "#function"), ("lesRefresh", "#said")]
)
def test_a_button_of_the_ribbon_shows_the_pane_and_does_its_work(
    pane: Pane, command: str, effect: str
) -> None:
    _replaced_macro(pane, "")
    pane.run("await standIn.press(arguments[0])", command)
    assert _done(pane)[0] == "pane shown"
    pane.until(
        effect, {"lesCheck": "Monthly plans", "lesInsert": "LES_PLAN", "lesRefresh": "Refreshed"}[command]
    )
    assert "completed" in _done(pane)
    assert set(pane.browser.execute_script("return Object.keys(standIn.commands)")) == {
        "lesRefresh",
        "lesCheck",
        "lesInsert",
    }


def _controls(browser: Chrome) -> list[WebElement]:
    found = browser.find_elements(By.CSS_SELECTOR, "a, button, input, select")
    return [each for each in found if each.is_displayed()]


def test_every_control_has_a_name_and_is_reached_by_the_tab_key(pane: Pane) -> None:
    controls = _controls(pane.browser)
    assert all(each.accessible_name.strip() for each in controls)
    reached = []
    for _ in controls:
        pane.browser.switch_to.active_element.send_keys(Keys.TAB)
        active = pane.browser.switch_to.active_element
        outline = active.value_of_css_property("outline-width")
        reached.append((active.accessible_name, outline))
    assert reached == [(each.accessible_name, "4px") for each in controls]


def test_it_is_marked_up_for_a_screen_reader(pane: Pane) -> None:
    browser = pane.browser
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en-GB"
    headings = [each.tag_name for each in browser.find_elements(By.CSS_SELECTOR, "h1, h2, h3")]
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}
    for section in browser.find_elements(By.CSS_SELECTOR, "section, nav"):
        assert section.get_attribute("aria-labelledby")
    assert browser.find_element("id", "said").get_attribute("role") == "status"
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


def test_office_js_itself_breaks_none_of_the_rules_for_scripts(browser: Chrome, served: Served) -> None:
    """Outside Excel, Microsoft's Office.js only finds that it is not in Excel; but it loads and runs."""
    console(browser)
    browser.get(f"{served.address}/excel/pane/alert.html?title=x&prompt=%3Cb%3Ehello&buttons=ok")
    shown = Pane(browser)
    shown.until("#prompt", "<b>hello")
    assert browser.execute_script("return typeof Office.onReady") == "function"
    assert [text for text in console(browser) if "Content Security Policy" in text] == []


def test_a_load_made_meanwhile_is_seen_without_a_restart(browser: Chrome, workspace: Path) -> None:
    from les_xl.data.store import Store
    from tests.functions.conftest import activity, entry

    asked: list[tuple[str, list[object]]] = [("LES.DELIVERED", [[["Dementia"]], [["Oct-25"]]])]
    with serving(workspace) as served, opened(browser, served) as pane:
        assert pane.answers(asked) == [{"value": 694}]
        store = Store.open(workspace / "data" / "store")
        store.append(activity([("ZZ0001", "dementia", "reviews", "2025-10", 1000.0)]), entry("b"))
        (answer,) = pane.answers(asked)
        assert answer["value"] > 694
        pane.browser.find_element("id", "recalculate").click()
        pane.until("#load", "load 2,")
