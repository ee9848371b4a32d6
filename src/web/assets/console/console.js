// Live updates for the console. Every page works without this script; it only fetches the page again when
// something has changed and puts the parts marked `data-live` in place, without touching what is being typed.

const PAUSE = 60_000; // the page looks by itself so often, in case news was lost
const announce = document.getElementById("announce");
const hint = document.querySelector(".live");
// Where this page can be fetched again: what answers a form that was sent stands under an address of its own.
const own = document.body.dataset.self || location.pathname;
const self = own === location.pathname ? own + location.search : own;
let busy = false;
let again = false;

async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    const answer = await fetch(self, { headers: { "x-lotse-background": "1" }, cache: "no-store" });
    if (answer.redirected || answer.status === 401 || answer.status === 404) {
      // Signed out, or the case is not ours any more. What is being typed stays: sending it will say why.
      const typing = [...document.querySelectorAll("textarea")].some((t) => t.value.trim() && !t.readOnly);
      if (!typing) location.assign(self);
      return;
    }
    if (answer.ok) {
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    }
  } catch {
    // Offline: the next event or the next minute tries again.
  } finally {
    busy = false;
    if (again) {
      again = false;
      refresh();
    }
  }
}

function show(page) {
  const news = [];
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(old.id);
    if (!fresh || old.innerHTML === fresh.innerHTML) continue;
    const known = new Set([...old.children].map((c) => c.id));
    if (fresh.children.length > 0 && [...fresh.children].every((c) => c.id)) {
      merge(old, fresh);
    } else {
      old.replaceChildren(...fresh.childNodes);
    }
    if (!old.dataset.announce) continue;
    for (const child of old.children) {
      if (child.dataset.news && !known.has(child.id)) {
        if (old.dataset.announce === "alarm") {
          ring(); // the banner itself is read aloud
          continue;
        }
        const word = old.dataset.announce === "case" ? announce.dataset.newCase : announce.dataset.newMessage;
        news.push(`${word}: ${child.dataset.news}`);
        child.classList.add("fresh");
      }
    }
  }
  if (page.title && own === location.pathname) document.title = page.title;
  if (news.length > 0) announce.textContent = news.slice(0, 3).join(". ");
}

// Children with ids keep their node while nothing in them changed, so that focus and open parts stay.
function merge(old, fresh) {
  const nodes = new Map([...old.children].map((c) => [c.id, c]));
  let place = old.firstElementChild;
  for (const next of [...fresh.children]) {
    const node = nodes.get(next.id);
    nodes.delete(next.id);
    let keep = node;
    if (!node) {
      keep = next;
    } else if (!same(node, next)) {
      const focused = node.contains(document.activeElement) ? document.activeElement.tagName : null;
      if (node === place) place = node.nextElementSibling;
      node.replaceWith(next);
      if (focused) next.querySelector(focused.toLowerCase())?.focus();
      keep = next;
    }
    if (keep === place) place = place.nextElementSibling;
    else if (keep.parentNode !== old || keep.nextElementSibling !== place) old.insertBefore(keep, place);
  }
  for (const gone of nodes.values()) gone.remove();
}

function same(a, b) {
  const clean = (node) => {
    const copy = node.cloneNode(true);
    copy.classList.remove("fresh");
    if (!copy.className) copy.removeAttribute("class");
    return copy.outerHTML;
  };
  return clean(a) === clean(b);
}

function connected(on) {
  if (!hint) return;
  hint.hidden = false;
  hint.textContent = on ? hint.dataset.on : hint.dataset.off;
  hint.classList.toggle("off", !on);
}

if (document.querySelector("[data-live]")) {
  let source;
  const listen = () => {
    source = new EventSource("/console/events");
    source.onopen = () => {
      connected(true);
      refresh(); // something may have happened while nobody listened, also since the page was made
    };
    source.onmessage = refresh;
    source.onerror = () => {
      connected(false);
      if (source.readyState === EventSource.CLOSED) {
        refresh();
        setTimeout(listen, 5000);
      }
    };
  };
  listen();
  setInterval(refresh, PAUSE);
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

// Ctrl + Enter sends. A form is sent once: a second press while it is on its way does nothing.
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches(".composer textarea")) {
    event.target.form.requestSubmit();
  }
});
addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = "1";
});

// Sound and a notice for alarms, once the counsellor has switched them on for this device. Without content: others may
// see the screen.
const RING = "lotse-ring";
const ringOn = () => localStorage.getItem(RING) === "on";

function ring() {
  if (!ringOn()) return;
  const words = document.getElementById("alarms")?.dataset.notice;
  if ("Notification" in window && Notification.permission === "granted") new Notification(`lotse: ${words}`, { tag: RING });
  try {
    const sound = new AudioContext();
    [0, 0.35, 0.7].forEach((at) => beep(sound, at));
    setTimeout(() => sound.close(), 2000);
  } catch {
    // No sound on this device: the banner is there all the same.
  }
}

function beep(sound, at) {
  const [tone, volume] = [sound.createOscillator(), sound.createGain()];
  tone.frequency.value = 880;
  volume.gain.value = 0.2;
  tone.connect(volume).connect(sound.destination);
  tone.start(sound.currentTime + at);
  tone.stop(sound.currentTime + at + 0.2);
}

const ringSwitch = document.getElementById("ring-switch");
if (ringSwitch) {
  const paint = () => {
    ringSwitch.textContent = ringOn() ? ringSwitch.dataset.off : ringSwitch.dataset.on;
    ringSwitch.setAttribute("aria-pressed", String(ringOn()));
  };
  ringSwitch.addEventListener("click", () => {
    if (ringOn()) {
      localStorage.removeItem(RING);
    } else {
      localStorage.setItem(RING, "on");
      // The browser asks by itself, and the answer may take its time or be no.
      if ("Notification" in window) Notification.requestPermission().catch(() => {});
      ring(); // so that everybody knows what it sounds like
    }
    paint();
  });
  paint();
  document.getElementById("ring").hidden = false;
}
