/** The dialog to bring somebody in; its frame is that of the list of keys. */
import { css } from 'lit';

export const inviteStyles = css`
  .invite input {
    inline-size: 100%;
    min-block-size: 44px;
    padding: 0 14px;
    border: 1px solid var(--_border-color);
    border-radius: 12px;
    background: var(--_bg);
    color: var(--_fg);
    font: inherit;
    text-overflow: ellipsis;
  }
  .invite .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    margin-block-start: 12px;
  }
  .invite .ways .button {
    flex: 1 1 auto;
  }
  .invite p.limit {
    display: flex;
    gap: 8px;
    align-items: flex-start;
  }
  .invite .limit .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .invite p.refused {
    margin: 0;
  }
  .invite p.refused:not(:empty) {
    padding-block-start: 10px;
  }
  .invite .code {
    display: grid;
    justify-items: center;
    margin-block-start: 16px;
  }
  .invite .code svg {
    inline-size: min(11rem, 60%);
    padding: 6px;
    border-radius: 12px;
    background: #fff;
    color: #000;
  }
`;
