// The editor of one cell, on CodeMirror. This file and what it imports are
// loaded when a cell is first opened.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, type CompletionContext } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { go } from "@codemirror/lang-go";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { lintKeymap, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { EditorState, Prec, type Range, type Text } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  ViewPlugin,
  drawSelection,
  hoverTooltip,
  keymap,
  type DecorationSet,
  type ViewUpdate,
} from "@codemirror/view";
import type { SyntaxNode } from "@lezer/common";
import { tagHighlighter, tags } from "@lezer/highlight";
import type { Bundle, Completion, Problem } from "./runner";

export interface EditorOptions {
  parent: HTMLElement;
  code: string;
  label: string;
  /** The id of the text that says how to leave the editor. */
  describedBy: string;
  nonce: string;
  /** Where the click was that opened the editor. */
  at: { x: number; y: number } | null;
  changed(code: string): void;
  run: () => void;
  runAndMoveOn: () => void;
  leave: () => void;
  focused(has: boolean): void;
  complete(code: string, offset: number): Promise<Completion | null>;
  inspect(code: string, offset: number): Promise<Bundle | null>;
}

export interface Editor {
  focus(): void;
  setCode(code: string): void;
  setLabel(label: string): void;
  setProblems(found: Problem[]): void;
  cursor(): number;
  hasFocus(): boolean;
}

// The classes of internal/render, so that opening the editor changes nothing.
const highlighter = tagHighlighter([
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: "hl-n" },
  { tag: [tags.keyword, tags.modifier, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], class: "hl-k" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.function(tags.definition(tags.propertyName))], class: "hl-f" },
  { tag: [tags.string, tags.character, tags.escape], class: "hl-s" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: "hl-c" },
]);

// What Go declares by itself; the grammar does not tell it from other names.
const types = new Set(
  (
    "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string " +
    "uint uint8 uint16 uint32 uint64 uintptr"
  ).split(" "),
);
const functions = new Set("append cap clear close complex copy delete imag len make max min new panic print println real recover".split(" "));

const special = Decoration.line({ class: "hl-line-d" });
const type = Decoration.mark({ class: "hl-t" });
const call = Decoration.mark({ class: "hl-f" });
const builtin = Decoration.mark({ class: "hl-b" });

/** Colours calls and predeclared names, and the special lines (%%, %args, !cmd), which are not Go. */
const names = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = find(view);
    }
    update(update: ViewUpdate): void {
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || parsed) this.decorations = find(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function find(view: EditorView): DecorationSet {
  const found: Range<Decoration>[] = [];
  const doc = view.state.doc;
  for (const { from, to } of view.visibleRanges) {
    for (let pos = from; pos <= to; ) {
      const line = doc.lineAt(pos);
      if (/^[%!]/.test(line.text)) found.push(special.range(line.from));
      pos = line.to + 1;
    }
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        if (node.name === "CallExpr") {
          const name = called(node.node.firstChild);
          if (!name) return;
          const mark = functions.has(doc.sliceString(name.from, name.to)) ? builtin : call;
          found.push(mark.range(name.from, name.to));
        } else if (node.name === "TypeName" && types.has(doc.sliceString(node.from, node.to))) {
          found.push(type.range(node.from, node.to));
        }
      },
    });
  }
  return Decoration.set(found, true);
}

/** The name in what is called: f in f(), Go in wg.Go(), none in func() {}(). */
function called(callee: SyntaxNode | null): SyntaxNode | null {
  if (callee?.name === "SelectorExpr") return callee.lastChild;
  return callee?.name === "VariableName" ? callee : null;
}

