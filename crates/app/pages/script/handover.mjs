// Comfort of the hand-over's pages. Nothing here is needed: every row is in a form with a button.
// In: the form [data-answers]. Out: a row is written as soon as it is left or Enter is pressed; the number is checked when its box is left and
// shown in groups of three; an answer is one key while the box of the number is empty; what could not be sent stays in the boxes and in this
// tab, and is sent again. A field that has the focus is never written to.

const AGAIN_MS = 4000;
const off = () => localStorage.getItem("treem-keys") === "off";

export function handover() {
  answers();
  keyed();
  sheet();
}

function answers() {
  const form = document.querySelector("[data-answers]");
  if (!form || !form.querySelector("[data-answers-save]")) return;
  const list = form.dataset.answers;
  const rows = [...form.querySelectorAll("[data-answer-row]")];
  const kept = form.querySelector("[data-kept]");
  const of = (row, what) => row.querySelector(what);
  const number = (row) => of(row, "[data-number]");
  const answer = (row) => of(row, "[data-answer]");
  const text = (row) => of(row, "[data-text]");
  const why = (row) => of(row, "[data-why]");
  const rowOf = (field) => field.closest("[data-answer-row]");
  const says = (row) => JSON.stringify([answer(row).value, number(row).value.replace(/\s/g, ""), text(row).value, why(row)?.value ?? ""]);
  const sent = new Map(rows.map((row) => [row, says(row)]));
  const store = `treem-answers-${list}`;

  // --- what this tab still holds
  const held = () => JSON.parse(sessionStorage.getItem(store) ?? "{}");
  const hold = (row) => {
    const all = held();
    const key = row.dataset.answerRow;
    if (says(row) === sent.get(row)) delete all[key];
    else all[key] = [answer(row).value, number(row).value, text(row).value, why(row)?.value ?? ""];
    sessionStorage.setItem(store, JSON.stringify(all));
  };
  for (const [key, [chosen, digits, words]] of Object.entries(held())) {
    const row = rows.find((one) => one.dataset.answerRow === key);
    if (!row) continue;
    answer(row).value = chosen;
    number(row).value = digits;
    text(row).value = words;
  }

  // --- a row is written
  let timer = 0;
  const waiting = () => rows.filter((row) => says(row) !== sent.get(row));
  const tell = () => {
    const count = waiting().length;
    kept.textContent = count === 0 ? "Mọi dòng đã gõ đã được ghi hoặc hỏi lại." : `${count} dòng đang chờ gửi.`;
  };
  const empty = (row) => answer(row).value === "" && number(row).value.trim() === "" && text(row).value.trim() === "";
  const save = async (row) => {
    const now = says(row);
    if (now === sent.get(row) || row.dataset.busy) return;
    const key = row.dataset.answerRow;
    const body = new URLSearchParams();
    body.append(`a.${key}`, answer(row).value);
    body.append(`v.${key}`, number(row).value);
    body.append(`t.${key}`, text(row).value);
    if (why(row)) body.append(`y.${key}`, why(row).value);
    row.dataset.busy = "1";
    let failed = false;
    try {
      const got = await fetch(`/handover/${list}/answer`, { method: "POST", body, headers: { "x-part": "1" }, redirect: "error" });
      const told = new DOMParser().parseFromString(await got.text(), "text/html").querySelector("[data-answered]");
      if (!told) throw new Error("no part");
      const said = of(row, "[data-said]");
      if (!said.contains(document.activeElement)) said.replaceChildren(...[...told.childNodes].map((node) => document.importNode(node, true)));
      // What is asked says what the check said.
      if (told.hasAttribute("data-asked")) of(row, "[data-check]").replaceChildren();
      row.classList.toggle("treem-police__row--asked", told.hasAttribute("data-asked"));
      row.classList.toggle("treem-police__row--kept", !told.hasAttribute("data-asked") && said.textContent.trim() !== "");
      if (got.ok && told.dataset.count !== "0") {
        document.querySelector("[data-left]").textContent = String(Number(told.dataset.count) - Number(told.dataset.answered));
      }
      // A field for a reason may have come with the answer.
      sent.set(row, JSON.stringify([...JSON.parse(now).slice(0, 3), why(row)?.value ?? ""]));
      hold(row);
      tell();
    } catch {
      failed = true;
      kept.textContent = "Chưa gửi được; những gì đã gõ vẫn còn ở đây và sẽ được gửi lại.";
      clearTimeout(timer);
      timer = setTimeout(() => waiting().filter((one) => !empty(one)).forEach(save), AGAIN_MS);
    }
    delete row.dataset.busy;
    // It was typed on while it was sent.
    if (!failed && says(row) !== sent.get(row) && !row.contains(document.activeElement)) save(row);
  };

  // --- the number
  const checks = new Map();
  const check = async (row) => {
    const box = number(row);
    const place = of(row, "[data-check]");
    const digits = box.value.replace(/\D/g, "");
    if (digits.length === 12 && box.value.replace(/[\s.\-]/g, "").length === 12) box.value = digits.replace(/(\d{3})(?=\d)/g, "$1 ");
    if (digits.length < 2) {
      place.replaceChildren();
      return;
    }
    const mine = (checks.get(row) ?? 0) + 1;
    checks.set(row, mine);
    try {
      const body = new URLSearchParams({ row: row.dataset.answerRow, number: box.value });
      const got = await fetch(`/handover/${list}/check`, { method: "POST", body, redirect: "error" });
      if (!got.ok || checks.get(row) !== mine || of(row, ".treem-police__asked")) return;
      const told = new DOMParser().parseFromString(await got.text(), "text/html");
      place.replaceChildren(...[...told.body.childNodes].map((node) => document.importNode(node, true)));
    } catch {
      // The server asks again when the row is written.
    }
  };

  // --- the whole keyboard
  const go = (row, by) => {
    const to = rows[rows.indexOf(row) + by];
    if (to) {
      number(to).focus();
      number(to).select();
    } else if (by > 0) form.querySelector("[data-answers-save]").focus();
  };
  const needsMore = new Map([["number-given", number], ["differs", text], ["moved-away", text], ["died", text], ["number-changed", number], ["number-on-another", number]]);
  form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
    const field = event.target;
    const row = rowOf(field);
    if (!row) return;
    if (event.key === "Enter" && !field.matches("button")) {
      event.preventDefault();
      if (field.matches("[data-number]") && answer(row).value === "" && number(row).value.replace(/\D/g, "").length === 12) answer(row).value = "number-given";
      if (!empty(row)) save(row);
      go(row, 1);
      return;
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && field.matches("input")) {
      event.preventDefault();
      go(row, event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    if (!field.matches("[data-number]") || off() || field.value !== "" || event.key.length !== 1) return;
    // Numbers of this country begin with 0, so an empty box and any other digit is an answer; once an answer that has a number is chosen, it is the number.
    if (["number-given", "number-on-another", "number-changed", "differs"].includes(answer(row).value)) return;
    const option = [...answer(row).options].find((one) => one.dataset.answerKey === event.key.toUpperCase());
    if (!option || event.key === "0") return;
    event.preventDefault();
    answer(row).value = option.value;
    const more = needsMore.get(option.value);
    hold(row);
    if (more) more(row).focus();
    else {
      save(row);
      go(row, 1);
    }
  });
  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    hold(row);
    // Another number is another question.
    if (event.target.matches("[data-number]")) of(row, "[data-said] .treem-police__asked")?.remove();
  });
  form.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if (row && event.target.matches("[data-number]")) check(row);
  });
  form.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (!row || row.contains(event.relatedTarget)) return;
    // A row is left: what stands in it is written; half a number is not sent by itself.
    if (answer(row).value !== "" || number(row).value.replace(/\D/g, "").length >= 12) save(row);
  });
  form.addEventListener("submit", () => sessionStorage.removeItem(store));
  const first = rows.find((row) => empty(row));
  if (first && !document.querySelector(".govuk-error-summary")) number(first).focus({ preventScroll: rows.indexOf(first) === 0 });
}

// The line of a paper: a code that is scanned ends with Enter and goes on to the answer.
function keyed() {
  const form = document.querySelector("[data-key-line]");
  if (!form) return;
  const [row, answer] = ["row", "answer"].map((name) => form.querySelector(`[name=${name}]`));
  row.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && answer.value === "") {
      event.preventDefault();
      answer.focus();
    }
  });
}

// A sheet: the cursor stands in the first box to fill.
function sheet() {
  const form = document.querySelector("[data-sheet]");
  if (!form || document.querySelector(".govuk-error-summary") || matchMedia("(max-width: 40em)").matches) return;
  const first = [...form.querySelectorAll("[data-sheet-field]")].find((field) => field.offsetParent !== null);
  (first ?? form.querySelector("button")).focus();
}
