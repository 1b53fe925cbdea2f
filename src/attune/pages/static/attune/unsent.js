/* Asks, as the browser does, before a page is left on which something was typed that was not sent. Nothing of it is
   stored anywhere; the form does without. */
(() => {
  const form = document.querySelector("form[data-unsent]");
  if (!form) return;
  const stood = form.elements.words.defaultValue;
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("beforeunload", (event) => {
    if (!sending && form.elements.words.value !== stood) event.preventDefault();
  });
})();
