// Photos of a letter, sent in the web room, and a question with several answers, in Chromium:
//
//   node media.mjs http://127.0.0.1:8080 LOGIN PASSWORD LOGIN2 PASSWORD2
//
// LOGIN sees the photos at the console; LOGIN2 is of another organisation and does not. The content asks `wishes`
// (several answers) behind the message of the flow `human`; tests/it/browser.rs puts it there.

import assert from 'node:assert/strict';
import {
  axe, launch, messages, noSideways, openRoom, press, say, shot, signIn, targets, waitForBot,
} from './browser.mjs';

const [origin, login, password, login2, password2] = process.argv.slice(2);

const TONGUES = {
  de: { name: 'Deutsch', photos: '2 Fotos', kind: 'Es gehen nur Fotos und PDF-Dateien.', empty: 'leer', sent: 'Foto', wishes: ['Arbeit', 'Schule'] },
  ar: { name: 'العربية', photos: 'صورتان', kind: 'يمكن إرسال الصور وملفات PDF فقط', empty: 'فارغ', sent: 'صورة', wishes: ['عمل', 'مدرسة'] },
};

const files = page => page.locator('#log .files:not([hidden])');
const own = async page => (await messages(page)).filter(m => m.who === 'me').map(m => m.text.trim());

/** A picture as a camera makes it: noise does not become small by itself. */
async function picture(page, width, height) {
  const data = await page.evaluate(async ([w, h]) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [w, h];
    const paper = canvas.getContext('2d');
    const points = paper.createImageData(w, h);
    for (let i = 0; i < points.data.length; i++) points.data[i] = i % 4 === 3 ? 255 : (i * 7919) % 251 ^ (i >> 9) & 63;
    paper.putImageData(points, 0, 0);
    return canvas.toDataURL('image/jpeg', 0.95).split(',')[1];
  }, [width, height]);
  return Buffer.from(data, 'base64');
}

const jpeg = (name, buffer) => ({ name, mimeType: 'image/jpeg', buffer });

/** Leads a person to the question for photos of a letter. */
async function askedForPhotos(page, lang) {
  await openRoom(page);
  await press(page, TONGUES[lang].name);
  const menu = await waitForBot(page, m => m.buttons.length > 6);
  await press(page, menu.buttons.at(-5));
  const sender = await waitForBot(page, m => m.seq > menu.seq && m.buttons.length === 6);
  await press(page, sender.buttons.at(-1));
  const deadline = await waitForBot(page, m => m.seq > sender.seq && m.buttons.length === 4);
  await press(page, deadline.buttons.at(-1));
  await waitForBot(page, m => m.seq > deadline.seq && m.buttons.length === 1);
  await files(page).waitFor();
}

/** From the photos to the receipt: the number of the case. */
async function passedOn(page, lang) {
  const more = await waitForBot(page, m => m.buttons.length === 2);
  await press(page, more.buttons[0]);
  const place = await waitForBot(page, m => m.seq > more.seq && m.buttons.length === 2);
  await press(page, place.buttons[0]);
  await waitForBot(page, m => m.seq > place.seq && m.buttons.length === 0);
  await say(page, '34497');
  const consent = await waitForBot(page, m => m.seq > place.seq && m.buttons.length === 3);
  assert.ok(consent.text.replace(/[\u2068\u2069]/g, '').includes(TONGUES[lang].photos), consent.text);
  await press(page, consent.buttons[0]);
  const number = /[2-9CDFGHJKMNPQRTVWX]{3}-[2-9CDFGHJKMNPQRTVWX]{3}/;
  const receipt = await waitForBot(page, m => m.seq > consent.seq && number.test(m.text));
  return receipt.text.match(number)[0];
}

