// The time of a step counts here between two answers of the server, so that it goes on without connection.
// Comfort only: without this file the time stands as text, and a link refreshes it.
"use strict";

const screenOfSession = document.getElementById("run-screen");
const MARKS = [10, 5, 2, 1]; // at so many minutes left it is said aloud
let ahead = 0; // how far the server's clock is ahead of ours, in milliseconds
let lastLeft = null; // seconds left at the tick before, to see which mark was passed
let lastEnd = null; // when the step ends, as the server last said: another end is another countdown

/** What the server last said of the time is read once for each state that comes in. */
function readServerClock() {
  const timer = document.getElementById("run-timer");
  if (timer) ahead = Number(timer.dataset.now) - Date.now();
  if (timer?.dataset.endsAt !== lastEnd) lastLeft = null;
  lastEnd = timer?.dataset.endsAt;
  tick();
}

function secondsLeft(timer) {
  if (!timer.dataset.endsAt) return Number(timer.dataset.left);
  return Math.ceil((Number(timer.dataset.endsAt) - Date.now() - ahead) / 1000);
}

function digits(seconds) {
  const whole = Math.abs(seconds);
  const sign = seconds < 0 ? "+" : "";
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function tick() {
  const timer = document.getElementById("run-timer");
  if (!timer) return;
  const left = secondsLeft(timer);
  const shown = digits(left);
  const text = document.getElementById("run-digits");
  if (text.textContent !== shown) text.textContent = shown;
  const part = Math.min(Math.max(left / Number(timer.dataset.seconds), 0), 1);
  document.getElementById("run-ring").setAttribute("stroke-dashoffset", String(100 - 100 * part));
  timer.classList.toggle("is-over", left <= 0);
  sayMarks(left);
}

/** Not each second: only when few minutes are left, and when the time is up. */
function sayMarks(left) {
  const before = lastLeft;
  lastLeft = left;
  if (before === null || left >= before) return;
  const says = document.getElementById("run-says");
  const { minute, minutes, over } = screenOfSession.dataset;
  if (before > 0 && left <= 0) says.textContent = over;
  const mark = MARKS.find((number) => before > number * 60 && left <= number * 60);
  if (mark) says.textContent = mark === 1 ? minute : minutes.replace("#", String(mark));
}

function showConnection(isThere) {
  document.getElementById("run-offline").hidden = isThere;
}

/** The screen of a phone that lies on the table stays on, where the phone lets us. */
async function keepAwake() {
  if (document.visibilityState !== "visible" || !document.getElementById("run-timer")) return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The battery is low, or the phone does not want to: then it goes dark as always.
  }
}

if (screenOfSession) {
  // Asking again each few seconds saves nothing, so nothing was lost: the page need not say that it was.
  screenOfSession.addEventListener("htmx:sendError", (event) => {
    showConnection(false);
    if (event.detail.requestConfig.verb === "get") event.stopPropagation();
  });
  screenOfSession.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr.status) showConnection(true);
  });
  screenOfSession.addEventListener("htmx:afterSettle", () => {
    readServerClock();
    keepAwake();
  });
  window.addEventListener("offline", () => showConnection(false));
  document.addEventListener("visibilitychange", () => {
    tick();
    keepAwake();
  });
  readServerClock();
  keepAwake();
  setInterval(tick, 250);
}
