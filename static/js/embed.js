// Gives the frames of this site on your page the height that they ask for. Once a page:
// <script async src="https://…/embed.js"></script>
(() => {
  const ours = new URL(document.currentScript.src).origin;
  const frames = () =>
    [...document.querySelectorAll("iframe[src]")].filter(
      ({ src }) => src.startsWith(ours + "/") && src.includes("/embed/"),
    );
  addEventListener("message", ({ data, origin, source }) => {
    // A sandboxed frame has no origin.
    if (![ours, "null"].includes(origin) || data?.type !== "embed-size") return;
    const frame = frames().find(({ contentWindow }) => contentWindow === source);
    const height = Math.round(data.height);
    if (frame && height >= 40 && height <= 4000) frame.style.height = height + "px";
  });
  // To frames that were there before this script.
  for (const { contentWindow } of frames())
    contentWindow.postMessage({ message: "ready" }, "*");
})();
