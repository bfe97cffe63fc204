// Fetches the game with a percentage that is true, starts it, and says in words
// what went wrong when something does. It needs nothing but its own server.
(() => {
  'use strict';

  // No byte for this long, in milliseconds, counts as a broken download: mobile
  // networks can hold a dead connection open for minutes.
  const STALL = 20000;

  // A signed ticket leaves the address bar before anything else happens, and with it the
  // history and what is copied for friends. The game takes it once; nothing keeps it.
  const address = new URL(location.href);
  let ticket = address.searchParams.get('ticket') || '';
  if (address.searchParams.has('ticket')) {
    address.searchParams.delete('ticket');
    history.replaceState(history.state, '', address);
  }
  window.ionwakeTicket = () => {
    const taken = ticket;
    ticket = '';
    return taken;
  };

  const {wasm, size} = document.currentScript.dataset;
  // Bytes after unpacking. Content-Length would count the packed ones, and the
  // browser only ever shows us the unpacked.
  const total = Number(size);
  let loaded = 0;

  const byId = (id) => document.getElementById(id);
  const loader = byId('loader');
  const percent = () => Math.min(100, Math.floor(loaded * 100 / total));

  const stats = (state) => ({
    state, loaded, total, percent: percent(),
    tick: 0, rtt: 0, jitter: 0, players: 0, bots: 0, entities: 0, fps: 0, frames: 0,
    bytesIn: 0, bytesOut: 0, mispredictions: 0, ship: {x: 0, y: 0, energy: 0},
  });

  // The game replaces this as soon as it runs. Until then the same call already
  // answers, so that nobody has to ask first whether it is there.
  window.ionwake = {stats: () => stats('loading')};

  const draw = () => {
    const p = percent();
    byId('percent').hidden = false;
    byId('fill').setAttribute('stroke-dasharray', `${p} 100`);
    byId('percent').textContent = `${p} %`;
    byId('percent').setAttribute('aria-valuenow', String(p));
  };

  const say = (words) => {
    byId('words').hidden = false;
    byId('words').textContent = words;
  };

  // A button of '' means that trying again cannot help.
  const stop = (words, button, action) => {
    document.body.append(loader);
    loader.classList.add('bad');
    say(words);
    byId('again').hidden = !button;
    byId('again').textContent = button;
    byId('again').onclick = action;
    if (button) byId('again').focus();
  };

  const reload = () => location.reload();

  const lacking = () => {
    if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') {
      return 'Your browser lacks WebAssembly, which Ionwake runs on. Any current Firefox, Chrome, Edge or Safari has it; in some it can be turned off.';
    }
    const gl = document.createElement('canvas').getContext('webgl2');
    if (!gl) {
      return 'Your browser gives this page no WebGL 2, which Ionwake draws with. Look for "hardware acceleration" in its settings, or try another browser.';
    }
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    return '';
  };

  // A download that broke: worth another try, unlike a game that does not start.
  class Broken extends Error {}

  // The body of the answer, passed on chunk by chunk and counted on the way.
  // What goes wrong is told to broke first: the compiler at the other end
  // reports a stream that broke in words and types of its own.
  const counted = (body, abort, broke) => {
    const reader = body.getReader();
    return new ReadableStream({
      async pull(out) {
        const timer = setTimeout(abort, STALL);
        try {
          const {done, value} = await reader.read();
          if (!done) {
            loaded += value.byteLength;
            draw();
            out.enqueue(value);
          } else if (loaded === total) {
            out.close();
          } else {
            throw new Error(`${loaded} of ${total} bytes`);
          }
        } catch (err) {
          out.error(broke(err));
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: (why) => reader.cancel(why),
    });
  };

  const ask = async (control) => {
    const timer = setTimeout(() => control.abort(), STALL);
    try {
      return await fetch(wasm, {signal: control.signal});
    } catch (err) {
      throw new Broken(err.message);
    } finally {
      clearTimeout(timer);
    }
  };

  // Compiles while the bytes arrive, where the browser can.
  const compile = async (imports) => {
    const control = new AbortController();
    const answer = await ask(control);
    if (!answer.ok) {
      throw Object.assign(new Broken(`status ${answer.status}`), {status: answer.status});
    }
    let broken = null;
    const body = counted(answer.body, () => control.abort(), (err) => (broken = new Broken(err.message)));
    const packed = new Response(body, {headers: {'Content-Type': 'application/wasm'}});
    try {
      if (WebAssembly.instantiateStreaming) {
        return (await WebAssembly.instantiateStreaming(packed, imports)).instance;
      }
      return (await WebAssembly.instantiate(await packed.arrayBuffer(), imports)).instance;
    } catch (err) {
      throw broken || err;
    }
  };

  // The picture stays until the game says that it has something better to show.
  let running = false;
  const giveWay = () => {
    if (!running) return;
    if (window.ionwake.stats().state === 'loading') {
      requestAnimationFrame(giveWay);
      return;
    }
    loader.remove();
    document.querySelector('canvas')?.focus();
  };

  const start = async () => {
    loaded = 0;
    draw();
    loader.classList.remove('bad');
    byId('again').hidden = true;
    say('Loading the game');
    const go = new Go();
    let instance;
    try {
      instance = await compile(go.importObject);
    } catch (err) {
      explain(err);
      return;
    }
    say('Starting');
    running = true;
    // Bytes of the game's own memory, which only ever grows: for tests.
    window.ionwakeMemory = () => instance.exports.mem.buffer.byteLength;
    requestAnimationFrame(giveWay);
    try {
      await go.run(instance);
    } catch (err) {
      console.error(err);
    }
    running = false;
    const why = window.ionwake.failed || 'The game has stopped. What it said last is in the browser\'s console.';
    // The game's own answer is gone with it.
    window.ionwake = {stats: () => stats('lost')};
    stop(why, 'Reload', reload);
  };

  const explain = (err) => {
    if (!(err instanceof Broken)) {
      stop(`The game could not be started here: ${err.message}`, 'Reload', reload);
    } else if (err.status === 404) {
      stop('The game has been updated since this page was opened.', 'Reload', reload);
    } else if (err.status) {
      stop(`The server could not send the game (${err.message}).`, 'Try again', start);
    } else {
      stop(`The download broke off at ${percent()} %.`, 'Try again', start);
    }
  };

  // The right button aims and fires.
  document.addEventListener('contextmenu', (event) => event.preventDefault());

  const missing = lacking();
  if (missing) stop(missing, '', null);
  else start();
})();
