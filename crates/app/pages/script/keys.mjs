// Keys: "/" goes to the search, "?" lists the keys of the page, single letters act only in lists ([data-list-keys]) and never while a
// field has the focus. A person can switch single letters off ("treem-keys" in this browser).

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const off = () => localStorage.getItem("treem-keys") === "off";

export function keys() {
  const help = document.querySelector("[data-keys-help]");
  const list = document.querySelector("[data-list-keys]");
  const rows = list ? [...list.querySelectorAll("[data-row]")] : [];
  let here = -1;

  const go = (to) => {
    if (rows.length === 0) return;
    rows[here]?.classList.remove("treem-here");
    here = Math.max(0, Math.min(rows.length - 1, to));
    rows[here].classList.add("treem-here");
    rows[here].scrollIntoView({ block: "nearest" });
    rows[here].querySelector("a, input, button")?.focus({ preventScroll: true });
  };

  document.querySelectorAll("[data-keys-switch]").forEach((box) => {
    box.checked = !off();
    box.addEventListener("change", () => localStorage.setItem("treem-keys", box.checked ? "on" : "off"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const target = event.target;
    const box = target.matches?.("input[type=checkbox], input[type=radio]");
    if (typing(target) && !box) return;
    if (event.key === "/") {
      document.querySelector("[data-find]")?.focus();
      event.preventDefault();
      return;
    }
    if (event.key === "?" && help) {
      help.showModal();
      event.preventDefault();
      return;
    }
    if (off()) return;
    // A button or link says which key presses it: data-key="m".
    const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (pressed) {
      pressed.click();
      event.preventDefault();
      return;
    }
    if (!list) return;
    const row = rows[here];
    const within = (name) => row?.querySelector(`[data-do="${name}"]`);
    const acts = {
      j: () => go(here + 1),
      k: () => go(here - 1),
      n: () => go(here + 1),
      x: () => {
        const tick = row?.querySelector("input[type=checkbox]");
        if (tick) return tick.click();
        // A reason is chosen in the row itself.
        const why = within("refuse");
        why?.click();
        why?.parentElement.querySelector("select")?.focus();
      },
      e: () => within("edit")?.click(),
      f: () => within("fix")?.click(),
      u: () => document.querySelector("[data-do=undo]")?.click(),
    };
    if (event.key === "Enter" && row && !target.matches("a, button")) {
      within("open")?.click();
      event.preventDefault();
    } else if (acts[event.key]) {
      acts[event.key]();
      event.preventDefault();
    }
  });
}
