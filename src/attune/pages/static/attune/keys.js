"use strict";
// Keys for those who like them: "/" finds, "g" and a letter goes. A thing says its key itself (data-key). Every page
// does without, and no key does anything while somebody types.

let before = "";

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const pressed = before === "g" ? `g ${event.key}` : event.key;
  before = event.key;
  const find = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  const thing = find(pressed);
  if (!thing && (pressed !== "/" || !find("g c"))) return;
  event.preventDefault();
  if (!thing) location.assign(`${find("g c").href}?find`);
  else if (thing.matches("a[href], button")) thing.click();
  else thing.focus();
});
