// Drives Chromium as a person or a counsellor would, and keeps an eye on what pages must never do:
// ask any other server for anything, break their own content security policy, throw.
//
//   const lab = await launch({ origin: 'http://127.0.0.1:8080', shots: 'target/shots' });
//   const page = await lab.newPage({ width: 360, lang: 'ar' });
//   await openRoom(page);
//   await press(page, 'العربية');
//   await say(page, 'مرحبا');
//   await lab.close();           // throws if anything forbidden happened
//
// CHROMIUM names the program where it is not /usr/bin/chromium.

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a page may take to show what is waited for, in milliseconds. */
export const PATIENCE = 60000;

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * Starts Chromium for one server.
 *
 * @param {{origin: string, shots?: string}} options `origin` of the server under test; folder for screenshots.
 */
export async function launch({ origin, shots = 'target/shots' }) {
  const own = new URL(origin).origin;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
  });
  const lab = {
    browser,
    origin: own,
    shots,
    /** Requests to other servers: all were blocked. */
    foreign: [],
    /** Errors that pages reported: exceptions, refused scripts and styles. */
    faults: [],
    newPage: options => newPage(lab, options),
    close: () => close(lab),
  };
  return lab;
}

/**
 * A new browser profile with one page: a person of its own.
 *
 * `page.lab` leads back to the lab, `page.context()` to the profile (for a second tab, or to go offline).
 */
async function newPage(lab, options = {}) {
  const { width = 360, height = width < 700 ? 740 : 800, lang = 'de', dark = false } = options;
  const context = await lab.browser.newContext({
    baseURL: lab.origin,
    viewport: { width, height },
    locale: lang,
    timezoneId: 'Europe/Berlin',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: options.javaScript !== false,
    hasTouch: width < 700,
    isMobile: width < 700,
  });
  context.setDefaultTimeout(PATIENCE);
  await context.route(
    url => url.origin !== lab.origin,
    route => {
      lab.foreign.push(route.request().url());
      return route.abort();
    },
  );
  context.on('page', page => watch(lab, page));
  const page = await context.newPage();
  page.lab = lab;
  return page;
}

function watch(lab, page) {
  page.lab = lab;
  page.on('pageerror', error => lab.faults.push(`${page.url()}: ${error.message}`));
  page.on('console', message => {
    // A request that failed is the business of whoever made it; a policy that was broken is ours.
    const words = message.text();
    if (message.type() === 'error' && /content security policy/i.test(words)) {
      lab.faults.push(`${page.url()}: ${words}`);
    }
  });
}

async function close(lab) {
  await lab.browser.close();
  const wrong = [
    ...lab.foreign.map(url => `asked another server: ${url}`),
    ...lab.faults.map(fault => `reported an error: ${fault}`),
  ];
  if (wrong.length) throw new Error(`Pages misbehaved:\n${wrong.join('\n')}`);
}

/** Takes a screenshot into the lab's folder; returns the file's path. `full`: the whole page. */
export async function shot(page, name, full = false) {
  await mkdir(page.lab.shots, { recursive: true });
  const path = join(page.lab.shots, `${name}.png`);
  await page.screenshot({ path, fullPage: full });
  return path;
}

/** Checks a page with axe (WCAG 2.2 A and AA, best practice). Throws with every violation. */
export async function axe(page, name = page.url()) {
  // Evaluated, not added as a script: the pages' policy would refuse that, rightly.
  await page.evaluate(await readFile(axeFile, 'utf8'));
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    }),
  );
  const lines = violations.flatMap(v => v.nodes.map(n => `  ${v.id}: ${v.help}\n    ${n.html}\n    ${n.failureSummary}`));
  if (lines.length) throw new Error(`axe on ${name}:\n${lines.join('\n')}`);
}

/** Fails unless every visible button, link with a button's look and field is at least 44 px in both directions. */
export async function targets(page, name = page.url()) {
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, summary, .button, nav a, textarea, input:not([type=hidden]), select')]
      .filter(e => e.checkVisibility())
      .map(e => ({ words: e.textContent.trim().slice(0, 30) || e.id, box: (e.closest('label.pick') ?? e).getBoundingClientRect() }))
      .filter(({ box }) => box.width < 44 || box.height < 44)
      .map(({ words, box }) => `${words}: ${Math.round(box.width)} × ${Math.round(box.height)}`),
  );
  if (small.length) throw new Error(`Too small to hit on ${name}:\n${small.join('\n')}`);
}