async function story(lab, lang) {
  const t = TONGUES[lang], at = `${lang}-360`;
  const person = await lab.newPage({ width: 360, lang });
  await person.addInitScript(() => {
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (form) {
      globalThis.sentSize = form.get('file').size;
      return send.call(this, form);
    };
  });
  await askedForPhotos(person, lang);
  await axe(person, `asked for photos, ${at}`);
  await targets(person, `asked for photos, ${at}`);
  await noSideways(person);
  await shot(person, `media-asked-${at}`);

  // What cannot be taken is said before it costs data.
  const input = files(person).locator('input[type=file]');
  const picked = files(person).locator('.picked');
  await input.setInputFiles({ name: 'brief.docx', mimeType: 'application/msword', buffer: Buffer.from('PK') });
  await picked.filter({ hasText: t.kind }).waitFor();
  assert.equal(await files(person).locator('button').isVisible(), false);
  await axe(person, `wrong kind, ${at}`);
  await shot(person, `media-wrong-kind-${at}`);
  await input.setInputFiles(jpeg('leer.jpg', Buffer.alloc(0)));
  await picked.filter({ hasText: t.empty }).waitFor();

  const large = await picture(person, 3000, 2400);
  await input.setInputFiles([jpeg('Seite 1.jpg', large), jpeg('صفحة 2.jpg', await picture(person, 400, 500))]);
  await picked.filter({ hasText: 'Seite 1.jpg' }).waitFor();
  await axe(person, `photos picked, ${at}`);
  await targets(person, `photos picked, ${at}`);
  await noSideways(person);
  await shot(person, `media-picked-${at}`);

  // The answer to the first try gets lost, the line is down for the second: still no second message.
  let tries = 0;
  await person.route('**/room/files', async route => {
    tries += 1;
    if (tries === 1) await route.fetch();
    return tries < 3 ? route.abort() : route.continue();
  });
  await files(person).locator('button').click();
  await person.locator('#queue .m.wait').waitFor();
  await shot(person, `media-sending-${at}`);
  await axe(person, `photos on their way, ${at}`);
  await waitForBot(person, m => m.buttons.length === 2);
  await person.locator('#queue:empty').waitFor({ state: 'attached' });
  const sent = (await own(person)).filter(text => text === t.sent);
  assert.equal(sent.length, 2, 'two photos, each once');
  const size = await person.evaluate('globalThis.sentSize');
  assert.ok(size > 1000 && size < large.length / 2, `${size} of ${large.length} bytes`);
  await axe(person, `photos sent, ${at}`);
  await targets(person, `photos sent, ${at}`);
  await shot(person, `media-sent-${at}`);
  const number = await passedOn(person, lang);

  // The counsellor sees both, upright and whole.
  const desk = await lab.newPage({ width: 1280, lang: 'de' });
  await signIn(desk, login, password);
  const offer = desk.locator('#queue-list li', { hasText: number });
  await offer.locator('form[action$="/claim"] button').click();
  await desk.waitForURL('**/console/cases/*');
  const pictures = desk.locator('#shared img');
  await pictures.nth(1).waitFor();
  await desk.waitForFunction(() => [...document.querySelectorAll('#shared img')].every(i => i.complete && i.naturalWidth));
  const widths = await pictures.evaluateAll(all => all.map(i => i.naturalWidth));
  assert.deepEqual(widths, [2000, 400]);
  await axe(desk, `card with photos, ${at}`);
  await noSideways(desk);
  await shot(desk, `media-card-${at}`, true);

  // Nobody else does: neither another organisation, nor the person's own browser, nor somebody without a session.
  const address = await pictures.first().getAttribute('src');
  const status = page => page.evaluate(async url => {
    const answer = await fetch(url, { redirect: 'manual' });
    return [answer.status, answer.type];
  }, address);
  const other = await lab.newPage({ width: 1280, lang: 'de' });
  await signIn(other, login2, password2);
  assert.deepEqual(await status(other), [404, 'basic']);
  assert.notEqual((await status(person))[0], 200);

  // While a counsellor has the case they can ask for more, and it comes to them at once.
  await desk.locator('#words').fill('Bitte schicken Sie mir auch die zweite Seite.');
  await desk.locator('form[action$="/reply"] button.main').click();
  await waitForBot(person, 'Bitte schicken Sie mir auch die zweite Seite.');
  await say(person, 'ja');
  await files(person).locator('input[type=file]').setInputFiles({
    name: 'Brief.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 a letter'),
  });
  await axe(person, `photo for a counsellor, ${at}`);
  await shot(person, `media-for-counsellor-${at}`);
  await files(person).locator('button').click();
  await desk.locator('#messages a[download]').waitFor();
  await person.locator('#queue:empty').waitFor({ state: 'attached' });
  await desk.locator('details:has(form[action$="/close"]) summary').click();
  await desk.locator('form[action$="/close"] button').click();
  await waitForBot(person, m => m.buttons.length > 6);
  assert.equal(await files(person).count(), 0);
  for (const page of [person, desk, other]) await page.context().close();
  console.log(`ok: photos of a letter, ${at}, ${large.length} bytes as ${size}`);
}

