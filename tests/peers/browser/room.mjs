// What the web room promises, tried in Chromium against a running server:
//
//   node room.mjs http://127.0.0.1:8080 [NAME…]
//
// Nobody has to sit at the desk for this. With names, only the checks whose name contains one of them run.

import assert from 'node:assert/strict';
import {
  axe, launch, lastBotMessage, messages, noSideways, openRoom, press, say, shot, targets, waitForBot,
} from './browser.mjs';

const origin = process.argv[2] || 'http://127.0.0.1:8080';
const names = process.argv.slice(3);

const queued = page => page.locator('#queue .m');
const own = async page => (await messages(page)).filter(m => m.who === 'me').map(m => m.text.trim());

/** A German conversation that has arrived at the menu. */
async function atMenu(lab, options) {
  const page = await lab.newPage(options);
  await openRoom(page);
  await press(page, 'Deutsch');
  await waitForBot(page, m => m.buttons.includes('Darf ich arbeiten?'));
  return page;
}

const checks = {
  async 'languages and looks'(lab) {
    const tongues = [['de', 'Deutsch', 'ltr'], ['ar', 'العربية', 'rtl'], ['en', 'English', 'ltr']];
    for (const [lang, name, dir] of tongues) {
      for (const [width, dark] of [[360, false], [1280, true]]) {
        const at = `${lang}-${width}`;
        const page = await lab.newPage({ width, lang, dark });
        await openRoom(page, { start: false });
        assert.equal(await page.locator('html').getAttribute('dir'), dir);
        await axe(page, `first page, ${at}`);
        await targets(page);
        await noSideways(page);
        await shot(page, `room-first-${at}`, true);
        await openRoom(page);
        await press(page, name);
        const menu = await waitForBot(page, m => m.buttons.length > 4);
        assert.equal(menu.dir, dir);
        await page.locator(`html[lang=${lang}]`).waitFor();
        await axe(page, `menu, ${at}`);
        await page.locator('#tools summary').click();
        await axe(page, `tools, ${at}`);
        await targets(page);
        await noSideways(page);
        await shot(page, `room-tools-${at}`);
        await page.context().close();
      }
    }
  },

  async 'the language of the page follows the conversation'(lab) {
    const page = await lab.newPage({ lang: 'de' });
    await openRoom(page);
    await press(page, 'العربية');
    await page.locator('html[lang=ar][dir=rtl]').waitFor();
    assert.equal(await page.locator('#text').getAttribute('placeholder'), 'اكتب رسالة');
    await page.reload();
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
  },

  async 'numbers can be dialled in a text from right to left'(lab) {
    const page = await lab.newPage({ lang: 'ar' });
    await openRoom(page);
    await press(page, 'العربية');
    await waitForBot(page, m => m.buttons.length > 4);
    const dialled = await page.locator('#log a[href^="tel:"]').evaluateAll(all => all.map(a => a.getAttribute('href')));
    for (const number of ['tel:112', 'tel:110', 'tel:116016', 'tel:08001110111']) {
      assert.ok(dialled.includes(number), `${number} in ${dialled}`);
    }
  },

  async 'written while the line is down, sent when it is back, once'(lab) {
    const page = await atMenu(lab);
    await page.context().setOffline(true);
    await page.locator('#text').fill('Eins');
    await page.locator('#say button').click();
    await page.locator('#text').fill('Zwei');
    await page.locator('#say button').click();
    await queued(page).nth(1).waitFor();
    await page.locator('#queue .wait .how').first().filter({ hasText: 'noch nicht gesendet' }).waitFor();
    assert.equal(await page.locator('#text').evaluate(e => e === document.activeElement), true);
    await page.context().setOffline(false);
    await queued(page).first().waitFor({ state: 'detached' });
    await page.locator('#queue:empty').waitFor({ state: 'attached' });
    assert.deepEqual((await own(page)).slice(-2), ['Eins', 'Zwei']);
    await page.reload();
    assert.deepEqual((await own(page)).slice(-2), ['Eins', 'Zwei']);
  },

  async 'what was not sent outlives the page'(lab) {
    const page = await atMenu(lab);
    await page.route('**/room/messages', route =>
      route.request().method() === 'POST' ? route.abort() : route.continue());
    await page.locator('#text').fill('Später');
    await page.locator('#say button').click();
    await queued(page).first().waitFor();
    await page.locator('#text').fill('ein Entwurf');
    await page.reload();
    assert.equal(await page.locator('#text').inputValue(), 'ein Entwurf');
    assert.match(await queued(page).first().innerText(), /Später/);
    await page.unroute('**/room/messages');
    await page.locator('#log .m.me').filter({ hasText: 'Später' }).waitFor();
    assert.equal((await own(page)).filter(t => t === 'Später').length, 1);
  },

  async 'an answer that got lost on its way is no second message'(lab) {
    const page = await atMenu(lab);
    let lost = 0;
    await page.route('**/room/messages', async route => {
      if (route.request().method() !== 'POST' || lost++) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await say(page, 'Nur einmal');
    await page.locator('#queue:empty').waitFor({ state: 'attached' });
    await page.reload();
    assert.equal((await own(page)).filter(t => t === 'Nur einmal').length, 1);
  },

  async 'an answer to one message takes away no other'(lab) {
    const page = await atMenu(lab);
    // No stream, and nothing is read until both are sent; the second is taken, and not read by the bot yet.
    let reading = false;
    await page.route('**/room/events?*', route => route.abort());
    await page.route(/\/room\/messages/, route => {
      const request = route.request();
      if (request.method() === 'GET') return reading ? route.continue() : route.abort();
      if (!request.postData().includes('Zwei')) return route.continue();
      return route.fulfill({ status: 202, contentType: 'application/json', body: '{}' });
    });
    await page.reload();
    for (const text of ['Eins', 'Zwei']) {
      await page.locator('#text').fill(text);
      await page.locator('#say button').click();
    }
    await page.locator('#queue .m:not(.wait)').nth(1).waitFor();
    reading = true;
    await page.locator('#log .m.me').filter({ hasText: 'Eins' }).waitFor();
    assert.equal(await queued(page).count(), 1);
    assert.match(await queued(page).innerText(), /Zwei/);
  },

  async 'a question is answered once, and an old one no more'(lab) {
    const page = await atMenu(lab);
    const old = await page.locator('#log .choices').count();
    await page.locator('#log .choices button').getByText('Darf ich arbeiten?').last().dblclick();
    await waitForBot(page, m => m.buttons.length && !m.buttons.includes('Darf ich arbeiten?'));
    assert.equal((await own(page)).filter(t => t === 'Darf ich arbeiten?').length, 1);
    assert.equal(await page.locator('#log .choices:visible').count(), 1);
    assert.ok((await page.locator('#log .choices').count()) > old);
  },

  async 'two tabs show the same'(lab) {
    const page = await atMenu(lab);
    const other = await page.context().newPage();
    await other.goto('/');
    await say(page, 'aus dem ersten');
    await other.locator('#log .m.me').filter({ hasText: 'aus dem ersten' }).waitFor();
    await say(other, 'aus dem zweiten');
    await page.locator('#log .m.me').filter({ hasText: 'aus dem zweiten' }).waitFor();
  },

  async 'works without scripts'(lab) {
    const page = await lab.newPage({ javaScript: false });
    await page.goto('/');
    await page.locator('button.start').click();
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.getByRole('button', { name: 'Darf ich arbeiten?' }).waitFor();
    await page.locator('#text').fill('ein Mensch bitte');
    await page.getByRole('button', { name: 'Senden' }).click();
    assert.ok((await page.locator('#log .m.me').allInnerTexts()).some(t => t.includes('ein Mensch bitte')));
    await page.getByRole('link', { name: 'Neue Nachrichten laden' }).click();
    assert.ok(await page.locator('#log .choices button').count());
    await shot(page, 'room-without-scripts');
  },

  async 'a slow line'(lab) {
    const page = await lab.newPage();
    const wire = await page.context().newCDPSession(page);
    let bytes = 0;
    await wire.send('Network.enable');
    await wire.send('Network.clearBrowserCache');
    wire.on('Network.loadingFinished', event => (bytes += event.encodedDataLength));
    await wire.send('Network.emulateNetworkConditions', {
      offline: false, latency: 600, downloadThroughput: 4000, uploadThroughput: 2000,
    });
    await openRoom(page, { start: false });
    assert.ok(bytes < 30000, `the first view takes ${bytes} bytes`);
    await openRoom(page);
    await press(page, 'Deutsch');
    await waitForBot(page, m => m.buttons.includes('Darf ich arbeiten?'));
    assert.ok(bytes < 60000, `up to the menu it takes ${bytes} bytes`);
    console.log(`    ${bytes} bytes up to the menu`);
  },

  async 'writing too fast loses nothing'(lab) {
    const page = await atMenu(lab);
    for (let i = 0; i < 20; i++) {
      await page.locator('#text').fill(`Nachricht ${i}`);
      await page.locator('#say button').click();
    }
    await page.locator('#queue:empty').waitFor({ state: 'attached', timeout: 60000 });
    const all = (await own(page)).filter(t => t.startsWith('Nachricht'));
    assert.deepEqual(all, Array.from({ length: 20 }, (_, i) => `Nachricht ${i}`));
  },

  async 'too long a text stays where it is'(lab) {
    const page = await atMenu(lab);
    await page.locator('#text').fill('x'.repeat(4001));
    await page.locator('#say button').click();
    await page.locator('#state').filter({ hasText: '4' }).waitFor();
    assert.equal((await page.locator('#text').inputValue()).length, 4001);
    await axe(page, 'too long');
    await page.locator('#text').fill('kurz');
    await page.locator('#say button').click();
    await page.locator('#log .m.me').filter({ hasText: 'kurz' }).waitFor();
  },

  async 'by keyboard alone'(lab) {
    const page = await lab.newPage({ width: 1280 });
    await page.goto('/');
    const reach = async find => {
      for (let i = 0; i < 40; i++) {
        if (await page.evaluate(find)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`not reached: ${find}`);
    };
    await reach(`document.activeElement.matches('.start')`);
    await page.keyboard.press('Enter');
    await page.locator('#log .m.bot').first().waitFor();
    await reach(`document.activeElement.textContent === 'Deutsch'`);
    await page.keyboard.press('Enter');
    await waitForBot(page, m => m.buttons.includes('Darf ich arbeiten?'));
    // The focus is on the own answer: the next stop is the new question.
    await reach(`document.activeElement.matches('#log .choices button')`);
    await reach(`document.activeElement.id === 'text'`);
    await page.keyboard.type('Hilfe');
    await page.keyboard.press('Enter');
    await page.locator('#log .m.me').filter({ hasText: 'Hilfe' }).waitFor();
    assert.equal(await page.evaluate('document.activeElement.id'), 'text');
  },

  async 'a way to leave at once'(lab) {
    const page = await atMenu(lab);
    await page.locator('#leave').click();
    await page.waitForURL('**/room/away');
    assert.doesNotMatch(await page.content(), /lotse/i);
    await page.goto('/');
    await page.locator('#log .m.bot').first().waitFor();
  },

  async 'deleted means gone from the page too'(lab) {
    const page = await atMenu(lab);
    await say(page, 'ein Geheimnis');
    await page.locator('#tools summary').click();
    await page.getByRole('button', { name: 'Alles löschen' }).click();
    await waitForBot(page, m => m.buttons.includes('Ja, alles löschen'));
    await page.locator('#log .choices button').getByText('Ja, alles löschen').last().click();
    await waitForBot(page, 'Alles ist gelöscht');
    assert.ok(!(await own(page)).includes('ein Geheimnis'));
    await page.reload();
    assert.ok(!(await page.content()).includes('ein Geheimnis'));
    assert.match((await lastBotMessage(page)).text, /Alles ist gelöscht/);
    await say(page, 'Start');
    await waitForBot(page, m => m.buttons.length > 0);
  },

  async 'a long conversation comes in parts'(lab) {
    const page = await atMenu(lab);
    for (let i = 0; i < 14; i++) {
      await say(page, 'Menü');
      await say(page, 'Hilfe');
    }
    await page.reload();
    const before = (await messages(page)).length;
    assert.ok(before <= 50);
    await page.locator('#earlier').click();
    await page.locator('#earlier').waitFor({ state: 'detached' });
    const all = (await messages(page)).map(m => m.seq);
    assert.ok(all.length > before);
    assert.deepEqual(all, [...all].sort((a, b) => a - b));
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
