/* Rules that are cited in words, while a page is written: the panel “Checks” lists those
   that are not linked yet, and links them in the text, which need not be saved for it. */
(() => {
  const { Controller } = window.StimulusModule;
  const ENTITY = "RULE";
  const PAUSE = 1000; // milliseconds between two looks at the text
  const REMOVED = "[data-streamfield-child][aria-hidden=true]";
  const BETWEEN = "\n\n"; // paragraphs, as the server expects it

  /* The text of one rich-text field, as it is in the editor now. */
  class Text {
    constructor(input) {
      this.input = input;
      this.editor = input.draftailEditor;
      this.blocks = this.content.getBlocksAsArray();
      this.text = this.blocks.map((block) => block.getText()).join(BETWEEN);
    }

    get content() {
      return this.editor.getEditorState().getCurrentContent();
    }

    /* Where it stands in the form, in the words of the form. */
    get field() {
      const names = [];
      let panel = this.input.closest("section.w-panel");
      while (panel) {
        const [heading] = panel.querySelectorAll("[data-panel-heading-text]");
        const [label] = panel.querySelectorAll("[data-panel-heading-label]");
        names.unshift(label?.textContent.trim() || heading?.textContent.trim());
        panel = panel.parentElement.closest("section.w-panel");
      }
      // The label of the innermost block is the text itself.
      return names.slice(0, Math.max(1, names.length - 1)).join(" › ");
    }

    get rules() {
      const found = new Set();
      for (const block of this.blocks) {
        block.findEntityRanges((character) => {
          const entity = character.getEntity() && this.content.getEntity(character.getEntity());
          if (entity?.getType() === ENTITY) found.add(Number(entity.getData().id));
          return false;
        });
      }
      return [...found].filter(Number.isInteger);
    }

    /* The editor counts UTF-16 code units in a block, the server code points in the text. */
    place(start, end) {
      const points = [...this.text];
      let offset = points.slice(0, start).join("").length;
      const length = points.slice(start, end).join("").length;
      for (const block of this.blocks) {
        if (offset < block.getLength()) {
          return { block, start: offset, end: offset + length };
        }
        offset -= block.getLength() + BETWEEN.length;
      }
      return null;
    }

    isFree({ block, start, end }) {
      return !block.getCharacterList().slice(start, end).some((one) => one.getEntity());
    }

    selection({ block, start, end }) {
      return window.DraftJS.SelectionState.createEmpty(block.getKey()).merge({
        anchorOffset: start,
        focusOffset: end,
      });
    }

    /* One step to be undone, whatever the number of rules. */
    link(rules) {
      const { EditorState, Modifier } = window.DraftJS;
      const state = this.editor.getEditorState();
      let { content } = this;
      for (const { place, entity } of rules) {
        content = content.createEntity(ENTITY, "MUTABLE", entity);
        const key = content.getLastCreatedEntityKey();
        content = Modifier.applyEntity(content, this.selection(place), key);
      }
      const changed = EditorState.push(state, content, "apply-entity");
      this.editor.onChange(EditorState.acceptSelection(changed, state.getSelection()));
    }

    show(place) {
      const { EditorState } = window.DraftJS;
      const state = this.editor.getEditorState();
      this.editor.onChange(EditorState.forceSelection(state, this.selection(place)));
      this.editor.focus();
      this.input.parentElement.scrollIntoView({ block: "center" });
    }
  }

  class RuleCitations extends Controller {
    static targets = ["heading", "count", "status", "list", "all", "row"];

    static values = {
      url: String,
      none: String,
      found: String,
      linked: String,
      failed: String,
      bare: String,
    };

    connect() {
      this.panel = this.element.closest("[data-side-panel]");
      this.timer = setInterval(() => this.look(), PAUSE);
    }

    disconnect() {
      clearInterval(this.timer);
    }

    get texts() {
      return [...document.querySelectorAll("[data-draftail-editor-wrapper]")]
        .filter((wrapper) => !wrapper.closest(REMOVED))
        .flatMap((wrapper) => [...wrapper.parentElement.children])
        .filter(({ draftailEditor: editor }) =>
          editor?.props.entityTypes.some(({ type }) => type === ENTITY),
        )
        .map((input) => new Text(input));
    }

    /* Asks when the panel is open and the texts are not what they were. */
    look() {
      if (this.panel?.hidden || document.hidden) return;
      const { texts } = this;
      this.element.hidden = !texts.length;
      const body = this.body(texts);
      // While somebody types, every look finds other words: wait until they stop.
      if (body === this.seen && body !== this.asked) this.ask(texts, body);
      this.seen = body;
    }

    body(texts) {
      return JSON.stringify({ texts: texts.map(({ text, rules }) => ({ text, rules })) });
    }

    async ask(texts = this.texts, body = this.body(texts)) {
      this.asked = body;
      try {
        const response = await fetch(this.urlValue, {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value,
          },
          body,
        });
        const answer = await response.json();
        if (!response.ok) throw new Error(answer.error);
        if (this.asked === body) this.answered(texts, answer.texts);
      } catch (error) {
        this.say(error instanceof TypeError ? this.failedValue : error.message);
      }
    }

    answered(texts, answers) {
      this.found = texts.flatMap((text, index) =>
        answers[index].flatMap((citation) => {
          const rules = citation.rules
            .map((rule) => ({ ...rule, place: text.place(rule.start, rule.end) }))
            .filter(({ place }) => place && text.isFree(place));
          const place = text.place(citation.start, citation.end);
          return rules.length ? [{ ...citation, text, place, rules }] : [];
        }),
      );
      // What stands there already is left alone, with the focus in it.
      if (this.signature === this.shown) return;
      this.show();
      this.say(this.summary);
    }

    get signature() {
      return JSON.stringify(
        this.found.map(({ text, words, start, rules }) => [
          text.field,
          words,
          start,
          rules.map(({ title, notes }) => [title, notes]),
        ]),
      );
    }

    get summary() {
      if (!this.found.length) return this.noneValue;
      return this.foundValue.replace("%(count)s", this.found.length);
    }

    show() {
      const rows = [...this.listTarget.children];
      const row = rows.findIndex((one) => one.contains(document.activeElement));
      this.shown = this.signature;
      this.countTarget.textContent = this.found.length;
      this.listTarget.replaceChildren(...this.found.map((citation) => this.row(citation)));
      this.allTarget.hidden = this.found.filter(this.canLink).length < 2;
      if (row >= 0) this.focus(row);
    }

    /* The row that follows is next to be read; after the last, what is above all. */
    focus(row) {
      const { children } = this.listTarget;
      const next = children[Math.min(row, children.length - 1)];
      (next?.querySelector("button") ?? this.headingTarget).focus();
    }

    row(citation) {
      const row = this.rowTarget.content.cloneNode(true).firstElementChild;
      const fill = (name, text) => {
        row.querySelector(`[data-${name}]`).textContent = text;
      };
      fill("before", citation.before);
      fill("words", citation.words);
      fill("after", citation.after);
      fill("field", citation.text.field);
      const list = row.querySelector("[data-rules]");
      const add = (text, className) => {
        list.append(Object.assign(document.createElement("li"), { textContent: text, className }));
      };
      for (const { title, notes, entity } of citation.rules) {
        if (title) add(title, "w-font-semibold");
        for (const note of notes) add(note, entity ? "" : "w-text-critical-200");
      }
      if (citation.is_bare) add(this.bareValue, "");
      const link = row.querySelector("[data-link]");
      link.setAttribute("aria-label", `${link.textContent}: ${citation.words}`);
      link.addEventListener("click", () => this.link([citation]));
      if (!this.canLink(citation)) link.remove();
      const show = row.querySelector("[data-show]");
      show.setAttribute("aria-label", `${show.textContent}: ${citation.words}`);
      show.addEventListener("click", () => citation.text.show(citation.place));
      return row;
    }

    canLink({ rules }) {
      return rules.some(({ entity }) => entity);
    }

    linkAll() {
      this.link(this.found.filter(this.canLink));
    }

    async link(chosen) {
      let citations = chosen;
      if (this.isStale) {
        // Somebody has typed since: find the same words in their new place.
        await this.ask();
        const name = ({ text, before, words, after }) =>
          [text.input.id, before, words, after].join("\n");
        const names = chosen.map(name);
        citations = this.found.filter((citation) => names.includes(name(citation)));
        if (!citations.length) return;
      }
      for (const text of new Set(citations.map((citation) => citation.text))) {
        text.link(
          citations
            .filter((citation) => citation.text === text)
            .flatMap(({ rules }) => rules.filter(({ entity }) => entity)),
        );
      }
      // Taken back at once, the text is as it was when it was asked for.
      this.asked = null;
      const row = this.found.indexOf(citations[0]);
      this.found = this.found.filter((citation) => !citations.includes(citation));
      this.show();
      this.focus(row);
      const words = citations.map((citation) => citation.words).join(", ");
      this.say(`${this.linkedValue.replace("%(words)s", words)}. ${this.summary}`);
    }

    get isStale() {
      return this.found.some(
        ({ text }) => !text.input.isConnected || text.text !== new Text(text.input).text,
      );
    }

    say(words) {
      this.statusTarget.textContent = words;
    }
  }

  window.wagtail.app.register("rule-citations", RuleCitations);
})();
