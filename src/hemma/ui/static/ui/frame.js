// The frame's behaviour, in parts that work alone. Pages can be used without any of it.

import { startApp } from "./app.js";
import { startCurtain } from "./curtain.js";
import { startDrafts } from "./drafts.js";
import { startLive } from "./live.js";
import { startMinutes } from "./minutes.js";
import { startPalette } from "./palette.js";
import { startSending } from "./sending.js";
import { startSession } from "./session.js";
import { startShortcuts } from "./shortcuts.js";
import { startToasts } from "./toasts.js";

startCurtain();
startToasts();
startSending();
startDrafts();
startSession();
startShortcuts();
startPalette();
startLive();
startMinutes();
startApp();

// The menus are native popovers; following a link or pressing Escape closes them by themselves.
// What is missing is leaving one with the keyboard: focus that goes out of it closes it.
for (const menu of document.querySelectorAll("[popover]")) {
  menu.addEventListener("focusout", (event) => {
    const next = event.relatedTarget;
    if (next && !menu.contains(next) && menu.matches(":popover-open")) menu.hidePopover();
  });
}

// Only what needs a script to work is hidden until there is one.
for (const opener of document.querySelectorAll("[data-open]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => document.getElementById(opener.dataset.open)?.showModal());
}
