/** The assembler of the core by the short names that kernels are written with. */
import { assembler } from '../../core/index.ts';

export type Code = assembler.Code;
export type Declare = assembler.Declare;
export type Local = assembler.Local;
export type Routine = assembler.Routine;

export const { advance, f64, f64x2, get, i32, loop, routine, set, when } = assembler;
