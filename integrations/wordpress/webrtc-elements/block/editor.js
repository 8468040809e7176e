/* The block in the editor: a field for the room's name, never a live call. What visitors see is made by the server side. */
(({ blocks, blockEditor, components, element, i18n }) => {
  const { createElement } = element;
  const { __ } = i18n;

  blocks.registerBlockType('webrtc/room', {
    edit: ({ attributes, setAttributes }) =>
      createElement(
        'div',
        blockEditor.useBlockProps(),
        createElement(
          components.Placeholder,
          {
            icon: 'video-alt2',
            label: __('Video call', 'webrtc-elements'),
            instructions: __('Visitors meet in this room. The call is shown on the published page.', 'webrtc-elements'),
          },
          createElement(components.TextControl, {
            label: __('Room', 'webrtc-elements'),
            value: attributes.room,
            onChange: (room) => setAttributes({ room: room.trim() }),
            __nextHasNoMarginBottom: true,
          }),
        ),
      ),
    save: () => null,
  });
})(window.wp);
