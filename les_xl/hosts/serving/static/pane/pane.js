// The task pane: which figures answer, refresh, check, sign-in, and a function put into a cell.

const lesXl = globalThis.lesXl;
const byId = (id) => document.getElementById(id);
const problem = byId("global-error-alert");

function say(text) {
  byId("said").textContent = text;
}

function sayProblem(text) {
  problem.querySelector("span").textContent = text;
  problem.classList.toggle("d-none", !text);
}

// One thing at a time: the button waits, says what went wrong, and gets its focus back.
async function during(button, text, work) {
  sayProblem("");
  say(text);
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    say("");
    sayProblem(error.reason || error.message || String(error));
  } finally {
    button.disabled = false;
    button.focus();
  }
}

let macros = false; // whether the server can run them

async function showStatus() {
  const known = await lesXl.request("GET", "/api/status");
  macros = known.macros;
  byId("month").textContent = known.month;
  byId("load").textContent = `load ${known.as_of}, specifications ${known.specs}`;
  byId("sign-in").hidden = true;
  return known;
}

async function runMacro(name) {
  sayProblem("");
  await globalThis.xlwings.runPython({
    scriptName: name,
    headers: { Authorization: `Bearer ${await lesXl.token(false)}` },
    errorDisplayMode: "taskpane", // writes what went wrong into #global-error-alert
  });
  return problem.classList.contains("d-none");
}

async function recalculate() {
  await Excel.run(async (context) => {
    context.workbook.application.calculate(Excel.CalculationType.full);
    await context.sync();
  });
}

async function refresh() {
  if (!(await runMacro("refresh"))) return say("");
  await recalculate();
  const known = await showStatus();
  say(`Refreshed: figures up to ${known.month}.`);
}

async function check() {
  const report = await lesXl.request("GET", "/api/checks");
  const made = report.made.toLocaleString("en-GB");
  const failed = report.failed.length;
  byId("checked").textContent = failed
    ? `${failed} of ${made} checks failed:`
    : `All ${made} checks of the figures passed.`;
  byId("failed").replaceChildren(
    ...report.failed.map((text) => Object.assign(document.createElement("li"), { textContent: text })),
  );
  say("");
  if (macros) await runMacro("check"); // what is wrong in this workbook, beside the figures themselves
}

function chosen() {
  return lesXl.functions().find((each) => each.name === byId("function").value);
}

function showFunctions() {
  const groups = new Map();
  for (const each of lesXl.functions()) {
    const group = groups.get(each.category) ?? Object.assign(document.createElement("optgroup"), { label: each.category });
    group.append(new Option(each.name, each.name));
    groups.set(each.category, group);
  }
  byId("function").replaceChildren(...groups.values());
  describe();
}

function describe() {
  byId("summary").textContent = chosen()?.summary ?? "";
  byId("syntax").textContent = chosen()?.syntax ?? "";
}

async function insert() {
  await Excel.run(async (context) => {
    context.workbook.getActiveCell().formulas = [[chosen().example]];
    await context.sync();
  });
  say(`${chosen().name} is in the selected cell.`);
}

async function signIn(event) {
  event.preventDefault();
  lesXl.keepToken(byId("token").value.trim());
  await during(event.submitter ?? byId("sign-in-form").querySelector("button"), "Signing in", async () => {
    const known = await showStatus();
    byId("token").value = "";
    say(`Signed in. Figures up to ${known.month}.`);
    byId("refresh").focus();
  });
}

async function open() {
  try {
    await showStatus();
  } catch (error) {
    if ((await lesXl.signInKind()) === "token") byId("sign-in").hidden = false;
    sayProblem(error.reason || error.message);
  }
}

const onClick = (id, text, work) => byId(id).addEventListener("click", () => during(byId(id), text, work));
onClick("refresh", "Refreshing this workbook", refresh);
onClick("recalculate", "Recalculating", async () => {
  await recalculate();
  const known = await showStatus();
  say(`Recalculated: figures up to ${known.month}.`);
});
onClick("check", "Checking the figures", check);
onClick("insert", "", insert);
byId("function").addEventListener("change", describe);
byId("sign-in-form").addEventListener("submit", signIn);

// Buttons of the ribbon share this page; the pane is shown so that what happened can be read.
function onRibbon(name, id) {
  Office.actions.associate(name, async (event) => {
    await Office.addin.showAsTaskpane();
    if (id) byId(id).click();
    else byId("function").focus();
    event.completed();
  });
}

showFunctions();
Office.onReady(() => {
  onRibbon("lesRefresh", "refresh");
  onRibbon("lesCheck", "check");
  onRibbon("lesInsert", null);
  open();
});
