/** Notes about what happens, and the question of who wants to join. */
import { css } from 'lit';

export const notificationsStyles = css`
  .toast {
    max-inline-size: min(100%, 30rem);
    border: 0;
    font-family: inherit;
    line-height: inherit;
    text-align: start;
    animation: arrive 240ms ease-out;
  }
  .toast > .icon {
    flex: none;
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .toast .icon-leave {
    rotate: 135deg;
  }
  .toast.message {
    font-weight: 400;
    cursor: pointer;
  }
  .toast.message > span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .knock {
    inline-size: min(100%, 27rem);
    padding: 12px 14px;
    border-radius: var(--_radius);
    background: var(--_bg2);
    color: var(--_fg);
    box-shadow:
      0 0 0 1px var(--_border-color),
      0 10px 36px rgb(0 0 0 / 0.28);
    animation: arrive 240ms ease-out;
  }
  .knock .head {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .knock .head .icon {
    color: color-mix(in srgb, var(--_accent-bg) 85%, var(--_fg));
  }
  .knock strong {
    flex: 1;
    min-inline-size: 0;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .knock ul {
    display: grid;
    gap: 6px;
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  .knock li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 6px 8px;
  }
  .knock bdi {
    flex: 1;
    min-inline-size: 6em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .knock .button.small {
    min-block-size: 44px;
    padding: 0.35em 1.1em;
    font-size: 0.9375em;
  }
  .knock .more {
    inline-size: 100%;
    margin-block-start: 8px;
  }
  @keyframes arrive {
    from {
      opacity: 0;
      translate: 0 -10px;
    }
  }

  /* One question: the answers beside it, where there is room. */
  @container room (width >= 560px) {
    .knock.one {
      display: flex;
      align-items: center;
      gap: 12px;
      inline-size: auto;
      max-inline-size: min(100%, 38rem);
      padding-block: 8px;
    }
    .knock.one ul {
      flex: none;
      margin: 0;
    }
    .knock.one li {
      flex-wrap: nowrap;
    }
  }
  .knock .more:not(.over) {
    display: none;
  }
  /* Several in a small box: all at once, or one by one in the list of people. */
  @container room (width < 480px) or (height < 440px) {
    .knock:not(.one) ul {
      display: none;
    }
    .knock:not(.one) {
      display: grid;
      gap: 8px;
    }
    .knock:not(.one) .head {
      flex-wrap: wrap;
    }
    .knock:not(.one) strong {
      min-inline-size: 60%;
    }
    .knock:not(.one) .head .button {
      flex: 1 1 auto;
    }
    .knock .more,
    .knock .more:not(.over) {
      display: inline-flex;
      margin: 0;
    }
  }
  @container room (height < 380px) {
    .knock {
      padding: 8px 10px;
    }
  }
  @container room (width < 300px) {
    .knock {
      font-size: 0.8125em;
    }
    .knock .head .icon {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .toast,
    .knock {
      border: 1px solid CanvasText;
    }
  }
`;
