// Somebody in danger writes in the web room, and a counsellor who looks at quite another page sees it, in Chromium:
//
//   node alarm.mjs http://127.0.0.1:8080 LOGIN PASSWORD
//
// The banner comes without a reload, rings only where that was switched on, and goes when somebody reacts. Then the
// counsellor sets right what the case is about, with two clicks and by keyboard.

import assert from 'node:assert/strict';
import { axe, launch, noSideways, openRoom, press, shot, signIn, targets, waitForBot } from './browser.mjs';

const [origin, login, password] = process.argv.slice(2);

/** A person says that somebody is violent. */
async function inDanger(page) {
  await openRoom(page);
  await press(page, 'Deutsch');
  await waitForBot(page, m => m.buttons.length > 6);
  await press(page, 'Mit Menschen sprechen');
  await waitForBot(page, m => m.buttons.length > 8);
  await press(page, 'Gefahr oder Notfall');
  await waitForBot(page, m => m.buttons.includes('Gewalt oder Drohung'));
  await press(page, 'Gewalt oder Drohung');
  await waitForBot(page, m => m.buttons.length >= 2 && !m.buttons.includes('Gewalt oder Drohung'));
}

async function story(lab, width) {
  const desk = await lab.newPage({ width, lang: 'de' });
  await signIn(desk, login, password);
  await desk.goto('/console/account');
  const toggle = desk.locator('#ring-switch');
  assert.equal(await toggle.getAttribute('aria-pressed'), 'false', 'nothing rings before it is switched on');
  await desk.evaluate(() => {
    globalThis.rang = 0;
    globalThis.AudioContext = class {
      constructor() { globalThis.rang += 1; throw new Error('only counted'); }
    };
  });

  const person = await lab.newPage({ width: 360, lang: 'de' });
  await inDanger(person);
  const banner = desk.locator('#alarms .alarm');
  await banner.first().waitFor();
  assert.equal(await banner.count(), 1);
  assert.equal(await desk.evaluate(() => globalThis.rang), 0, 'it was not switched on');
  await axe(desk, `alarm, ${width}`);
  await noSideways(desk, `alarm, ${width}`);
  await targets(desk, `alarm, ${width}`);
  await shot(desk, `console-alarm-${width}`);
  await banner.locator('form[action$="/claim"] button').click();
  await desk.waitForURL('**/console/cases/*');
  assert.equal(await banner.count(), 0, 'somebody has it now');

  // Two clicks.
  const form = desk.locator('#correct form');
  await form.getByText('Dringend', { exact: true }).click();
  await form.locator('button').click();
  await desk.locator('#corrected').getByText('Sofort → Dringend').waitFor();
  await desk.locator('#corrected').getByText('berichtigt von').waitFor();
  // And by keyboard only.
  await desk.locator('#correct input[value=urgent]').focus();
  await desk.keyboard.press('ArrowDown');
  // On from the level to the topic to the button.
  await desk.keyboard.press('Tab');
  await desk.keyboard.press('Tab');
  await desk.keyboard.press('Enter');
  await desk.locator('#corrected').getByText('Dringend → Bald').waitFor();
  await axe(desk, `corrected, ${width}`);
  await noSideways(desk, `corrected, ${width}`);
  await targets(desk, `corrected, ${width}`);
  await shot(desk, `console-corrected-${width}`, true);

  await desk.goto('/console/account');
  await toggle.click();
  assert.equal(await toggle.getAttribute('aria-pressed'), 'true');
  await shot(desk, `console-alarm-switch-${width}`);
  for (const page of [desk, person]) await page.context().close();
  console.log(`ok: an alarm and a correction, ${width}`);
}

const lab = await launch({ origin });
try {
  await story(lab, 360);
  await story(lab, 1280);
} finally {
  await lab.close();
}
