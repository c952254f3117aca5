// Tells the page around a frame of ours how high its content is, in the words that
// such pages understand, and answers when they ask. It says nothing about its reader.
(() => {
  if (parent === self) return;
  const main = document.querySelector("main");
  const size = main.dataset.size?.split(" ").map(Number);
  // WordPress: wp-includes/js/wp-embed.js and wp-embed-template.js.
  const secret = /secret=(\w{10})$/.exec(location.hash)?.[1];
  // Pym.js 1.3 (http://blog.apps.npr.org/pym.js/).
  const pym = /[?&]childId=([\w-]{1,64})(?:&|$)/.exec(location.search)?.[1];
  // iframe-resizer 3 to 5: js/iframeResizer.contentWindow.js. It names the frame first.
  const INIT = /^\[iFrameSizer\]([\w.-]{1,64}):[^:]*:(?:true|false):/;
  let resizer;
  let told;

  // Never the height of the frame itself, so that no answer leads to another.
  const measure = () => {
    const { clientWidth } = document.documentElement;
    if (size) return Math.round((clientWidth * size[1]) / size[0]);
    const { paddingTop, paddingBottom } = getComputedStyle(document.body);
    const padding = parseFloat(paddingTop) + parseFloat(paddingBottom);
    return Math.ceil(main.getBoundingClientRect().height + padding);
  };
  const say = (message) => parent.postMessage(message, "*");
  const tell = (occasion = "resize") => {
    const height = measure();
    if (occasion === "resize" && height === told) return;
    told = height;
    // Our own script (/embed.js), and amp-iframe, whose message this is.
    say({ sentinel: "amp", type: "embed-size", height });
    // Datawrapper, whose script stands on many pages of newspapers.
    say({ "datawrapper-height": { inn: height } });
    if (secret) say({ message: "height", value: height, secret });
    if (pym) say(`pymxPYMx${pym}xPYMxheightxPYMx${height}`);
    if (resizer) say(`[iFrameSizer]${resizer}:${height}:${innerWidth}:${occasion}`);
  };

  addEventListener("message", ({ data, source }) => {
    if (source !== parent) return;
    if (typeof data === "string") {
      const name = INIT.exec(data)?.[1];
      if (name) {
        resizer = name;
        tell("init");
      } else if (resizer && data === "[iFrameSizer]resize") tell("init");
      else if (pym && data.startsWith(`pymxPYMx${pym}xPYMxwidthxPYMx`)) tell("init");
    } else if (data?.message === "ready" && data.secret === secret) tell("init");
  });
  // WordPress forbids its frames to open windows, and follows links to us by itself.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    if (!secret || link?.host !== location.host || !isPlain) return;
    event.preventDefault();
    say({ message: "link", value: link.href, secret });
  });
  // A film at a provider plays on our page, since none of its players runs in a sandbox.
  const film = secret && origin === "null" && main.querySelector("[data-page]");
  if (film) {
    film.href = film.dataset.page;
    for (const note of main.querySelectorAll(".film-provider span"))
      note.hidden = !("onPage" in note.dataset);
  }
  new ResizeObserver(() => tell()).observe(main);
  // A browser draws a frame far below only when a reader comes near, and observes it then.
  tell();
})();
