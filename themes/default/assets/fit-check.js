/* The Fit Check: one question at a time, and what the answers come to.
 *
 * Input: the form that the page already shows, with weights, scores, reasons
 * and fixes beside its answers. Output: a verdict, a radar, the biggest
 * leverage, fixes in order and what an install involves. Nothing is loaded or
 * sent. Answers are kept in this browser, in a link's fragment if asked for,
 * and in a file if saved. The program scores answers on file in the same
 * whole numbers, and a test holds the two equal.
 */
'use strict';

(() => {
  const form = document.querySelector('.fit-form');
  const panel = document.querySelector('[data-result]');
  if (!form || !panel) return;

  const sets = [...form.querySelectorAll('.question')];
  const inputs = sets.map((set) => [...set.querySelectorAll('input')]);
  const LAYERS = ['capture', 'data', 'briefing', 'approval', 'build'];
  const installs = LAYERS.map((layer) => panel.querySelector(`[data-install="${layer}"]`));
  const names = installs.map((install) => install.dataset.name);

  const asked = {
    version: Number(form.dataset.version),
    ready: Number(form.dataset.ready),
    fixFirst: Number(form.dataset.fixFirst),
    minimum: Number(form.dataset.readinessMinimum),
    layer: Number(form.dataset.layer),
    answered: Number(form.dataset.answered),
    questions: sets.map((set, at) => ({
      id: set.dataset.question,
      part: set.dataset.part,
      weight: Number(set.dataset.weight),
      answers: inputs[at].map((input) => ({
        id: input.value,
        score: Number(input.dataset.score),
        reason: input.dataset.reason,
        fix: input.dataset.fix,
      })),
    })),
    bands: installs.map((install) => [...install.querySelectorAll('[data-from]')]
      .map((band) => Number(band.dataset.from))),
  };

  /* --- What answers mean: for each question the place of its answer, or
   * null. Whole numbers only, so that no machine rounds differently. -------- */

  function result(chosen) {
    const given = asked.questions
      .map((question, at) => ({ question, at, chosen: chosen[at], answer: question.answers[chosen[at] ?? -1] }))
      .filter((one) => one.answer)
      .map((one) => ({ ...one, missing: one.question.weight * (100 - one.answer.score) }));
    const of = (part) => given.filter((one) => one.question.part === part);
    const sum = (list, figure) => list.reduce((total, one) => total + figure(one), 0);
    const score = (part) => {
      const points = sum(of(part), (one) => one.question.weight * one.answer.score);
      const weight = sum(of(part), (one) => one.question.weight);
      return weight > 0 ? Math.floor((2 * points + weight) / (2 * weight)) : null;
    };

    const readiness = score('readiness');
    const layers = LAYERS.map(score);
    const weak = LAYERS.filter((_, at) => layers[at] !== null && layers[at] < asked.layer);
    const fixes = given
      .filter((one) => one.answer.fix !== undefined)
      .map((one) => ({ ...one, condition: one.question.part === 'readiness' && one.answer.score < asked.minimum }))
      .sort((a, b) => b.condition - a.condition || b.missing - a.missing || a.at - b.at);
    const conditions = fixes.filter((fix) => fix.condition).length;

    let leverage = null;
    for (const layer of LAYERS) {
      const missing = sum(of(layer), (one) => one.missing);
      if (missing > (leverage ? leverage.missing : 0)) {
        const worst = of(layer).reduce((a, b) => (b.missing > a.missing ? b : a));
        leverage = { layer, missing, question: worst.at, reason: worst.answer.reason };
      }
    }
    return {
      answered: given.length, asked: asked.questions.length, readiness, layers, weak, conditions, leverage, fixes,
      verdict: verdict(given, readiness, layers, conditions, weak),
      install: layers.map((reached, at) => (reached === null ? null
        : asked.bands[at].reduce((band, from, each) => (from <= reached ? each : band), null))),
    };
  }

  function verdict(given, readiness, layers, conditions, weak) {
    const isReadiness = (question) => question.part === 'readiness';
    const enough = given.length * 100 >= asked.answered * asked.questions.length
      && given.filter((one) => isReadiness(one.question)).length === asked.questions.filter(isReadiness).length
      && readiness !== null && !layers.includes(null);
    if (!enough) return 'incomplete';
    if (readiness < asked.fixFirst) return 'not yet';
    return readiness >= asked.ready && conditions === 0 && weak.length === 0 ? 'ready' : 'fix first';
  }

  const WORDS = ('none one two three four five six seven eight nine ten eleven twelve thirteen fourteen '
    + 'fifteen sixteen seventeen eighteen nineteen twenty').split(' ');
  const counted = (number, one, many) => `${WORDS[number] ?? number} ${number === 1 ? one : many}`;

  /* The same sentences as under the answers on file. */
  function headline(found) {
    if (found.verdict === 'incomplete') {
      const needed = Math.ceil((asked.answered * found.asked) / 100);
      return `No verdict yet: it takes ${needed} of ${found.asked} answers, all of those on readiness and some on every layer.`;
    }
    if (found.verdict === 'not yet') {
      return `Not yet: readiness is ${found.readiness}, and under ${asked.fixFirst} an install would not hold.`;
    }
    if (found.verdict === 'ready') {
      const begin = found.leverage ? ` Begin with ${names[LAYERS.indexOf(found.leverage.layer)]}.` : '';
      return `The firm is ready.${begin}`;
    }
    const held = [];
    if (found.conditions > 0) held.push(counted(found.conditions, 'condition of readiness', 'conditions of readiness'));
    if (found.weak.length > 0) held.push(counted(found.weak.length, 'layer', 'layers'));
    if (held.length === 0) return `Fix first: readiness is ${found.readiness}, and an install needs ${asked.ready}.`;
    const one = found.conditions + found.weak.length === 1;
    return `Fix first: ${held.join(' and ')} ${one ? 'holds' : 'hold'} the install back.`;
  }

  /* --- Answers: chosen, kept, linked, saved -------------------------------- */

  const memory = `fit-check ${location.pathname}`;
  let at = 0;
  let finished = false;

  const answers = () => inputs.map((row) => {
    const place = row.findIndex((input) => input.checked);
    return place < 0 ? null : place;
  });

  function choose(chosen) {
    inputs.forEach((row, question) => row.forEach((input, place) => { input.checked = chosen[question] === place; }));
  }

  /* A digit for each question, 0 where it wasn't answered. */
  const code = (chosen) => `${asked.version}-${chosen.map((place) => (place === null ? 0 : place + 1)).join('')}`;

  function decoded(text) {
    const found = /^(\d+)-(\d+)$/.exec(text ?? '');
    if (!found || Number(found[1]) !== asked.version || found[2].length !== sets.length) return null;
    const chosen = [...found[2]].map((digit) => (digit === '0' ? null : Number(digit) - 1));
    return chosen.every((place, question) => place === null || place < inputs[question].length) ? chosen : null;
  }

  /* Storage may be forbidden: answers then last as long as the page. */
  function remember() {
    try {
      localStorage.setItem(memory, JSON.stringify({ code: code(answers()), at, finished }));
    } catch { /* the page still works */ }
  }

  function recalled() {
    try {
      const kept = JSON.parse(localStorage.getItem(memory));
      const chosen = decoded(kept.code);
      if (chosen) return { chosen, finished: kept.finished === true, at: Number.isInteger(kept.at) ? kept.at : 0 };
    } catch { /* nothing is kept */ }
    return null;
  }

  const fromAddress = () => decoded(/^#answers=(.*)$/.exec(location.hash)?.[1]);

  /* Once an answer differs from the link's, the link must not win a reload. */
  function leaveAddress() {
    if (location.hash) history.replaceState(null, '', location.pathname);
  }

  /* A word that YAML would read as something else is put in quotes. */
  const word = (id) => (/^(y|n|yes|no|on|off|true|false|null|[\d.+-].*)$/i.test(id) ? `"${id}"` : id);

  function yaml(chosen) {
    const lines = asked.questions.flatMap((question, each) => (chosen[each] === null ? []
      : [`  ${word(question.id)}: ${word(question.answers[chosen[each]].id)}`]));
    return [
      '# Put this file into the folder of the month in which it was answered,',
      '# such as content/2026-10/fit-check.yaml. The first one is the baseline:',
      '# add the three figures at that date to it.',
      '# baseline: { revenue_per_employee: …, task_automation: …, away_from_desk: … }',
      `version: ${asked.version}`,
      lines.length > 0 ? 'answers:' : 'answers: {}',
      ...lines, '',
    ].join('\n');
  }

  function save() {
    const address = URL.createObjectURL(new Blob([yaml(answers())], { type: 'application/yaml' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'fit-check.yaml';
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    done('Saved as fit-check.yaml.');
  }

  async function share() {
    history.replaceState(null, '', `#answers=${code(answers())}`);
    try {
      await navigator.clipboard.writeText(location.href);
      done('The link is copied, and in the address bar. It holds the answers: share it as you would share them.');
    } catch {
      done('The link is in the address bar. It holds the answers: share it as you would share them.');
    }
  }

  function clear() {
    choose([]);
    try {
      localStorage.removeItem(memory);
    } catch { /* nothing was kept */ }
    leaveAddress();
    show(0, true);
    say.textContent = `Answers cleared. Question 1 of ${sets.length}.`;
  }

  /* --- Questions ------------------------------------------------------------ */

  const find = (selector) => document.querySelector(`.fit-check ${selector}`);
  const say = find('[data-say]');
  const steps = [...form.querySelectorAll('.fit-steps li')];
  const button = (name) => form.querySelector(`[data-do="${name}"]`);
  const done = (text) => { find('[data-done]').textContent = text; };

  function why() {
    const input = inputs[at].find((each) => each.checked);
    find('[data-why]').hidden = !input;
    find('[data-why-text]').textContent = input ? input.dataset.reason : '';
  }

  function show(question, focus) {
    at = Math.min(Math.max(question, 0), sets.length - 1);
    finished = false;
    panel.hidden = true;
    form.hidden = false;
    sets.forEach((set, each) => { set.hidden = each !== at; });
    const chosen = answers();
    const left = Math.ceil((sets.length - at) / 4);
    const place = `Question ${at + 1} of ${sets.length}`;
    steps.forEach((step, each) => {
      step.className = each === at ? 'fit-now' : chosen[each] === null ? '' : 'fit-answered';
    });
    find('[data-place]').textContent = place;
    find('.fit-place [data-part-name]').textContent = sets[at].dataset.partName;
    find('[data-left]').textContent = `About ${WORDS[left] ?? left} ${left === 1 ? 'minute' : 'minutes'} left`;
    say.textContent = `${place}, ${chosen.filter((one) => one !== null).length} answered`;
    button('next').textContent = at === sets.length - 1 ? 'See the result' : 'Next';
    button('back').hidden = at === 0;
    button('finish').hidden = at === sets.length - 1 || !chosen.some((one) => one !== null);
    why();
    if (focus) (inputs[at].find((input) => input.checked) ?? inputs[at][0]).focus();
    document.scrollingElement.scrollTop = 0;
  }

  /* --- The result ----------------------------------------------------------- */

  /* In tenths of a pixel, as the program draws the answers on file. */
  const SPOKES = [[0, -1000], [951, -309], [588, 809], [-588, 809], [-951, -309]];
  function corner(spoke, score) {
    const along = (direction) => Math.floor((direction * 1000 * score + 50000) / 100000);
    return [1750 + along(SPOKES[spoke][0]), 1500 + along(SPOKES[spoke][1])].map((tenths) => (tenths / 10).toFixed(1));
  }

  function draw(found) {
    const radar = panel.querySelector('.radar');
    const scored = LAYERS.map((_, each) => each).filter((each) => found.layers[each] !== null);
    radar.querySelector('.radar-shape').setAttribute('points',
      scored.map((each) => corner(each, found.layers[each]).join(',')).join(' '));
    const said = LAYERS.map((layer, each) => {
      const score = found.layers[each];
      const spoke = radar.querySelector(`[data-spoke="${layer}"]`);
      spoke.classList.toggle('radar-none', score === null);
      spoke.classList.toggle('radar-weak', found.weak.includes(layer));
      spoke.querySelector('.radar-dot').setAttribute('transform', `translate(${corner(each, score ?? 0).join(' ')})`);
      spoke.querySelector('.radar-score').textContent = score ?? '—';
      return `${spoke.querySelector('.radar-name').textContent} ${score ?? '—'}`;
    });
    radar.querySelector('desc').textContent = `${said.join(', ')}, of 100 each.`;
  }

  function listFixes(found) {
    const list = panel.querySelector('[data-fix-list]');
    const row = panel.querySelector('[data-fix-row]').content;
    list.replaceChildren(...found.fixes.map((fix) => {
      const item = row.cloneNode(true);
      const put = (name, text) => { item.querySelector(`[data-fix-${name}]`).textContent = text; };
      put('title', fix.answer.fix);
      put('text', fix.answer.reason);
      put('cause', `Because of question ${fix.at + 1}`);
      put('answer', `“${inputs[fix.at][fix.chosen].parentElement.querySelector('.answer-text').textContent}”`);
      return item;
    }));
    panel.querySelector('[data-fixes]').hidden = found.fixes.length === 0;
    panel.querySelector('[data-fixes-note]').textContent = found.conditions > 0
      ? `Conditions of readiness first: ${WORDS[found.conditions] ?? found.conditions}` : '';
  }

  function finish(focus) {
    const found = result(answers());
    finished = true;
    form.hidden = true;
    panel.hidden = false;
    for (const each of panel.querySelectorAll('[data-verdict]')) each.hidden = each.dataset.verdict !== found.verdict;
    panel.querySelector('[data-facts]').textContent = `${found.answered} of ${found.asked} answered, `
      + (found.readiness === null ? 'readiness —' : `readiness ${found.readiness} of 100`);
    panel.querySelector('[data-headline]').textContent = headline(found);
    draw(found);
    panel.querySelector('[data-leverage]').hidden = !found.leverage;
    if (found.leverage) {
      panel.querySelector('[data-leverage-layer]').textContent = names[LAYERS.indexOf(found.leverage.layer)];
      panel.querySelector('[data-leverage-text]').textContent = found.leverage.reason;
      panel.querySelector('[data-leverage-rule]').textContent = `leverage: ${found.leverage.missing} points missing by weight. The most of the five layers`;
    }
    installs.forEach((install, each) => {
      install.querySelector('[data-layer-score]').textContent = found.layers[each] === null ? '' : `, ${found.layers[each]}`;
      install.querySelector('[data-none]').hidden = found.install[each] !== null;
      install.querySelectorAll('[data-from]').forEach((band, place) => { band.hidden = found.install[each] !== place; });
    });
    listFixes(found);
    done('');
    if (focus) panel.querySelector('[data-headline]').focus();
    document.scrollingElement.scrollTop = 0;
    remember();
  }

  /* --- What a reader does --------------------------------------------------- */

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (at === sets.length - 1) finish(true);
    else { show(at + 1, true); remember(); }
  });
  form.addEventListener('change', () => { leaveAddress(); why(); remember(); });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || form.hidden) return;
    const input = /^[1-9]$/.test(event.key) && inputs[at][Number(event.key) - 1];
    if (input) {
      input.focus();
      input.click();
    } else if (event.key === 'Enter' && event.target === document.body) {
      form.requestSubmit();
    }
  });
  const actions = {
    back: () => { show(at - 1, true); remember(); },
    finish: () => finish(true),
    change: () => { leaveAddress(); show(at, true); remember(); },
    clear, save, link: share,
  };
  for (const each of document.querySelectorAll('.fit-check [data-do]')) {
    if (actions[each.dataset.do]) each.addEventListener('click', actions[each.dataset.do]);
  }
  addEventListener('hashchange', () => {
    const chosen = fromAddress();
    if (chosen) { choose(chosen); finish(true); }
  });

  for (const part of document.querySelectorAll('.fit-check [data-live]')) part.hidden = false;
  find('[data-key]').hidden = true;
  button('next').disabled = false;
  form.classList.add('fit-live');
  const linked = fromAddress();
  const kept = recalled();
  choose(linked ?? kept?.chosen ?? []);
  if (linked || kept?.finished) finish(false);
  else show(kept?.at ?? 0, false);

  if (!linked && location.hash.startsWith('#answers=')) {
    form.querySelector('.fit-hint').textContent = 'The link holds answers to another version of this questionnaire, so they are not shown.';
  }

  // For whoever asks in the console, and for the test.
  globalThis.fitCheck = { result, headline, code, yaml };
})();
