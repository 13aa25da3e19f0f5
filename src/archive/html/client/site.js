/** The script of the local site: uploads by drag and drop, and how far they are. */
const drop = document.getElementById('drop');
const list = document.getElementById('uploads');
/** Rows of uploads, by their id; those still on their way to the server have none. */
const rows = new Map();
const ASK_MS = 1000;

function row(name) {
  const item = document.createElement('li');
  const label = document.createElement('strong');
  label.textContent = name;
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.setAttribute('aria-label', name);
  const state = document.createElement('span');
  item.append(label, bar, state);
  list.append(item);
  return { bar, state };
}

function show({ bar, state }, text, share, link) {
  if (share === undefined) bar.removeAttribute('value');
  else bar.value = share;
  bar.hidden = link !== undefined || share === null;
  state.textContent = text;
  if (link === undefined) return;
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.textContent = 'open';
  state.append(' ', anchor);
}

function upload(file) {
  const shown = row(file.name);
  const request = new XMLHttpRequest();
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    show(shown, `sending, ${Math.floor((100 * loaded) / Math.max(1, total))} %`, loaded / Math.max(1, total));
  });
  request.addEventListener('load', () => {
    const answer = JSON.parse(request.responseText);
    if (request.status !== 202) return show(shown, answer.problem, null);
    rows.set(answer.id, shown);
    ask();
  });
  request.addEventListener('error', () => show(shown, 'the connection was lost', null));
  request.open('POST', '/uploads');
  request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.send(file);
}

let asking = false;

/** Asks how far the uploads are, until all are done. */
async function ask() {
  if (asking) return;
  asking = true;
  try {
    for (let open = 1; open > 0; ) {
      const uploads = await (await fetch('/uploads')).json();
      for (const one of uploads) {
        if (!rows.has(one.id)) rows.set(one.id, row(one.name));
        showState(rows.get(one.id), one);
      }
      open = uploads.filter(({ state }) => state === 'waiting' || state === 'analysing').length;
      if (open > 0) await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    }
  } finally {
    asking = false;
  }
}

function showState(shown, { state, share, incident, reason }) {
  if (state === 'waiting') show(shown, 'waits', undefined);
  else if (state === 'analysing') show(shown, 'is analysed', share ?? undefined);
  else if (state === 'done') show(shown, 'done', 1, `/incidents/${incident}`);
  else show(shown, reason, null);
}

if (drop !== null) {
  drop.hidden = false;
  document.getElementById('pick').addEventListener('change', (event) => {
    for (const file of event.target.files) upload(file);
    event.target.value = '';
  });
  // A file dropped beside the box must not replace the page.
  addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) drop.classList.remove('over');
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    for (const file of event.dataTransfer.files) upload(file);
  });
  ask();
}
