// The demo page. It only speaks with the simulator (/sim/…): what casero does, it learns like a
// guest does, from the chat.

const $ = (id) => document.getElementById(id);
const view = { phone: null, guests: [], chat: null, bubbles: new Map(), panel: "", names: "" };

const FAULTS = {
  whatsapp: ["WhatsApp", { delay: "tarda", error500: "da error", error429: "pide calma", cut: "se corta" }],
  mercadopago: [
    "Mercado Pago",
    { delay: "tarda", error500: "da error", error429: "pide calma", cut: "se corta" },
  ],
  webhooks: [
    "Los avisos",
    { delay: "tardan", duplicate: "llegan dos veces", reorder: "llegan desordenados", drop: "se pierden" },
  ],
  feeds: ["Los calendarios", { delay: "tardan", error500: "dan error", cut: "se cortan" }],
};
const AILMENTS = {
  "": "anda bien",
  empty: "viene vacío",
  truncated: "viene cortado",
  html: "es una página web",
  error500: "da error",
  gone: "no está",
  slow: "tarda",
};
const STATES = {
  approved: "acreditado",
  rejected: "rechazado",
  pending: "cupón sin pagar",
  in_process: "en revisión",
  cancelled: "cancelado",
  refunded: "devuelto",
  charged_back: "contracargo",
  in_mediation: "en reclamo",
};
const TICKS = {
  accepted: ["·", "aceptado"],
  sent: ["✓", "enviado"],
  delivered: ["✓✓", "entregado"],
  read: ["✓✓", "leído"],
  failed: ["!", "no se entregó"],
};

// ---------------------------------------------------------------- talking with the simulator

async function ask(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || `respuesta ${answer.status}`);
  return body;
}
const post = (path, body) => ask(path, { method: "POST", body: JSON.stringify(body ?? {}) });

function complain(error) {
  $("trouble").textContent = error.message ?? String(error);
  $("trouble").hidden = false;
  clearTimeout(complain.timer);
  complain.timer = setTimeout(() => {
    $("trouble").hidden = true;
  }, 6000);
}
const tried =
  (action) =>
  async (...given) => {
    try {
      await action(...given);
    } catch (error) {
      complain(error);
    }
  };

// ---------------------------------------------------------------- small builders

function make(tag, set = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(set)) {
    if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text as a phone shows it: *bold*, _italics_, ~struck~ and addresses. */
function worded(text) {
  const parts = document.createDocumentFragment();
  const pattern =
    /(https?:\/\/[^\s]+)|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w~])~([^~\n]+)~(?![\w~])/g;
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    parts.append(text.slice(from, found.index));
    from = found.index + found[0].length;
    const [whole, url, bold, italic, struck] = found;
    if (url) parts.append(make("a", { href: url, target: "_blank", rel: "noopener" }, url));
    else if (bold) parts.append(make("b", {}, bold));
    else if (italic) parts.append(make("i", {}, italic));
    else if (struck) parts.append(make("s", {}, struck));
    else parts.append(whole);
  }
  parts.append(text.slice(from));
  return parts;
}

const clock = (at) =>
  new Date(at).toLocaleTimeString("es-AR", { hour: "2-digit", minute: "2-digit", hour12: false });
const pesos = (cents) => `$ ${(cents / 100).toLocaleString("es-AR", { maximumFractionDigits: 2 })}`;
const initial = (name) => (name.match(/\p{L}/u) ?? ["#"])[0].toUpperCase();

// ---------------------------------------------------------------- guests

function showGuests(guests) {
  const list = guests.map((guest) => {
    const button = make(
      "button",
      { type: "button" },
      make("span", { className: "face", "aria-hidden": "true" }, initial(guest.name)),
      make(
        "span",
        {},
        make("b", {}, guest.name),
        make("small", {}, guest.last || (guest.hides_phone ? "oculta su número" : `+${guest.phone}`)),
      ),
    );
    button.setAttribute("aria-current", String(guest.phone === view.phone));
    button.addEventListener("click", () => choose(guest.phone, true));
    return make("li", {}, button);
  });
  const words = JSON.stringify([guests, view.phone]);
  if (words !== view.names) {
    view.names = words;
    $("guests").replaceChildren(...list);
  }
}

