// Says once that a frame of ours was shown, and once that its film was started, with
// the name of the site that it stands on: no cookie, nothing about who looks.
(() => {
  const { token, address } = document.currentScript.dataset;
  // The outermost page; where a browser does not say it, the one around the frame.
  const outermost = [...(location.ancestorOrigins ?? [])].at(-1);
  const origin = outermost && outermost !== "null" ? outermost : document.referrer;
  let host = "";
  try {
    host = new URL(origin).hostname;
  } catch {
    // A site that hides its name is counted without it.
  }
  const count = (event) =>
    fetch(address, {
      method: "POST",
      // Of these kinds, so that a sandboxed frame need not ask first.
      mode: "no-cors",
      body: new URLSearchParams({ token, event, host }),
      credentials: "omit",
      keepalive: true,
      referrerPolicy: "no-referrer",
    }).catch(() => {});

  // A preview on our own pages is no other site.
  if (top === self || host === location.hostname) return;
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
  count("view");

  let isPlayed = false;
  const played = ({ type, target }) => {
    if (isPlayed || (type === "click" && !target.closest?.(".film-play"))) return;
    isPlayed = true;
    count("play");
  };
  // Neither event needs the player to be there already; “play” does not bubble.
  document.addEventListener("play", played, true);
  document.addEventListener("click", played, true);
})();
