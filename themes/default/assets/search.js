/* Search: narrows the list of the page to what is looked for.
 *
 * Input: the page's list of places, each with what it says, and the words of
 * them all, which name places by their order. Output: the places found, best
 * first, each with a part of its text. What is looked for stands in the
 * address behind the `#`, which no host is told. Nothing is loaded or sent.
 *
 * The program that made the list of words brought every word to its stem; a word that
 * the report doesn't have is brought there by the same algorithm here, and a
 * test holds the two equal.
 */
'use strict';

const search = (() => {
  /* --- Words ---------------------------------------------------------------- */

  const LONGEST = 40; // letters of a word that the index keeps
  const PLAIN = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', ł: 'l', ı: 'i', þ: 'th' };

  /* A word without its accents, so that one typed without them is found. */
  const fold = (word) => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
    .replace(/[ßøæœđðłıþ]/g, (letter) => PLAIN[letter]);

  /* Runs of letters and digits, and what joins two of them: an apostrophe in a
   * word, a comma or a point in a number, a mark that isn't seen. */
  const WORD = /[\p{Alphabetic}\p{N}\p{M}]+(?:(?:(?<=\p{Alphabetic})['’](?=\p{Alphabetic})|(?<=\p{N})[,.](?=\p{N})|[\u00ad\u2060](?=[\p{Alphabetic}\p{N}]))[\p{Alphabetic}\p{N}\p{M}]+)*/gu;
  const bare = (word) => fold(word.replace(/['’,\u00ad\u2060]/g, '')).slice(0, LONGEST);

  /* --- Stems: Snowball's English algorithm ---------------------------------- */

  const WHOLE = {
    andes: 'andes', atlas: 'atlas', bias: 'bias', cosmos: 'cosmos', early: 'earli', gently: 'gentl', howe: 'howe',
    idly: 'idl', news: 'news', only: 'onli', singly: 'singl', skies: 'sky', skis: 'ski', sky: 'sky', ugly: 'ugli',
  };
  const SECOND = [
    ['ational', 'ate'], ['tional', 'tion'], ['ization', 'ize'], ['iveness', 'ive'], ['fulness', 'ful'],
    ['ousness', 'ous'], ['biliti', 'ble'], ['lessli', 'less'], ['entli', 'ent'], ['ation', 'ate'], ['alism', 'al'],
    ['aliti', 'al'], ['ousli', 'ous'], ['iviti', 'ive'], ['fulli', 'ful'], ['ogist', 'og'], ['enci', 'ence'],
    ['anci', 'ance'], ['abli', 'able'], ['izer', 'ize'], ['ator', 'ate'], ['alli', 'al'], ['bli', 'ble'],
    ['ogi', 'og', /l$/], ['li', '', /[cdeghkmnrt]$/],
  ];
  const THIRD = [
    ['ational', 'ate'], ['tional', 'tion'], ['alize', 'al'], ['icate', 'ic'], ['iciti', 'ic'], ['ative', ''],
    ['ical', 'ic'], ['ness', ''], ['ful', ''],
  ];
  const FOURTH = ['ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive',
    'ize', 'ion', 'al', 'er', 'ic'];

  const isShort = (word) => /[^aeiouy][aeiouy][^aeiouywxY]$/.test(word) || /^[aeiouy][^aeiouy]$/.test(word)
    || word.endsWith('past');

  function stem(given) {
    if (Object.hasOwn(WHOLE, given)) return WHOLE[given];
    if (given.length < 3) return given;
    let word = given.replace(/^y/, 'Y').replace(/([aeiouy])y/g, '$1Y');

    const region = (from) => {
      const found = /[aeiouy][^aeiouy]/.exec(word.slice(from));
      return found ? from + found.index + 2 : word.length;
    };
    const begins = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/.exec(word);
    const first = begins ? begins[0].length : region(0);
    const second = region(first);
    const without = (end) => word.slice(0, word.length - end.length);

    // Plurals.
    if (word.endsWith('sses')) word = without('es');
    else if (/ie[ds]$/.test(word)) word = word.length > 4 ? without('es') : without('s');
    else if (/[aeiouy].+s$/.test(word) && !/[us]s$/.test(word)) word = without('s');

    word = past(word, first);
    word = word.replace(/(?<=.[^aeiouy])[yY]$/, 'i');
    word = replaced(word, SECOND, first);

    const third = THIRD.find(([end]) => word.endsWith(end));
    if (third && word.length - third[0].length >= (third[0] === 'ative' ? second : first)) {
      word = without(third[0]) + third[1];
    }
    const fourth = FOURTH.find((end) => word.endsWith(end));
    if (fourth && word.length - fourth.length >= second && (fourth !== 'ion' || /[st]ion$/.test(word))) {
      word = without(fourth);
    }
    const last = word.length - 1;
    if (word.endsWith('e') && (last >= second || (last >= first && !isShort(without('e'))))) word = without('e');
    else if (word.endsWith('ll') && last >= second) word = without('l');
    return word.replaceAll('Y', 'y');
  }

  /* Without -ed and -ing, and what they doubled. */
  function past(word, first) {
    const end = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(word)?.[0];
    if (!end) return word;
    const rest = word.slice(0, word.length - end.length);
    if (end.startsWith('eed')) {
      return rest.length >= first && !/^(?:succ|proc|exc)$/.test(rest) ? `${rest}ee` : word;
    }
    if (end === 'ing') {
      if (/^[^aeiouy]y$/.test(rest)) return `${rest[0]}ie`;
      if (/^(?:even|cann|inn|earr|herr|out)$/.test(rest)) return word;
    }
    if (!/[aeiouy]/.test(rest)) return word;
    if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
    return rest.length === first && isShort(rest) ? `${rest}e` : rest;
  }

  function replaced(word, ends, from) {
    const found = ends.find(([end]) => word.endsWith(end));
    if (!found) return word;
    const rest = word.slice(0, word.length - found[0].length);
    return rest.length >= from && (!found[2] || found[2].test(rest)) ? rest + found[1] : word;
  }

  /* --- The index ------------------------------------------------------------- */

  const frame = document.querySelector('[data-search]');
  const index = document.querySelector('[data-places]');
  if (!frame || !index) return { stem, bare };

  const words = index.dataset.places;
  const links = [...index.querySelectorAll('[data-place]')];
  const texts = links.map((link) => link.dataset.place);

  /* Each stem's places, and each word's stem, without accents. */
  const placesOf = new Map();
  const stemOf = new Map();
  for (const line of words === '' ? [] : words.split('\n')) {
    const colon = line.indexOf(':');
    const [first, ...forms] = line.slice(0, colon).split(' ');
    let place = 0;
    const places = line.slice(colon + 1).split(' ').map((step) => { place += parseInt(step, 36); return place; });
    const name = fold(first);
    placesOf.set(name, [...(placesOf.get(name) ?? []), ...places]);
    for (const form of forms.length > 0 ? forms : ['+']) {
      stemOf.set(fold(form.startsWith('+') ? first + form.slice(1) : form), name);
    }
  }
  const known = [...stemOf.keys()].sort();

  const stemmed = (word) => stemOf.get(word) ?? fold(stem(word));

  /* The stems that a word stands for, each with how well: the word itself or
   * one of its family, a word that begins so, or, failing these, one that has
   * it within. */
  function meant(word) {
    const found = new Map();
    const add = (name, weight) => { if (weight > (found.get(name) ?? 0)) found.set(name, weight); };
    if (placesOf.has(stemmed(word))) add(stemmed(word), 3);
    if (word.length > 1) for (const one of known) if (one.startsWith(word)) add(stemOf.get(one), 2);
    if (found.size === 0 && word.length > 2) for (const one of known) if (one.includes(word)) add(stemOf.get(one), 1);
    return found;
  }

  /* Words of a title, stemmed: they weigh more than those of a text. */
  const titles = links.map((link) => new Set(wordsOf(link.textContent).map(stemmed)));

  function wordsOf(text) {
    return (text.match(WORD) ?? []).map(bare).filter((word) => word !== '');
  }

  /* Places by how well they fit, best first; of equals the first on the page,
   * which is the newest. Where none has every word, those that have some. */
  function find(query) {
    const asked = [...new Set(wordsOf(query))].slice(0, 12).map((word) => ({ word, stems: meant(word) }));
    const scores = new Map();
    for (const { stems } of asked) {
      const best = new Map();
      for (const [name, weight] of stems) {
        const places = placesOf.get(name);
        const rare = Math.log(1 + links.length / places.length);
        for (const place of places) {
          const score = weight * rare * (titles[place]?.has(name) ? 3 : 1);
          if (score > (best.get(place) ?? 0)) best.set(place, score);
        }
      }
      for (const [place, score] of best) {
        const before = scores.get(place) ?? { score: 0, words: 0 };
        scores.set(place, { score: before.score + score, words: before.words + 1 });
      }
    }
    const all = [...scores].filter(([, one]) => one.words === asked.length);
    const phrase = wordsOf(query).join(' ');
    const found = (all.length > 0 ? all : [...scores]).map(([place, { score, words: met }]) => {
      const title = wordsOf(links[place].textContent).join(' ');
      const said = () => ` ${title} ${wordsOf(texts[place]).join(' ')}`;
      // The very words in their order: a title, or a part of what is said.
      if (title === phrase) return { place, met, score: score * 4 };
      return { place, met, score: asked.length > 1 && said().includes(` ${phrase}`) ? score * 2 : score };
    });
    found.sort((a, b) => b.met - a.met || b.score - a.score || a.place - b.place);
    return { asked, found, whole: all.length > 0 };
  }

  /* The known word that is nearest to one that isn't, for a slip of a key. */
  function nearest(word) {
    const most = word.length < 6 ? 1 : 2;
    let best = null;
    for (const one of known) {
      if (Math.abs(one.length - word.length) > most || one.length < 4) continue;
      const far = distance(word, one);
      if (far <= most && (best === null || far < best.far)) best = { one, far };
    }
    return best?.one;
  }

  function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[b.length];
  }

  /* --- What is shown ---------------------------------------------------------- */

  const FIRST = 30; // results, before more are asked for
  const AROUND = 90; // letters of a text before its first match
  const LENGTH = 260; // letters of a text that are quoted

  const at = (name) => frame.querySelector(`[data-${name}]`);
  const [form, list, count, none, more] = ['form', 'found', 'count', 'none', 'more'].map(at);
  const field = form.elements.q;
  let shown = FIRST;

  const element = (name, className, ...parts) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...parts);
    return made;
  };

  /* A text with the words that are meant marked. */
  function marked(text, isMeant) {
    const parts = [];
    let from = 0;
    for (const match of text.matchAll(WORD)) {
      if (!isMeant(bare(match[0]))) continue;
      parts.push(text.slice(from, match.index), element('mark', '', match[0]));
      from = match.index + match[0].length;
    }
    return [...parts, text.slice(from)];
  }

  /* The part of a text where most of the words meant stand together. */
  function excerpt(text, isMeant) {
    const hits = [];
    for (const match of text.matchAll(WORD)) {
      const word = bare(match[0]);
      if (isMeant(word)) hits.push({ at: match.index, word: stemmed(word) });
    }
    let best = { from: 0, kinds: 0 };
    for (const { at: from } of hits) {
      const within = hits.filter((hit) => hit.at >= from && hit.at < from + LENGTH - AROUND);
      const kinds = new Set(within.map((hit) => hit.word)).size;
      if (kinds > best.kinds) best = { from, kinds };
    }
    let start = Math.max(0, best.from - AROUND);
    if (text.length - start < LENGTH) start = Math.max(0, text.length - LENGTH);
    // Begin with a sentence or at least a word, and end with a word.
    if (start > 0) {
      const ahead = text.slice(start, Math.max(start, best.from));
      const sentence = ahead.search(/[.!?]\s/);
      const space = ahead.indexOf(' ');
      if (sentence >= 0) start += sentence + 2;
      else if (space >= 0) start += space + 1;
    }
    let end = Math.min(text.length, start + LENGTH);
    if (end < text.length) {
      const space = text.lastIndexOf(' ', end);
      if (space > Math.max(start, best.from)) end = space;
    }
    return { text: text.slice(start, end), before: start > 0 && !/[.!?]\s$/.test(text.slice(0, start)), after: end < text.length };
  }

  function row({ place }, isMeant) {
    const link = links[place];
    const kind = link.closest('[data-kind]').dataset.kind;
    const of = link.closest('.places-row').querySelector('.places-of')?.textContent.trim();
    const to = element('a', '', ...marked(link.textContent.trim(), isMeant));
    to.href = link.getAttribute('href');
    const where = element('p', 'found-of', element('b', '', kind), of && of !== '—' ? ` ${of}` : '');
    const body = element('div', 'found-what', element('p', 'found-name', to));
    if (texts[place]) {
      const part = excerpt(texts[place], isMeant);
      body.append(element('p', 'found-text', part.before ? '… ' : '', ...marked(part.text, isMeant), part.after ? ' …' : ''));
    }
    return element('li', 'found-row', where, body);
  }

  const places = (number) => (number === 1 ? '1 place' : `${number.toLocaleString('en-GB')} places`);

  /* Says so where nothing is found, and what might have been meant. */
  function nothing(asked) {
    const instead = asked.map(({ word }) => nearest(word)).filter(Boolean);
    none.replaceChildren();
    if (instead.length > 0) {
      const button = element('button', '', instead.join(' '));
      button.type = 'button';
      button.addEventListener('click', () => { ask(instead.join(' ')); field.focus(); });
      none.append('Did you mean ', button, '? ');
    }
    none.append('Try fewer words or only the beginning of one; or clear the search and look through the whole list.');
  }

  function show() {
    const query = field.value.trim();
    const isIdle = wordsOf(query).length === 0;
    index.hidden = !isIdle;
    list.hidden = isIdle;
    frame.classList.toggle('searching', !isIdle);
    if (isIdle) {
      list.replaceChildren();
      count.textContent = query === '' ? '' : 'Type a word or a number.';
      none.hidden = true;
      more.hidden = true;
      return;
    }
    const { asked, found, whole } = find(query);
    const stems = new Set(asked.flatMap((one) => [...one.stems.keys()]));
    const isMeant = (word) => stems.has(stemmed(word));
    list.replaceChildren(...found.slice(0, shown).map((one) => row(one, isMeant)));
    none.hidden = found.length > 0;
    more.hidden = found.length <= shown;
    more.textContent = `Show ${Math.min(FIRST, found.length - shown)} more`;
    if (found.length === 0) {
      count.textContent = `Nothing in the report mentions “${query}”.`;
      nothing(asked);
    } else if (whole) {
      count.textContent = `${places(found.length)} found for “${query}”`;
    } else {
      count.textContent = `No place has all of “${query}”; ${places(found.length)} ${found.length === 1 ? 'has' : 'have'} a part of it`;
    }
  }

  /* --- What is asked: in the field and behind the address's # ---------------- */

  let waiting = 0;

  function remember() {
    const query = field.value.trim();
    const address = query === '' ? location.pathname + location.search : `#q=${encodeURIComponent(query)}`;
    // Some browsers refuse many of these at once: the next one will do.
    try { history.replaceState(history.state, '', address); } catch { /* the page works without */ }
  }

  function ask(query) {
    field.value = query;
    shown = FIRST;
    show();
    remember();
  }

  function recall() {
    const found = /^#q=(.*)$/.exec(location.hash);
    let query = '';
    try { query = decodeURIComponent(found?.[1].replaceAll('+', ' ') ?? ''); } catch { /* it was cut off: none */ }
    if (found && query !== field.value.trim()) {
      field.value = query;
      shown = FIRST;
    }
    show();
  }

  field.addEventListener('input', () => {
    shown = FIRST;
    show();
    clearTimeout(waiting);
    waiting = setTimeout(remember, 300);
  });
  // What is opened from here must find the words again on its way back.
  list.addEventListener('click', remember);

  const results = () => [...list.querySelectorAll('a')];

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    remember();
    results()[0]?.focus();
  });

  more.addEventListener('click', () => {
    const before = results().length;
    shown += FIRST;
    show();
    results()[before]?.focus();
  });

  for (const example of frame.querySelectorAll('[data-example]')) {
    example.addEventListener('click', () => { ask(example.textContent); field.focus(); });
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const held = results();
    const on = held.indexOf(document.activeElement);
    const inField = document.activeElement === field;
    const go = (to) => { event.preventDefault(); to.focus(); };
    if (event.key === '/' && !inField) {
      go(field);
      field.select();
    } else if (event.key === 'Escape' && (inField || on >= 0)) {
      ask('');
      go(field);
    } else if (event.key === 'ArrowDown' && (inField || on >= 0) && held[on + 1]) go(held[on + 1]);
    else if (event.key === 'ArrowUp' && on === 0) go(field);
    else if (event.key === 'ArrowUp' && on > 0) go(held[on - 1]);
  });

  addEventListener('hashchange', recall);
  frame.hidden = false;
  recall();
  // The masthead's link leads to the field; from elsewhere the page is read from its start.
  if (location.hash === '#search-field') field.focus({ preventScroll: true });

  return { stem, bare, find: (query) => find(query).found.map(({ place }) => links[place].getAttribute('href')) };
})();
