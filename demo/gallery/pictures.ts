/** Draws people and screens that do not exist, as streams, so that pictures of the elements look like calls. */

interface Look {
  readonly skin: string;
  readonly hair: string;
  readonly shirt: string;
  readonly wall: readonly [string, string];
  readonly longHair: boolean;
}

const LOOKS: readonly Look[] = [
  { skin: '#e8b48f', hair: '#3a2418', shirt: '#2f6f73', wall: ['#f0dcc0', '#c69f78'], longHair: true },
  { skin: '#8d5a3c', hair: '#17110e', shirt: '#d9a441', wall: ['#b9cdd6', '#6c8a9c'], longHair: false },
  { skin: '#f1c9a8', hair: '#a8642a', shirt: '#6d4c86', wall: ['#dfe6d3', '#93a881'], longHair: true },
  { skin: '#c98f68', hair: '#2a1a12', shirt: '#e9e4da', wall: ['#d8c3c9', '#94707d'], longHair: false },
  { skin: '#f3d3bd', hair: '#d7b46a', shirt: '#35507a', wall: ['#e8e3da', '#b5a994'], longHair: true },
  { skin: '#6f432b', hair: '#0f0c0b', shirt: '#b5483a', wall: ['#cfd8e6', '#7f90b2'], longHair: true },
  { skin: '#dba57c', hair: '#5a4a42', shirt: '#49614a', wall: ['#f2e7cf', '#c9ab72'], longHair: false },
  { skin: '#eec1a0', hair: '#1e1b1b', shirt: '#1f2a38', wall: ['#cfe3dd', '#79a396'], longHair: true },
  { skin: '#a9714c', hair: '#241712', shirt: '#7aa6a1', wall: ['#e5d5e8', '#a586ad'], longHair: false },
];

function streamOf(width: number, height: number, draw: (context: CanvasRenderingContext2D, time: number) => void): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  draw(context, 0);
  setInterval(() => draw(context, performance.now()), 200);
  return canvas.captureStream(10);
}

export function person(index: number): MediaStream {
  const look = LOOKS[index % LOOKS.length]!;
  return streamOf(960, 540, (c, time) => {
    const sway = Math.sin(time / 900 + index) * 4;
    const wall = c.createLinearGradient(0, 0, 960, 540);
    wall.addColorStop(0, look.wall[0]);
    wall.addColorStop(1, look.wall[1]);
    c.fillStyle = wall;
    c.fillRect(0, 0, 960, 540);
    c.filter = 'blur(16px)';
    c.fillStyle = 'rgba(255,255,255,.5)';
    c.fillRect(90 + (index % 3) * 240, 50, 170, 220);
    c.fillStyle = 'rgba(40,30,20,.22)';
    c.fillRect(620 - (index % 4) * 130, 330, 300, 210);
    c.filter = 'none';
    const x = 480 + sway;
    if (look.longHair) {
      c.fillStyle = look.hair;
      c.beginPath();
      c.ellipse(x, 290, 128, 190, 0, 0, 7);
      c.fill();
    }
    const shirt = c.createLinearGradient(x - 240, 0, x + 240, 0);
    shirt.addColorStop(0, look.shirt);
    shirt.addColorStop(1, `color-mix(in srgb, ${look.shirt} 72%, black)`);
    c.fillStyle = shirt;
    c.beginPath();
    c.ellipse(x, 590, 255, 180, 0, 0, 7);
    c.fill();
    c.fillStyle = `color-mix(in srgb, ${look.skin} 88%, black)`;
    c.beginPath();
    c.roundRect(x - 42, 330, 84, 110, 36);
    c.fill();
    const face = c.createLinearGradient(x - 100, 150, x + 110, 400);
    face.addColorStop(0, look.skin);
    face.addColorStop(1, `color-mix(in srgb, ${look.skin} 80%, black)`);
    c.fillStyle = face;
    c.beginPath();
    c.ellipse(x, 262, 94, 122, 0, 0, 7);
    c.fill();
    c.fillStyle = look.hair;
    c.beginPath();
    c.ellipse(x, 188, 106, 74, 0, Math.PI * 0.98, Math.PI * 2.02);
    c.quadraticCurveTo(x + 50, 168, x - 30, 186);
    c.quadraticCurveTo(x - 80, 192, x - 104, 230);
    c.fill();
    c.fillStyle = 'rgba(30,20,16,.85)';
    for (const side of [-36, 36]) {
      c.beginPath();
      c.ellipse(x + side, 262, 8, 9, 0, 0, 7);
      c.fill();
    }
    c.strokeStyle = 'rgba(110,40,34,.75)';
    c.lineWidth = 7;
    c.lineCap = 'round';
    c.beginPath();
    c.arc(x, 306, 36, 0.35, Math.PI - 0.35);
    c.stroke();
  });
}

export function slide(): MediaStream {
  return streamOf(1280, 720, (c) => {
    c.fillStyle = '#fbfaf7';
    c.fillRect(0, 0, 1280, 720);
    c.fillStyle = '#1c1a17';
    c.font = '600 54px system-ui, sans-serif';
    c.fillText('Visitors, by week', 90, 130);
    c.font = '26px system-ui, sans-serif';
    c.fillStyle = '#6b655b';
    c.fillText('Spring campaign against last year', 90, 180);
    [120, 150, 138, 210, 260, 244, 330, 390].forEach((value, week) => {
      c.fillStyle = '#d8d1c2';
      c.fillRect(100 + week * 136, 620 - value * 0.7, 44, value * 0.7);
      c.fillStyle = '#0f6b57';
      c.fillRect(148 + week * 136, 620 - value, 44, value);
    });
  });
}
