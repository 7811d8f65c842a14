/* Opens a sealed report.
 *
 * Input: the envelope in this page, and a passphrase, or a key that this
 * browser holds since a page was opened. Output: the page itself in place of
 * this one, and the pictures and files that it refers to. The passphrase
 * leaves this function for nowhere; what is kept is the build's content key,
 * for the session, or on this device if that was asked for. docs/sealing.md
 * says what is bound to what.
 */
'use strict';

(() => {
  const FORMAT = 1;
  const FEWEST_ROUNDS = 600000;
  const PATIENCE = 250; // for another tab to answer, in ms

  const script = document.currentScript;
  const root = new URL('../', script.src); // this file lies in assets/
  const memory = `quarterdeck ${root.pathname}`;

  const TOLD = {
    insecure: ['This report opens over https only.',
      'Browsers decrypt nothing on a page that came over an insecure connection. Use the address that begins with https://.'],
    damaged: ['This page was changed or damaged and can’t be opened.',
      'Nothing of it is shown. Reload it; if that doesn’t help, tell whoever sent you the address.'],
    weak: ['This page was sealed too weakly to be opened.',
      'A passphrase typed here might be found out. Tell whoever sent you the address.'],
    newer: ['This page needs a newer script to be opened.', 'Reload it, so that your browser fetches the script again.'],
    wrong: 'That passphrase doesn’t open this report. Check it and try again.',
    opening: 'Opening…',
    fromDisk: 'A browser doesn’t let a page on disk read the files beside it: open the report at its web address to see this.',
    file: 'This file was changed or damaged and can’t be opened. Nothing of it is shown.',
    older: 'This file belongs to another version of the report: reload the page.',
    missing: 'This file can’t be fetched. Check the connection and try again.',
  };

  /* What went wrong, by its name in TOLD. */
  class Fault extends Error {}

  /* --- Bytes -------------------------------------------------------------- */

  const encode = (text) => new TextEncoder().encode(text);
  const bytes = (base64) => {
    try {
      return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    } catch {
      throw new Fault('damaged');
    }
  };
  const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

  /* --- Keys: by name, as base64. Storage may be forbidden: a key then lasts
   * as long as the page. --------------------------------------------------- */

  const stores = ['sessionStorage', 'localStorage'];
  const ring = new Map();

  function recall() {
    for (const store of stores) {
      try {
        for (const [name, key] of Object.entries(JSON.parse(window[store].getItem(memory)) ?? {})) ring.set(name, key);
      } catch { /* nothing is kept */ }
    }
  }

  /* Adds keys. Those of former builds open nothing: few are kept. */
  function keep(keys, store) {
    for (const [name, key] of Object.entries(keys)) ring.set(name, key);
    try {
      const kept = { ...JSON.parse(window[store].getItem(memory)), ...keys };
      window[store].setItem(memory, JSON.stringify(Object.fromEntries(Object.entries(kept).slice(-6))));
    } catch { /* it lasts as long as the page */ }
  }

  function forget() {
    ring.clear();
    for (const store of stores) {
      try { window[store].removeItem(memory); } catch { /* nothing is kept */ }
    }
  }

  /* --- What was sealed ---------------------------------------------------- */

  const bound = (path) => encode(`quarterdeck/${FORMAT} ${path}`);
  const boundKey = (name) => encode(`quarterdeck/${FORMAT}/key ${name}`);

  /* Nothing if a bit differs. */
  async function opened(key, iv, additionalData, sealed) {
    const vector = bytes(iv);
    const text = bytes(sealed);
    try {
      return await crypto.subtle.decrypt({ name: 'AES-GCM', iv: vector, additionalData }, key, text);
    } catch {
      return null;
    }
  }

  const aes = (raw) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);

  function envelopeOf(text) {
    let envelope;
    try {
      envelope = JSON.parse(text);
    } catch {
      throw new Fault('damaged');
    }
    if (envelope?.quarterdeck !== FORMAT) throw new Fault(Number.isInteger(envelope?.quarterdeck) ? 'newer' : 'damaged');
    return envelope;
  }

  /* The content key that this browser holds already, or null. */
  async function heldKey(envelope) {
    if (ring.has(envelope.key)) return ring.get(envelope.key);
    for (const way of envelope.through ?? []) {
      if (!ring.has(way.key)) continue;
      const raw = await opened(await aes(bytes(ring.get(way.key))), way.iv, boundKey(envelope.key), way.held);
      if (raw) return base64(raw);
    }
    return null;
  }

  /* The content key that a passphrase gives, or null. Which recipient's it is
   * isn't said anywhere: each is tried, all at once. */
  async function keyOf(envelope, passphrase) {
    if (!(envelope.rounds >= FEWEST_ROUNDS)) throw new Fault('weak');
    const secret = await crypto.subtle.importKey('raw', encode(passphrase), 'PBKDF2', false, ['deriveKey']);
    const tried = await Promise.all(envelope.recipients.map(async (recipient) => {
      const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(recipient.salt), iterations: envelope.rounds };
      const own = await crypto.subtle.deriveKey(derivation, secret, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
      return opened(own, recipient.iv, boundKey(envelope.key), recipient.held);
    }));
    const raw = tried.find((one) => one !== null);
    return raw ? base64(raw) : null;
  }

  /* A page's path from the site's root: what it is bound to. */
  function pathOf(address) {
    let path;
    try {
      path = decodeURIComponent(address.pathname.slice(root.pathname.length));
    } catch {
      throw new Fault('damaged');
    }
    if (path === '' || path.endsWith('/')) return `${path}index.html`;
    return path.split('/').pop().includes('.') ? path : `${path}/index.html`;
  }

  /* --- This page, until it is opened --------------------------------------- */

  const find = (name) => document.querySelector(`[data-${name}]`);
  const told = find('told');

  function refuse(name) {
    const [headline, rest] = TOLD[name] ?? TOLD.damaged;
    find('ask').hidden = true;
    const fault = find('fault');
    fault.textContent = headline;
    fault.hidden = false;
    told.className = 'sealed-told';
    told.textContent = rest;
  }

  function ask(envelope, open) {
    const form = find('form');
    const field = form.elements.passphrase;
    let busy = false;
    find('ask').hidden = false;
    field.focus();
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      told.className = 'sealed-told';
      told.textContent = TOLD.opening;
      field.removeAttribute('aria-invalid');
      try {
        const key = await keyOf(envelope, field.value.normalize('NFC').trim());
        if (key) {
          const name = form.elements.stay.checked ? 'localStorage' : 'sessionStorage';
          field.value = '';
          await open(key, name);
          return;
        }
        told.className = 'sealed-told wrong';
        told.textContent = TOLD.wrong;
        field.setAttribute('aria-invalid', 'true');
        field.focus();
        field.select();
      } catch (fault) {
        refuse(fault.message);
      } finally {
        busy = false;
      }
    });
  }

  /* --- Other tabs ----------------------------------------------------------- */

  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(memory) : null;
  const say = (message) => channel?.postMessage(message);

  function listen(onKeys) {
    if (!channel) return;
    channel.onmessage = ({ data }) => {
      if (data.ask && ring.size > 0) say({ keys: Object.fromEntries(ring) });
      if (data.keys) {
        keep(data.keys, 'sessionStorage');
        onKeys();
      }
      if (data.lock) {
        forget();
        location.reload();
      }
    };
  }

  /* --- The page that was opened -------------------------------------------- */

  function show(html) {
    const fragment = location.hash.slice(1);
    const top = history.state?.sealedTop;
    document.open();
    // Opening takes every listener away; these are the opened page's.
    addEventListener('load', () => {
      if (Number.isFinite(top)) scrollTo(0, top);
      else if (fragment) location.replace(`#${fragment}`);
    }, { once: true });
    addEventListener('pagehide', () => {
      history.replaceState({ ...history.state, sealedTop: scrollY }, '');
    });
    addEventListener('pageshow', (event) => {
      // Back to a page that was locked meanwhile.
      if (!event.persisted) return;
      ring.clear();
      recall();
      if (ring.size === 0) location.reload();
    });
    document.addEventListener('click', follow);
    document.addEventListener('auxclick', follow);
    document.addEventListener('DOMContentLoaded', () => {
      dress();
      for (const picture of document.querySelectorAll('img[data-sealed-src]')) reveal(picture);
    }, { once: true });
    document.write(html);
    document.close();
  }

  const TYPES = {
    csv: 'text/csv', json: 'application/json', txt: 'text/plain', pdf: 'application/pdf', png: 'image/png',
    jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif',
  };

  /* A sealed file beside the page, as an address in memory. */
  async function fetched(address) {
    if (location.protocol === 'file:') throw new Fault('fromDisk');
    const answer = await fetch(address, { credentials: 'same-origin', cache: 'no-cache' }).catch(() => null);
    if (!answer?.ok) throw new Fault('missing');
    let envelope;
    try {
      envelope = envelopeOf(await answer.text());
    } catch {
      throw new Fault('file');
    }
    const key = await heldKey(envelope);
    if (!key) throw new Fault('older');
    const path = pathOf(address);
    const plain = await opened(await aes(bytes(key)), envelope.iv, bound(path), envelope.sealed).catch(() => null);
    if (!plain) throw new Fault('file');
    const type = TYPES[path.split('.').pop().toLowerCase()] ?? 'application/octet-stream';
    return URL.createObjectURL(new Blob([plain], { type }));
  }

  async function reveal(picture) {
    try {
      picture.src = await fetched(new URL(picture.dataset.sealedSrc, document.baseURI));
    } catch (fault) {
      const note = document.createElement('span');
      note.className = 'sealed-missing';
      note.textContent = TOLD[fault.message] ?? TOLD.file;
      picture.after(note);
    }
  }

  /* Whether a link leads to a file that is sealed and no page. */
  function leadsToFile(address) {
    if (address.origin !== location.origin || !address.pathname.startsWith(root.pathname)) return false;
    const path = pathOf(address);
    return !path.endsWith('.html') && !path.startsWith('assets/') && path !== 'robots.txt';
  }

  async function follow(event) {
    const link = event.target.closest?.('a[href]');
    if (!link || link.protocol === 'blob:' || event.button > 1) return;
    const address = new URL(link.href);
    if (!leadsToFile(address)) return;
    event.preventDefault();
    try {
      const saved = document.createElement('a');
      saved.href = await fetched(address);
      saved.download = pathOf(address).split('/').pop();
      saved.click();
      setTimeout(() => URL.revokeObjectURL(saved.href), 60000);
    } catch (fault) {
      notice(TOLD[fault.message] ?? TOLD.file);
    }
  }

  function notice(text) {
    document.querySelector('.sealed-notice')?.remove();
    const note = document.createElement('p');
    note.className = 'sealed-notice';
    note.setAttribute('role', 'alert');
    document.body.append(note);
    note.textContent = text;
    setTimeout(() => note.remove(), 12000);
  }

  /* The Lock button, and the looks of what the page's theme doesn't know: a
   * frozen memo brings its own style and its bytes stay as they are. */
  function dress() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      .sealed-lock { padding: 0; border: 0; background: none; color: inherit; font: inherit;
        text-decoration: underline; text-underline-offset: 4px; cursor: pointer; }
      body > .sealed-lock { display: block; margin: 24px auto; padding: 8px 16px; font: 13px/20px sans-serif; }
      .sealed-missing { display: block; font-size: 14px; line-height: 21px; }
      .sealed-notice { position: fixed; left: 16px; right: 16px; bottom: 16px; z-index: 9; max-width: 620px; margin: 0 auto;
        padding: 14px 18px; border: 2px solid currentColor; background: Canvas; color: CanvasText; font: 15px/22px sans-serif; }
      @media print { .sealed-lock, .sealed-notice { display: none !important; } }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    // The view for the room has its own way out, to a page that has the button.
    if (document.querySelector('.stage')) return;
    const lock = document.createElement('button');
    lock.type = 'button';
    lock.className = 'sealed-lock';
    lock.textContent = 'Lock this report';
    lock.addEventListener('click', () => {
      forget();
      say({ lock: true });
      location.reload();
    });
    (document.querySelector('.foot') ?? document.body).append(lock);
  }

  /* --- In order ------------------------------------------------------------- */

  async function start() {
    find('stuck').hidden = true;
    if (!window.isSecureContext || !window.crypto?.subtle) return refuse('insecure');
    const holder = find('envelope');
    const text = holder?.textContent ?? '';
    const sum = base64(await crypto.subtle.digest('SHA-256', encode(text)));
    if (!holder || sum !== holder.dataset.sum) return refuse('damaged');
    const envelope = envelopeOf(text);
    let isOpen = false;

    async function open(key, store) {
      const plain = await opened(await aes(bytes(key)), envelope.iv, bound(pathOf(location)), envelope.sealed);
      if (isOpen) return;
      if (!plain) throw new Fault('damaged');
      isOpen = true;
      keep({ [envelope.key]: key }, store);
      say({ keys: { [envelope.key]: key } });
      show(new TextDecoder('utf-8', { fatal: true }).decode(plain));
    }

    /* Whether a key that is held opens the page. */
    async function tryHeld() {
      const key = await heldKey(envelope);
      if (!key || isOpen) return isOpen;
      // Where it is kept already it stays.
      await open(key, 'sessionStorage');
      return true;
    }

    recall();
    listen(() => { if (!isOpen) tryHeld().catch((fault) => refuse(fault.message)); });
    if (await tryHeld()) return undefined;
    say({ ask: true });
    await new Promise((go) => { setTimeout(go, PATIENCE); });
    if (!isOpen) ask(envelope, open);
    return undefined;
  }

  start().catch((fault) => refuse(fault.message));
})();
