// Turns a film into a poster with one large play button. Without this script a
// film of ours has the browser's own controls, and a provider's film is a link.

for (const film of document.querySelectorAll("[data-film]")) {
  const video = film.querySelector("video");
  const play = film.querySelector(".film-play");
  const label = film.querySelector(".film-label");

  if (video) {
    const start = () => {
      play.remove();
      label.remove();
      video.controls = true;
      if (video.textTracks[0]) video.textTracks[0].mode = "showing";
    };
    video.controls = false;
    play.hidden = label.hidden = false;
    video.addEventListener("play", start, { once: true });
    play.addEventListener("click", () => {
      start();
      video.focus();
      video.play();
    });
  } else if (play?.dataset.embed) {
    play.addEventListener("click", (event) => {
      event.preventDefault();
      const player = document.createElement("iframe");
      const address = new URL(play.dataset.embed);
      address.searchParams.set("autoplay", "1");
      player.src = address;
      player.title = play.getAttribute("aria-label");
      player.allow = "autoplay; fullscreen; picture-in-picture";
      player.allowFullscreen = true;
      player.referrerPolicy = "strict-origin-when-cross-origin";
      film.replaceChildren(player);
      player.focus();
    });
  }
}
