"use strict";
// Passkeys exist only through the browser's own API: this is the one script of the sign-in. A form with data-passkey
// is shown where the browser knows them. What the browser gives goes into the form, and the form is sent as any other.

const known = window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON;
const ways = {
  create: (asked) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) }),
  get: (asked) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) }),
};

async function challenge(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const answer = await fetch(form.action);
  return (await answer.json()).request_options.publicKey;
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  try {
    const credential = await ways[form.dataset.passkey](await challenge(form));
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    form.querySelector("[role=status]").hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !known;
  form.addEventListener("submit", send);
}
