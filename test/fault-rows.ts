/**
 * Which test shows what a call does in each situation that ends ordinary calls. Rows are numbered; a row
 * without a test says why. `test/faults/rows.test.ts` holds this table to the tests there are.
 */
export type Row = readonly Proof[] | { readonly notYet: string };

export interface Proof {
  readonly file: string;
  /** As it stands in the file, placeholders included. */
  readonly title: string;
}

const proof = (file: string, title: string): Proof => ({ file: `test/${file}`, title });
const signaling = (title: string): Proof => proof('e2e/faults/signaling.test.ts', title);
const media = (title: string): Proof => proof('e2e/faults/media.test.ts', title);
const page = (title: string): Proof => proof('e2e/faults/page.test.ts', title);
const devices = (title: string): Proof => proof('e2e/faults/devices.test.ts', title);
const mesh = (title: string): Proof => proof('browser/mesh.test.ts', title);
const meshFaults = (title: string): Proof => proof('browser/mesh-faults.test.ts', title);
const server = (file: string, title: string): Proof => proof(`server/${file}.test.ts`, title);

const CLUSTER = 'There is one server and no Redis yet.';
const SFU = 'There is no SFU yet.';

export const FAULT_ROWS: Readonly<Record<number, Row>> = {
  // the line
  1: [signaling('row 1: media plays on, the seat stays, the others see nothing (${engine})')],
  2: [signaling('row 2: both ends find out within 18 s, and the call goes on')],
  3: [
    signaling('row 3: the ${type} is said again after the return, and nothing hangs'),
    mesh('drives a lost answer again when the line is back'),
  ],
  4: [
    signaling('row 4: what was said meanwhile is told after the return, both ways'),
    server('membership', 'keeps what is sent to it while its line is lost, and hands it over after the answer'),
  ],
  5: [
    mesh('row 5: connects when every message is repeated'),
    server('signal-forwarder', 'is passed on once, however often it is sent with the same id'),
  ],
  6: [
    meshFaults('row 6: drops what belongs to an older generation, in whatever order it comes'),
    meshFaults('row 6: takes no notice of an offer that was rolled back and comes after the answer'),
  ],
  7: [mesh('row 7: connects when candidates overtake the descriptions')],
  8: [mesh('row 8: survives both sides sharing at the same moment, 50 times')],
  9: [meshFaults('row 9: takes no notice of an answer that comes after its offer was rolled back')],
  10: [signaling('row 10: the visitor is told so, not left waiting (${engine})')],
  11: [
    signaling('row 11: the visitor tries again and sits down once'),
    server('joining', 'gives the same seat to the same attempt on a new line, when the first answer was lost'),
  ],
  12: [
    proof(
      'e2e/faults/storm.test.ts',
      'row 12: a thousand clients are back within a minute, each in its seat, and the server lives',
    ),
  ],

  // the network under the media
  13: [media('row 13: for 3 s, and nobody sees anything but a still picture')],
  14: [media('row 14: for 10 s, and the tile says so until it heals; nobody leaves')],
  15: [media('row 15: for 40 s with the line up, and sound is back within 3 s of its return')],
  16: [media('row 16: together with the line, and the seat comes back before the media')],
  17: [media('row 17: for longer than the grace, and there is one departure and one return, by the same name')],
  18: [
    proof('e2e/faults/interface.test.ts', 'row 18: becomes another one, and the call goes on with the same people'),
    mesh('restarts ICE from either side, and from both at once, without losing the streams'),
  ],
  19: [media('row 19: is reached over TCP when UDP is blocked')],
  20: [media('row 20: dies in the middle of a call, and the next one carries it')],
  21: [media('row 21: gets fresh credentials before a restart when the old ones are over')],
  23: [media('row 23: a fifth of the packets is lost, and the sound goes on without a reconnect')],
  24: [media('row 24: a line of 150 kbit/s carries the sound, whatever becomes of the picture')],
  25: [media('row 25: half a second there and back, and joining takes no more than 6 s')],
  27: [
    proof(
      'browser/mesh-data.test.ts',
      'row 27: go over a new channel when theirs is closed, each once, those said meanwhile too',
    ),
  ],
  28: [meshFaults('row 28: keeps every track on its own tile over 200 screens, in three transceivers')],
  29: [mesh('row 29: tells that a peer with a broken description failed, and keeps the others')],

  // browser, devices, page
  30: [devices('row 30: are denied, and the visitor joins to listen (${engine})')],
  31: [devices('row 31: are blocked by the page around, and the visitor learns what is missing')],
  32: [devices('row 32: are not given to an insecure page, and the visitor learns why (${engine})')],
  33: [devices('row 33: are taken back in the middle of a call, which goes on without them')],
  34: [devices('row 34: a microphone that is unplugged is replaced by another within 2 s')],
  35: [devices('row 35: are used by another program, and a second try after that has ended works')],
  36: [devices('row 36: sound that the browser refuses starts with one tap')],
  37: [page('row 37: that is frozen and thawed has its seat and its call back')],
  38: [page('row 38: that goes elsewhere is gone for the others, and comes back with the back button as one person (${engine})')],
  40: [page('row 40: that crashes frees its seat after the grace, and a new one is a person like any other')],
  41: [page('row 41: with the same identity takes the place of the other, which says why and does not fight back')],
  42: [devices('row 42: come back from a phone call as a new track, sent to everybody')],
  43: [page('row 43: that is moved keeps its call; one that is removed leaves within a second and holds no device (${engine})')],
  44: [page('row 44: in the background answers the server, however rarely its timers run')],
  45: [devices("row 45: a screen ended from the browser's own bar is gone for everybody within a second")],

  // the server and what it stands on
  46: [
    proof(
      'e2e/survival.test.ts',
      'row ${row}: by ${signal} leaves everybody in the call, with the same names, connections and pictures',
    ),
    server('operations', 'says no to /readyz first, goodbye then, and ends with code 0 within ten seconds'),
  ],
  47: [
    proof(
      'e2e/survival.test.ts',
      'row ${row}: by ${signal} leaves everybody in the call, with the same names, connections and pictures',
    ),
  ],
  48: { notYet: CLUSTER },
  50: { notYet: CLUSTER },
  51: { notYet: CLUSTER },
  52: { notYet: CLUSTER },
  53: { notYet: SFU },
  54: { notYet: SFU },
  55: [server('faults', 'row 55: is answered with INTERNAL, and everybody goes on')],
  56: [
    server('closing', 'is cut at so many packets, once'),
    server('closing', 'loses its line over a real connection, and the room goes on'),
  ],
  57: [server('gate', 'says that the server is full when it carries all the lines it may')],

  // identity and time
  58: [page('row 58: whose clock is ${days} day off has calls like any other')],
  59: [server('faults', 'row 59: ${seconds} s off is ${code}')],
  60: [server('faults', 'row 60: that ends during the call ends nothing')],
  61: [server('moderation', 'who is sent out is told, leaves at once and does not come back, by seat or by token')],

  // what a stranger could do to others
  81: [
    proof(
      'signaling/full-mesh.test.ts',
      'row 81: stay inside every limit when eight people change their network ten times in a minute',
    ),
    proof('signaling/outbox.test.ts', 'goes out in order after the server said to wait, and nothing overtakes it'),
  ],
  82: [
    proof(
      'signaling/full-mesh.test.ts',
      'row 82: of a page whose network changes without end are refused to nobody, and end in nothing',
    ),
    server('signal-forwarder', 'is no offence for who comes back after the time they were told'),
  ],
  83: [
    proof('signaling/full-mesh.test.ts', 'row 83: that one guest draws from another with offers throw nobody out'),
    server('signal-forwarder', 'of an answer and its candidates is paid by who offered, who may then wait'),
  ],
  84: [
    proof('shared/linear-time.test.ts', 'row 84: ${what} grows with its length only'),
    proof('core/messaging.test.ts', 'is not even read after a while, and the others are heard as ever'),
  ],
  88: [
    server(
      'moderation',
      'row 88: a guest who is sent out is out, from their network and as any other guest; who has a token comes in',
    ),
  ],
  87: [
    server('tokens', 'row 87: is told to wait, while good tokens of it are good; old and malformed ones and none are no forgery'),
    server('request-limits', 'row 87: with wrong keys are told to wait, and a right key is served all the same'),
  ],
  86: [server('transport', 'row 86: carries one socket, however fast more are asked for, and not a second one after the first')],
  85: [server('descriptions', 'row 85: passes the SHA-256 of a certificate on, and no other name of it')],
};

