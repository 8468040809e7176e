/** Defines every element. The entry of the package and of the bundle for a script tag. */
import './controls/define.js';
import './prejoin/define.js';
import './room/define.js';
import './stage/define.js';
import './tile/define.js';

export * from './elements.js';
export { createCall } from './create-call.js';
