const tile = document.querySelector('webrtc-video-tile');

document.querySelector('button').addEventListener('click', async () => {
  tile.stream = await navigator.mediaDevices.getUserMedia({ video: true });
  tile.cameraOff = false;
});
