/** Initials and colours, for elements; they are made in core, because a recording shows them, too. */
export { hueOf, initials } from '../core/avatar.js';
