/* The present view: one segment at a time, with its clock.
 *
 * Input: the segments that the page already shows, one below the other.
 * Output: one of them on the screen, moved by keys, a presenter's remote,
 * buttons or the address. Nothing is loaded or sent. The clock is kept for
 * this tab alone, so that a reload in the room doesn't lose it.
 */
'use strict';

(() => {
  const stage = document.querySelector('.stage');
  const slides = [...stage.querySelectorAll('.slide')];
  if (slides.length === 0) return;

  const find = (selector) => stage.querySelector(selector);
  const links = [...stage.querySelectorAll('.stage-segments a')];
  const button = {};
  for (const each of stage.querySelectorAll('[data-do]')) button[each.dataset.do] = each;
  const leave = find('[data-leave]');
  const say = find('[data-say]');

  const planned = slides.map((slide) => Number(slide.dataset.minutes) * 60);
  const plannedInAll = Number(stage.dataset.minutes) * 60;

  /* --- Clock: seconds spent in each segment, from times and not from ticks,
   * because a browser slows the ticks of a window in the background. -------- */

  const memory = `present ${location.pathname}`;
  let spent = slides.map(() => 0);
  let since = Date.now();
  let paused = false;
  let at = 0;
  let told = new Set(); // what has been said to be over time

  function settle() {
    const now = Date.now();
    if (!paused) spent[at] += Math.max(0, now - since) / 1000;
    since = now;
  }

  /* Storage may be forbidden: the clock then lasts as long as the page. */
  function remember() {
    try {
      sessionStorage.setItem(memory, JSON.stringify({ spent, paused }));
    } catch { /* nothing is lost but the clock */ }
  }

  function recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(memory));
      if (kept && kept.spent.length === slides.length && kept.spent.every(Number.isFinite)) {
        spent = kept.spent;
        paused = kept.paused === true;
      }
    } catch { /* start from zero */ }
  }

  function clock(seconds) {
    const whole = Math.floor(seconds);
    const two = (figure) => String(figure).padStart(2, '0');
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours > 0
      ? `${hours}:${two(minutes)}:${two(whole % 60)}`
      : `${minutes}:${two(whole % 60)}`;
  }

  function showClock(name, seconds, plan) {
    const over = seconds - plan;
    const note = find(`[data-over="${name}"]`);
    find(`[data-clock="${name}"]`).textContent = clock(seconds);
    note.hidden = over < 0;
    if (over >= 0) {
      note.lastElementChild.textContent = over < 60 ? 'time is up' : `${Math.floor(over / 60)} min over`;
    }
    return over >= 0;
  }

  function tick() {
    settle();
    const inAll = spent.reduce((sum, seconds) => sum + seconds, 0);
    const over = showClock('segment', spent[at], planned[at]);
    showClock('session', inAll, plannedInAll);
    if (over && !told.has(at)) {
      told.add(at);
      say.textContent = 'The time for this segment is up.';
    }
  }

  function showPause() {
    button.pause.textContent = paused ? 'Go on' : 'Pause';
    stage.classList.toggle('paused', paused);
  }

  function pause() {
    settle();
    paused = !paused;
    showPause();
    say.textContent = paused ? 'Clock paused.' : 'Clock running.';
    remember();
  }

  function restart() {
    spent = slides.map(() => 0);
    since = Date.now();
    told = new Set();
    tick();
    say.textContent = 'Clock at zero.';
    remember();
  }

  /* --- Segments ---------------------------------------------------------- */

  /* With `focus` the segment's name takes the focus, which a screen reader
   * reads; the buttons keep theirs, so the whole is said instead. */
  function show(index, focus) {
    settle();
    at = Math.min(Math.max(index, 0), slides.length - 1);
    slides.forEach((slide, each) => { slide.hidden = each !== at; });
    links.forEach((link, each) => {
      if (each === at) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
    });
    // Out of reach and not disabled: a disabled button would drop the focus.
    button.previous.setAttribute('aria-disabled', String(at === 0));
    button.next.setAttribute('aria-disabled', String(at === slides.length - 1));
    find('[data-planned="segment"]').textContent = slides[at].dataset.minutes;
    const name = slides[at].querySelector('h2');
    const place = `Segment ${at + 1} of ${slides.length}`;
    if (focus) name.focus({ preventScroll: true });
    say.textContent = focus ? place : `${place}: ${name.textContent.trim()}`;
    document.scrollingElement.scrollTop = 0;
    tick();
    remember();
  }

  /* The address keeps the place over a reload without filling the history, so
   * that Back leaves the view. */
  function go(index, focus) {
    if (index < 0 || index >= slides.length || index === at) return;
    history.replaceState(null, '', `#${slides[index].id}`);
    show(index, focus);
  }

  function fromAddress() {
    const id = location.hash.slice(1);
    return slides.findIndex((slide) => slide.id === id);
  }

  /* --- Keys: what presenter remotes send, and what a reader expects -------- */

  const moves = {
    ArrowRight: () => go(at + 1, true),
    PageDown: () => go(at + 1, true),
    ArrowLeft: () => go(at - 1, true),
    PageUp: () => go(at - 1, true),
    Home: () => go(0, true),
    End: () => go(slides.length - 1, true),
    ' ': (event) => go(event.shiftKey ? at - 1 : at + 1, true),
    p: pause,
    r: restart,
    Escape: () => leave.click(),
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    // A button in focus keeps the space bar.
    if (key === ' ' && event.target.closest('button, a, summary')) return;
    // Up and down scroll a segment that is longer than the screen.
    const fits = document.scrollingElement.scrollHeight <= innerHeight + 1;
    const move = moves[key]
      || (fits && key === 'ArrowDown' && moves.ArrowRight)
      || (fits && key === 'ArrowUp' && moves.ArrowLeft);
    if (!move) return;
    event.preventDefault();
    move(event);
  });

  button.next.addEventListener('click', () => go(at + 1, false));
  button.previous.addEventListener('click', () => go(at - 1, false));
  button.pause.addEventListener('click', pause);
  button.restart.addEventListener('click', restart);
  links.forEach((link, index) => link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
    event.preventDefault();
    go(index, false);
  }));
  addEventListener('hashchange', () => {
    const index = fromAddress();
    if (index >= 0 && index !== at) show(index, true);
  });
  addEventListener('pagehide', () => { settle(); remember(); });
  // A page that Back brings to life again goes on from here.
  addEventListener('pageshow', (event) => { if (event.persisted) since = Date.now(); });

  recall();
  stage.classList.add('presenting');
  for (const part of stage.querySelectorAll('.stage-clocks, .stage-buttons')) part.hidden = false;
  const first = Math.max(fromAddress(), 0);
  at = first;
  showPause();
  show(first, false);
  setInterval(tick, 250);
})();
