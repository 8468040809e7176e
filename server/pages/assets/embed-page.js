/*
 * The page for frames: nothing of the call is loaded before somebody presses the button. It says beforehand
 * what this frame will not be given, to the visitor what to do, to the page's owner what to write.
 */
(() => {
  const $ = (id) => document.getElementById(id);
  const { room } = document.body.dataset;
  const tab = $('tab');
  const BUNDLE = '/webrtc-elements.js';
  /** What the framing page may choose, behind the # of the address; none of it starts anything. */
  const CHOICES =
    'token display-name avatar-url external-id lang theme layout audio video video-fit mirror minimal controls low-data sounds notifications'.split(
      ' ',
    );

  /** Firefox and Safari do not tell what a page passes on, but "denied" before anybody was asked is an answer, too. */
  async function withheld(feature) {
    if (document.featurePolicy) return !document.featurePolicy.allowsFeature(feature);
    if (self === top) return false;
    const asked = await navigator.permissions?.query({ name: feature }).catch(() => null);
    return asked?.state === 'denied';
  }

  async function trouble() {
    if (self.origin === 'null') {
      return {
        reason: 'This page shows the call in a sandbox where no camera and no microphone work.',
        fix: 'For the owner of the page: take the sandbox attribute away, or set it to "allow-scripts allow-same-origin allow-popups allow-forms". The code that works:',
        hopeless: true,
      };
    }
    if (!isSecureContext || navigator.mediaDevices === undefined) {
      return {
        reason: 'Browsers give camera and microphone to https pages only, and this page, or the one around it, is not.',
        fix: 'For the owner of the page: both addresses must begin with https. The code for the page:',
        hopeless: true,
      };
    }
    const missing = [];
    for (const feature of ['camera', 'microphone']) if (await withheld(feature)) missing.push(feature);
    if (missing.length === 0) return null;
    return {
      reason: `The page around this call does not pass on: ${missing.join(', ')}.${document.featurePolicy ? '' : ' Or you refused it before.'}`,
      hopeless: false,
    };
  }

  function show({ reason, fix, hopeless }) {
    $('reason').textContent = reason;
    if (fix) $('fix').textContent = fix;
    for (const id of ['problem', 'fix', 'code']) $(id).hidden = false;
    $('start').textContent = 'Open it here without them';
    $('start').hidden = hopeless;
    // What works comes first.
    tab.className = 'primary';
    $('start').className = 'secondary';
    $('start').before(tab);
  }

  function element() {
    const call = document.createElement('webrtc-room');
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const name of CHOICES) if (chosen.has(name)) call.setAttribute(name, chosen.get(name));
    if (chosen.has('name') && !chosen.has('display-name')) call.setAttribute('display-name', chosen.get('name'));
    call.setAttribute('room', room);
    call.addEventListener('device-error', ({ detail }) => {
      if (detail?.reason !== 'policy' || document.querySelector('.note')) return;
      const note = document.createElement('p');
      note.className = 'note';
      note.setAttribute('role', 'alert');
      note.append('The page around this call does not pass on camera and microphone. ', tab.cloneNode(true));
      document.body.prepend(note);
    });
    return call;
  }

  async function start() {
    const button = $('start');
    button.disabled = true;
    try {
      await import(BUNDLE);
    } catch {
      button.disabled = false;
      $('problem').hidden = false;
      $('reason').textContent = 'The call could not be loaded. Please try again.';
      return;
    }
    const call = element();
    $('poster').replaceWith(call);
    await call.updateComplete;
    call.focus();
  }

  $('start').addEventListener('click', start);
  void trouble().then((found) => {
    if (found) show(found);
    else $('start').hidden = false;
    document.body.dataset.ready = found ? 'trouble' : 'yes';
  });
})();
