/* Keeps what is typed in a check-in for this browser alone, so that a call or a bus stop loses nothing. The form and
   its button "Keep it for later" do without. */
(() => {
  const form = document.querySelector("form[data-draft]");
  const typed = () => new URLSearchParams(new FormData(form));
  let kept = typed().toString();
  let waiting = 0;
  let closed = false; // answered, expired: nothing more is taken
  let sending = false; // the form itself is on its way
  let busy = false; // one is on its way: an older one must not arrive after a newer

  function save(leaving) {
    clearTimeout(waiting);
    const fields = typed();
    const text = fields.toString();
    if (closed || sending || text === kept || (busy && !leaving)) return;
    busy = true;
    kept = text;
    fields.set("quiet", "1");
    // A page that is being left may still send what is small.
    fetch(form.dataset.draft, { method: "POST", body: fields, keepalive: text.length < 60000 }).then(
      (answer) => {
        busy = false;
        closed = answer.status === 404 || answer.status === 409 || answer.status === 410;
        if (answer.ok) save(); // what was typed meanwhile
        else kept = "";
      },
      () => { busy = false; kept = ""; },
    );
  }

  form.addEventListener("input", () => {
    sending = false;
    clearTimeout(waiting);
    waiting = setTimeout(() => save(), 1000);
  });
  form.addEventListener("change", () => save());
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
})();
