// What scripts add to a page: a poster with one large play button, and buttons that
// copy code. One file, since on a slow phone each one more delays the first picture.

// Without this a film of ours has the browser's own controls, and a provider's film
// is a link, as are the times in its transcript.
for (const film of document.querySelectorAll("[data-film]")) {
  const video = film.querySelector("video");
  const play = film.querySelector(".film-play");
  const label = film.querySelector(".film-label");
  let from = 0;
  // Goes to a second of the film. False where that would ask a provider for something.
  let seek;

  if (video) {
    const start = () => {
      play.remove();
      label.remove();
      video.controls = true;
      if (video.textTracks[0]) video.textTracks[0].mode = "showing";
      start.done = true;
    };
    const run = () => {
      if (!start.done) start();
      video.focus();
      video.play();
    };
    video.controls = false;
    play.hidden = label.hidden = false;
    video.addEventListener("play", () => start.done || start());
    play.addEventListener("click", run);
    seek = (seconds, andPlay) => {
      video.currentTime = seconds;
      if (andPlay) run();
      return true;
    };
    // A provider's player does not run in a sandbox, whose pages have no origin.
  } else if (play?.dataset.embed && origin !== "null") {
    for (const note of label?.querySelectorAll("[data-here], [data-elsewhere]") ?? []) {
      note.hidden = !("here" in note.dataset);
    }
    let player;
    const load = () => {
      const address = new URL(play.dataset.embed);
      address.searchParams.set("autoplay", "1");
      if (from && address.host === "player.vimeo.com") address.hash = `t=${from}s`;
      else if (from) address.searchParams.set("start", from);
      player = document.createElement("iframe");
      player.src = address;
      player.title = play.getAttribute("aria-label");
      player.allow = "autoplay; picture-in-picture";
      player.allowFullscreen = true;
      player.referrerPolicy = "strict-origin-when-cross-origin";
      film.replaceChildren(player);
      player.focus();
    };
    play.addEventListener("click", (event) => {
      event.preventDefault();
      load();
    });
    seek = (seconds, andPlay) => {
      from = seconds;
      if (andPlay && player) load();
      return Boolean(player);
    };
  } else continue;

  for (const mark of document.querySelectorAll("a[data-seconds]")) {
    mark.addEventListener("click", (event) => {
      const { seconds } = mark.dataset;
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!seek(seconds, true)) return;
      event.preventDefault();
      history.replaceState(null, "", `#t=${seconds}`);
      film.scrollIntoView({ block: "nearest" });
    });
  }
  // An address that ends in #t=14 is the film from there on.
  const follow = () => {
    const [, seconds] = /^#t=(\d{1,5})$/.exec(location.hash) || [];
    if (!seconds) return;
    seek(seconds, false);
    film.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", follow);
  addEventListener("load", follow);
}

// Without this the text of a code box is selected whole with one click.
for (const box of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  const said = document.createElement("span");
  const text = box.querySelector("pre");
  const { copy, copied } = box.dataset;
  button.type = "button";
  button.textContent = copy;
  // There are many boxes: the name says which one this copies.
  button.setAttribute("aria-label", `${copy}: ${text.getAttribute("aria-label")}`);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      getSelection().selectAllChildren(text);
      return;
    }
    button.textContent = said.textContent = copied;
    setTimeout(() => {
      button.textContent = copy;
      said.textContent = "";
    }, 2000);
  });
  // Only a secure origin has a clipboard.
  if (navigator.clipboard) box.append(button, said);
}