/** Fails if a page can be moved sideways. */
export async function noSideways(page, name = page.url()) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) throw new Error(`${name} is ${over} px too wide`);
}

/* The room. */

/**
 * Opens the web room: the first page and, unless `start` is false, a conversation.
 *
 * @param {{campaign?: string, lang?: string, start?: boolean}} [options]
 */
export async function openRoom(page, { campaign, lang, start = true } = {}) {
  const query = new URLSearchParams();
  if (campaign) query.set('c', campaign);
  if (lang) query.set('lang', lang);
  await page.goto(query.size ? `/?${query}` : '/');
  if (!start) return;
  await page.locator('button.start').click();
  await page.locator('#log').waitFor();
  await page.locator('#log .m.bot').first().waitFor();
  // Before the script runs, a press loads a new page, and a second press may fall between the two.
  await page.locator('body[data-live]').waitFor();
}

/** Waits until one more message of the person stands in the conversation; says what the page shows if none comes. */
async function confirmed(page, before) {
  try {
    await page.locator('#log .m.me').nth(before).waitFor();
  } catch (error) {
    const shown = await page.locator('main').innerText();
    const state = await page.locator('#state').innerText();
    throw new Error(`${error.message}\nThe page (${page.url()}) says "${state}" and shows:\n${shown}`);
  }
}

/** Writes and sends a message; resolves when it stands in the conversation, confirmed by the server. */
export async function say(page, text) {
  const before = await page.locator('#log .m.me').count();
  await page.locator('#text').fill(text);
  await page.locator('#say button').click();
  await confirmed(page, before);
}

/**
 * Presses a button of the newest question, by its label; resolves when the press is confirmed. A message that comes
 * in the same moment moves the button away from under the finger; then nothing was pressed, and it is pressed again.
 */
export async function press(page, label) {
  const before = await page.locator('#log .m.me').count();
  const pressed = page.locator('#queue > *, #log .m.me').nth(before);
  for (let tries = 0; tries < 5; tries++) {
    await page.locator('#log .choices button').getByText(label, { exact: true }).last().click();
    const seen = pressed.waitFor({ state: 'attached', timeout: 5000 });
    if (await seen.then(() => true, () => false)) break;
  }
  await confirmed(page, before);
}

/** All messages of the conversation: who said it (`me`, `bot`, `human`), the words, language, direction, buttons. */
export async function messages(page) {
  return page.locator('#log .m').evaluateAll(all =>
    all.map(m => ({
      seq: Number(m.dataset.seq),
      who: ['me', 'bot', 'human'].find(who => m.classList.contains(who)),
      by: m.querySelector('.by').textContent,
      text: m.querySelector('.t').innerText,
      lang: m.querySelector('.t').lang,
      dir: m.querySelector('.t').dir,
      buttons: [...m.querySelectorAll('.choices:not([hidden]) button')].map(b => b.textContent),
    })),
  );
}

/** The newest message that is not the person's own (the bot's, or a counsellor's). */
export async function lastBotMessage(page) {
  return (await messages(page)).filter(m => m.who !== 'me').pop();
}

/**
 * Waits until the newest message of bot or counsellor fits: a text or pattern that is in it, or a function.
 * Returns that message.
 */
export async function waitForBot(page, wanted) {
  const fits =
    typeof wanted === 'function'
      ? wanted
      : m => (wanted instanceof RegExp ? wanted.test(m.text) : m.text.includes(wanted));
  const until = Date.now() + PATIENCE;
  let last;
  while (Date.now() < until) {
    last = await lastBotMessage(page);
    if (last && fits(last)) return last;
    await page.waitForTimeout(50);
  }
  throw new Error(`No such message came: ${wanted}\nThe newest one: ${JSON.stringify(last)}`);
}

/* The console. */

/** Signs a counsellor in. */
export async function signIn(page, login, password) {
  await page.goto('/console');
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.locator('form:has(input[name=password]) button').click();
  await page.locator('input[name=password]').waitFor({ state: 'detached' });
}
