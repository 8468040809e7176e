/** Which parts of the elements inside can be styled from outside the room. */
export const STAGE_PARTS =
  'stage,tile,video,avatar,name-tag,mic-off-icon,hand-icon,network-indicator,silenced-icon,tile-actions,menu,pager,controlbar-button,icon';
export const CONTROL_PARTS = 'controlbar,controlbar-button,icon,label,menu,tooltip';
export const PREJOIN_PARTS = 'prejoin,preview,video,avatar,controlbar-button,menu,notification,icon';
export const PEOPLE_PARTS = 'participants,dialog,avatar,icon';
export const CHAT_PARTS = 'chat,message,avatar,icon';
export const SETTINGS_PARTS = 'settings,icon';
