// Says that a film is too large before it is uploaded, and fills in its length and size
// as the browser reads them. Without this the server does both, if it has ffmpeg.
document.addEventListener("change", async ({ target }) => {
  const limit = target.dataset?.filmLimit;
  const [file] = (limit && target.files) || [];
  if (!limit) return;

  const isTooLarge = file && file.size > limit * 1024 * 1024;
  let note = target.parentElement.querySelector(".error-message");
  if (isTooLarge && !note) {
    note = document.createElement("p");
    note.className = "error-message";
    note.setAttribute("role", "alert");
    target.after(note);
  }
  if (note) note.textContent = isTooLarge ? target.dataset.filmTooLarge : "";
  if (!file || isTooLarge) return;

  const player = document.createElement("video");
  player.preload = "metadata";
  player.addEventListener("loadedmetadata", () => {
    const found = {
      duration: Math.round(player.duration * 100) / 100,
      width: player.videoWidth,
      height: player.videoHeight,
    };
    const prefix = target.name.replace(/file$/, "");
    for (const [name, value] of Object.entries(found)) {
      const field = target.form.elements[prefix + name];
      if (field && Number.isFinite(value) && value > 0) field.value = value;
    }
    URL.revokeObjectURL(player.src);
  });
  player.src = URL.createObjectURL(file);
});

// The chooser of films is opened anew when an upload is refused, and with its first tab.
// This script comes with it each time; a moment later the tabs can be chosen.
setTimeout(() => {
  const error = document.querySelector(".modal .media-upload .error-message");
  const panel = error?.closest("[role=tabpanel]");
  document.getElementById(panel?.getAttribute("aria-labelledby"))?.click();
});
