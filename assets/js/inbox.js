// What a conversation does by itself: it counts as seen while it is looked at, and a kept sentence goes into the
// box first. Without it there is a button for each.

/** Tells casero that the open conversation was seen. */
async function seen() {
  const form = document.querySelector("form[data-seen]");
  if (!form || document.hidden || form.dataset.told) return;
  form.dataset.told = "1";
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect") form.hidden = true;
  } catch {
    /* The button stays. */
  }
}
seen();
document.addEventListener("fresh", seen);
document.addEventListener("visibilitychange", seen);

/** A kept sentence is put into the box, to be looked over and sent. */
const box = document.querySelector(".reply textarea");
const kept = document.querySelector(".kept");
if (box && kept) {
  kept.classList.add("filling");
  kept.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-fill]");
    if (!button) return;
    event.preventDefault();
    const before = box.value.trimEnd();
    box.value = before ? `${before}\n${button.dataset.fill}` : button.dataset.fill;
    kept.open = false;
    box.focus();
  });
}

/** Control and Enter send, as in other chats on a desk. */
box?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});