function choose(phone, go) {
  if (view.phone !== phone) {
    view.phone = phone;
    view.bubbles.clear();
    $("chat").replaceChildren();
    history.replaceState(null, "", `#${phone}`);
  }
  if (go) show("phone");
  refresh();
}

async function showScripts() {
  const scripts = await ask("/sim/scripts");
  $("scripts").replaceChildren(
    ...scripts.map((script) => {
      const button = make(
        "button",
        { type: "button" },
        make("span", { "aria-hidden": "true" }, "▶"),
        make("span", {}, script.title, make("small", {}, ` · ${script.guest}`)),
      );
      button.addEventListener(
        "click",
        tried(async () => {
          const { phone } = await post(`/sim/scripts/${script.name}`);
          choose(phone, true);
        }),
      );
      return make("li", {}, button);
    }),
  );
}

// ---------------------------------------------------------------- the chat

function showChat(chat) {
  $("as").textContent = `escribís como ${chat.name}${chat.window_open ? "" : " · todavía no escribió"}`;
  $("face").textContent = "C";
  const list = $("chat");
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  let spoke = false;
  $("typing").hidden = !chat.typing;
  if (chat.messages.length === 0) {
    list.replaceChildren(
      make(
        "li",
        { className: "empty" },
        "Escribile al dueño como lo haría un huésped. Por ejemplo: “hola, tienen lugar para 4 el finde que viene?”",
      ),
    );
    return;
  }
  list.querySelector(".empty")?.remove();
  for (const message of chat.messages) {
    const known = view.bubbles.get(message.id);
    if (known) {
      tick(known, message);
      continue;
    }
    const item = bubble(message);
    view.bubbles.set(message.id, item);
    list.append(item);
    spoke = message.from === "guest";
  }
  if (atEnd || spoke) list.scrollTop = list.scrollHeight;
}

function bubble(message) {
  const mine = message.from === "guest";
  const content = message.content ?? {};
  const body = make("div", { className: "bubble" });
  const header = content.header?.text;
  if (header) body.append(make("b", { className: "head" }, header));
  body.append(...shown(message));
  const footer = content.footer?.text;
  if (footer) body.append(make("span", { className: "foot" }, footer));
  const mark = make("span", { className: "tick" });
  body.append(make("span", { className: "meta" }, `${clock(message.at)} `, mark));
  const item = make("li", { className: mine ? "mine" : "theirs" }, body);
  if (!mine) {
    const taps = choices(message);
    if (taps.childNodes.length > 0) item.append(taps);
  }
  tick(item, message);
  return item;
}

function shown(message) {
  const content = message.content ?? {};
  const source = content.id ? `/sim/media/${content.id}` : content.link;
  const caption = message.text ? [worded(message.text)] : [];
  switch (message.type) {
    case "audio":
      return [make("audio", { controls: true, preload: "metadata", src: source })];
    case "image":
    case "sticker":
      return [make("img", { src: source, alt: content.caption || "foto", loading: "lazy" }), ...caption];
    case "video":
    case "document":
      return [
        make("a", { href: source, target: "_blank", rel: "noopener" }, `📎 ${content.filename || "archivo"}`),
        ...caption,
      ];
    case "location":
      return [
        `📍 ${content.name ?? ""} ${content.address ?? ""} (${content.latitude}, ${content.longitude})`,
      ];
    case "contacts":
      return ["👤 Un contacto"];
    case "text":
    case "interactive":
    case "button":
    case "reaction":
    case "template":
      return [worded(message.text || "…")];
    default:
      return [`(${message.type})`];
  }
}

