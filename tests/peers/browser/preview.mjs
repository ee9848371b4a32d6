// What the preview promises to editors, tried in Chromium against a running `lotse preview --lang de`:
//
//   node preview.mjs http://127.0.0.1:8090 FOLDER [NAME…]
//
// FOLDER is the content folder that it shows; the checks save in it, and put back what they changed. With names, only
// the checks whose name contains one of them run.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { axe, launch, noSideways, shot, targets } from './browser.mjs';

const [origin = 'http://127.0.0.1:8090', folder = '.', ...names] = process.argv.slice(2);

/** The page, with a conversation in it. */
async function open(lab, options) {
  const page = await lab.newPage({ width: 1280, lang: 'de', ...options });
  await page.goto('/');
  await page.locator('#phone .bot').first().waitFor();
  await page.locator('#graph .lit').waitFor();
  return page;
}

const tap = (page, label) => page.locator('#phone [data-tap]:enabled').getByText(label, { exact: true }).click();
const keys = page => page.locator('#phone .key').allInnerTexts();
const lit = page => page.locator('#graph .lit').getAttribute('data-step');

/** Begins the conversation at a step. */
async function begin(page, flow, step) {
  await page.locator('#settings').evaluate(e => (e.open = true));
  await page.locator('#start').selectOption(flow);
  if (step) {
    // It may begin with a step of another flow.
    await page.locator(`#phone a[href^="#/${flow}/"]`).first().focus();
    await page.keyboard.press('Enter');
  }
  await page.locator('#flow-name').filter({ hasText: flow }).waitFor();
  if (!step) return;
  await page.locator(`#graph [data-step="${step}"]`).focus();
  await page.keyboard.press('Enter');
  await page.locator(`[data-start="${flow}/${step}"]`).click();
  await page.locator('#phone .key').first().filter({ hasText: `${flow}/${step}` }).waitFor();
}

/** Saves a file with one change; the answer puts it back. */
async function save(file, from, to) {
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  assert.ok(text.includes(from), `${file} has no ${from}`);
  await writeFile(path, text.replace(from, to));
  return () => writeFile(path, text);
}

/** Does something with changed files, and puts them back whatever happens. */
async function changed(page, edits, then) {
  const version = () => page.locator('body').getAttribute('data-version');
  const differs = before => page.waitForFunction(old => document.body.dataset.version !== old, before);
  let before = await version();
  const back = [];
  try {
    for (const edit of edits) back.push(await save(...edit));
    await differs(before);
    await then();
    before = await version();
  } finally {
    for (const undo of back.reverse()) await undo();
  }
  await differs(before);
}

