// Photos and files: chosen, made smaller, sent.

import { quietly } from './store.js';

/** The largest file that is taken, in bytes; a larger photo may still become small enough. */
const LARGEST = 10 * 1000 * 1000;

/** What the server says to something that was sent: `why` it was refused, how many seconds to `wait`. */
export const verdict = (status, wait, why) => ({ ok: status >= 200 && status < 300, status, wait: Number(wait) || 0, why });

/** The longest side and the quality of a picture as it is kept (see `runtime/clean.rs`): more would only cost data. */
const SIDE = 2000, QUALITY = 0.85, SMALL = 400 * 1000;

/** A photo in the size in which it is kept, without place and camera; as it is where the browser cannot do that. */
async function smaller(file) {
  const known = /^image\/(jpeg|png|webp)$/.test(file.type);
  if (!/^image\//.test(file.type) || (known && file.size < SMALL)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const paper = canvas.getContext('2d');
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise(done => canvas.toBlob(done, 'image/jpeg', QUALITY));
    return made && (!known || made.size < file.size) ? made : file;
  } catch (e) {
    return file;
  }
}

/** Sends files in one form, which comes with the id of its item however often it is sent; `tell` hears how far it is. */
export async function upload(item, tell) {
  if (!item.form) {
    const files = [];
    for (const file of item.files) files.push(await smaller(file));
    if (files.some(file => file.size > LARGEST)) return verdict(413, 0, 'file-too-large');
    item.form = new FormData();
    item.form.append('check', item.check);
    item.form.append('client_id', item.id);
    files.forEach((file, i) => item.form.append('file', file, String(i)));
  }
  return new Promise((done, fail) => {
    const call = new XMLHttpRequest();
    item.call = call;
    // A line that died; a slow one moves.
    let quiet = 0;
    const moves = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => call.abort(), 45000);
    };
    call.open('POST', '/room/files');
    call.setRequestHeader('accept', 'application/json');
    call.upload.onprogress = event => {
      moves();
      item.part = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
      tell(item);
    };
    call.onloadend = () => {
      clearTimeout(quiet);
      if (!call.status) return fail(new Error('not sent'));
      const why = quietly(() => JSON.parse(call.responseText).error);
      done(verdict(call.status, call.getResponseHeader('retry-after'), why));
    };
    moves();
    call.send(item.form);
  });
}

function weight(bytes) {
  const unit = bytes < 1e6 ? ['kilobyte', Math.ceil(bytes / 1e3)] : ['megabyte', bytes / 1e6];
  const style = { style: 'unit', unit: unit[0], maximumFractionDigits: 1 };
  const lang = document.documentElement.lang;
  return quietly(() => new Intl.NumberFormat(lang, style).format(unit[1])) || Math.ceil(bytes / 1000) + ' kB';
}

/** A file's name and size, as it is shown. */
export const label = file => '\u2068' + file.name + '\u2069 (' + weight(file.size) + ')';

/** Why these files cannot be sent, if they cannot. The server looks again, and at what is in them. */
export function problem(asked, files) {
  if (files.length > Number(asked.dataset.most)) return 'file-too-many';
  if (files.some(file => !file.size)) return 'file-empty';
  if (files.some(file => file.type && !/^image\/|\/pdf$/.test(file.type))) return 'file-wrong-kind';
  return files.some(file => file.size > LARGEST && !/^image\//.test(file.type)) ? 'file-too-large' : '';
}
