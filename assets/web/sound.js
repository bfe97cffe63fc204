// The page's ears: plays what the game shows it, with the browser's own mixer. The
// game says once a frame how everything should be (client/view/sound); here it is
// worked out what changed.
(() => {
  'use strict';

  const files = {'effects.pack': document.currentScript.dataset.effects, 'music.pack': document.currentScript.dataset.music};
  const FIELDS = 5; // of a voice: serial, clip, gain, pan, rate
  const GLIDE = 0.015; // seconds, time constant of gains that change
  const FADE = 0.008; // the same, of what is cut off

  const buffers = []; // AudioBuffers that are complete
  const filling = [];
  let voices = 0;
  let hums = 0;
  let musicClip = -1;
  let wanted = null; // Float32Array
  let playing = []; // by voice: {serial, source, gain, pan}
  let context = null;
  let out = null;
  let music = null;
  let muteHidden = false;
  let why = 'The browser waits for a first key, click or tap.';

  // Safari before 14.1 has no buffers without a context; it gets one.
  const make = (channels, length, sampleRate) => {
    try {
      return new AudioBuffer({numberOfChannels: channels, length, sampleRate});
    } catch {
      return new OfflineAudioContext(channels, 1, sampleRate).createBuffer(channels, length, sampleRate);
    }
  };

  const begin = () => {
    const Context = window.AudioContext || window.webkitAudioContext;
    if (!Context) {
      why = 'The browser has no Web Audio.';
      return;
    }
    context = new Context({latencyHint: 'interactive'});
    out = context.createDynamicsCompressor();
    out.threshold.value = -4;
    out.knee.value = 4;
    out.ratio.value = 14;
    out.attack.value = 0.002;
    out.release.value = 0.12;
    out.connect(context.destination);
  };

  // Sound may begin with a gesture, and devices may take it away until the next.
  const gesture = () => {
    try {
      if (!context) begin();
      if (context && context.state !== 'running' && !(muteHidden && document.hidden)) {
        context.resume().then(() => { why = ''; }, (err) => { why = String(err); });
      }
    } catch (err) {
      why = String(err);
    }
  };
  for (const kind of ['pointerdown', 'pointerup', 'touchend', 'keydown', 'click']) {
    window.addEventListener(kind, gesture, {capture: true, passive: true});
  }
  document.addEventListener('visibilitychange', () => {
    if (!context || !muteHidden) return;
    if (document.hidden) context.suspend();
    else context.resume().catch(() => {});
  });

  const cut = (voice) => {
    if (!voice.source) return;
    const now = context.currentTime;
    voice.gain.gain.setTargetAtTime(0, now, FADE);
    voice.source.stop(now + 8 * FADE);
    voice.source = null;
  };

  const start = (voice, clip, gain, pan, rate, round) => {
    cut(voice);
    const source = context.createBufferSource();
    source.buffer = buffers[clip];
    source.loop = round;
    source.playbackRate.value = rate;
    voice.gain = context.createGain();
    voice.pan = context.createStereoPanner ? context.createStereoPanner() : context.createGain();
    // A panner takes 3 dB from what it puts in the middle.
    voice.scale = voice.pan.pan && buffers[clip].numberOfChannels === 1 ? Math.SQRT2 : 1;
    voice.gain.gain.value = round ? 0 : gain * voice.scale;
    if (voice.pan.pan) voice.pan.pan.value = pan;
    source.connect(voice.gain).connect(voice.pan).connect(out);
    source.onended = () => voice.source === source && (voice.source = null);
    source.start();
    Object.assign(voice, {source, was: gain, panned: pan, rated: rate});
  };

  const glide = (voice, gain, pan, rate) => {
    const now = context.currentTime;
    if (Math.abs(gain - voice.was) > 0.001) {
      voice.gain.gain.setTargetAtTime(gain * voice.scale, now, GLIDE);
      voice.was = gain;
    }
    if (voice.pan.pan && Math.abs(pan - voice.panned) > 0.02) {
      voice.pan.pan.setTargetAtTime(pan, now, GLIDE);
      voice.panned = pan;
    }
    if (Math.abs(rate - voice.rated) > 0.005) {
      voice.source.playbackRate.setTargetAtTime(rate, now, GLIDE);
      voice.rated = rate;
    }
  };

  const show = () => {
    const running = context && context.state === 'running';
    if (running && !music && buffers[musicClip]) {
      music = {serial: 0};
      start(music, musicClip, wanted[0], 0, 1, true);
      music.was = 0;
    }
    if (running && music) glide(music, wanted[0], 0, 1);
    for (let i = 0; i < voices; i++) {
      const at = 1 + i * FIELDS;
      const serial = wanted[at];
      const clip = wanted[at + 1];
      const voice = playing[i];
      const round = i >= voices - hums;
      const fresh = serial !== voice.serial;
      // What could not be heard when it was shot is not heard later.
      voice.serial = serial;
      if (!running) continue;
      if (clip < 0 || !buffers[clip]) {
        cut(voice);
      } else if (round ? !voice.source : fresh) {
        start(voice, clip, wanted[at + 2], wanted[at + 3], wanted[at + 4], round);
        if (round) voice.was = 0;
      }
      if (voice.source) glide(voice, wanted[at + 2], wanted[at + 3], wanted[at + 4]);
    }
  };

  window.ionwakeSound = {
    open(count, humming, musicAt) {
      [voices, hums, musicClip] = [count, humming, musicAt];
      wanted = new Float32Array(1 + voices * FIELDS);
      playing = Array.from({length: voices}, () => ({serial: 0, source: null}));
      return new Uint8Array(wanted.buffer);
    },
    show,
    muteHidden(mute) { muteHidden = mute; },
    trouble: () => (context && context.state === 'running' ? '' : why),
    async fetch(name) {
      const answer = await fetch(files[name]);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
    begin(clip, rate, channels, frames) { filling[clip] = make(channels, frames, rate); },
    fill(clip, channel, at, bytes, count) {
      filling[clip].copyToChannel(new Float32Array(bytes.buffer, 0, count), channel, at);
    },
    done(clip) {
      buffers[clip] = filling[clip];
      filling[clip] = null;
    },
    // Figures for tests and the curious.
    figures: () => ({
      state: context ? context.state : 'none',
      clips: buffers.filter(Boolean).length,
      voices: playing.filter((v) => v.source).length,
      music: Boolean(music),
    }),
    // What is heard, for who wants to look at it: a node to connect from.
    tap: () => out,
  };
})();
