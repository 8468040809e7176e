/** Socket.IO's client with an encoder that is not misled by what a page made of JSON. */
import { Decoder, Encoder as PlainEncoder } from 'socket.io-parser';
import { plain } from '../core/json.js';

export { io } from 'socket.io-client';
export { Decoder };

export class Encoder extends PlainEncoder {
  constructor() {
    super(plain);
  }
}
