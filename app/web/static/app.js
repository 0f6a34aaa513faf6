// Comfort only: every page and form works without this file. Nothing here knows a page by name.
"use strict";

const PATIENCE_MS = 5000; // after this a form may be sent again: a download leaves the page where it was

/** Somebody whose form came back wants to hear why, first. */
function focusErrorSummary(within) {
  const summary = document.querySelector(".error-summary");
  if (summary && within.contains(summary)) summary.focus();
}

/** Parts that htmx swapped in can say one line to a screen reader: the text of [data-announce]. */
function announce(within) {
  const line = within.matches?.("[data-announce]") ? within : within.querySelector?.("[data-announce]");
  const announcer = document.getElementById("announcer");
  if (line && announcer) announcer.textContent = line.textContent;
}

/** A password field gets its button to show what was typed, a text to take along the one that copies it. */
function showRevealButtons(within) {
  for (const button of within.querySelectorAll("[data-reveals], [data-copies]")) button.hidden = false;
}

focusErrorSummary(document);
showRevealButtons(document);

document.addEventListener("htmx:afterSettle", ({ target }) => {
  focusErrorSummary(target);
  showRevealButtons(target);
  announce(target);
});

// A bar that asks each second would start the way to the next page anew each second, and on a slow line she would never get there.
let leaves = false;
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  leaves ||= detail.xhr.getResponseHeader("HX-Redirect") !== null;
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (leaves) event.preventDefault();
});
window.addEventListener("pageshow", () => (leaves = false)); // the back button brings the page as it was left

document.addEventListener("htmx:sendError", () => {
  const notice = document.getElementById("no-connection");
  document.getElementById("messages")?.replaceChildren(notice.content.cloneNode(true));
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches("input[type=range]")) return;
  const output = document.querySelector(`output[for="${CSS.escape(target.id)}"]`);
  if (output) output.value = target.value + (output.dataset.unit ?? "");
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-autosubmit]");
  if (form) form.requestSubmit();
});

document.addEventListener("click", ({ target }) => {
  target.closest("[data-dismiss]")?.parentElement.remove();
  const button = target.closest("[data-reveals]");
  if (!button) return;
  const field = document.getElementById(button.dataset.reveals);
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
});

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    return; // the text is selected: she copies it by hand
  }
  button.textContent = button.dataset.done;
  document.getElementById("announcer").textContent = button.dataset.done;
});

// Twice pressed is sent once. What htmx sends is guarded by hx-sync.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, PATIENCE_MS);
});
