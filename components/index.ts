/** Defines every element, some when they are needed. The entry of the package and of the bundle for a script tag. */
import './phone/later.js';
import './prejoin/define.js';
import './room/define.js';
import './tile/define.js';

export * from './elements.js';
export { createCall } from './create-call.js';
