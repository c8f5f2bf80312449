// Passkeys: asks the browser for a key and puts its answer into the form that wanted it.
// Without a script, or in a browser without passkeys, these forms stay hidden: there are other ways.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

function readable(options) {
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (options.user) asked.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) asked.excludeCredentials = withBytes(options.excludeCredentials);
  if (options.allowCredentials) asked.allowCredentials = withBytes(options.allowCredentials);
  return asked;
}

function answer(key) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[part]) response[part] = text(key.response[part]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return { id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: key.getClientExtensionResults() };
}

async function challenge(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const reply = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!reply.ok) throw new Error(`no challenge: ${reply.status}`);
  return (await reply.json()).request_options.publicKey;
}

async function ask(form) {
  const publicKey = readable(await challenge(form));
  if (form.dataset.passkey === "create") {
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    };
    return navigator.credentials.create({ publicKey });
  }
  return navigator.credentials.get({ publicKey });
}

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answer(await ask(form)));
      form.submit();
    } catch (error) {
      console.warn(error);
      failed.hidden = false;
    }
  });
}
