/** When nobody answered, the page offers its own form. */
const form = document.querySelector('#message');
document.querySelector('webrtc-call-button').addEventListener('call-missed', () => (form.hidden = false));
form.addEventListener('submit', (event) => {
  event.preventDefault();
  form.replaceChildren('Thank you, we call you back.');
});
