/** The part of cli-progress 3 that is used here; the package brings no types. */
declare module 'cli-progress' {
  export class SingleBar {
    constructor(options: { stream: NodeJS.WritableStream; format: string; hideCursor?: boolean });
    start(total: number, value: number): void;
    increment(count: number): void;
    update(value: number): void;
    setTotal(total: number): void;
    stop(): void;
  }
}
