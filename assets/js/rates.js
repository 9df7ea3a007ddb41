// Painting a season: dragging over nights, or tapping the first and then the last, fills in the form's dates.

const year = document.getElementById("year");
const form = document.getElementById("season");
if (year && form) start();

function start() {
  const nights = [...year.querySelectorAll("a.night")];
  /** The night that a drag or two taps begin at. */
  let anchor = null;
  /** The first of two taps. */
  let began = null;
  /** Whether the mouse is down on a night, and whether it has been over another one since. */
  let dragging = false;
  let far = false;
  let swallow = false;
  const dayOf = (element) => element?.closest?.("a.night")?.dataset.day;

  function paint(from, last) {
    for (const night of nights)
      night.parentElement.classList.toggle("chosen", night.dataset.day >= from && night.dataset.day <= last);
    form.elements.from.value = from;
    form.elements.last.value = last;
  }
  const reach = (day) => paint(day < anchor ? day : anchor, day < anchor ? anchor : day);

  year.addEventListener("dragstart", (event) => event.preventDefault());
  year.addEventListener("pointerdown", (event) => {
    const day = dayOf(event.target);
    if (!day || event.button !== 0 || event.pointerType !== "mouse" || event.ctrlKey || event.metaKey) return;
    dragging = true;
    far = false;
    anchor = began ?? day;
    if (!began) paint(day, day);
  });
  year.addEventListener("pointermove", (event) => {
    if (!dragging || event.buttons !== 1) return;
    const day = dayOf(document.elementFromPoint(event.clientX, event.clientY));
    // Back on the first night it is a drag still, of one night.
    if (day && (far || day !== anchor)) {
      far = true;
      reach(day);
    }
  });
  addEventListener("pointerup", () => {
    if (dragging && far) {
      // A drag that ends where it began is a click too.
      swallow = true;
      setTimeout(() => {
        swallow = false;
      }, 0);
      finish();
    }
    dragging = false;
  });
  year.addEventListener("click", (event) => {
    const day = dayOf(event.target);
    if (!day || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (swallow) return;
    // The first tap begins, the second ends; the form is there for whoever types.
    if (began) {
      anchor = began;
      reach(day);
      finish();
      return;
    }
    began = anchor = day;
    paint(day, day);
  });
  function finish() {
    anchor = began = null;
    form.scrollIntoView({
      block: "start",
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
    form.elements.name.focus({ preventScroll: true });
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    dragging = false;
    anchor = began = null;
    for (const night of nights) night.parentElement.classList.remove("chosen");
  });
}
