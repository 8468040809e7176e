/** The elements used apart: in the page's own layout, beside the room, several rooms on one page. */
import { expect, fixture, html } from '@open-wc/testing';
import '../../components/index.js';
import type { WebrtcControls, WebrtcRoom, WebrtcStage, WebrtcVideoTile } from '../../components/index.js';
import { FakeCall } from '../../components/testing/fake-call.js';
import { INITIAL_STATE } from '../../components/core/call-state.js';
import { frames, joined } from '../support/fake-rooms.js';
import '../../components/tile/tile-menu.js';

const callWith = (...names: readonly string[]) => new FakeCall({}, { ...INITIAL_STATE, ...joined(...names) });
const namesIn = (stage: WebrtcStage) =>
  [...stage.shadowRoot!.querySelectorAll('webrtc-video-tile')].map(({ displayName }) => displayName);

describe('elements used apart', () => {
  it('a stage of the page, in the slot of a room, takes the place of ours and follows what is pinned', async () => {
    const room = await fixture<WebrtcRoom>(
      html`<webrtc-room room="a" persist-user-choices="off" .call=${callWith('Ana', 'Ben')}>
        <section slot="stage"><webrtc-stage layout="grid"></webrtc-stage></section>
      </webrtc-room>`,
    );
    await frames(10);
    expect(room.shadowRoot!.querySelector('webrtc-stage')).to.not.exist;
    const stage = room.querySelector('webrtc-stage')!;
    expect(namesIn(stage)).to.deep.equal(['Ana', 'Ben', 'Nora']);
    room.pinParticipant('ana');
    await frames();
    expect(stage.shadowRoot!.querySelector('[data-pinned]')).to.have.property('displayName', 'Ana');
  });

  it('a tile of the page, in a room, shows its own stream and has the menu of the person it names', async () => {
    const stream = new MediaStream();
    const room = await fixture<WebrtcRoom>(
      html`<webrtc-room room="a" persist-user-choices="off" .call=${callWith('Ana', 'Ben')}>
        <webrtc-video-tile slot="stage" participant-id="ana" display-name="Ana" .stream=${stream}></webrtc-video-tile>
      </webrtc-room>`,
    );
    await frames(10);
    const tile = room.querySelector<WebrtcVideoTile>('webrtc-video-tile')!;
    expect(tile.shadowRoot!.querySelector('video')!.srcObject).to.equal(stream);
    tile.shadowRoot!.querySelector<HTMLElement>('.pin')!.click();
    expect(room.view.pinned).to.equal('ana');
  });

  it('two rooms on one page know nothing of each other', async () => {
    const [first, second] = [callWith('Ana', 'Ben'), callWith('Cem', 'Dua')];
    const page = await fixture<HTMLElement>(
      html`<div>
        <webrtc-room id="first" room="a" persist-user-choices="off" .call=${first}></webrtc-room>
        <webrtc-room id="second" room="b" persist-user-choices="off" .call=${second}></webrtc-room>
        <webrtc-stage for="second" style="block-size: 200px"></webrtc-stage>
        <webrtc-controls for="first"></webrtc-controls>
      </div>`,
    );
    await frames(10);
    const rooms = [...page.querySelectorAll('webrtc-room')];
    const stages = [...rooms.map((room) => room.shadowRoot!.querySelector('webrtc-stage')!), page.querySelector('webrtc-stage')!];
    expect(stages.map(namesIn)).to.deep.equal([
      ['Ana', 'Ben', 'Nora'],
      ['Cem', 'Dua', 'Nora'],
      ['Cem', 'Dua', 'Nora'],
    ]);
    rooms[1]!.pinParticipant('cem');
    rooms[1]!.setParticipantVolume('cem', 0.2);
    await frames();
    expect(rooms[0]!.view).to.deep.include({ pinned: null });
    expect(stages.map((stage) => stage.shadowRoot!.querySelectorAll('[data-pinned]').length)).to.deep.equal([0, 1, 1]);
    const controls = page.querySelector<WebrtcControls>('webrtc-controls')!;
    controls.shadowRoot!.querySelector<HTMLElement>('[data-control=microphone]')!.click();
    expect(first.asked('setMicrophone')).to.have.length(1);
    expect(second.asked('setMicrophone')).to.be.empty;
  });

  it('a room that is taken away leaves a stage that named it empty, and the next of that name fills it', async () => {
    const page = await fixture<HTMLElement>(
      html`<div>
        <webrtc-room id="r" room="a" persist-user-choices="off" .call=${callWith('Ana')}></webrtc-room>
        <webrtc-stage for="r" style="block-size: 200px"></webrtc-stage>
      </div>`,
    );
    await frames(10);
    const stage = page.querySelector('webrtc-stage')!;
    expect(namesIn(stage)).to.deep.equal(['Ana', 'Nora']);
    page.querySelector('webrtc-room')!.remove();
    await frames();
    expect(namesIn(stage)).to.deep.equal([]);
    const next = document.createElement('webrtc-room');
    Object.assign(next, { id: 'r', room: 'b', persistUserChoices: 'off', call: callWith('Ben') });
    page.append(next);
    await frames(10);
    expect(namesIn(stage)).to.deep.equal(['Ben', 'Nora']);
  });
});
