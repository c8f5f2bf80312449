// The palette: Ctrl+K (⌘K) opens one field that finds everything on the page that can be pressed,
// every place in the menu, and, where a room says where to look, cases by what is written in them.
// Combobox with a list box (ARIA Authoring Practices); nothing happens that a button does not do.

const MOST = 12;
const PLACES = "header nav a, .foot > a, .tabs a, .menu--me a";
const DEEDS = "main button, main summary, .mebar button, [data-key], a.caserow, a.btn";

/** Listen for the palette's key. Nothing on pages without its dialog. */
export function startPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const palette = new Palette(dialog);
  document.addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!asked || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else if (!document.querySelector("dialog:modal")) palette.open();
  });
  dialog.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open") palette.gather();
  });
}

class Palette {
  constructor(dialog) {
    this.dialog = dialog;
    this.field = dialog.querySelector("[role=combobox]");
    this.list = dialog.querySelector("[role=listbox]");
    this.none = dialog.querySelector("[data-none]");
    this.field.addEventListener("input", () => this.show());
    this.field.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  open() {
    this.dialog.showModal();
    this.field.focus();
  }

  gather() {
    this.field.value = "";
    const seen = new Set();
    this.all = [...document.querySelectorAll(`${DEEDS}, ${PLACES}`)]
      .filter((one) => this.isThere(one))
      .map((target) => ({ target, name: nameOf(target), key: target.dataset.key ?? "" }))
      .filter(({ name, target }) => {
        const same = `${name}\n${target.getAttribute("href") ?? target.form?.action ?? ""}`;
        return name && !seen.has(same) && seen.add(same);
      });
    this.show();
  }

  // Links of a menu that is folded away on a small screen are places all the same.
  isThere(one) {
    if (this.dialog.contains(one) || one.disabled || one.closest("template, dialog")) return false;
    return one.matches("a[href]") || one.checkVisibility?.() !== false;
  }

  show() {
    const asked = fold(this.field.value.trim());
    const words = asked.split(/\s+/).filter(Boolean);
    const found = this.all.filter(({ name }) => words.every((word) => fold(name).includes(word)));
    found.sort((a, b) => begins(b.name, asked) - begins(a.name, asked));
    const rows = found.slice(0, MOST);
    const look = this.dialog.dataset.search;
    if (look && asked) rows.push({ look: `${look}${encodeURIComponent(this.field.value.trim())}` });
    this.list.replaceChildren(...rows.map((row, number) => this.option(row, number)));
    this.rows = rows;
    this.none.hidden = rows.length > 0;
    this.point(rows.length ? 0 : -1);
  }

  option(row, number) {
    const option = document.createElement("li");
    option.id = `palette-${number}`;
    option.role = "option";
    option.dataset.number = number;
    const words = document.createElement("span");
    words.textContent = row.look
      ? this.dialog.dataset.searchSay.replace("\u2026", this.field.value.trim())
      : row.name;
    option.append(words);
    if (row.key) {
      const key = document.createElement("kbd");
      key.textContent = row.key.toUpperCase();
      option.append(key);
    }
    return option;
  }

  point(at) {
    this.at = at;
    for (const option of this.list.children) {
      const chosen = Number(option.dataset.number) === at;
      option.ariaSelected = String(chosen);
      if (chosen) option.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `palette-${at}`);
  }

  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.rows.length) {
      event.preventDefault();
      this.point((this.at + step + this.rows.length) % this.rows.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.list.children[this.at]);
    }
  }

  choose(option) {
    if (!option) return;
    const { target, look } = this.rows[Number(option.dataset.number)];
    this.dialog.close();
    if (look) {
      window.location.assign(look);
      return;
    }
    target.focus();
    target.click();
  }
}

function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

function begins(name, asked) {
  return Number(Boolean(asked) && fold(name).startsWith(asked));
}

function nameOf(element) {
  const label = element.getAttribute("aria-label");
  if (label) return label;
  const copy = element.cloneNode(true);
  for (const aside of copy.querySelectorAll("kbd, svg")) aside.remove();
  // What stands in boxes of their own is read apart: who, when, what.
  const boxes = [...copy.children].filter((one) => one.matches("span:not(.sr)"));
  const parts = boxes.length > 1 ? boxes.map((one) => one.textContent) : [copy.textContent];
  return parts.map((part) => part.replace(/\s+/g, " ").trim()).join(" \u00b7 ");
}
