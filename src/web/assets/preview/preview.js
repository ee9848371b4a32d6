// The preview. This page holds the conversation, as what was done so far; the server plays it on the content of now
// and sends the parts of the page back as HTML. Nothing is asked of any other server.

const $ = id => document.getElementById(id);
const KEY = 'lotse-preview';
const blank = { look: 'telegram', lang: '', start: '', date: '', facts: {}, covered: '', fields: {}, inputs: [], seen: [], chosen: '' };
const state = Object.assign({}, blank, JSON.parse(sessionStorage.getItem(KEY) || '{}'));
const shown = { version: 0, start: null, html: {}, lines: [], zoom: 1 };
let asking = 0;

// Asks for the page's parts. `same`: the person did nothing, but the content, the day or a fact has changed: then the
// server says where the conversation has become another one.
async function show({ same = false, focus = null } = {}) {
  sessionStorage.setItem(KEY, JSON.stringify(state));
  const turn = ++asking;
  const body = JSON.stringify({ ...state, seen: same ? state.seen : [] });
  let answer;
  try {
    const got = await fetch('/show', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (!got.ok) throw new Error(got.status);
    answer = await got.json();
  } catch {
    connected(false);
    setTimeout(() => turn === asking && show({ same, focus }), 2000);
    return;
  }
  if (turn !== asking) return;
  connected(true);
  put('banner', answer.banner);
  put('list', answer.findings);
  $('count').textContent = $('sum')?.dataset.count || '';
  put('assumed', answer.assumed);
  put('facts', answer.facts);
  put('phone', answer.phone);
  put('graph', answer.graph);
  put('cards', answer.texts);
  put('known', answer.known);
  put('due', answer.due);
  $('flow-name').textContent = answer.flow;
  $('transcript').textContent = answer.transcript;
  if (shown.version !== answer.version || shown.start !== state.start) choices(answer.choices);
  const news = same && shown.version && shown.version !== answer.version;
  shown.version = answer.version;
  document.body.dataset.version = answer.version;
  if (!same || !state.seen.length) state.seen = answer.lines;
  sessionStorage.setItem(KEY, JSON.stringify(state));
  $('phone').scrollTop = answer.changed ? $('changed').offsetTop - 40 : $('phone').scrollHeight;
  look();
  if (focus) focus();
  $('announce').textContent = news ? $('announce').dataset.reloaded : answer.announce;
}

// Replaces a part, if it is another one. What was open stays open, and the focus stays where it was.
function put(id, html) {
  if (shown.html[id] === html) return;
  shown.html[id] = html;
  const box = $(id);
  const open = [...box.querySelectorAll('details')].map(d => d.open);
  const active = box.contains(document.activeElement) ? document.activeElement : null;
  const mark = active && ['data-step', 'data-start', 'data-tap', 'data-fact', 'href'].find(name => active.hasAttribute(name));
  const value = mark && CSS.escape(active.getAttribute(mark));
  box.innerHTML = html;
  if (id !== 'phone') box.querySelectorAll('details').forEach((d, i) => (d.open = open[i] ?? d.open));
  if (active && active !== box) (box.querySelector(`[${mark}="${value}"]:not(:disabled)`) || section(box)).focus();
}

const section = box => (box.tabIndex >= 0 ? box : box.closest('section'));

// The settings that depend on the content.
function choices(html) {
  shown.start = state.start;
  const focused = document.activeElement?.id;
  $('choices').innerHTML = html;
  $('fields').replaceChildren(...$('new-fields').children);
  $('new-fields').remove();
  if (focused) $(focused)?.focus();
}

// Brings the step that counts into the middle of the graph.
function look() {
  const box = $('graph');
  const svg = box.querySelector('svg');
  if (!svg) return;
  const { width, height } = svg.viewBox.baseVal;
  svg.setAttribute('width', width * shown.zoom);
  svg.setAttribute('height', height * shown.zoom);
  const node = svg.querySelector('.chosen, .lit');
  if (!node) return;
  const [at, frame] = [node.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollLeft += at.left + at.width / 2 - frame.left - frame.width / 2;
  box.scrollTop += at.top + at.height / 2 - frame.top - frame.height / 2;
}

function zoom(factor) {
  const svg = $('graph').querySelector('svg');
  if (!svg) return;
  const width = svg.viewBox.baseVal.width;
  shown.zoom = factor ? Math.min(2, Math.max(0.25, shown.zoom * factor)) : Math.min(1, ($('graph').clientWidth - 4) / width);
  look();
}

function act(input) {
  state.inputs.push(input);
  state.chosen = '';
  // By keyboard one goes on with the next question, or writes.
  const focus = () => ($('phone').querySelector('button[data-tap]:not(:disabled)') || $('text')).focus({ preventScroll: true });
  show({ focus: input.startsWith('"') ? null : focus });
}

function begin(start) {
  Object.assign(state, { start, inputs: [], chosen: '' });
  show();
}

addEventListener('click', event => {
  const hit = name => event.target.closest(`[${name}]`);
  const link = event.target.closest('a[href^="#/"]');
  if (link) {
    event.preventDefault();
    state.chosen = link.getAttribute('href').slice(2).replace(/\.retry$/, '');
    show();
  } else if (hit('data-tap')) act(hit('data-tap').dataset.tap);
  else if (hit('data-start')) begin(hit('data-start').dataset.start);
  else if (hit('data-follow')) {
    state.chosen = '';
    show();
  } else if (hit('data-real')) {
    Object.assign(state, { date: '', facts: {} });
    $('date').value = document.body.dataset.today;
    show({ same: true });
  }
});

addEventListener('change', event => {
  const { dataset, value } = event.target;
  if (!dataset.fact) return;
  if (value) state.facts[dataset.fact] = value;
  else delete state.facts[dataset.fact];
  show({ same: true });
});

$('say').addEventListener('submit', event => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (!text) return;
  $('text').value = '';
  act(`"${text}"`);
});

$('undo').addEventListener('click', () => {
  state.inputs.pop();
  state.chosen = '';
  show();
});
$('again').addEventListener('click', () => begin(state.start));
$('other').addEventListener('change', event => {
  const input = event.target.value;
  event.target.value = '';
  if (input) act(input);
});
for (const radio of document.querySelectorAll('[name=look]')) {
  radio.checked = radio.value === state.look;
  radio.addEventListener('change', () => {
    state.look = radio.value;
    show();
  });
}

$('set').addEventListener('submit', event => event.preventDefault());
$('set').addEventListener('change', event => {
  const { name, value, dataset } = event.target;
  if (dataset.fact) return;
  if (dataset.field) {
    if (value) state.fields[dataset.field] = value;
    else delete state.fields[dataset.field];
  } else if (name === 'start') return begin(value);
  else state[name] = name === 'date' && value === document.body.dataset.today ? '' : value;
  show({ same: name === 'date' });
});
if (state.date) $('date').value = state.date;
$('covered').value = state.covered;

$('smaller').addEventListener('click', () => zoom(0.8));
$('larger').addEventListener('click', () => zoom(1.25));
$('fit').addEventListener('click', () => zoom(0));
$('copy').addEventListener('click', async event => {
  await navigator.clipboard.writeText($('transcript').textContent);
  $('announce').textContent = event.target.dataset.done;
});

function connected(on) {
  const line = $('line');
  line.textContent = on ? line.dataset.live : line.dataset.lost;
  line.classList.toggle('lost', !on);
}

const source = new EventSource('/events');
source.onopen = () => connected(true);
source.onerror = () => connected(false);
source.onmessage = event => {
  connected(true);
  if (Number(event.data) !== shown.version) show({ same: true });
};
