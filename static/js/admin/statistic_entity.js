/* A figure inside a sentence, in the rich-text editor of the admin: a button opens the
   chooser of statistics, and what is chosen stands in the text as one piece. */
(() => {
  const { ModalWorkflowSource, registerPlugin } = window.draftail;
  const { EditorState, Modifier } = window.DraftJS;
  const { createElement } = window.React;
  const { Icon } = window.wagtail.components;

  // As core.rich_text.begins_sentence, which has the last word when the text is saved.
  const BEGINNING = /(^|[.!?…؟。！？]["”’»)\]]*\s+|\n\s*)["“‘«([¿¡]*$/;

  class StatisticSource extends ModalWorkflowSource {
    getChooserConfig() {
      return {
        url: this.props.entityType.chooserUrls.statistic,
        urlParams: {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    onChosen({ id, figure, label, url, missing }) {
      const { editorState, entityType, onComplete } = this.props;
      const data = { id, figure, label, url, missing };
      const selection = editorState.getSelection();
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "IMMUTABLE", data);
      const before = content
        .getBlockForKey(selection.getStartKey())
        .getText()
        .slice(0, selection.getStartOffset());
      const changed = Modifier.replaceText(
        content,
        selection,
        BEGINNING.test(before) ? figure[0].toUpperCase() + figure.slice(1) : figure,
        editorState.getCurrentInlineStyle(),
        content.getLastCreatedEntityKey(),
      );
      this.workflow.close();
      onComplete(EditorState.push(editorState, changed, "insert-characters"));
    }
  }

  const Statistic = (props) => {
    const { label, url, missing } = props.contentState.getEntity(props.entityKey).getData();
    const icon = createElement(Icon, { name: missing ? "warning" : "bars" });
    return window.createEntityTooltip(props, { icon, label, url });
  };

  registerPlugin(
    { type: "STATISTIC", source: StatisticSource, decorator: Statistic },
    "entityTypes",
  );
})();
