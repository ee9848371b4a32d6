// The web room's script; the page works without it.
//
// What the person sent stays in the browser's store until it comes back from the server with its number;
// the server is read by number, so nothing is missed; every repeat carries the same id and counts once.

import { label, problem, upload, verdict } from './files.js';
import { add, forget, keep, prefix, queue, quietly, recall } from './store.js';

const $ = id => document.getElementById(id);
const log = $('log'), queueBox = $('queue'), form = $('say'), text = $('text'), state = $('state');
const limit = Number(form.dataset.limit);
const past = 'past' in log.dataset;
function word(id) {
  const words = document.querySelector('[data-word="w-' + id + '"]');
  return words ? words.textContent : '';
}

/* Sending: one at a time and in order; repeated with growing pauses. */

let sending = false, pauses = 0, retry = 0, gone = false;

function enqueue(what, pressed) {
  add(what);
  draw();
  // After a button the focus would be lost with it; after writing it stays where it is.
  if (pressed) queueBox.lastChild.focus({ preventScroll: true });
  toEnd();
  pump();
}

async function pump() {
  clearTimeout(retry);
  const item = queue.find(i => !i.sent && !i.refused);
  if (sending || gone || !item) return;
  sending = true;
  let wait = 0;
  try {
    const answer = await (item.files ? upload(item, tell) : post(item));
    item.how = '';
    if (answer.ok) {
      item.sent = true;
      pauses = 0;
      // It may have come back already.
      if (queue.includes(item)) keep(item);
      // Some proxies hold streams back: whoever hears nothing asks.
      setTimeout(() => queue.includes(item) && catchUp(), 4000);
    } else if (!queue.includes(item)) {
      // The person took it back meanwhile.
    } else if (answer.status === 401) {
      lost();
    } else if (answer.status === 429 || answer.status >= 500) {
      item.how = answer.status === 429 ? 'slow' : 'waiting';
      wait = 1000 * answer.wait || pause();
    } else {
      item.refused = true;
      item.why = answer.why;
    }
  } catch (e) {
    if (queue.includes(item)) {
      item.how = 'waiting';
      wait = pause();
    }
  }
  sending = false;
  draw();
  if (wait) retry = setTimeout(pump, wait);
  else pump();
}

async function post(item) {
  const body = { client_id: item.id, text: item.text, token: item.token };
  const answer = await timely('/room/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return verdict(answer.status, answer.headers.get('retry-after'));
}

function takeBack(item) {
  forget(item.id);
  if (item.call) item.call.abort();
  draw();
  pump();
}

/** 1, 2, 4 … 30 seconds, and a little by chance, so that not all pages come back at once. */
function pause() {
  pauses = Math.min(pauses + 1, 6);
  return Math.min(30000, 500 * Math.pow(2, pauses)) * (0.8 + 0.4 * Math.random());
}

function timely(url, options) {
  if (typeof AbortController === 'undefined') return fetch(url, options);
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 45000);
  return fetch(url, Object.assign({ signal: abort.signal }, options));
}

/** This browser's room is no longer there: its cookie ran out or was removed. */
function lost() {
  gone = true;
  state.textContent = word('gone') + ' ';
  const link = document.createElement('a');
  link.href = '/';
  link.textContent = word('gone-start');
  state.appendChild(link);
  if (source) source.close();
}

/* Showing. */

/** Own messages that have not come back from the server yet. */
function draw() {
  const active = document.activeElement && document.activeElement.dataset.id;
  queueBox.textContent = '';
  for (const item of queue) {
    const box = document.createElement('div');
    box.className = 'm me' + (item.refused ? ' bad' : item.sent ? '' : ' wait');
    box.dataset.id = item.id;
    box.tabIndex = -1;
    const words = document.createElement('div');
    words.className = 't';
    words.dir = item.files ? document.documentElement.dir : 'auto';
    item.text.split('\n').forEach((line, i) => {
      if (i) words.appendChild(document.createElement('br'));
      words.appendChild(document.createTextNode(line));
    });
    const how = document.createElement('span');
    how.className = 'how';
    box.appendChild(words);
    box.appendChild(how);
    queueBox.appendChild(box);
    tell(item);
    if (item.refused && !item.why) {
      button(box, 'again', () => {
        item.refused = false;
        draw();
        pump();
      });
    }
    // A large photo on a slow line must not stand in the way of what else is to be said.
    if (item.files && !item.sent) button(box, 'cancel', () => takeBack(item));
    if (active === item.id) box.focus({ preventScroll: true });
  }
  activate();
}

