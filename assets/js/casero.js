// What every page does by itself: it asks before something that can't be undone, and shows what changed
// elsewhere. Without it each button and link works all the same.

/** Asks before a form that says so is sent. */
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.ask ?? event.target.dataset.ask;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  // A second tap on a slow line must not send the form twice.
  const button = event.submitter;
  if (button)
    setTimeout(() => {
      button.disabled = true;
    }, 0);
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[disabled]:not([data-off])")) button.disabled = false;
});

/** Forms that are sent as soon as something is chosen. */
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

/** Fields whose change shows other prices, once all of them are valid: half a year that is being typed is not. */
for (const fields of document.querySelectorAll("[data-look]")) {
  const inputs = [...fields.querySelectorAll("input")];
  fields.addEventListener("change", () => {
    const [from, to] = inputs.filter((input) => input.type === "date");
    if (inputs.every((input) => input.validity.valid) && from.value < to.value) {
      document.getElementById(fields.dataset.look).click();
    }
  });
}

/** Text to be copied: a browser offers it on an address with https alone, or on its own machine. */
for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const before = button.textContent;
    button.textContent = "Copiado";
    setTimeout(() => {
      button.textContent = before;
    }, 1500);
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

/** A phone that is told confirms it once in each session: after a new log-in it is this account's again. */
async function confirmPush() {
  const token = document.querySelector("input[name=csrf_token]")?.value;
  if (!token || !("serviceWorker" in navigator) || window.Notification?.permission !== "granted") return;
  const worker = await navigator.serviceWorker.getRegistration();
  const subscription = await worker?.pushManager?.getSubscription();
  if (!subscription || sessionStorage.getItem("push") === subscription.endpoint) return;
  const { endpoint, keys } = subscription.toJSON();
  const body = new URLSearchParams({ csrf_token: token, endpoint, ...keys });
  const answer = await fetch("/admin/push", { method: "POST", body });
  if (answer.ok) sessionStorage.setItem("push", endpoint);
}
confirmPush().catch(() => {});
document.addEventListener("submit", (event) => {
  if (event.target.action.endsWith("/logout")) sessionStorage.removeItem("push");
});

/** Parts of the page that follow what happens elsewhere, unless somebody is writing in them. */
const live = () => document.querySelectorAll("[data-live][id]");
let asking = false;
let again = false;
async function refresh() {
  if (document.hidden) {
    again = true;
    return;
  }
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (answer.redirected && new URL(answer.url).pathname === "/admin/login") {
      location.reload();
      return;
    }
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of [...live(), document.querySelector(".tabs ul")]) {
      const other = part?.id ? next.getElementById(part.id) : next.querySelector(".tabs ul");
      if (
        !part ||
        !other ||
        (part.contains(document.activeElement) &&
          part.querySelector("input:focus, textarea:focus, select:focus"))
      )
        continue;
      if (strip(part) !== strip(other)) {
        if ([...part.querySelectorAll("audio")].some((audio) => !audio.paused)) continue;
        for (const shown of part.querySelectorAll("details[open][id]"))
          other.querySelector(`#${shown.id}`)?.setAttribute("open", "");
        const low = part.scrollHeight - part.scrollTop - part.clientHeight < 40;
        part.replaceWith(other);
        if (low) other.scrollTop = other.scrollHeight;
        other.dispatchEvent(new CustomEvent("fresh", { bubbles: true }));
      }
    }
  } catch {
    /* The line is down: the next change asks again. */
  } finally {
    asking = false;
    if (again) {
      again = false;
      setTimeout(refresh, 300);
    }
  }
}
/** The page's words without what differs each time. */
function strip(part) {
  return part.innerHTML
    .replace(/name="csrf_token" value="[^"]*"/g, "")
    .replace(/ class="[^"]*fresh"/g, "")
    .replace(/ open=""/g, "");
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && again) {
    again = false;
    refresh();
  }
});
if (live().length && window.EventSource) {
  const changes = new EventSource("/admin/changes");
  changes.addEventListener("change", refresh);
  window.addEventListener("pagehide", () => changes.close());
}

/** Threads open at their last word. */
for (const thread of document.querySelectorAll("[data-bottom]")) thread.scrollTop = thread.scrollHeight;
