/** A recording tells whom it shows. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { INITIAL_STATE } from '../../components/core/call-state.js';
import { PicturedTeller, type Pictured } from '../../components/recording/pictured.js';

const box = (width: number): Pictured['box'] => ({ x: 0, y: 0, width, height: (width * 9) / 16 });
const camera = (id: string, width: number): Pictured => ({ id, source: 'camera', box: box(width) });
/** Another call state than any before. */
const changed = () => ({ ...INITIAL_STATE });

describe('a recording', () => {
  test('says whom it shows and how large, again with every change, and takes all back at its end', () => {
    const told: string[] = [];
    const teller = new PicturedTeller((id, surface, view) => told.push(`${id} ${surface} ${view ? view.width : 'not'}`));
    const said = (): string[] => told.splice(0);
    const first = changed();
    teller.tell(first, () => [camera('ana', 640), camera('ben', 640)]);
    assert.deepEqual(said(), ['ana camera 640', 'ben camera 640']);
    teller.tell(first, () => assert.fail('nothing has changed'));
    teller.tell(changed(), () => [camera('ana', 1280), { id: 'ana', source: 'screen', box: box(900) }]);
    assert.deepEqual(said(), ['ben camera not', 'ana camera 1280', 'ana screen 900']);
    teller.end();
    assert.deepEqual(said(), ['ana camera not', 'ana screen not']);
  });
});
