/** The port through which data travels to workers: blocks of bytes under the hash of their content. */

/** SHA-256 of the bytes, lower-case hexadecimal. */
export type BlockHash = string;

export interface BlockStore {
  /** For messages: a folder or an address, without credentials. */
  readonly name: string;
  /** Stores bytes and returns their hash; what is there already is not written again. @throws SigmaError store/write-failed, service/… */
  put(bytes: Uint8Array): Promise<BlockHash>;
  /** @throws SigmaError store/missing-block, store/corrupt when the bytes do not match the hash */
  get(hash: BlockHash): Promise<Uint8Array>;
  remove(hash: BlockHash): Promise<void>;
}
