import { createRequire } from 'node:module';
import type * as dagre from '@dagrejs/dagre';
import type { GraphPart } from './graph-selection.ts';

export interface Box {
  readonly id: string;
  /** Centre, in pixels. */
  readonly x: number;
  readonly y: number;
}

export interface Line {
  readonly cause: string;
  readonly effect: string;
  readonly strength: number;
  readonly because: readonly string[];
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export const BOX = { width: 236, height: 76 } as const;

const require = createRequire(import.meta.url);

/** Places causes left and symptoms right. The engine is loaded here, for most renderings never need it. */
export function layoutGraph({ nodes, edges }: GraphPart): Layout {
  const { Graph, layout } = require('@dagrejs/dagre') as typeof dagre & { default?: typeof dagre } as unknown as Engine;
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 60, edgesep: 10, marginx: 10, marginy: 10 });
  graph.setDefaultEdgeLabel(() => ({}));
  // Names of our own: ids from a report could be anything.
  const names = new Map(nodes.map((id, i) => [id, `n${i}`]));
  for (const name of names.values()) graph.setNode(name, { ...BOX });
  for (const { cause, effect, strength } of edges) {
    graph.setEdge(names.get(cause)!, names.get(effect)!, { weight: strength >= 0.5 ? 3 : 1 });
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const columns = [...names.values()].map((name) => Math.round(graph.node(name).x));
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: nodes.map((id) => {
      const { x, y } = graph.node(names.get(id)!);
      return { id, x: Math.round(x), y: Math.round(y) };
    }),
    lines: edges.map(({ cause, effect, strength, because }) => {
      const from = names.get(cause)!;
      const to = names.get(effect)!;
      const bends = graph.edge(from, to).points.slice(1, -1);
      const points = sides(graph.node(from), bends, graph.node(to), columns);
      return {
        cause,
        effect,
        strength,
        because,
        points: points.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })),
      };
    }),
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Lines leave a cause at its right side, enter an effect at its left, and pass straight through the columns between;
 * the bends of the engine between two columns would only make waves.
 */
function sides(from: Point, bends: readonly Point[], to: Point, columns: readonly number[]): Point[] {
  const half = BOX.width / 2;
  const back = from.x > to.x ? -half : half;
  const passed = bends.flatMap(({ x, y }) =>
    columns.includes(Math.round(x))
      ? [
          { x: x - back, y },
          { x: x + back, y },
        ]
      : [],
  );
  return [{ x: from.x + back, y: from.y }, ...passed, { x: to.x - back, y: to.y }];
}

/** What is used of dagre: its own types of the graph are loose. */
interface Engine {
  readonly Graph: new () => {
    setGraph(label: object): void;
    setDefaultEdgeLabel(label: () => object): void;
    setNode(name: string, label: object): void;
    setEdge(from: string, to: string, label: object): void;
    graph(): { readonly width?: number; readonly height?: number };
    node(name: string): { readonly x: number; readonly y: number };
    edge(from: string, to: string): { readonly points: readonly { readonly x: number; readonly y: number }[] };
  };
  layout(graph: object): void;
}
