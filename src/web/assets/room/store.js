// What the browser keeps: unsent messages, one entry each so that two tabs do not overwrite each other.

/** Names in the browser's store begin so. */
export const prefix = 'lotse.' + document.getElementById('log').dataset.room + '.';
const DAY = 24 * 60 * 60 * 1000;
/** What the person has sent and what has not come back from the server yet, oldest first. */
export let queue = [];

/** The store may be full or forbidden: then only this page knows. */
export function quietly(act) {
  try {
    return act();
  } catch (e) {
    return null;
  }
}

// Photos of letters are not left on a device that others use: they wait in this page only.
export const keep = item => item.files || quietly(() => localStorage.setItem(prefix + item.id, JSON.stringify(item)));

export function forget(id) {
  queue = queue.filter(item => item.id !== id);
  quietly(() => localStorage.removeItem(prefix + id));
}

/** Takes in what this or another tab has stored. */
export function recall() {
  const names = quietly(() => Object.keys(localStorage)) || [];
  const known = new Set(queue.map(item => item.id));
  for (const name of names.filter(n => n.startsWith(prefix) && !known.has(n.slice(prefix.length)))) {
    const item = quietly(() => JSON.parse(localStorage.getItem(name)));
    if (item && Date.now() - item.at < DAY) queue.push(item);
    else quietly(() => localStorage.removeItem(name));
  }
  queue.sort((a, b) => a.at - b.at);
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
}

/** Something new to send. */
export function add(what) {
  const item = Object.assign({ id: newId(), at: Date.now() }, what);
  queue.push(item);
  keep(item);
}
