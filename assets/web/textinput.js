// The engine's text field (exp/textinput of Ebitengine 2.10) hands one piece of
// source text to eval when the game starts. This page forbids eval, and keeps
// forbidding it: the work that text asks for is done here, and every other call
// of eval is refused as before.
//
// The work: a phone shows its keyboard only when a field takes the focus inside
// a touch, click or key event. The engine says where the field should be in
// _ebitengine_textinput_x and _y, in CSS pixels; the next such event moves it
// there, focuses it, and says so in _ebitengine_textinput_ready.
(() => {
  'use strict';

  const place = () => {
    const x = window._ebitengine_textinput_x;
    const y = window._ebitengine_textinput_y;
    if (x === undefined || y === undefined) return;
    window._ebitengine_textinput_x = undefined;
    window._ebitengine_textinput_y = undefined;

    const field = document.getElementById('ebitengine-textinput');
    if (!field) return;
    field.value = '';
    field.style.left = `${x}px`;
    field.style.top = `${y}px`;
    field.focus();
    window._ebitengine_textinput_ready = true;
  };

  let watching = false;
  window.eval = (source) => {
    if (!String(source).includes('_ebitengine_textinput_ready')) {
      throw new EvalError('this page runs no source text');
    }
    if (watching) return;
    watching = true;
    for (const event of ['mouseup', 'touchend', 'keyup']) {
      document.body.addEventListener(event, place);
    }
  };
})();