function button(box, id, press) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = word(id);
  made.addEventListener('click', press);
  box.appendChild(made);
}

/** How far an own message has come. */
function tell(item) {
  const box = Array.from(queueBox.children).find(b => b.dataset.id === item.id);
  if (!box) return;
  const state = item.refused ? item.why || 'refused' : item.sent ? 'sent' : item.how || 'sending';
  const part = state === 'sending' && item.part ? ' \u2068' + item.part + ' %\u2069' : '';
  box.querySelector('.how').textContent = (word(state) || word('refused')) + part;
}

/** Only the newest question can be answered, and only until something was said; a counsellor can be sent things longer. */
function activate() {
  const forms = Array.from(log.querySelectorAll('.choices, .files'));
  const newest = forms.length && forms[forms.length - 1].closest('.m');
  const answered = queue.some(item => !item.refused);
  for (const asked of forms) {
    const here = asked.closest('.m'), over = 'stays' in asked.dataset ? '.bot, .human' : '.me';
    let later = here.nextElementSibling;
    while (later && !later.matches(over)) later = later.nextElementSibling;
    asked.hidden = here !== newest || Boolean(later) || past || (answered && over === '.me');
  }
}

let epoch = log.dataset.epoch, cursor = Number(log.dataset.cursor), unread = 0;
const title = document.title;

function elements(list) {
  const holder = document.createElement('template');
  // The server escapes it, and the page's policy lets no script in it run.
  holder.innerHTML = list.map(m => m.html).join('');
  return holder.content;
}

/**
 * What was answered without coming back was deleted, or could not be read; the server has it. The server
 * reads in the order of sending: of several, those before one that comes back. Later ones are still to come.
 */
function settle(fresh) {
  let settled = fresh.some(m => m.client) ? 0 : queue.length;
  queue.forEach((item, i) => {
    if (fresh.some(m => m.client === item.id)) settled = i;
  });
  queue.slice(0, settled).filter(item => item.sent).forEach(item => forget(item.id));
}

/** New messages, from the stream or asked for. */
function receive(batch) {
  if (batch.epoch !== epoch) {
    log.textContent = '';
    cursor = 0;
    epoch = batch.epoch;
  }
  for (const old of Array.from(log.children)) {
    if (Number(old.dataset.seq) < batch.oldest) old.remove();
  }
  const fresh = batch.messages.filter(m => m.seq > cursor);
  if (fresh.length) {
    const follows = nearEnd();
    const focused = document.activeElement && document.activeElement.dataset.id;
    const nodes = elements(fresh);
    const first = nodes.firstElementChild;
    settle(fresh);
    fresh.forEach((m, i) => {
      if (!m.client) return;
      if (m.client === focused) {
        nodes.children[i].tabIndex = -1;
        setTimeout(node => node.focus({ preventScroll: true }), 0, nodes.children[i]);
      }
      forget(m.client);
    });
    log.appendChild(nodes);
    cursor = fresh[fresh.length - 1].seq;
    draw();
    if (follows) toEnd(first);
    $('newer').hidden = nearEnd();
    if (document.hidden) {
      unread += fresh.filter(m => !m.client).length;
      if (unread) document.title = '(' + unread + ') ' + title;
    }
  }
  if (batch.lang && batch.lang !== document.documentElement.lang) relabel();
}

