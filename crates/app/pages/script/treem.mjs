// Comfort for pages that work without it. Loaded once, deferred; each part looks for what it serves and leaves if it is not there.
import { PasswordInput, ErrorSummary } from "govuk-frontend";
import htmx from "htmx.org";
import { entry } from "./entry.mjs";
import { handover } from "./handover.mjs";
import { keys } from "./keys.mjs";
import { lists } from "./lists.mjs";

// The content policy allows neither inline styles nor eval; partial answers come only from here.
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyEnabled = false;
// Not "style": carried over from the part that is replaced, it would be an inline style.
htmx.config.attributesToSettle = ["class", "width", "height"];

document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
for (const [Part, name] of [
  [PasswordInput, "govuk-password-input"],
  [ErrorSummary, "govuk-error-summary"],
]) {
  document.querySelectorAll(`[data-module="${name}"]`).forEach((root) => new Part(root));
}
keys();
// On a phone the filters are folded away; without scripts they are open, and the list is below them.
if (matchMedia("(max-width: 40em)").matches) {
  document.querySelectorAll("[data-facets]").forEach((facets) => facets.removeAttribute("open"));
}
entry();
lists();
handover();
