// What a macro says in a window of its own; everything is shown as text.

const asked = new URLSearchParams(location.search);
const labels = { ok: "OK", yes: "Yes", no: "No", cancel: "Cancel" };

document.getElementById("title").textContent = asked.get("title") || "LES-XL";
document.getElementById("prompt").textContent = asked.get("prompt") || "";

for (const name of Object.keys(labels)) {
  if (!(asked.get("buttons") || "ok").includes(name)) continue;
  const button = Object.assign(document.createElement("button"), { textContent: labels[name] });
  button.addEventListener("click", () =>
    Office.onReady(() => Office.context.ui.messageParent(`${name}|${asked.get("callback") || ""}`)),
  );
  document.getElementById("buttons").append(button);
}
document.querySelector("button")?.focus();
