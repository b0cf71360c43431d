// Comfort for the form of a household. Nothing here is needed: every step is a form.
// In: the form [data-entry]. Out: Enter goes through the fields and makes new rows; what will be written, what is wrong and whom a child may
// be come 400 ms after a field was left; every keystroke is on this machine's disk at once and on the server a second later; a photo lies
// beside the form. A field that has the focus is never written to: typing tools (UniKey) send backspaces of their own, and whoever
// rewrites the field in between loses letters.
import { copies } from "./copies.mjs";
import { paper } from "./paper.mjs";

const LOOK_MS = 400;
const KEEP_MS = 1000;

export function entry() {
  const check = document.querySelector("[data-entry-check]");
  if (check) check.querySelector("[autofocus]")?.focus();
  const form = document.querySelector("[data-entry]");
  if (!form) return;
  const draft = form.dataset.entry;
  const person = form.dataset.person;
  const kept = form.querySelector("[data-kept]");
  const copy = copies(person);

  const pairs = (step) => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    body.set("do", step);
    return body;
  };
  const says = () => [...form.querySelectorAll("[data-typed]")].some((field) => field.type !== "radio" && field.id !== "h-commune" && field.value.trim() !== "");

  // --- every keystroke is kept
  let touched = false;
  let timer = 0;
  let busy = false;
  const local = () => copy.put({ draft, person, at: Date.now(), who: whose(form), pairs: [...pairs("")].filter(([name]) => name !== "do") });
  const keep = async () => {
    clearTimeout(timer);
    if (busy) {
      timer = setTimeout(keep, KEEP_MS);
      return;
    }
    busy = true;
    try {
      const answer = await fetch("/entry/keep", { method: "POST", body: pairs("keep"), redirect: "error" });
      const told = await answer.json();
      if (answer.ok) {
        form.querySelector("[data-version]").value = told.version;
        kept.textContent = "Đã giữ bản đang gõ dở trên máy chủ.";
      } else {
        kept.textContent = told.sentence;
      }
    } catch {
      kept.textContent = "Chưa gửi được lên máy chủ; bản đang gõ dở được giữ trên máy này.";
    }
    busy = false;
  };
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-typed]")) return;
    touched = true;
    local();
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_MS);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (event.submitter?.value !== "save") local();
  });

  // --- what will be written, what is wrong, whom it may be
  let looking = 0;
  let turn = 0;
  const look = async (step) => {
    if (!says() && step !== "hamlets") return;
    const mine = ++turn;
    let text;
    try {
      const answer = await fetch("/entry/look", { method: "POST", body: pairs(step), redirect: "error" });
      if (!answer.ok) return;
      text = await answer.text();
    } catch {
      return;
    }
    if (mine !== turn) return;
    const told = new DOMParser().parseFromString(text, "text/html");
    for (const said of told.querySelectorAll("[data-said]")) {
      const here = document.getElementById(said.id);
      if (!here) continue;
      if (here.innerHTML !== said.innerHTML) here.replaceChildren(...[...said.childNodes].map((node) => document.importNode(node, true)));
      const field = document.getElementById(said.dataset.said);
      if (!field || field === document.activeElement) continue;
      if (said.dataset.formatted && field.value === said.dataset.sent && field.value !== said.dataset.formatted) {
        field.value = said.dataset.formatted;
        if (touched) local();
      }
      if (said.dataset.placeholder) field.placeholder = said.dataset.placeholder;
      else if (field.id.endsWith("-ethnicity")) field.removeAttribute("placeholder");
    }
    for (const guesses of told.querySelectorAll("[data-guesses]")) {
      const here = form.querySelector(`[data-guesses="${guesses.dataset.guesses}"]`);
      if (!here || here.contains(document.activeElement) || here.innerHTML === guesses.innerHTML) continue;
      here.replaceChildren(...[...guesses.childNodes].map((node) => document.importNode(node, true)));
    }
    const hamlets = told.getElementById("thon");
    if (step === "hamlets" && hamlets) form.querySelector("#thon").replaceChildren(...[...hamlets.childNodes].map((node) => document.importNode(node, true)));
    buttons();
  };
  const later = (step) => {
    clearTimeout(looking);
    looking = setTimeout(() => look(step), LOOK_MS);
  };
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-typed]")) later(event.target.matches("[data-commune]") ? "hamlets" : "look");
  });

  // A proposal is taken by a button that only a script can serve.
  const buttons = () => form.querySelectorAll("[data-take]").forEach((button) => (button.hidden = false));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    const field = document.getElementById(button.dataset.into);
    field.value = button.dataset.take;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
  buttons();

  // --- the whole keyboard
  const seen = (field) => field.offsetParent !== null && !field.disabled && !field.closest("details:not([open])");
  const fields = () => [...form.querySelectorAll("[data-typed]")].filter((field) => field.type !== "radio" && seen(field));
  const into = (field) => {
    field.focus();
    if (field.select && field.value) field.select();
  };
  const lines = () => [...form.querySelectorAll("[data-line]")].filter((line) => seen(line));
  const lastRow = () => [...form.querySelectorAll("[data-child]")].at(-1);
  const empty = (row) => [...row.querySelectorAll("input")].every((field) => field.value.trim() === "");
  const more = () => {
    const last = lastRow();
    const row = last.cloneNode(true);
    const from = last.dataset.child;
    const to = String(Number(from) + 1);
    row.dataset.child = to;
    row.setAttribute("aria-label", `Trẻ thứ ${to}`);
    row.querySelector(".treem-line__who").textContent = to;
    row.querySelectorAll(".treem-line ~ .treem-said:not([data-said])").forEach((old) => old.remove());
    row.querySelectorAll("[data-said]").forEach((said) => said.replaceChildren());
    row.querySelector("[data-guesses]").replaceChildren();
    row.querySelector("[data-guesses]").dataset.guesses = to;
    for (const part of row.querySelectorAll("*")) {
      for (const name of ["id", "for", "aria-describedby", "data-said"]) {
        const value = part.getAttribute(name);
        if (value?.startsWith(`c${from}-`)) part.setAttribute(name, `c${to}-${value.slice(from.length + 2)}`);
      }
      const name = part.getAttribute("name");
      if (name?.startsWith(`c${from}.`)) part.setAttribute("name", `c${to}.${name.slice(from.length + 2)}`);
      if (part.matches("input")) {
        part.value = "";
        part.removeAttribute("value");
      }
      if (part.matches("[data-drop]")) {
        part.value = `drop ${to}`;
        part.querySelector("span").textContent = ` dòng trẻ thứ ${to}`;
      }
    }
    last.after(row);
    into(row.querySelector("[data-typed]"));
  };
  form.querySelector("[data-row-more]").addEventListener("click", (event) => {
    event.preventDefault();
    more();
  });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const field = event.target;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-check]"));
      return;
    }
    if (event.ctrlKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const all = lines();
      const at = all.findIndex((line) => line.contains(field));
      const to = all[at + (event.key === "ArrowDown" ? 1 : -1)];
      if (at >= 0 && to) {
        event.preventDefault();
        into(to.querySelector("[data-typed]"));
      }
      return;
    }
    if (event.key !== "Enter" || event.altKey || event.shiftKey || event.metaKey || !field.matches("[data-typed]") || field.type === "radio") return;
    event.preventDefault();
    const all = fields();
    const row = field.closest("[data-child]");
    if (row && row === lastRow() && field.name.endsWith(".name") && empty(row) && row.dataset.child !== "1") {
      form.querySelector("[data-check]").focus();
      return;
    }
    // Nobody's birth year is typed where there is no name.
    const line = field.closest("[data-line]");
    if (/^h\.(father|mother|guardian)$/.test(field.name) && field.value.trim() === "") {
      const next = all.find((one) => !line.contains(one) && all.indexOf(one) > all.indexOf(field));
      if (next) return into(next);
    }
    const next = all[all.indexOf(field) + 1];
    if (next) into(next);
    else more();
  });

  // --- what this machine still holds
  const done = form.dataset.done;
  (async () => {
    if (done) await copy.drop(done);
    const found = (await copy.all()).filter((one) => one.person === person && one.draft !== draft).sort((a, b) => b.at - a.at)[0];
    const box = document.querySelector("[data-restore]");
    if (!found || !box) return;
    const time = new Date(found.at);
    box.querySelector("[data-restore-at]").textContent = time.toLocaleString("vi-VN", { hour: "2-digit", minute: "2-digit", day: "numeric", month: "numeric" });
    box.querySelector("[data-restore-who]").textContent = found.who || "chưa ghi tên";
    box.hidden = false;
    box.querySelector("[data-restore-do]").addEventListener("click", () => {
      const back = document.createElement("form");
      back.method = "post";
      back.action = "/entry";
      for (const [name, value] of [...found.pairs, ["do", "back"]]) {
        const input = document.createElement("input");
        input.type = "hidden";
        input.name = name;
        input.value = value;
        back.append(input);
      }
      document.body.append(back);
      back.submit();
    });
    box.querySelector("[data-restore-drop]").addEventListener("click", async () => {
      await copy.drop(found.draft);
      box.hidden = true;
    });
  })();

  paper(form, () => (touched ? keep() : Promise.resolve()));
  const first = fields().find((field) => field.value.trim() === "" && field.id !== "h-address" && field.id !== "h-phone");
  if (!document.querySelector(".govuk-error-summary") && first) first.focus();
}

// By what a person knows a household again.
function whose(form) {
  const names = [...form.querySelectorAll("[name='h.mother'], [name='h.father'], [name$='.name']")].map((field) => field.value.trim());
  return names.filter(Boolean).slice(0, 3).join(", ");
}
