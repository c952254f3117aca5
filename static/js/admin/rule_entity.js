/* A rule that a sentence cites, in the rich-text editor of the admin: a button opens the
   chooser of rules, and the selected words lead to what is chosen. The part of the rule,
   such as (1)(b), is read from the words when the text is saved. */
(() => {
  const { ModalWorkflowSource, registerPlugin } = window.draftail;
  const { EditorState, Modifier, RichUtils } = window.DraftJS;
  const { createElement } = window.React;
  const { Icon } = window.wagtail.components;

  class RuleSource extends ModalWorkflowSource {
    getChooserConfig(entity, words) {
      const number = words.match(/\d+/);
      return {
        url: this.props.entityType.chooserUrls.rule,
        urlParams: number ? { q: number[0] } : {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    onChosen({ rule }) {
      const { editorState, entity, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "MUTABLE", rule);
      const key = content.getLastCreatedEntityKey();
      const selected = content
        .getBlockForKey(selection.getStartKey())
        .getText()
        .slice(selection.getStartOffset(), selection.getEndOffset());
      this.workflow.close();
      // What this button wrote itself is the name of the rule, not words of the editor.
      if (selection.isCollapsed() || (entity && entity.getData().citation === selected)) {
        const changed = Modifier.replaceText(content, selection, rule.citation, null, key);
        onComplete(EditorState.push(editorState, changed, "insert-characters"));
      } else {
        onComplete(RichUtils.toggleLink(editorState, selection, key));
      }
    }
  }

  const Rule = (props) => {
    const { label, url, missing } = props.contentState.getEntity(props.entityKey).getData();
    const icon = createElement(Icon, { name: missing ? "warning" : "scales" });
    return window.createEntityTooltip(props, { icon, label, url });
  };

  registerPlugin({ type: "RULE", source: RuleSource, decorator: Rule }, "entityTypes");
})();
