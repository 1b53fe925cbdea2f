"use strict";
// The time of the room, and quiet after a minute. It asks nobody for anything: the page may not even connect.
(() => {
  const DIMS_AFTER = 60_000;
  const clock = document.querySelector("[data-clock]");
  const told = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: clock.dataset.clock,
  });
  const tell = () => { clock.textContent = told.format(new Date()); };
  tell();
  setInterval(tell, 5000);

  const dim = () => document.documentElement.classList.add("dim");
  let waiting = setTimeout(dim, DIMS_AFTER);
  const wake = () => {
    document.documentElement.classList.remove("dim");
    clearTimeout(waiting);
    waiting = setTimeout(dim, DIMS_AFTER);
  };
  for (const kind of ["pointerdown", "pointermove", "keydown", "focusin", "scroll"]) addEventListener(kind, wake);
})();
