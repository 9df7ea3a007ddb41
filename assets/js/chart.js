// What the tape chart does by itself: months come while one scrolls, nights are picked and stays moved by
// dragging, and months in view follow what happens elsewhere. Every act ends in a page that works without it.

/** Most months kept side by side. */
const MONTHS_MAX = 48;

const tape = document.getElementById("tape");
if (tape) start();

function start() {
  const months = () => [...tape.querySelectorAll(".month")];
  const stale = new Set();
  /** A day's width, as the style has it. */
  const DAY = tape.querySelector("thead th[scope=col]").offsetWidth;

  /** "2027-01" some months later or earlier. */
  function beside(id, by) {
    const [year, month] = id.split("-").map(Number);
    const at = new Date(Date.UTC(year, month - 1 + by, 1));
    return at.toISOString().slice(0, 7);
  }
  async function section(id) {
    const answer = await fetch(`/admin/chart/months/${id}`, { headers: { accept: "text/html" } });
    if (answer.redirected) {
      location.reload();
      return null;
    }
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector(".month");
  }

  /** Another month at one end, fetched once. */
  const busy = { before: false, after: false };
  async function grow(end) {
    if (busy[end] || months().length >= MONTHS_MAX) return;
    busy[end] = true;
    try {
      const all = months();
      const edge = end === "after" ? all.at(-1) : all[0];
      const next = await section(beside(edge.dataset.month, end === "after" ? 1 : -1));
      if (!next) return;
      if (end === "after") {
        edge.after(next);
        if (!settled && asked) toToday(false);
      } else {
        const left = tape.scrollLeft;
        edge.before(next);
        // What was in view stays where it was.
        tape.scrollLeft = left + next.offsetWidth;
      }
    } catch {
      /* The line is down: scrolling on asks again. */
    } finally {
      busy[end] = false;
    }
    look();
  }

  let seen = "";
  function look() {
    const { scrollLeft, clientWidth, scrollWidth } = tape;
    if (scrollWidth - scrollLeft - clientWidth < clientWidth) grow("after");
    if (scrollLeft < clientWidth / 2) grow("before");
    const middle = scrollLeft + clientWidth / 2;
    const now = months().find((m) => m.offsetLeft + m.offsetWidth > middle);
    if (now && now.dataset.month !== seen) {
      seen = now.dataset.month;
      const choice = document.querySelector(".months select");
      if (![...choice.options].some((option) => option.value === seen)) {
        choice.add(new Option(now.getAttribute("aria-label"), seen));
      }
      choice.value = seen;
      const [back, forth] = document.querySelectorAll(".months > a");
      back.href = `/admin/chart?from=${beside(seen, -1)}`;
      forth.href = `/admin/chart?from=${beside(seen, 1)}`;
      if (settled) history.replaceState(null, "", `/admin/chart?from=${seen}`);
    }
    freshen();
  }
  let settled = false;
  /** Whether the page that was asked for has today; a month beside it may have it too. */
  const asked = document.getElementById("hoy") !== null;
  // Choosing a month is enough.
  const chosen = document.querySelector(".months form");
  chosen.querySelector("button").hidden = true;
  chosen.addEventListener("change", () => {
    if (chosen.checkValidity()) chosen.submit();
  });
  let framed = false;
  tape.addEventListener(
    "scroll",
    () => {
      if (framed) return;
      framed = true;
      requestAnimationFrame(() => {
        framed = false;
        look();
      });
    },
    { passive: true },
  );
  tape.addEventListener("keydown", (event) => {
    if (event.target !== tape) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      tape.scrollLeft += step * DAY * 3;
    }
  });

  /** Today at the left, with a day of yesterday. */
  function toToday(smooth) {
    const today = document.getElementById("hoy");
    if (!today) return false;
    const names = tape.querySelector(".names").offsetWidth;
    const left = today.closest(".month").offsetLeft + today.offsetLeft - names - today.offsetWidth;
    tape.scrollTo({ left: Math.max(0, left), behavior: smooth ? "smooth" : "instant" });
    return true;
  }
  document.getElementById("to-today")?.addEventListener("click", (event) => {
    if (toToday(true)) event.preventDefault();
  });
  /** Months in view are read again after a change; the others when they come into view. */
  const inView = (m) =>
    m.offsetLeft + m.offsetWidth > tape.scrollLeft && m.offsetLeft < tape.scrollLeft + tape.clientWidth;
  let refreshing = false;
  async function freshen() {
    if (
      refreshing ||
      document.hidden ||
      drag ||
      (tape.contains(document.activeElement) && document.activeElement.matches("a:focus-visible"))
    )
      return;
    refreshing = true;
    try {
      for (const old of months()) {
        if (!stale.has(old.dataset.month) || !inView(old)) continue;
        stale.delete(old.dataset.month);
        const next = await section(old.dataset.month).catch(() => {
          stale.add(old.dataset.month);
          return null;
        });
        if (!next || next.innerHTML === old.innerHTML || drag) continue;
        if (names(next) !== names(old)) {
          location.reload();
          return;
        }
        old.replaceWith(next);
        // What was picked may be somebody else's by now.
        if (picked && !isFree(picked)) drop();
        else paint();
      }
    } finally {
      refreshing = false;
    }
  }
  const names = (m) => [...m.querySelectorAll("tbody th")].map((th) => th.textContent).join("\n");
  if (window.EventSource) {
    const changes = new EventSource("/admin/changes");
    let wait = 0;
    changes.addEventListener("change", () => {
      for (const m of months()) stale.add(m.dataset.month);
      clearTimeout(wait);
      wait = setTimeout(freshen, 250);
    });
    addEventListener("pagehide", () => changes.close());
    document.addEventListener("visibilitychange", freshen);
  }

  /** The free night of a link: its cabin and day. */
  function nightOf(element) {
    const link = element?.closest?.("td > a:not(.bar)");
    if (!link || !tape.contains(link)) return null;
    const query = new URL(link.href).searchParams;
    return { cabin: query.get("cabin"), day: query.get("check_in"), link };
  }
  const add = (day, by) => {
    const at = new Date(`${day}T00:00:00Z`);
    at.setUTCDate(at.getUTCDate() + by);
    return at.toISOString().slice(0, 10);
  };
  const apart = (from, to) =>
    Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 864e5);
  const said = (day) =>
    new Date(`${day}T00:00:00Z`).toLocaleDateString("es-AR", {
      weekday: "short",
      day: "numeric",
      month: "long",
      timeZone: "UTC",
    });

  /** What is picked: a cabin and its nights from one to another, both included. */
  let picked = null;
  let drag = null;
  const card = document.getElementById("picked");
  function linkOf(cabin, day) {
    return tape.querySelector(`a[href="/admin/reservations/new?cabin=${cabin}&check_in=${day}"]`);
  }
  const isFree = ({ cabin, from, last }) => {
    for (let day = from; day <= last; day = add(day, 1)) if (!linkOf(cabin, day)) return false;
    return true;
  };
  function paint() {
    for (const cell of tape.querySelectorAll("td.chosen")) cell.classList.remove("chosen");
    if (!picked) return;
    for (let day = picked.from; day <= picked.last; day = add(day, 1))
      linkOf(picked.cabin, day)?.parentElement.classList.add("chosen");
  }
  /** From the first night towards another, as far as all are free. */
  function pick(cabin, anchor, other) {
    const step = other < anchor ? -1 : 1;
    let reached = anchor;
    while (reached !== other && linkOf(cabin, add(reached, step))) reached = add(reached, step);
    picked = { cabin, anchor, from: step < 0 ? reached : anchor, last: step < 0 ? anchor : reached };
    paint();
  }
  function offer() {
    const row = linkOf(picked.cabin, picked.from).closest("tr");
    const out = add(picked.last, 1);
    const nights = apart(picked.from, out);
    const what = `${row.querySelector("th").textContent}: ${said(picked.from)} → ${said(out)} (${nights} ${nights === 1 ? "noche" : "noches"})`;
    document.getElementById("picked-what").textContent = what;
    document.getElementById("told").textContent = what;
    document.getElementById("picked-book").href =
      `/admin/reservations/new?cabin=${picked.cabin}&check_in=${picked.from}&check_out=${out}`;
    document.getElementById("picked-close").href =
      `/admin/chart/block?cabin=${picked.cabin}&from=${picked.from}&last=${picked.last}`;
    card.hidden = false;
  }
  function drop() {
    picked = null;
    if (card) card.hidden = true;
    waiting = false;
    paint();
  }
  document.getElementById("picked-drop")?.addEventListener("click", drop);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    endDrag();
    drop();
  });

  /** A mouse drags; a finger holds the first night and then taps the last one. */
  let held = 0;
  let waiting = false;
  tape.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const night = nightOf(event.target);
    const bar = event.target.closest?.("a.bar[data-code]");
    if (event.pointerType === "mouse") {
      if (night) drag = { kind: "pick", ...night, moved: false };
      else if (bar)
        drag = { kind: "move", bar, x: event.clientX, left: tape.scrollLeft, by: 0, moved: false };
      if (drag) {
        event.preventDefault();
        tape.setPointerCapture(event.pointerId);
      }
    } else if (night) {
      held = setTimeout(() => {
        held = 0;
        waiting = true;
        pick(night.cabin, night.day, night.day);
        offer();
        // A browser warns when the page was never touched before.
        if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(15);
      }, 450);
    }
  });
  tape.addEventListener("dragstart", (event) => event.preventDefault());
  tape.addEventListener("contextmenu", (event) => {
    if (waiting || held) event.preventDefault();
  });
  tape.addEventListener("pointercancel", () => {
    clearTimeout(held);
    held = 0;
    endDrag();
  });
  tape.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" && held && Math.hypot(event.movementX, event.movementY) > 6) {
      clearTimeout(held);
      held = 0;
    }
    if (!drag) return;
    edge(event.clientX);
    if (drag.kind === "pick") {
      const over = nightOf(document.elementFromPoint(event.clientX, event.clientY)) ?? drag.over;
      if (over && over.cabin === drag.cabin && (over.day !== drag.day || drag.moved)) {
        drag.moved = true;
        drag.over = over;
        pick(drag.cabin, drag.day, over.day);
      }
    } else {
      const way = event.clientX - drag.x + tape.scrollLeft - drag.left;
      drag.by = Math.round(way / DAY);
      if (Math.abs(way) > 8) drag.moved = true;
      if (drag.moved) {
        drag.bar.classList.add("dragged");
        drag.bar.style.transform = `translateX(${way}px)`;
      }
    }
  });
  /** Near an end the tape goes on by itself. */
  function edge(x) {
    const box = tape.getBoundingClientRect();
    if (x > box.right - 36) tape.scrollLeft += 16;
    else if (x < box.left + tape.querySelector(".names").offsetWidth + 12) tape.scrollLeft -= 16;
  }
  let swallow = false;
  tape.addEventListener("pointerup", (event) => {
    clearTimeout(held);
    held = 0;
    const done = drag;
    endDrag();
    if (!done) return;
    // A captured pointer's click goes to the tape, not to the link: a plain click is followed here.
    if (!done.moved) {
      (done.link ?? done.bar).click();
      return;
    }
    swallow = true;
    setTimeout(() => {
      swallow = false;
    }, 0);
    if (done.kind === "pick" && picked) offer();
    if (done.kind === "move" && done.by !== 0) ask(done.bar, done.by);
    event.preventDefault();
  });
  function endDrag() {
    if (drag?.bar) {
      drag.bar.classList.remove("dragged");
      drag.bar.style.transform = "";
    }
    drag = null;
  }
  tape.addEventListener("click", (event) => {
    if (swallow) {
      event.preventDefault();
      return;
    }
    if (!waiting) return;
    const night = nightOf(event.target);
    if (!night) return;
    event.preventDefault();
    if (night.cabin !== picked.cabin) {
      pick(night.cabin, night.day, night.day);
      offer();
      return;
    }
    pick(picked.cabin, picked.anchor, night.day);
    offer();
  });

  /** What moving a stay comes to, asked before it is done. */
  async function ask(bar, by) {
    const query = new URLSearchParams({
      check_in: add(bar.dataset.in, by),
      check_out: add(bar.dataset.out, by),
    });
    const path = `/admin/chart/move/${bar.dataset.code}?${query}`;
    const dialog = document.getElementById("moving");
    try {
      const answer = await fetch(path);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      dialog.replaceChildren(page.getElementById("move"));
      dialog.showModal();
    } catch {
      location.href = path;
    }
  }
  document.getElementById("moving")?.addEventListener("click", (event) => {
    if (event.target.closest("[data-drop]") || event.target === event.currentTarget) {
      event.preventDefault();
      event.currentTarget.close();
    }
  });
  const hint = document.getElementById("with-mouse");
  if (hint) hint.hidden = false;
  toToday(false);
  look();
  for (const kind of ["wheel", "pointerdown", "keydown"])
    tape.addEventListener(
      kind,
      () => {
        settled = true;
      },
      { passive: true },
    );
  setTimeout(() => {
    settled = true;
  }, 2500);
}
