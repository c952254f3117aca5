// Gives every code box a button that copies its text. Without this script the
// text is selected whole with one click.

for (const box of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  const { copy, copied } = box.dataset;
  button.type = "button";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.querySelector("pre").textContent);
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 2000);
  });
  // Only a secure origin has a clipboard.
  if (navigator.clipboard) {
    button.setAttribute("aria-live", "polite");
    box.append(button);
  }
}