function choices(message) {
  const taps = make("div", { className: "taps" });
  const rows = message.choices.filter((choice) => choice.row);
  for (const choice of message.choices.filter((choice) => !choice.row)) {
    const button = make("button", { type: "button" }, choice.title);
    button.addEventListener("click", () => tap(choice));
    taps.append(button);
  }
  if (rows.length > 0) {
    const button = make(
      "button",
      { type: "button" },
      `☰ ${message.content.action?.button ?? "Ver opciones"}`,
    );
    button.addEventListener("click", () => openRows(message, rows));
    taps.append(button);
  }
  if (message.link) {
    taps.append(
      make("a", { href: message.link.url, target: "_blank", rel: "noopener" }, `↗ ${message.link.title}`),
    );
  }
  if (message.content?.action?.name === "send_location") {
    const button = make("button", { type: "button" }, "📍 Enviar ubicación");
    button.addEventListener(
      "click",
      tried(() =>
        post(`/sim/guests/${view.phone}/message`, {
          type: "location",
          content: { latitude: -31.42, longitude: -64.5, name: "Acá" },
        }),
      ),
    );
    taps.append(button);
  }
  return taps;
}

function openRows(message, rows) {
  $("rows-title").textContent = message.content.action?.button ?? "Elegí una opción";
  let section = null;
  const nodes = [];
  for (const row of rows) {
    if (row.section && row.section !== section) nodes.push(make("h4", {}, row.section));
    section = row.section;
    const button = make(
      "button",
      { type: "button" },
      make("b", {}, row.title),
      row.description ? make("small", {}, row.description) : null,
    );
    button.addEventListener("click", () => {
      $("rows").close();
      tap(row);
    });
    nodes.push(button);
  }
  $("choices").replaceChildren(...nodes);
  $("rows").showModal();
}

const tap = tried((choice) => post(`/sim/guests/${view.phone}/tap`, { choice: choice.id }));

function tick(item, message) {
  // A phone shows how far its owner's words have come; of the other side's, only a failure tells.
  if (message.from !== "guest" && message.status !== "failed") return;
  const mark = item.querySelector(".tick");
  const [sign, words] = TICKS[message.status] ?? ["", ""];
  const text = message.error ? `${sign} ${message.error}` : sign;
  if (mark.textContent === text && mark.title === words) return;
  mark.textContent = text;
  mark.title = words;
  mark.className = `tick ${message.status}`;
}

// ---------------------------------------------------------------- writing, files and voice

const sendText = tried(async () => {
  const text = $("text").value.trim();
  if (!text || !view.phone) return;
  $("text").value = "";
  grow();
  await post(`/sim/guests/${view.phone}/text`, { text });
});

