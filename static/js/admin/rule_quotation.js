/* A quotation of a rule, while it is written: the rule's text stands under the field, its
   words are put in with a click, and the difference is shown word by word. Without this
   script the same is checked when the page is saved. */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;
  const PAUSE = 400; // milliseconds without a keystroke

  const element = (name, { className = "", text = "", ...attributes } = {}, children = []) => {
    const made = Object.assign(document.createElement(name), attributes);
    if (className) made.className = className;
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  };
  const button = (text, onclick) =>
    element("button", {
      type: "button",
      className: "button button-small button-secondary",
      text,
      onclick,
    });

  class RuleWords {
    constructor(prefix, { url, strings }) {
      this.url = url;
      this.strings = strings;
      this.fields = Object.fromEntries(
        ["rule", "paragraph", "excerpt", "adapted"].map((name) => [
          name,
          document.getElementById(`${prefix}-${name}`),
        ]),
      );
      const { excerpt } = this.fields;
      this.panel = element("div", { className: "rule-words", hidden: true });
      this.answer = element("div", { role: "status" });
      this.text = element("details", { open: true });
      this.panel.append(this.answer, this.text);
      excerpt.closest("[data-field]").append(this.panel);
      for (const field of Object.values(this.fields)) {
        field.addEventListener("change", () => this.ask());
      }
      excerpt.addEventListener("focus", () => this.ask());
      excerpt.addEventListener("input", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(), PAUSE);
      });
      this.ask();
    }

    async ask() {
      const { rule, paragraph, excerpt, adapted } = this.fields;
      this.panel.hidden = !rule.value;
      if (!rule.value) return;
      const body = new FormData();
      body.set("paragraph", paragraph.value);
      body.set("excerpt", excerpt.value);
      if (adapted.checked) body.set("adapted", "on");
      const asked = JSON.stringify([rule.value, ...body.values()]);
      if (asked === this.asked) return;
      this.asked = asked;
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      try {
        const response = await fetch(this.url.replace("/0/", `/${rule.value}/`), {
          method: "POST",
          headers: { "X-CSRFToken": token },
          body,
        });
        if (!response.ok) throw new Error(response.status);
        const answer = await response.json();
        if (this.asked === asked) this.show(answer);
      } catch {
        this.asked = null;
        this.panel.hidden = true;
      }
    }

    show({ citation, url, parts, state, message, problems }) {
      this.answer.className = `help-block help-${state === "exact" ? "info" : "warning"}`;
      if (!state && parts.length) this.answer.className = "help";
      this.answer.replaceChildren(
        element("p", { text: message }),
        ...problems.map((problem) => this.problem(problem)),
      );
      const link = element("a", { href: url, target: "_blank", text: citation });
      const summary = element("summary", {}, [link]);
      this.text.replaceChildren(summary, ...parts.map((part) => this.part(part)));
      if (parts.length) {
        const selected = button(this.strings.useSelected, () => this.useSelected());
        // The selection would be gone when the button takes the focus.
        selected.addEventListener("mousedown", (event) => event.preventDefault());
        this.text.append(selected);
      }
    }

    problem({ message, differences, typed, exact }) {
      const names = { same: "span", added: "del", missing: "ins" };
      const shown = element("div", { className: "w-mb-4" }, [
        element("p", { text: message }),
      ]);
      if (differences.length) {
        const words = differences.flatMap(({ kind, words: text }) => [
          element(names[kind], { text }),
          " ",
        ]);
        shown.append(element("p", {}, words));
      }
      if (exact) {
        shown.append(
          element("blockquote", { text: exact }),
          button(this.strings.useExact, () => {
            const { value } = this.fields.excerpt;
            this.write(value.includes(typed) ? value.replace(typed, () => exact) : exact);
          }),
        );
      }
      return shown;
    }

    part({ reference, label, text }) {
      const use = button(this.strings.useWords, () => {
        this.fields.paragraph.value = reference;
        this.write(text);
      });
      use.setAttribute("aria-label", `${this.strings.useWords}: ${label} ${text.slice(0, 40)}`);
      return element("div", { className: "w-mb-4" }, [
        element("p", { className: "w-mb-1", text: `${label} ${text}`.trim() }),
        use,
      ]);
    }

    useSelected() {
      const selection = document.getSelection();
      const words = selection.toString().trim();
      if (!words || !this.text.contains(selection.anchorNode)) return;
      this.write(words);
    }

    write(words) {
      const { excerpt } = this.fields;
      excerpt.value = words;
      excerpt.dispatchEvent(new Event("input", { bubbles: true }));
      excerpt.dispatchEvent(new Event("change", { bubbles: true }));
      excerpt.focus();
    }
  }

  class RuleQuotationBlock extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      new RuleWords(prefix, this.meta.ruleWords);
      return block;
    }
  }

  window.telepath.register("core.RuleQuotationBlock", RuleQuotationBlock);
})();
