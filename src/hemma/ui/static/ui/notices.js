// Lines above the page and toasts, made from the translated <template>s of the frame.

/** Show the line `name` once; it stays until `hide`. */
export function show(name) {
  const place = document.getElementById("notices");
  if (!place || place.querySelector(`[data-notice="${name}"]`)) return;
  const template = document.getElementById(`notice-${name}`);
  if (template) place.append(template.content.cloneNode(true));
}

/** Take the line `name` away. */
export function hide(name) {
  document.querySelector(`#notices [data-notice="${name}"]`)?.remove();
}

/** Say something in passing. */
export function toast(name) {
  const template = document.getElementById(`notice-${name}`);
  const place = document.getElementById("toasts");
  if (template && place) place.append(template.content.cloneNode(true));
}
