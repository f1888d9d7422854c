/** How does a server that is seldom needed take no memory until someone calls? Its port is open, its thread starts with the first caller. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { ServerThread } from './thread.ts';

/** Opens a port of 127.0.0.1 and hands every connection on to the server that `start` makes, once. */
export async function startOnDemand(start: () => Promise<ServerThread>): Promise<ServerThread> {
  let thread: Promise<ServerThread> | undefined;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (caller) => {
    sockets.add(caller);
    caller.on('error', () => caller.destroy());
    thread ??= start();
    void thread.then(
      ({ url }) => {
        const callee = connect({ host: '127.0.0.1', port: Number(new URL(url).port), noDelay: true });
        callee.on('error', () => callee.destroy());
        join(caller, callee);
        join(callee, caller);
      },
      () => caller.destroy(),
    );
  });

  function join(from: Socket, to: Socket): void {
    sockets.add(from);
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
    from.pipe(to);
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await thread?.then(
        (started) => started.stop(),
        () => {},
      );
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
