/* What the rich-text editor of the admin shows of words that lead to a record: an icon,
   and a tooltip with “Edit” and “Remove”. */
(() => {
  const { TooltipEntity } = window.draftail;
  const { EditorState } = window.DraftJS;
  const { createElement } = window.React;

  /* Draftail looks for the words in the block that is selected. A click on the icon may
     leave the selection in another: “Remove” would then do nothing, and “Edit” write there. */
  function selectWords({ entityKey, offsetKey, getEditorState, setEditorState }) {
    const state = getEditorState();
    const [key] = offsetKey.split("-");
    state
      .getCurrentContent()
      .getBlockForKey(key)
      .findEntityRanges(
        (character) => character.getEntity() === entityKey,
        (start, end) => {
          const words = state.getSelection().merge({
            anchorKey: key,
            anchorOffset: start,
            focusKey: key,
            focusOffset: end,
            isBackward: false,
          });
          setEditorState(EditorState.acceptSelection(state, words));
        },
      );
  }

  window.createEntityTooltip = (props, shown) => {
    const onWords = (action) => (entityKey) => {
      selectWords(props);
      // React hands the selection to the editor once this event is over.
      setTimeout(() => action(entityKey));
    };
    return createElement(TooltipEntity, {
      ...props,
      ...shown,
      onEdit: onWords(props.onEdit),
      onRemove: onWords(props.onRemove),
    });
  };
})();
