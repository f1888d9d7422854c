/** What is the shape of the progress bar, which ships without types? */

declare module 'cli-progress' {
  export class SingleBar {
    constructor(options: { format: string; stream?: NodeJS.WritableStream; hideCursor?: boolean; fps?: number });
    start(total: number, value: number, payload?: Record<string, unknown>): void;
    setTotal(total: number): void;
    update(value: number, payload?: Record<string, unknown>): void;
    stop(): void;
  }
}