const checks = {
  async 'looks, in two widths, light and dark, German and Arabic'(lab) {
    for (const [width, dark] of [[360, false], [1280, true], [1280, false]]) {
      const page = await open(lab, { width, dark });
      for (const lang of ['de', 'ar']) {
        const at = `${lang}-${width}${dark ? '-dark' : ''}`;
        await page.locator('#settings').evaluate(e => (e.open = true));
        await page.locator('#lang').selectOption(lang);
        await begin(page, 'target_group');
        await page.locator(`#phone .bot .t[lang=${lang}]`).first().waitFor();
        await axe(page, at);
        await targets(page, at);
        await noSideways(page, at);
        await page.locator('#settings').evaluate(e => (e.open = false));
        await shot(page, `preview-${at}`, true);
      }
      await page.context().close();
    }
  },

  async 'a conversation, the graph and the texts go together'(lab) {
    const page = await open(lab);
    await tap(page, 'Deutsch');
    await page.locator('#flow-name').filter({ hasText: 'menu' }).waitFor();
    await tap(page, 'Passt WIR zu mir?');
    await page.locator('#flow-name').filter({ hasText: 'target_group' }).waitFor();
    assert.equal(await page.locator('#texts .name').innerText(), `target_group/${await lit(page)}`);
    const languages = await page.locator('#texts article').evaluateAll(all => all.map(a => a.querySelector('.words').dir));
    assert.deepEqual(languages, ['ltr', 'ltr', 'rtl']);
    assert.ok(await page.locator('#texts .mark.machine').count());
    // A step that is picked is looked at; the conversation stays where it is.
    const stands = await lit(page);
    const other = page.locator('#graph a.ask:not(.lit)').first();
    const picked = await other.getAttribute('data-step');
    await other.click();
    await page.locator('#texts .name').filter({ hasText: `target_group/${picked}` }).waitFor();
    assert.equal(await lit(page), stands);
    await page.locator('[data-follow]').click();
    await page.locator('#texts .name').filter({ hasText: `target_group/${stands}` }).waitFor();
    // Another flow is one click away, and the way back too.
    await page.locator('#graph a.call').first().click();
    await page.locator('#texts a.button').click();
    await page.locator('#flow-name').filter({ hasText: 'common/' }).waitFor();
    await page.locator('#undo').click();
    await page.locator('#flow-name').filter({ hasText: 'menu' }).waitFor();
  },

  async 'what is saved is seen, in the middle of a conversation'(lab) {
    const page = await open(lab);
    await tap(page, 'Deutsch');
    await tap(page, 'Passt WIR zu mir?');
    await page.locator('#flow-name').filter({ hasText: 'target_group' }).waitFor();
    const before = await keys(page);
    await page.locator('#text').fill('halb geschrieben');
    await changed(page, [['locales/de/menu.ftl', 'Passt WIR zu mir?', 'Ist WIR etwas für mich?']], async () => {
      await page.locator('#phone .options').getByText('Ist WIR etwas für mich?').waitFor();
      assert.deepEqual(await keys(page), before, 'the conversation stands where it stood');
      assert.equal(await page.locator('#text').inputValue(), 'halb geschrieben');
      assert.equal(await page.locator('#changed').count(), 0);
      assert.match(await page.locator('#announce').innerText(), /neu gelesen/);
    });
    // Where the way is another one now, the page says so.
    const menu = await readFile(join(folder, 'flows/menu.toml'), 'utf8');
    const [line, target] = menu.match(/options\.\w+\s*=\s*"(flow:target_group)"/);
    await changed(page, [['flows/menu.toml', line, line.replace(target, 'flow:help')]], async () => {
      await page.locator('#changed').waitFor();
      assert.match(await page.locator('#changed').innerText(), /target_group[^]*help/);
      await axe(page, 'changed');
      await shot(page, 'preview-changed', true);
    });
    await page.locator('#changed').waitFor({ state: 'detached' });
    assert.deepEqual(await keys(page), before);
  },

  async 'faulty files keep what was good, and the findings stand beside the step'(lab) {
    const page = await open(lab);
    await begin(page, 'menu');
    await changed(page, [['flows/menu.toml', 'flow:human', 'flow:humna']], async () => {
      await page.locator('#banner .banner').waitFor();
      await page.locator('#cards .found.error').getByText('L021').first().waitFor();
      const found = await page.locator('#list .found').first().innerText();
      assert.match(found, /flows\/menu\.toml:\d+:\d+/);
      assert.match(found, /human/);
      assert.ok(await page.locator('#phone [data-tap]:enabled').count(), 'one can go on talking');
      await axe(page, 'faulty');
      await shot(page, 'preview-faulty', true);
    });
    await page.locator('#banner .banner').waitFor({ state: 'detached' });
    // What is missing in a language stands with that language.
    const arabic = (await readFile(join(folder, 'locales/ar/menu.ftl'), 'utf8')).match(/^ +\.\w+ = .*\n/m)[0];
    await changed(page, [['locales/ar/menu.ftl', arabic, '']], async () => {
      await page.locator('article', { hasText: 'العربية' }).locator('.mark.missing').first().waitFor();
      await axe(page, 'missing');
    });
  },

  async 'each network has its look'(lab) {
    const page = await open(lab);
    await tap(page, 'Deutsch');
    await page.getByLabel('WhatsApp').check();
    await page.locator('.screen.whatsapp .rows[open]').waitFor();
    await shot(page, 'preview-whatsapp');
    await axe(page, 'WhatsApp');
    await page.getByLabel('Signal').check();
    await page.locator('.screen.signal ol').first().waitFor();
    assert.equal(await page.locator('#phone [data-tap]').count(), 0);
    await axe(page, 'Signal');
    await page.locator('#text').fill('1');
    await page.keyboard.press('Enter');
    await page.locator('#flow-name').filter({ hasNotText: 'menu' }).waitFor();
    await shot(page, 'preview-signal');
  },

  async 'as if it were another day, with answers from before'(lab) {
    const page = await open(lab);
    await begin(page, 'target_group', 'in_104c');
    assert.match((await keys(page))[0], /target_group\/in_104c$/);
    await page.locator('#date').fill('2029-03-05');
    await page.locator('#phone .key', { hasText: 'target_group/in_104c_general' }).waitFor();
    await page.locator('#fields').evaluate(e => (e.parentElement.open = true));
    await page.locator('#field-age_group').selectOption('from_15');
    await page.locator('#phone .key', { hasText: 'target_group/minor' }).waitFor();
    assert.match(await page.locator('#transcript').textContent(), /at 2029-03-05T10:00/);
    await targets(page, 'settings');
    await axe(page, 'settings');
    await shot(page, 'preview-settings', true);
    await page.reload();
    await page.locator('#phone .key', { hasText: 'target_group/minor' }).waitFor();
  },

  async 'a fact is out of date: another way, and back'(lab) {
    for (const width of [360, 1280]) {
      const page = await open(lab, { width });
      await begin(page, 'target_group', 'in_104c');
      const key = name => page.locator('#phone .key').filter({ hasText: new RegExp(`target_group/${name}$`) });
      await page.locator('#facts details').evaluate(e => (e.open = true));
      const beside = page.locator('#facts [data-fact=chance_104c]');
      assert.match(await beside.locator('option').first().innerText(), /wie in facts\.toml: wird genannt/);
      // By keyboard, in the settings; the focus stays, and the page says what has become of the conversation.
      await beside.focus();
      await page.keyboard.press('v');
      await key('in_104c_general').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.dataset.fact), 'chance_104c');
      assert.equal(await beside.inputValue(), 'stale');
      assert.match(await page.locator('#changed').innerText(), /in_104c\n[^]*in_104c_general/);
      assert.match(await page.locator('#announce').innerText(), /anders als vor der Änderung/);
      assert.match(await page.locator('#assumed').innerText(), /chance_104c: veraltet/);
      assert.match(await page.locator('#transcript').textContent(), /Angaben nicht setzen/);
      await axe(page, `facts-${width}`);
      await targets(page, `facts-${width}`);
      await noSideways(page, `facts-${width}`);
      await shot(page, `preview-facts-${width}`, true);
      // It outlives loading the page again, and is undone with one button.
      await page.reload();
      await key('in_104c_general').waitFor();
      await page.locator('#assumed button').click();
      await key('in_104c').waitFor();
      assert.equal(await page.locator('#assumed *').count(), 0);
      // Beside the texts of the step that states it, too.
      await page.locator('#phone a[href="#/target_group/in_104c"]').focus();
      await page.keyboard.press('Enter');
      await page.locator('#cards [data-fact=chance_104c]').selectOption('open');
      await key('in_104c_general').waitFor();
      await page.locator('#settings').evaluate(e => (e.open = true));
      await page.locator('#facts details').evaluate(e => (e.open = true));
      await beside.selectOption('');
      await key('in_104c').waitFor();
      await page.locator('#changed').waitFor({ state: 'detached' });
      // Two years later it is out of date by itself, unless somebody has looked.
      await page.locator('#date').fill('2029-03-05');
      await key('in_104c_general').waitFor();
      await beside.selectOption('verified');
      await key('in_104c').waitFor();
      assert.match(await page.locator('#assumed').innerText(), /5\. März 2029[^]*chance_104c: geprüft/);
      await page.context().close();
    }
  },

  async 'a reminder comes when time has passed'(lab) {
    const page = await open(lab);
    await begin(page, 'work_permission', 'applied');
    await page.locator('#date').fill('2026-11-22');
    await tap(page, 'Ja, ich warte');
    await page.locator('#phone .key', { hasText: 'system:remind-offer' }).waitFor();
    assert.equal(await page.locator('#due li').count(), 0, 'nobody has agreed');
    await page.locator('#phone [data-tap=yes]:enabled').click();
    const due = page.locator('#due li');
    await due.waitFor();
    assert.match(await due.innerText(), /6\. Dezember 2026, 10:0\d führt zu work_permission\/applied/);
    await axe(page, 'due');
    await shot(page, 'preview-due');
    // A day is not enough; the button lets the rest pass.
    await page.locator('#other').selectOption('(wait 1d)');
    await page.locator('#phone .note').last().filter({ hasText: '23. November 2026' }).waitFor();
    assert.equal(await due.count(), 1);
    const before = (await keys(page)).length;
    await due.getByRole('button').click();
    await due.waitFor({ state: 'detached' });
    await page.locator('#phone .note').last().filter({ hasText: '6. Dezember 2026' }).waitFor();
    assert.deepEqual((await keys(page)).slice(before).map(k => k.split('\n').pop()), ['system:remind-due', 'work_permission/applied']);
    await page.locator('#phone .mark').getByText('Erinnerung', { exact: true }).waitFor();
    await tap(page, 'Ja, abgelehnt');
    await page.locator('#phone .key', { hasText: 'work_permission/refused' }).waitFor();
    assert.match(await page.locator('#transcript').textContent(), /\nwait 13d\n> system:remind-due\n/);
    // Taken back, it is planned again; with another day it moves.
    await page.locator('#undo').click();
    await page.locator('#undo').click();
    await due.waitFor();
    await page.locator('#date').fill('2027-03-05');
    await due.filter({ hasText: '19. März 2027' }).waitFor();
  },

  async 'by keyboard alone'(lab) {
    const page = await open(lab);
    const reach = async find => {
      for (let i = 0; i < 120; i++) {
        if (await page.evaluate(find)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`not reached: ${find}`);
    };
    await reach(`document.activeElement.textContent === 'Deutsch' && document.activeElement.matches('[data-tap]')`);
    await page.keyboard.press('Enter');
    // The focus goes on to the next question.
    await page.waitForFunction(() => document.activeElement.matches('[data-tap]:enabled') && document.activeElement.textContent !== 'Deutsch');
    await page.keyboard.press('Enter');
    await page.locator('#flow-name').filter({ hasNotText: /^menu$/ }).waitFor();
    await reach(`document.activeElement.matches('#text')`);
    await page.keyboard.type('Menü');
    await page.keyboard.press('Enter');
    await page.locator('#flow-name').filter({ hasText: /^menu$/ }).waitFor();
    assert.equal(await page.evaluate('document.activeElement.id'), 'text');
    await reach(`document.activeElement.matches('#graph a.flow')`);
    await page.keyboard.press('Enter');
    await page.locator('[data-follow]').waitFor();
    await reach(`document.activeElement.matches('[data-follow]')`);
    await page.keyboard.press('Enter');
    await page.locator('#flow-name').filter({ hasText: /^menu$/ }).waitFor();
  },

  async 'says when nobody is there any more'(lab) {
    const page = await open(lab);
    await page.context().setOffline(true);
    await page.locator('#again').click();
    await page.locator('#line.lost').waitFor();
    await page.context().setOffline(false);
    await page.locator('#line:not(.lost)').waitFor();
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  if (names.length && !names.some(part => name.includes(part))) continue;
  const lab = await launch({ origin });
  const fault = await check(lab).then(() => null, error => error);
  const misbehaved = await lab.close().then(() => null, error => error);
  console.log(`${fault || misbehaved ? 'FAILED' : 'ok    '} ${name}`);
  for (const error of [fault, misbehaved].filter(Boolean)) {
    failed += 1;
    console.log(error.stack.replace(/^/gm, '       '));
  }
}
process.exitCode = failed ? 1 : 0;
