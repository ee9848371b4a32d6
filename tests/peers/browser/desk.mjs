// A person in the web room and two counsellors at the console, all at once, in Chromium:
//
//   node desk.mjs http://127.0.0.1:8080 LOGIN PASSWORD LOGIN2 PASSWORD2
//
// From the first page to the counsellor's reply and back to the bot; who claims second is told who was
// first; nothing has to be reloaded. Pages are checked with axe and kept as pictures, in German and Arabic.

import assert from 'node:assert/strict';
import {
  axe, launch, messages, noSideways, openRoom, press, say, shot, signIn, targets, waitForBot,
} from './browser.mjs';

const [origin, login, password, login2, password2] = process.argv.slice(2);

const TONGUES = {
  de: { name: 'Deutsch', words: 'Ich brauche Rat zu meiner Ausbildung.' },
  ar: { name: 'العربية', words: 'أحتاج إلى مشورة بشأن عملي.' },
};

/** Leads a person to the question whether their answers may be passed on, and says yes. */
async function asksForHuman(page, lang) {
  const t = TONGUES[lang];
  await openRoom(page);
  await press(page, t.name);
  const menu = await waitForBot(page, m => m.buttons.length > 6);
  await press(page, menu.buttons.at(-4));
  const about = await waitForBot(page, m => m.buttons.length > 8);
  await press(page, about.buttons.at(-1));
  await waitForBot(page, m => m.seq > about.seq && m.buttons.length === 0);
  await say(page, t.words);
  const place = await waitForBot(page, m => m.buttons.length === 2);
  await press(page, place.buttons[1]);
  const consent = await waitForBot(page, m => m.seq > place.seq && m.buttons.length === 3);
  assert.ok(consent.text.includes(t.words), 'what is passed on is shown');
  await press(page, consent.buttons[0]);
  return waitForBot(page, m => m.seq > consent.seq && /[2-9CDFGHJKMNPQRTVWX]{3}-[2-9CDFGHJKMNPQRTVWX]{3}/.test(m.text));
}

const number = text => text.match(/[2-9CDFGHJKMNPQRTVWX]{3}-[2-9CDFGHJKMNPQRTVWX]{3}/)[0];

async function story(lab, lang, width) {
  const at = `${lang}-${width}`;
  const first = await lab.newPage({ width: 1280, lang: 'de' });
  const second = await lab.newPage({ width: 1280, lang: 'de' });
  await signIn(first, login, password);
  await signIn(second, login2, password2);

  const person = await lab.newPage({ width, lang });
  const receipt = await asksForHuman(person, lang);
  const case_ = number(receipt.text);
  await shot(person, `room-receipt-${at}`);

  // The case comes to both queues without a reload, and shows no words of the person.
  const offer = page => page.locator('#queue-list li', { hasText: case_ });
  await offer(first).waitFor();
  await offer(second).waitFor();
  assert.ok(!(await offer(first).innerText()).includes(TONGUES[lang].words), 'a blind offer is blind');
  await axe(first, `queue, ${at}`);
  await noSideways(first);
  await shot(first, `console-queue-${at}`);

  // Both take it; one of them is told that the other was faster.
  const claim = page => offer(page).locator('form[action$="/claim"] button');
  const id = await offer(first).locator('form[action$="/claim"]').getAttribute('action');
  await claim(first).click();
  await first.waitForURL('**/console/cases/*');
  const refused = await second.evaluate(async action => {
    const csrf = document.querySelector('input[name=csrf]').value;
    const answer = await fetch(action, { method: 'POST', body: new URLSearchParams({ csrf }) });
    return { status: answer.status, text: await answer.text() };
  }, id);
  assert.ok([404, 409].includes(refused.status), `the second claim is refused: ${refused.status}`);

  const card = first.locator('#messages');
  await first.getByText(TONGUES[lang].words).first().waitFor();
  await axe(first, `card, ${at}`);
  await shot(first, `console-card-${at}`, true);
  const phone = await first.context().newPage();
  await phone.setViewportSize({ width: 360, height: 740 });
  await phone.goto(first.url());
  await noSideways(phone, `card on a phone, ${at}`);
  await targets(phone, `card on a phone, ${at}`);
  await shot(phone, `console-card-phone-${at}`, true);
  await phone.goto('/console');
  await noSideways(phone, `queue on a phone, ${at}`);
  await shot(phone, `console-queue-phone-${at}`, true);
  await phone.close();

  await first.locator('#words').fill('Guten Tag, ich helfe Ihnen gern. Seit wann?');
  await first.locator('form[action$="/reply"] button.main').click();
  await waitForBot(person, 'Guten Tag, ich helfe Ihnen gern.');
  await say(person, 'seit 2025');
  await card.getByText('seit 2025').waitFor();

  // A private note stays at the desk.
  await first.locator('#note').fill('braucht Termin');
  await first.locator('form[action$="/note"] button').click();
  await first.getByText('braucht Termin').first().waitFor();
  await axe(person, `room in counselling, ${at}`);
  await noSideways(person);
  await shot(person, `room-counselling-${at}`);

  await first.locator('details:has(form[action$="/close"]) summary').click();
  await first.locator('form[action$="/close"] button').click();
  await waitForBot(person, m => m.buttons.length > 6);
  assert.ok(!(await messages(person)).some(m => m.text.includes('braucht Termin')), 'a note is private');
  for (const page of [first, second, person]) await page.context().close();
  console.log(`ok: a whole counselling, ${at}`);
}

const lab = await launch({ origin });
try {
  await story(lab, 'de', 360);
  await story(lab, 'ar', 360);
  await story(lab, 'ar', 1280);
  await story(lab, 'de', 1280);
} finally {
  await lab.close();
}
