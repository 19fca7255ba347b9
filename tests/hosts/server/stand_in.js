// What the add-in sees of Excel, written from Microsoft's documentation of Office.js; nothing of it is Excel's.

globalThis.standIn = (function () {
  const functions = {};
  const commands = {};
  const done = [];

  globalThis.CustomFunctions = {
    ErrorCode: {
      invalidValue: "#VALUE!",
      notAvailable: "#N/A",
      divisionByZero: "#DIV/0!",
      invalidNumber: "#NUM!",
      nullReference: "#NULL!",
      invalidName: "#NAME?",
      invalidReference: "#REF!",
    },
    Error: class {
      constructor(code, message) {
        if (code === "#NAME?" || code === "#REF!") throw new Error(`Excel takes no ${code} from a function`);
        this.code = code;
        this.message = message;
      }
    },
    associate(id, code) {
      if (!/^[A-Za-z0-9.]+$/.test(id)) throw new Error(`Excel takes no id such as ${id}`);
      if (id in functions) throw new Error(`${id} is there twice`);
      functions[id] = code;
    },
  };

  globalThis.Office = {
    onReady: (then) => Promise.resolve({ host: "Excel" }).then((info) => (then ? then(info) : info)),
    actions: { associate: (name, code) => (commands[name] = code) },
    addin: { showAsTaskpane: async () => done.push("pane shown") },
    auth: { getAccessToken: async () => globalThis.entraTokens.shift() },
    context: { requirements: { isSetSupported: () => true } },
  };

  const context = {
    sync: async () => {},
    application: { cultureInfo: { load() {}, datetimeFormat: { load() {} } } },
    workbook: {
      application: { calculate: (kind) => done.push(`calculated ${kind}`) },
      getActiveCell: () => ({ set formulas(given) { done.push(`cell ${given[0][0]}`); } }),
      worksheets: { load() {}, items: [] },
    },
  };
  globalThis.Excel = {
    CalculationType: { full: "Full" },
    RequestContext: function () { return context; },
    run: async (work) => work(context),
  };

  function shown(value) {
    return value instanceof CustomFunctions.Error
      ? { error: value.code, message: value.message ?? null }
      : { value };
  }

  // An argument comes as the range that it is: {left: true} stands for one that was left out.
  function given(argument) {
    if (argument !== null && argument.left) return null;
    return argument.map((row) => row.map((cell) =>
      cell !== null && typeof cell === "object" ? new Proxy({ code: cell.error }, {}) : (cell ?? "")));
  }

  async function calculate(calls) {
    const promises = calls.map(([id, args]) => functions[id](...args.map(given), { address: "Sheet1!A1" }));
    const settled = await Promise.allSettled(promises);
    return settled.map((one) => shown(one.status === "fulfilled" ? one.value : one.reason));
  }

  async function press(name) {
    await commands[name]({ completed: () => done.push("completed") });
  }

  return { calculate, press, functions, commands, done };
})();