async function withoutScripts(lab) {
  const maker = await lab.newPage();
  await maker.goto('/');
  const photo = await picture(maker, 200, 300);
  const page = await lab.newPage({ javaScript: false });
  await page.goto('/');
  await page.locator('button.start').click();
  for (const label of ['Deutsch', 'Brief vom Amt', 'Weiß ich nicht', 'Weiß ich nicht']) {
    await page.getByRole('button', { name: label }).last().click();
  }
  const input = page.locator('.files input[type=file]');
  await input.setInputFiles({ name: 'brief.odt', mimeType: '', buffer: Buffer.from('PK') });
  await page.locator('.files button').click();
  await page.locator('.notice', { hasText: TONGUES.de.kind }).waitFor();
  assert.ok(await input.evaluate(e => e.getBoundingClientRect().bottom < innerHeight && !scrollY), 'the question is in view');
  await shot(page, 'media-without-scripts-refused');
  await input.setInputFiles([jpeg('1.jpg', photo), jpeg('2.jpg', photo)]);
  await input.scrollIntoViewIfNeeded();
  await targets(page, 'photos without scripts');
  await shot(page, 'media-without-scripts');
  await page.locator('.files button').click();
  await page.getByRole('button', { name: 'Fertig' }).waitFor();
  assert.equal(await page.locator('#log .m.me .sent').count(), 2);
  for (const { context } of [maker, page].map(p => ({ context: p.context() }))) await context.close();
  console.log('ok: photos without scripts');
}

async function byKeyboard(lab) {
  const page = await lab.newPage({ width: 1280, lang: 'de' });
  await askedForPhotos(page, 'de');
  const reach = async find => {
    for (let i = 0; i < 40; i++) {
      if (await page.evaluate(find)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`not reached: ${find}`);
  };
  // The focus goes with what was pressed into the log: from there, and not before, the keys lead on.
  await page.waitForFunction(`document.activeElement.matches('#log .m.me')`);
  // Asked for early: the browser has to be told to hand the choice over before the key is pressed.
  const chooser = page.waitForEvent('filechooser');
  const onFile = `document.activeElement.type === 'file'`;
  await reach(onFile);
  await shot(page, 'media-focus');
  assert.ok(await page.evaluate(onFile), 'the focus stays where it was put');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(jpeg('1.jpg', await picture(page, 200, 300)));
  await reach(`document.activeElement.matches('.files button')`);
  await page.keyboard.press('Enter');
  await waitForBot(page, m => m.buttons.length === 2);
  // What is on its way can be taken back: it is not in the way of what else is to be said.
  await page.route('**/room/files', () => {});
  await files(page).locator('input[type=file]').setInputFiles(jpeg('2.jpg', await picture(page, 200, 300)));
  await files(page).locator('button').click();
  await page.locator('#queue').getByRole('button', { name: 'Nicht senden' }).click();
  await page.locator('#queue:empty').waitFor({ state: 'attached' });
  await say(page, 'Menü');
  assert.equal((await own(page)).filter(text => text === 'Foto').length, 1);
  await page.context().close();
  console.log('ok: by keyboard, and taken back');
}

async function severalAnswers(lab, lang) {
  const t = TONGUES[lang], at = `${lang}-360`;
  const page = await lab.newPage({ width: 360, lang });
  await openRoom(page);
  await press(page, t.name);
  const menu = await waitForBot(page, m => m.buttons.length > 6);
  await press(page, menu.buttons.at(-4));
  const about = await waitForBot(page, m => m.seq > menu.seq && m.buttons.length > 8);
  await press(page, about.buttons.at(-1));
  await waitForBot(page, m => m.seq > about.seq && m.buttons.length === 0);
  await say(page, 'x y z');
  const asked = await waitForBot(page, m => m.buttons.includes(t.wishes[0]));
  assert.equal(asked.buttons.length, 3);
  await press(page, t.wishes[0]);
  const one = await waitForBot(page, m => m.seq > asked.seq && m.buttons.includes(`✓ ${t.wishes[0]}`));
  assert.equal(one.buttons.length, 4, 'now there is a button to end it');
  await press(page, t.wishes[1]);
  const two = await waitForBot(page, m => m.seq > one.seq && m.buttons.includes(`✓ ${t.wishes[1]}`));
  await axe(page, `several answers, ${at}`);
  await targets(page, `several answers, ${at}`);
  await noSideways(page);
  await shot(page, `several-answers-${at}`);
  await press(page, `✓ ${t.wishes[0]}`);
  const less = await waitForBot(page, m => m.seq > two.seq && m.buttons.includes(t.wishes[0]));
  await press(page, less.buttons.at(-1));
  const place = await waitForBot(page, m => m.seq > less.seq && m.buttons.length === 2);
  await press(page, place.buttons[1]);
  const consent = await waitForBot(page, m => m.seq > place.seq && m.buttons.length === 3);
  assert.ok(consent.text.includes(t.wishes[1]), consent.text);
  assert.ok(!consent.text.includes(t.wishes[0]), consent.text);
  await page.context().close();
  console.log(`ok: several answers, ${at}`);
}

const lab = await launch({ origin });
try {
  await story(lab, 'de');
  await story(lab, 'ar');
  await withoutScripts(lab);
  await byKeyboard(lab);
  await severalAnswers(lab, 'de');
  await severalAnswers(lab, 'ar');
} finally {
  await lab.close();
}
