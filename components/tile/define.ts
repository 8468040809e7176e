/** Registers `<webrtc-video-tile>`. */
import { define } from '../shared/define.js';
import { fetchPart } from '../shared/lazy.js';
import { loadMore, WebrtcVideoTile } from './tile-element.js';

define('webrtc-video-tile', WebrtcVideoTile);

/** Ahead of the first tile that shows more than a picture and a name. */
export const fetchMore = (): Promise<unknown> => fetchPart(loadMore);

export { WebrtcVideoTile };
