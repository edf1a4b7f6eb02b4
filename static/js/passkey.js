/* Passkeys: ties django-allauth's webauthn.js to the forms that say so.
   <form data-passkey="login|authenticate|add" data-passkey-options="ID of the JSON"> holds a hidden field
   "credential", a button #passkey-button, and [data-passkey-failed] for the words when it does not work. */
(() => {
  if (!window.PublicKeyCredential || !window.allauth?.webauthn) return;
  const forms = window.allauth.webauthn.forms;

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    const ids = { credential: form.elements.credential.id, data: form.dataset.passkeyOptions };
    const kind = form.dataset.passkey;
    const button = "passkey-button";
    if (kind === "login") forms.loginForm({ ids: { ...ids, login: button } });
    if (kind === "authenticate") forms.authenticateForm({ ids: { ...ids, authenticate: button } });
    if (kind === "add") forms.addForm({ ids: { ...ids, add: button, passwordless: form.elements.passwordless?.id } });
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    for (const words of document.querySelectorAll("[data-passkey-failed]")) words.hidden = false;
  });
})();
