// "Avisame en este teléfono": asks the browser for permission in the tap itself, and hands its subscription over.

const box = document.getElementById("push");
const parts = (name) => box.querySelector(`[data-push="${name}"]`);
const token = () => box.querySelector("input[name=csrf_token]").value;

/** The key as bytes, as the browser wants it. */
const bytes = (text) => {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
};

const send = (path, fields) =>
  fetch(path, { method: "POST", body: new URLSearchParams({ csrf_token: token(), ...fields }) });

const keyOf = (subscription, name) => {
  const raw = String.fromCharCode(...new Uint8Array(subscription.getKey(name)));
  return btoa(raw).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") {
    parts("refused").hidden = false;
    return;
  }
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(box.dataset.pushKey),
  });
  const answer = await send("/admin/push", {
    endpoint: subscription.endpoint,
    p256dh: keyOf(subscription, "p256dh"),
    auth: keyOf(subscription, "auth"),
  });
  if (answer.ok) location.reload();
}

async function turnOff() {
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager.getSubscription();
  if (!subscription) return;
  await send("/admin/push/remove", { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
  location.reload();
}

if (box && "serviceWorker" in navigator && "PushManager" in window) {
  await navigator.serviceWorker.register("/sw.js");
  const worker = await navigator.serviceWorker.ready;
  // One that this account does not have any more (it logged out since) is asked for anew.
  const subscription = await worker.pushManager.getSubscription();
  const known = box.dataset.pushKnown.split(" ").includes(subscription?.endpoint);
  parts("on").hidden = known;
  parts("off").hidden = !known;
  parts("on").addEventListener("click", turnOn);
  parts("off").addEventListener("click", turnOff);
}