/** The person chose another language: everything around the messages is said in it. */
async function relabel() {
  try {
    const page = await (await timely('/?shell=1')).text();
    const other = new DOMParser().parseFromString(page, 'text/html');
    document.documentElement.lang = other.documentElement.lang;
    document.documentElement.dir = other.documentElement.dir;
    document.querySelectorAll('[data-word]').forEach(here => {
      const there = other.querySelector('[data-word="' + here.dataset.word + '"]');
      if (there) here.innerHTML = there.innerHTML;
    });
    text.placeholder = other.getElementById('text').placeholder;
    for (const e of [log, middle]) e.setAttribute('aria-label', other.querySelector('main').getAttribute('aria-label'));
    fit();
    draw();
  } catch (e) { /* the next page load has it */ }
}

// The middle moves; on very low screens the whole page does.
const middle = document.querySelector('main');
const mover = () => (middle.scrollHeight > middle.clientHeight + 1 ? middle : document.documentElement);
const left = box => box.scrollHeight - box.clientHeight - box.scrollTop;
const nearEnd = () => left(mover()) < 160;

/** To the end, but never past the beginning of what is new. */
function toEnd(first) {
  const box = mover();
  const top = box === middle ? middle.getBoundingClientRect().top : 0;
  const room = first ? first.getBoundingClientRect().top - top - 8 : Infinity;
  box.scrollTop += Math.min(left(box), room);
  if (nearEnd()) $('newer').hidden = true;
}

/* Reading on. */

let source = null, heard = Date.now(), reopen = 0, falls = 0;

function listen() {
  if (past || gone) return;
  clearTimeout(reopen);
  if (source) source.close();
  if (typeof EventSource === 'undefined') {
    reopen = setTimeout(() => catchUp().then(listen), 5000);
    return;
  }
  heard = Date.now();
  source = new EventSource('/room/events?epoch=' + epoch + '&after=' + cursor);
  const alive = () => {
    heard = Date.now();
    falls = 0;
    if (!gone) state.textContent = '';
  };
  source.onmessage = event => {
    alive();
    receive(JSON.parse(event.data));
  };
  source.addEventListener('beat', () => {
    alive();
    pump();
  });
  source.onerror = () => {
    source.close();
    falls = Math.min(falls + 1, 6);
    if (falls > 1 && !gone) state.textContent = word('offline');
    // Asking once tells a closed room from a broken line, and gets through where streams do not.
    reopen = setTimeout(() => catchUp().then(listen), Math.min(30000, 500 * Math.pow(2, falls)));
  };
}

async function catchUp() {
  if (past || gone) return;
  try {
    const answer = await timely('/room/messages?epoch=' + epoch + '&after=' + cursor);
    if (answer.status === 401) lost();
    if (answer.ok) receive(await answer.json());
  } catch (e) { /* listen() tries again */ }
}

// A line that died without a word.
setInterval(() => {
  if (Date.now() - heard > 50000 && !document.hidden) listen();
}, 10000);

function back() {
  if (document.hidden) return;
  unread = 0;
  document.title = title;
  if (Date.now() - heard > 30000 || !source || source.readyState === 2) listen();
  pump();
}
document.addEventListener('visibilitychange', back);
window.addEventListener('pageshow', back);
// Only hints: the line is tried all the same.
window.addEventListener('online', () => {
  pauses = 0;
  listen();
  pump();
});
window.addEventListener('storage', event => {
  if (!event.key || !event.key.startsWith(prefix)) return;
  recall();
  draw();
});

/* What the person does. */

const draftName = prefix + 'draft';

function fit() {
  // Empty, it follows the page; the hint inside would stand on the wrong side.
  text.dir = text.value ? 'auto' : document.documentElement.dir;
  text.style.height = 'auto';
  text.style.height = text.scrollHeight + 2 + 'px';
  const long = Array.from(text.value).length > limit;
  text.setAttribute('aria-invalid', String(long));
  if (!gone) state.textContent = long ? word('too-long') : '';
  return !long;
}

text.addEventListener('input', () => {
  fit();
  quietly(() => sessionStorage.setItem(draftName, text.value));
});

