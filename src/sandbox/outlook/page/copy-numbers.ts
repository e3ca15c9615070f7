/** How long a button says that it has copied, in milliseconds. */
const SAID_MS = 2_000;

/** The pages' one script: their buttons that copy a number are shown, and work. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener('click', () => {
    void navigator.clipboard.writeText(button.dataset['copy'] ?? '').then(() => {
      button.textContent = 'Kopieret';
      setTimeout(() => {
        button.textContent = words;
      }, SAID_MS);
    });
  });
}
