// The LES_ functions of Excel: all cells of one recalculation travel in one request (at most 1,000 a request).
"use strict";

globalThis.lesXl = (function () {
  const MOST = 1000;
  const WAIT_MS = 5; // Excel calls the functions of one recalculation within a moment
  const LIMIT_MS = 90000;
  const SPARE_SECONDS = 300;
  const STORED = "lesXlToken";
  const UNREACHABLE =
    "the LES-XL server does not answer: check the connection, then recalculate";
  // Excel takes these two from a cell, but not from a function.
  const NOT_AN_ANSWER = new Set(["#NAME?", "#REF!"]);

  let waiting = [];
  let timer = null;
  let known = [];
  let entra = { token: "", until: 0 };
  let settings = null;

  function error(code, message) {
    const taken = Object.values(CustomFunctions.ErrorCode).includes(code) && !NOT_AN_ANSWER.has(code);
    return taken
      ? new CustomFunctions.Error(code, message)
      : new CustomFunctions.Error(CustomFunctions.ErrorCode.invalidValue, message || `an argument is ${code}`);
  }

  function unavailable(message) {
    return new CustomFunctions.Error(CustomFunctions.ErrorCode.notAvailable, message);
  }

  // --- what travels

  function cell(value) {
    if (value === undefined || value === null || value === "") return null;
    if (typeof value !== "object") return value;
    // An error value is a CustomFunctions.Error, or (with data types) an object that has it as its basic value.
    const code = value.code ?? (value.type === "Error" ? value.basicValue : undefined);
    if (code !== undefined) return { error: String(code) };
    return value.basicValue === undefined ? String(value) : value.basicValue;
  }

  function argument(value) {
    if (value === undefined || value === null) return null;
    return Array.isArray(value) ? value.map((row) => row.map(cell)) : [[cell(value)]];
  }

  function call(name, given) {
    return new Promise((resolve, reject) => {
      waiting.push({ asked: [name, given.map(argument)], resolve, reject });
      if (waiting.length >= MOST) send();
      else if (timer === null) timer = setTimeout(send, WAIT_MS);
    });
  }

  function send() {
    clearTimeout(timer);
    timer = null;
    const batch = waiting;
    waiting = [];
    if (batch.length) deliver(batch);
  }

  async function deliver(batch) {
    try {
      const said = await request("POST", "/api/functions", { calls: batch.map((each) => each.asked) });
      batch.forEach((each, at) => settle(each, said.answers[at]));
    } catch (failed) {
      const reason = unavailable(failed.reason || UNREACHABLE);
      batch.forEach((each) => each.reject(reason));
    }
  }

  function settle(each, answer) {
    if (answer === undefined) each.reject(unavailable(UNREACHABLE));
    else if (answer !== null && typeof answer === "object" && !Array.isArray(answer))
      each.reject(error(answer.error, answer.message));
    else each.resolve(answer);
  }

  // --- who asks

  async function signInKind() {
    settings = settings ?? (await (await fetch("/excel/settings.json")).json());
    return settings.signIn;
  }

  async function token(anew) {
    if ((await signInKind()) === "token") return localStorage.getItem(STORED) || "";
    const now = Date.now() / 1000;
    if (anew || now > entra.until - SPARE_SECONDS) {
      const got = await Office.auth.getAccessToken({ allowSignInPrompt: true, allowConsentPrompt: true });
      const claims = JSON.parse(atob(got.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
      entra = { token: got, until: claims.exp };
    }
    return entra.token;
  }

  async function attempt(method, path, body, anew) {
    const headers = { Authorization: `Bearer ${await token(anew)}` };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), LIMIT_MS);
    try {
      const text = body === undefined ? undefined : JSON.stringify(body);
      return await fetch(path, { method, headers, body: text, signal: stop.signal, credentials: "omit" });
    } finally {
      clearTimeout(limit);
    }
  }

  async function request(method, path, body) {
    let response = await attempt(method, path, body, false);
    if (response.status === 401 && (await signInKind()) === "entra")
      response = await attempt(method, path, body, true);
    const said = await response.json();
    if (response.ok) return said;
    const failed = new Error(said.error);
    failed.reason = said.error;
    throw failed;
  }

  // --- the functions that Excel finds by their id

  function register(functions) {
    known = functions;
    for (const each of functions) {
      CustomFunctions.associate(each.id, (...given) => {
        given.pop(); // what Excel adds: who calls
        while (given.length && (given[given.length - 1] ?? null) === null) given.pop();
        return call(each.name, given);
      });
    }
  }

  return {
    register,
    request,
    token,
    signInKind,
    functions: () => known,
    keepToken: (text) => localStorage.setItem(STORED, text),
  };
})();
