import { unpack } from './unpack.js';

const MOST_FOUND = 50;
const find = document.getElementById('find');
const found = document.getElementById('found');
let engine;

/** Runs the search engine that the page carries and gives it the index; both only when somebody searches. */
async function loadEngine() {
  const script = document.createElement('script');
  script.textContent = document.getElementById('search-engine').textContent;
  document.head.append(script);
  const { entries, separator, index } = await unpack('search-data');
  const lunr = globalThis.lunr;
  const loaded = lunr.Index.load(index);
  const splitter = new RegExp(separator, 'u');
  return (text) => {
    const words = text
      .toLowerCase()
      .split(splitter)
      .filter((word) => word !== '');
    if (words.length === 0) return [];
    const hits = loaded.query((query) => {
      for (const word of words) {
        query.term(word, { presence: lunr.Query.presence.REQUIRED, wildcard: lunr.Query.wildcard.TRAILING });
      }
    });
    return hits.map(({ ref }) => entries[Number(ref)]);
  };
}

async function search() {
  const text = find.value.trim();
  if (text === '') return closeResults();
  engine ??= loadEngine();
  const hits = (await engine)(text);
  if (find.value.trim() !== text) return;
  const items = hits.slice(0, MOST_FOUND).map(([kind, title, anchor]) => {
    const link = document.createElement('a');
    link.href = `#${anchor}`;
    const label = document.createElement('span');
    label.className = 'kind';
    label.textContent = kind;
    link.append(label, ` ${title}`);
    const item = document.createElement('li');
    item.append(link);
    return item;
  });
  const list = document.createElement('ul');
  list.append(...items);
  const count =
    hits.length === 0
      ? 'Nothing found'
      : `${hits.length} found${hits.length > MOST_FOUND ? `, the best ${MOST_FOUND} shown` : ''}`;
  document.getElementById('found-count').textContent = count;
  const head = document.createElement('p');
  head.className = 'meta';
  head.textContent = count;
  found.replaceChildren(head, list);
  found.hidden = false;
}

function closeResults() {
  found.hidden = true;
  found.replaceChildren();
  document.getElementById('found-count').textContent = '';
}

if (typeof DecompressionStream !== 'undefined') {
  document.querySelector('.find').hidden = false;
  find.addEventListener('input', search);
  find.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') found.querySelector('a')?.click();
    if (event.key === 'ArrowDown') found.querySelector('a')?.focus();
  });
  found.addEventListener('keydown', (event) => {
    const links = [...found.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    if (event.key === 'ArrowDown') links[at + 1]?.focus();
    else if (event.key === 'ArrowUp') (links[at - 1] ?? find).focus();
    else return;
    event.preventDefault();
  });
  found.addEventListener('click', (event) => event.target.closest('a') && setTimeout(closeResults));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !found.hidden) {
      closeResults();
      find.focus();
    }
    const typing = event.target.closest?.('input, select, textarea') !== null;
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      find.focus();
    }
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target.closest('.find') === null) closeResults();
  });
}
