/** Lights the paths through a box of the causal graph while it is pointed at or has the focus. */
function followPaths(svg) {
  const edges = [...svg.querySelectorAll('path.edge')].map((path) => ({
    path,
    from: path.dataset.from,
    to: path.dataset.to,
  }));
  const nodes = new Map([...svg.querySelectorAll('a.node')].map((node) => [node.dataset.node, node]));

  function reach(start, near, far) {
    const found = new Set([start]);
    for (const node of found) for (const edge of edges) if (edge[near] === node) found.add(edge[far]);
    return found;
  }

  function light(start) {
    const after = reach(start, 'from', 'to');
    const before = reach(start, 'to', 'from');
    svg.classList.add('lighting');
    for (const [name, node] of nodes) node.classList.toggle('lit', after.has(name) || before.has(name));
    for (const { path, from, to } of edges) {
      path.classList.toggle('lit', (after.has(from) && after.has(to)) || (before.has(from) && before.has(to)));
    }
  }

  function dim() {
    const focused = svg.querySelector('a.node:focus');
    if (focused !== null) light(focused.dataset.node);
    else svg.classList.remove('lighting');
  }

  for (const kind of ['pointerover', 'focusin']) {
    svg.addEventListener(kind, (event) => {
      const node = event.target.closest('a.node');
      if (node !== null) light(node.dataset.node);
    });
  }
  for (const kind of ['pointerout', 'focusout']) svg.addEventListener(kind, dim);
}

const causal = document.querySelector('svg.causal');
if (causal !== null) followPaths(causal);
