/** How is a format made once and used again? Making one costs a hundred times what using it does. */

/** Answers the format for some options; the same one for the same options. */
export function remembered<Options extends object, Format>(make: (options: Options) => Format): (options: Options) => Format {
  const known = new Map<string, Format>();
  return (options) => {
    const key = JSON.stringify(options);
    const format = known.get(key) ?? make(options);
    known.set(key, format);
    return format;
  };
}
