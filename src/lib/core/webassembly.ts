/** Routines of the assembler made callable: the one place that speaks to the language's own WebAssembly. */
import { assemble, type Routine } from './assembler.ts';

/** What we use of it; the type library only has it among the things of browsers. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly work: { readonly memory: object } },
  ) => { readonly exports: Readonly<Record<string, (...args: number[]) => number>> };
};

const PAGE = 65_536;

/** Memory that routines work in; it does not grow, so views of its buffer stay valid. */
export type WorkMemory = { readonly buffer: ArrayBuffer };
export type Routines<Name extends string> = Readonly<Record<Name, (...args: number[]) => number>>;

/** Zeroed memory of at least so many bytes. */
export function workMemory(bytes: number): WorkMemory {
  return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
}

/** Translates routines once, to be linked to one memory or to many. Routines without a result return undefined, whatever the type says. */
export function compile<Name extends string>(
  routines: Readonly<Record<Name, Routine>>,
): (memory: WorkMemory) => Routines<Name> {
  const module = new WebAssembly.Module(assemble(Object.values<Routine>(routines)));
  return (memory) => new WebAssembly.Instance(module, { work: { memory } }).exports as Routines<Name>;
}