export function open(o: EditorOptions): Editor {
  const command = (act: () => void) => () => {
    act();
    return true;
  };
  const view = new EditorView({
    parent: o.parent,
    state: EditorState.create({
      doc: o.code,
      extensions: [
        EditorView.cspNonce.of(o.nonce),
        Prec.highest(
          keymap.of([
            { key: "Mod-Enter", run: command(o.run) },
            { key: "Shift-Enter", run: command(o.runAndMoveOn) },
          ]),
        ),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("\t"),
        EditorState.tabSize.of(4),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [(context) => suggest(context, o)], icons: false }),
        hoverTooltip((view, pos, side) => hover(view, pos, side, o)),
        go(),
        syntaxHighlighting(highlighter),
        names,
        keymap.of([
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...lintKeymap,
          indentWithTab,
          { key: "Escape", run: command(o.leave) },
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) o.changed(update.state.doc.toString());
          if (update.focusChanged) o.focused(update.view.hasFocus);
        }),
        EditorView.contentAttributes.of({ "aria-label": o.label, "aria-describedby": o.describedBy, "data-gramm": "false" }),
      ],
    }),
  });
  if (o.at) {
    const pos = view.posAtCoords(o.at, false);
    view.dispatch({ selection: { anchor: pos } });
  }
  return {
    focus: () => view.focus(),
    setCode: (code) => {
      const change = difference(view.state.doc.toString(), code);
      if (change) view.dispatch({ changes: change });
    },
    setProblems: (found) => {
      view.dispatch(setDiagnostics(view.state, marks(found, view.state.doc)));
    },
    cursor: () => (view.hasFocus ? view.state.selection.main.head : -1),
    hasFocus: () => view.hasFocus,
    setLabel: (text) => view.contentDOM.setAttribute("aria-label", text),
  };
}

/** The smallest change from one text to another, so that the cursor stays where it is. */
function difference(from: string, to: string): { from: number; to: number; insert: string } | null {
  if (from === to) return null;
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  const room = Math.min(from.length, to.length) - start;
  while (end < room && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  return { from: start, to: from.length - end, insert: to.slice(start, to.length - end) };
}

/** Problems as marks in the text; those of other cells have none. */
function marks(found: Problem[], doc: Text): Diagnostic[] {
  const list: Diagnostic[] = [];
  for (const p of found) {
    if (p.line < 1 || p.line > doc.lines) continue;
    const line = doc.line(p.line);
    const at = (column: number) => Math.min(line.to, line.from + Array.from(line.text).slice(0, column - 1).join("").length);
    const from = at(Math.max(p.column, 1));
    const to = p.end > p.column ? at(p.end) : (/^[\p{L}\p{N}_]+/u.exec(line.text.slice(from - line.from))?.[0].length ?? 1) + from;
    list.push({ from, to: Math.min(Math.max(to, from), line.to), severity: "error", message: p.hint ? `${p.message}\n${p.hint}` : p.message });
  }
  return list.sort((a, b) => a.from - b.from);
}

const kinds: Record<string, string> = {
  func: "function",
  function: "function",
  method: "method",
  type: "type",
  const: "constant",
  var: "variable",
  field: "property",
  package: "namespace",
  module: "namespace",
  keyword: "keyword",
};

async function suggest(context: CompletionContext, o: EditorOptions) {
  const word = context.matchBefore(/[\p{L}\p{N}_]+$/u);
  const dot = context.matchBefore(/\.$/);
  const line = context.state.doc.lineAt(context.pos).text;
  if (!context.explicit && !word && !dot && !/^%\w*$/.test(line)) return null;
  const got = await o.complete(context.state.doc.toString(), context.pos).catch(() => null);
  if (!got || context.aborted || got.matches.length === 0) return null;
  return {
    from: got.start,
    to: got.end,
    validFor: /^[\p{L}\p{N}_]*$/u,
    options: got.matches.map((m) => ({ label: m.text, type: kinds[m.kind] ?? "text", detail: m.detail.slice(0, 80) })),
  };
}

async function hover(view: EditorView, pos: number, side: number, o: EditorOptions) {
  const word = view.state.wordAt(pos);
  if (!word || (word.from === pos && side < 0) || (word.to === pos && side > 0)) return null;
  const found = await o.inspect(view.state.doc.toString(), pos).catch(() => null);
  const text = found?.["text/plain"];
  if (typeof text !== "string" || text.trim() === "") return null;
  return {
    pos: word.from,
    end: word.to,
    above: true,
    create: () => {
      const dom = document.createElement("pre");
      dom.className = "hover";
      dom.textContent = text;
      return { dom };
    },
  };
}