const token = (title: string): Proof => proof('signaling/token-mode.test.ts', title);
const outages = token('for ${length}, is back by itself, with everybody');

/**
 * The same row in token mode: another test, because the token is spent and the way back is another; or why the mode cannot matter.
 * Rows without a test of their own are left out.
 */
export const IN_TOKEN_MODE: Readonly<Record<number, Proof | string>> = {
  1: outages,
  2: outages,
  3: 'What is sent again goes over a connection that has its seat again, which row 1 shows.',
  4: 'As row 3.',
  5: 'Who sends is known by then.',
  6: 'As row 5.',
  7: 'As row 5.',
  8: 'As row 5.',
  9: 'As row 5.',
  10: 'Nothing is sent that could hold a token.',
  11: proof('signaling/leaving-early.test.ts', 'by ${way}, thirty times at every moment, leaves no ghost and no full room'),
  12: 'Each of the thousand is one of row 1.',
  13: 'Media between browsers knows no tokens.',
  14: 'As row 13.',
  15: 'As row 13.',
  16: outages,
  17: server('returning', 'opens a new seat after the old one is gone, as the same person with the same rights'),
  18: 'As row 13.',
  19: 'As row 13.',
  20: 'As row 13.',
  21: 'Credentials of the relay are given to a seat, however it was taken.',
  23: 'As row 13.',
  24: 'As row 13.',
  25: 'As row 13.',
  27: 'As row 13.',
  28: 'As row 13.',
  29: 'As row 13.',
  30: 'Devices know no tokens.',
  31: 'As row 30.',
  32: 'As row 30.',
  33: 'As row 30.',
  34: 'As row 30.',
  35: 'As row 30.',
  36: 'As row 30.',
  37: outages,
  38: token('works after a reload, in the call and after it, when the page remembers'),
  40: token('works after a reload, in the call and after it, when the page remembers'),
  41: token('does not push out the same person on another device'),
  42: 'As row 30.',
  43: token('works after leaving, as often as one likes'),
  44: 'The answer to a ping holds no token.',
  45: 'As row 30.',
  46: proof('signaling/restarts.test.ts', 'loses none of five people, not even after the grace'),
  47: proof('signaling/restarts.test.ts', 'loses none of five people, not even after the grace'),
  55: 'Who sends is known by then.',
  56: 'As row 55; the way back is row 1.',
  57: 'It is counted before a token is read.',
  58: server('returning', 'lives from the first join, however often somebody comes back'),
  59: server('faults', 'row 59: ${seconds} s off is ${code}'),
  60: server('faults', 'row 60: that ends during the call ends nothing'),
  61: server('after-restart', 'keeps out who was sent out, by seat, by token and by having been inside'),
  81: 'Who sends is known by then.',
  82: 'As row 81.',
  83: 'As row 81.',
  84: 'It is read before anybody asks who sent it.',
  85: 'As row 81.',
  86: 'It ends the connection before a token is read.',
  87: server(
    'tokens',
    'row 87: is told to wait, while good tokens of it are good; old and malformed ones and none are no forgery',
  ),
  88: server('moderation', 'who is sent out is told, leaves at once and does not come back, by seat or by token'),
};