text.addEventListener('keydown', event => {
  // On a phone the key makes a new line, as everywhere else there.
  const touch = window.matchMedia('(pointer: coarse)').matches;
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || touch || past) return;
  event.preventDefault();
  submit();
});

function submit() {
  const said = text.value.trim();
  if (!said || !fit()) return text.focus();
  text.value = '';
  fit();
  quietly(() => sessionStorage.removeItem(draftName));
  enqueue({ text: said });
  text.focus({ preventScroll: true });
}

// A page that shows an earlier part works as it does without the script.
document.addEventListener('submit', event => {
  if (past) return;
  event.preventDefault();
  if (event.target === form) submit();
  if (event.target.matches('.files')) send(event.target);
});

function send(asked) {
  const input = asked.querySelector('[type=file]'), files = Array.from(input.files);
  if (!files.length) return input.focus();
  if (problem(asked, files)) return;
  enqueue({ files, check: asked.elements.check.value, text: files.map(label).join('\n') }, true);
  asked.reset();
  asked.classList.remove('ready');
  asked.querySelector('.picked').textContent = '';
}

log.addEventListener('change', event => {
  const asked = event.target.closest('.files');
  if (!asked) return;
  const files = Array.from(event.target.files), wrong = files.length ? problem(asked, files) : '';
  const picked = asked.querySelector('.picked');
  picked.textContent = '';
  for (const line of wrong ? [word(wrong)] : files.map(label)) {
    picked.appendChild(document.createElement('span')).textContent = line;
  }
  picked.classList.toggle('wrong', Boolean(wrong));
  asked.classList.toggle('ready', files.length > 0 && !wrong);
  // What came up below may lie under the foot of the page.
  asked.scrollIntoView({ block: 'nearest' });
});

let leaving = false;
window.addEventListener('beforeunload', event => {
  if (!leaving && queue.some(item => item.files && !item.sent && !item.refused)) event.preventDefault();
});

document.addEventListener('click', event => {
  const button = event.target.closest('button');
  if (past) return;
  if (button && button.name === 'token') {
    event.preventDefault();
    enqueue({ token: button.value, text: button.textContent }, true);
  } else if (button && button.name === 'text') {
    event.preventDefault();
    $('tools').open = false;
    enqueue({ text: button.value }, true);
  } else if (!event.target.closest('#tools')) {
    $('tools').open = false;
  }
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !$('tools').open) return;
  $('tools').open = false;
  $('tools').querySelector('summary').focus();
});

$('leave').addEventListener('click', event => {
  event.preventDefault();
  leaving = true;
  document.body.hidden = true;
  log.textContent = '';
  document.title = '';
  quietly(() => sessionStorage.removeItem(draftName));
  location.replace(event.currentTarget.href);
});

$('newer').addEventListener('click', () => toEnd());
document.addEventListener('scroll', () => {
  if (nearEnd()) $('newer').hidden = true;
}, true);

const earlier = $('earlier');
if (earlier && !past) {
  earlier.addEventListener('click', async event => {
    event.preventDefault();
    try {
      const answer = await timely('/room/messages?before=' + earlier.dataset.before);
      if (!answer.ok) return;
      const batch = await answer.json();
      const box = mover(), below = left(box);
      // Old words are not news: they are not read out.
      log.setAttribute('aria-live', 'off');
      log.insertBefore(elements(batch.messages), log.firstChild);
      setTimeout(() => log.removeAttribute('aria-live'), 500);
      box.scrollTop += left(box) - below;
      if (!batch.earlier) return earlier.parentNode.remove();
      earlier.dataset.before = batch.earlier;
    } catch (e) { /* the link can be pressed again */ }
  });
}

text.value = text.value || quietly(() => sessionStorage.getItem(draftName)) || '';
recall();
// What had already come back when the page was made.
log.querySelectorAll('.m.me[data-client]').forEach(own => forget(own.dataset.client));
fit();
draw();
if (!past) {
  toEnd();
  listen();
}
pump();
// Until here a press is a form that the browser sends by itself, and a new page is its answer.
document.body.dataset.live = '';