function grow() {
  const box = $("text");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight + 2, 140)}px`;
}

const sendFile = tried(async (file) => {
  const kind = file.type.startsWith("audio/")
    ? "voice"
    : file.type.startsWith("image/")
      ? "image"
      : "document";
  await ask(`/sim/guests/${view.phone}/${kind}`, {
    method: "POST",
    body: file,
    headers: { "Content-Type": file.type || "application/octet-stream" },
  });
});

const RATE = 16000;
let take = null;

const record = tried(async () => {
  if (take) return;
  if (!navigator.mediaDevices?.getUserMedia)
    throw new Error("Este navegador no deja grabar acá. Elegí un archivo de audio con el clip.");
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => {
    throw new Error("No hay permiso para el micrófono. Podés elegir un archivo de audio con el clip.");
  });
  const context = new AudioContext();
  await context.audioWorklet.addModule("/sim/assets/recorder.js");
  const recorder = new AudioWorkletNode(context, "recorder");
  const blocks = [];
  recorder.port.onmessage = (event) => blocks.push(event.data);
  context.createMediaStreamSource(stream).connect(recorder);
  const began = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    $("seconds").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 250);
  take = { stream, context, blocks, timer };
  recordingShows(true);
});

function stopTake() {
  const taken = take;
  take = null;
  clearInterval(taken.timer);
  for (const track of taken.stream.getTracks()) track.stop();
  taken.context.close();
  recordingShows(false);
  return taken;
}

function recordingShows(on) {
  $("recording").hidden = !on;
  $("compose").hidden = on;
  $("mic").setAttribute("aria-pressed", String(on));
  $("seconds").textContent = "0:00";
  (on ? $("finish") : $("mic")).focus();
}

const finish = tried(async () => {
  if (!take) return;
  const { blocks, context } = stopTake();
  const sound = wav(resampled(blocks, context.sampleRate));
  await sendFile(new File([sound], "audio.wav", { type: "audio/wav" }));
});

/** One long block at 16 kHz; every new sample is the mean of those it stands for. */
function resampled(blocks, rate) {
  const whole = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  const step = rate / RATE;
  const samples = new Float32Array(Math.floor(whole.length / step));
  for (let i = 0; i < samples.length; i += 1) {
    const from = Math.floor(i * step);
    const to = Math.max(from + 1, Math.floor((i + 1) * step));
    let sum = 0;
    for (let j = from; j < to; j += 1) sum += whole[j];
    samples[i] = sum / (to - from);
  }
  return samples;
}

/** Sixteen-bit mono WAV. */
function wav(samples) {
  const data = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const word = (at, text) => {
    for (const [i, letter] of [...text].entries()) data.setUint8(at + i, letter.charCodeAt(0));
  };
  word(0, "RIFF");
  data.setUint32(4, 36 + samples.length * 2, true);
  word(8, "WAVEfmt ");
  data.setUint32(16, 16, true);
  data.setUint16(20, 1, true);
  data.setUint16(22, 1, true);
  data.setUint32(24, RATE, true);
  data.setUint32(28, RATE * 2, true);
  data.setUint16(32, 2, true);
  data.setUint16(34, 16, true);
  word(36, "data");
  data.setUint32(40, samples.length * 2, true);
  for (const [i, sample] of samples.entries()) {
    data.setInt16(44 + i * 2, Math.max(-1, Math.min(1, sample)) * 32767, true);
  }
  return data;
}

// ---------------------------------------------------------------- behind the scenes

function showPanel(panel) {
  $("admin").hidden = !panel.app_url;
  if (panel.app_url) $("admin").href = `${panel.app_url}/admin`;
  const words = JSON.stringify(panel);
  if (
    words === view.panel ||
    ($("panel").contains(document.activeElement) && document.activeElement.matches("select, input"))
  )
    return;
  view.panel = words;
  showPayments(panel);
  showFaults(panel.faults);
  showFeeds(panel.feeds);
  $("hooks").replaceChildren(
    ...(panel.webhooks.length ? panel.webhooks.map(hook) : [none("Todavía no hubo avisos.")]),
  );
}

const none = (text) => make("li", { className: "none" }, text);

function showPayments({ preferences, payments }) {
  const items = preferences.map((preference) => {
    const paid = payments.filter((payment) => payment.preference_id === preference.id);
    const state = paid
      .map((payment) => `${pesos(payment.amount_cents)} ${STATES[payment.status] ?? payment.status}`)
      .join(" · ");
    return make(
      "li",
      { className: "line" },
      make(
        "span",
        {},
        preference.items[0]?.title ?? "Pago",
        make("br"),
        make("small", {}, state || (preference.payable ? "sin pagar" : "venció sin pagar")),
      ),
      make(
        "a",
        { href: `/pay/${preference.id}`, target: "_blank", rel: "noopener" },
        pesos(preference.total_cents),
      ),
    );
  });
  $("payments").replaceChildren(...(items.length ? items : [none("Todavía no se pidió ninguna seña.")]));
}

function showFaults(on) {
  const active = (target, kind) => on.some((rule) => rule.target === target && rule.kind === kind);
  $("faults").replaceChildren(
    ...Object.entries(FAULTS).map(([target, [name, kinds]]) => {
      const buttons = Object.entries(kinds).map(([kind, words]) => {
        const button = make("button", { type: "button" }, words);
        const pressed = active(target, kind);
        button.setAttribute("aria-pressed", String(pressed));
        button.addEventListener(
          "click",
          tried(async () => {
            if (pressed) await ask(`/sim/faults/${target}/${kind}`, { method: "DELETE" });
            else await post("/sim/faults", { target, kind, probability: Number($("often").value) });
          }),
        );
        return button;
      });
      return make("fieldset", { className: "fault" }, make("legend", {}, name), make("div", {}, ...buttons));
    }),
  );
}

function showFeeds(feeds) {
  $("feeds").replaceChildren(
    ...(feeds.length
      ? feeds.map((feed) => {
          const select = make(
            "select",
            { "aria-label": `Cómo anda ${feed.name}` },
            ...Object.entries(AILMENTS).map(([code, words]) =>
              make("option", { value: code, selected: (feed.broken ?? "") === code }, words),
            ),
          );
          select.addEventListener(
            "change",
            tried(async () => {
              await post(`/sim/feeds/${feed.name}/break`, { as: select.value || null });
              select.blur();
            }),
          );
          return make(
            "li",
            { className: "line" },
            make(
              "span",
              {},
              make("a", { href: `/feeds/${feed.name}.ics`, target: "_blank", rel: "noopener" }, feed.name),
              make("br"),
              make(
                "small",
                {},
                feed.occupied.length === 1 ? "1 estadía" : `${feed.occupied.length} estadías`,
              ),
            ),
            select,
          );
        })
      : [none("No hay ninguno.")]),
  );
  $("feed-names").replaceChildren(...feeds.map((feed) => make("option", {}, feed.name)));
}

function hook(entry) {
  const answers = entry.attempts.map((attempt) => attempt.status ?? "—").join(", ");
  const good = entry.state === "delivered";
  const words = { waiting: "en camino", delivered: "entregado", lost: "se perdió", given_up: "abandonado" }[
    entry.state
  ];
  return make(
    "li",
    { className: "line" },
    make("span", {}, `${entry.source === "whatsapp" ? "WhatsApp" : "Mercado Pago"} · ${entry.about}`),
    make(
      "small",
      { className: good ? "good" : entry.state === "waiting" ? "" : "bad" },
      answers ? `${words} (${answers})` : words,
    ),
  );
}

// ---------------------------------------------------------------- keeping up

function show(part) {
  document.body.dataset.view = part;
  for (const tab of document.querySelectorAll("[data-go]")) {
    tab.setAttribute("aria-pressed", String(tab.dataset.go === part));
  }
}

let refreshing = false;
let again = false;

async function refresh() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  try {
    const { guests } = await ask("/sim/guests");
    if (!view.phone && guests.length > 0) view.phone = guests[0].phone;
    showGuests(guests);
    const asked = view.phone;
    if (asked) {
      const chat = await ask(`/sim/guests/${asked}/chat`);
      if (asked === view.phone) showChat(chat);
    }
    showPanel(await ask("/sim/panel"));
  } catch (error) {
    complain(error);
  } finally {
    refreshing = false;
    if (again) {
      again = false;
      setTimeout(refresh, 60);
    }
  }
}

$("compose").addEventListener("submit", (event) => {
  event.preventDefault();
  sendText();
});
$("text").addEventListener("input", grow);
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    sendText();
  }
});
$("file").addEventListener("change", async () => {
  const [file] = $("file").files;
  if (file) await sendFile(file);
  $("file").value = "";
});
$("mic").addEventListener("click", record);
$("finish").addEventListener("click", finish);
$("discard").addEventListener("click", () => {
  if (take) stopTake();
});
$("heal").addEventListener(
  "click",
  tried(() => ask("/sim/faults", { method: "DELETE" })),
);
$("add").addEventListener(
  "submit",
  tried(async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const guest = await post("/sim/guests", {
      name: form.get("name"),
      phone: form.get("phone"),
      bsuid_only: form.get("bsuid_only") === "on",
    });
    event.target.reset();
    choose(guest.phone, true);
  }),
);
$("occupy").addEventListener(
  "submit",
  tried(async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    await post(`/sim/feeds/${form.get("feed")}/occupied`, {
      start: form.get("start"),
      end: form.get("end"),
      code: `DEMO${Date.now().toString(36).toUpperCase()}`,
    });
    event.target.reset();
    document.activeElement?.blur();
  }),
);
for (const tab of document.querySelectorAll("[data-go]")) {
  tab.addEventListener("click", () => show(tab.dataset.go));
}

const named = location.hash.slice(1);
if (/^\d+$/.test(named)) view.phone = named;
showScripts().catch(complain);
refresh();
new EventSource("/sim/events").addEventListener("message", refresh);
// The typing sign goes out by itself and an event may be missed while the machine sleeps.
setInterval(refresh, 5000);
