/** Opens what hides the element of a fragment, scrolls there and moves the focus. */
function reveal(hash) {
  const target = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  if (target === null) return;
  for (let each = target.closest('details'); each !== null; each = each.parentElement.closest('details')) {
    each.open = true;
  }
  const shown = target.closest('details.finding') ?? target;
  shown.scrollIntoView({ block: 'start' });
  const focused = shown.matches('details') ? shown.querySelector('summary') : shown;
  if (!focused.matches('summary')) focused.setAttribute('tabindex', '-1');
  focused.focus({ preventScroll: true });
}

addEventListener('hashchange', () => reveal(location.hash));
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  const href = link?.getAttribute('href');
  // A second click on the same link changes no hash, yet should lead there again.
  if (href && href === location.hash) reveal(href);
});
if (location.hash !== '') reveal(location.hash);

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

/** Buttons exist in the page for commands, and are made for places in files when they are first seen. */
function addCopyButtons(within) {
  for (const place of within.querySelectorAll('code[data-copy]')) {
    if (place.nextElementSibling?.classList.contains('copy')) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy small';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', 'Copy path and line');
    place.after(button);
  }
}

for (const button of document.querySelectorAll('button.copy, button.theme')) button.hidden = false;
document.addEventListener('toggle', (event) => event.target.open && addCopyButtons(event.target), true);
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('button.copy');
  if (!button) return;
  const source = button.parentElement.querySelector('code');
  const label = button.textContent;
  const copied = await copy(source.dataset.copy ?? source.textContent);
  button.textContent = copied ? 'Copied' : 'Select and copy';
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
});

document.querySelector('button.theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark =
    root.style.colorScheme === ''
      ? matchMedia('(prefers-color-scheme: dark)').matches
      : root.style.colorScheme === 'dark';
  root.style.colorScheme = dark ? 'light' : 'dark';
});

/** Paper cannot unfold: what the causes rest on is opened for it. Of the findings, what the reader unfolded is printed. */
let opened = [];
addEventListener('beforeprint', () => {
  const wanted = [...document.querySelectorAll('.card details:not([open])')];
  for (const each of wanted) each.open = true;
  // Some browsers say it twice.
  opened.push(...wanted);
});
addEventListener('afterprint', () => {
  for (const each of opened) each.open = false;
  opened = [];
});
