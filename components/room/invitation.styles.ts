/** The invitation to whoever is alone in a room. */
import { css } from 'lit';

export const invitationStyles = css`
  .empty {
    position: absolute;
    z-index: 1;
    inset-inline: 0;
    inset-block-end: clamp(10px, 5cqb, 44px);
    display: flex;
    align-items: center;
    gap: 12px 24px;
    inline-size: fit-content;
    max-inline-size: calc(100% - 20px);
    margin-inline: auto;
    padding: 14px 16px 14px 22px;
    padding-inline: 22px 16px;
    border-radius: calc(var(--_radius) + 6px);
    background: var(--_bg2);
    box-shadow: 0 10px 40px rgb(0 0 0 / 0.22);
    animation: rise 320ms ease-out;
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 12px;
    }
  }
  .empty strong {
    font-size: 1.0625em;
    font-weight: 650;
  }
  .empty p {
    margin: 0;
    color: var(--_fg2);
    font-size: 0.9375em;
    text-wrap: pretty;
  }
  .empty .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
  }

  @container room (width < 560px) {
    .empty {
      flex-direction: column;
      align-items: stretch;
      padding: 14px;
      text-align: center;
    }
  }
  @container room (height < 380px) {
    .empty p {
      display: none;
    }
  }
  @container room (height < 300px) {
    .empty {
      inset-block-end: 6px;
      padding: 0;
      background: none;
      box-shadow: none;
    }
    .empty .ways > :first-child {
      display: none;
    }
    .empty .button {
      padding-inline: 1em;
      font-size: 0.8125em;
    }
    .empty strong {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .empty {
      border: 1px solid CanvasText;
    }
  }
`;
